import { z } from 'zod'
import { sql } from 'kysely'
import type { Tx } from '../database.ts'
import { readNote, shortForm, signerOf } from './checkpoint.ts'
import {
  commitmentBytes,
  commitmentsIn,
  commitmentText,
  headText,
  headTextOfForm1,
  leafData,
  leafHashes,
  partNames,
  saltOf,
  type AuditHead,
  type PartName,
} from './entry.ts'
import { entryColumns, partLabels, partsOf, type EntryRow } from './entry-row.ts'
import { inclusionPath, rootByInclusion, suites } from './merkle.ts'
import { fingerprintOf, type PublicKey } from './signing-key.ts'
import { checkpointCovering, latestCheckpoint, subtreeReader, type CheckpointRow } from './tree-store.ts'

const Hex = z.string().regex(/^([0-9a-f]{2})*$/)
const Path = z.array(Hex.length(64)).max(64)
const Count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

/**
 * Proof that one row is in the log: enough to verify it anywhere without the database. Parts of the row that the reader
 * may not see stay behind their commitments.
 */
export const AuditProof = z.object({
  format: z.literal('yunbao-audit-proof/1'),
  entry: z.object({
    id: Count,
    transaction: z.string().regex(/^\d{1,20}$/),
    form: z.union([z.literal(1), z.literal(2)]),
    /** Of form 1 alone: the digest over head and content together. */
    digest: Hex.length(64).nullable(),
    head: z
      .object({
        atUs: z.number().int(),
        requestId: z.string(),
        operation: z.string().nullable(),
        actorKind: z.string(),
        personId: z.string().nullable(),
        actingOrganId: z.string().nullable(),
        actingOrganName: z.string().nullable(),
        roles: z.array(z.string()),
        fact: z.string(),
        subjectKind: z.string(),
        subjectId: z.string(),
        organId: z.string().nullable(),
        jurisdictionCode: z.string().nullable(),
        result: z.string(),
        reasons: z.array(z.string()),
      })
      .nullable(),
    /** Parts that are shown, with the salt of their commitment. */
    parts: z.partialRecord(z.enum(partNames), z.object({ salt: Hex.length(32), value: z.any() })),
    /** Commitments of all parts, behind the byte that says which are there. */
    commitments: Hex.max(2 + 4 * 2 * commitmentBytes).nullable(),
  }),
  position: Count,
  size: Count,
  sha256: Path,
  sm3: Path,
  /** The signed checkpoint the paths lead to. */
  checkpoint: z.string().max(2000),
  key: z.object({ algorithm: z.enum(['ed25519', 'sm2']), publicKey: z.base64() }),
})
export type AuditProof = z.infer<typeof AuditProof>

/**
 * The proof of a row under the newest checkpoint; null while it is not sealed.
 * @param shows which parts of it the reader may see
 */
export async function proofOf(tx: Tx, entryId: number, shows: (part: PartName) => boolean): Promise<AuditProof | null> {
  const { rows } = await sql<EntryRow & { position: number }>`select l.position, ${sql.raw(entryColumns)}
    from kernel.audit_entry e join kernel.audit_leaf l on l.entry_id = e.id where e.id = ${entryId}`.execute(tx)
  const row = rows[0]
  const checkpoint = row && (await latestCheckpoint(tx))
  if (!row || !checkpoint || checkpoint.size <= row.position) return null
  const keys =
    await sql<PublicKey>`select algorithm, public_key from kernel.audit_key where key_id = ${checkpoint.keyId}`.execute(
      tx,
    )
  const key = keys.rows[0]
  if (!key) return null
  const [sha256, sm3] = await Promise.all(
    suites.map((suite) => inclusionPath(suite, row.position, checkpoint.size, subtreeReader(tx, suite))),
  )
  return {
    format: 'yunbao-audit-proof/1',
    entry: entryOf(row, shows),
    position: row.position,
    size: checkpoint.size,
    sha256: (sha256 ?? []).map((hash) => hash.toString('hex')),
    sm3: (sm3 ?? []).map((hash) => hash.toString('hex')),
    checkpoint: checkpoint.note,
    key: { algorithm: key.algorithm, publicKey: key.publicKey.toString('base64') },
  }
}

function entryOf(row: EntryRow, shows: (part: PartName) => boolean): AuditProof['entry'] {
  const { id, transactionText: transaction, form } = row
  if (form === 1 || !row.commitments || !row.salts)
    return { id, transaction, form: 1, digest: row.digest, head: null, parts: {}, commitments: null }
  const values = partsOf(row)
  const salts = row.salts
  const shown = partNames.filter((name) => (values[name] ?? null) !== null && shows(name))
  return {
    id,
    transaction,
    form: 2,
    digest: null,
    head: headOf(row),
    parts: Object.fromEntries(
      shown.map((name) => [name, { salt: saltOf(salts, name).toString('hex'), value: values[name] }]),
    ),
    commitments: row.commitments.toString('hex'),
  }
}

function headOf(row: EntryRow): AuditHead & { roles: string[]; reasons: string[] } {
  const { atUs, requestId, operation, actorKind, personId, actingOrganId, actingOrganName, roles, fact } = row
  const { subjectKind, subjectId, organId, jurisdictionCode, result, reasons } = row
  const who = { actorKind, personId, actingOrganId, actingOrganName, roles }
  return {
    atUs,
    requestId,
    operation,
    ...who,
    fact,
    subjectKind,
    subjectId,
    organId,
    jurisdictionCode,
    result,
    reasons,
  }
}

export type ProofVerdict = {
  faults: string[]
  /** What the paper or notice would say of the checkpoint the proof rests on; null when it cannot be read. */
  checkpoint: string | null
  at: string | null
  /** Fingerprint of the key in the proof. */
  fingerprint: string | null
  /** Whether that key is one the verifier knows by itself; null when it knows none. */
  keyKnown: boolean | null
}

/** Verifies a proof by itself, without database: row, paths, checkpoint, signature. */
export function verifyProof(given: unknown, known: readonly PublicKey[]): ProofVerdict {
  const nothing = { checkpoint: null, at: null, fingerprint: null, keyKnown: null }
  const parsed = AuditProof.safeParse(given)
  if (!parsed.success) return { faults: ['文件不是本系统的审计证明，或已被改动'], ...nothing }
  const proof = parsed.data
  const key: PublicKey = { algorithm: proof.key.algorithm, publicKey: Buffer.from(proof.key.publicKey, 'base64') }
  const checkpoint = readNote(proof.checkpoint)
  if (!checkpoint) return { faults: ['证明中的检查点无法读取，已被改动'], ...nothing }
  const faults = faultsOfEntry(proof)
  const leaf = leafHashes(leafData(textOfEntry(proof), proof.entry.id, proof.entry.transaction))
  for (const suite of suites) {
    const path = proof[suite].map((hash) => Buffer.from(hash, 'hex'))
    const root = rootByInclusion(suite, leaf[suite], proof.position, proof.size, path)
    if (checkpoint.size !== proof.size || !root?.equals(checkpoint[suite]))
      faults.push(
        `由记录和${suite === 'sm3' ? ' SM3 ' : ' SHA-256 '}证明路径算得的根值与检查点不符，记录或证明已被改动`,
      )
  }
  if (typeof signerOf(checkpoint, [key]) === 'string') faults.push('检查点的签名不符，检查点或公钥已被改动')
  return {
    faults,
    checkpoint: shortForm(checkpoint),
    at: checkpoint.at,
    fingerprint: fingerprintOf(key),
    keyKnown: known.length === 0 ? null : known.some(({ publicKey }) => publicKey.equals(key.publicKey)),
  }
}

function textOfEntry({ entry }: AuditProof): string {
  if (entry.form === 1 || !entry.head) return headTextOfForm1(entry.digest ?? '')
  return headText(entry.head, Buffer.from(entry.commitments ?? '', 'hex'))
}

/** Each part that is shown against its commitment. */
function faultsOfEntry({ entry }: AuditProof): string[] {
  if (entry.form === 1) return []
  const commitments = commitmentsIn(Buffer.from(entry.commitments ?? '', 'hex'))
  if (!commitments || !entry.head) return ['证明中的记录不完整，已被改动']
  return partNames.flatMap((name) => {
    const part = entry.parts[name]
    if (!part) return []
    const made = commitmentText(Buffer.from(part.salt, 'hex'), part.value)
    return commitments.get(name) === made ? [] : [`证明中的${partLabels[name]}与承诺值不符，已被改动`]
  })
}

/** When and under which checkpoint a row was sealed first; null while it waits. */
export async function sealOf(tx: Tx, entryId: number): Promise<{ position: number; checkpoint: CheckpointRow } | null> {
  const { rows } = await sql<{
    position: number
  }>`select position from kernel.audit_leaf where entry_id = ${entryId}`.execute(tx)
  const position = rows[0]?.position
  const checkpoint = position === undefined ? null : await checkpointCovering(tx, position)
  return position === undefined || !checkpoint ? null : { position, checkpoint }
}
