import { sql } from 'kysely'
import { systemActor } from '#kernel/pure/actor.ts'
import { localDateOf } from '#kernel/pure/local-date.ts'
import type { Act } from '../context.ts'
import type { Tx } from '../database.ts'
import { newId } from '../identifier.ts'
import { record } from '../record.ts'
import { readNote, signedNote, textDigest } from './checkpoint.ts'
import { epochOf } from './epoch.ts'
import { leafData, leafHashes, missingLeafData } from './entry.ts'
import { entryColumns, headTextOf, type EntryRow } from './entry-row.ts'
import { rootOf, suites } from './merkle.ts'
import { keyIdOf, type AuditSigner } from './signing-key.ts'
import { appendLeaves, frontiersAt, latestCheckpoint, type CheckpointRow, type NewLeaf } from './tree-store.ts'

/** The sealed part does not agree with its own checkpoint: nothing is put on top of what was tampered with. */
export class TamperedLog extends Error {}

export type SealedRound = {
  /** Rows sealed now; 0 also when another process is sealing. */
  sealed: number
  /** Rows are there that could not be sealed yet: their transactions, or earlier ones, are still open. */
  waiting: boolean
}

/** Rows of one round. */
export const sealedAtOnce = 5000

/**
 * Seals finished rows into the tree, oldest transaction first, and signs a checkpoint: leaves, nodes and checkpoint in
 * one transaction. Rows of transactions still open, or begun later than an open one, are left for later: identity order
 * is not commit order, and a row that commits late must not fall between sealed ones.
 * @param asBefore seals only with the key that signed before: a command on another machine must not bring one of its own
 * @throws TamperedLog when the roots of what is sealed are not those of the last checkpoint
 */
export async function sealAudit(
  tx: Tx,
  { signer, now, asBefore = false }: { signer: AuditSigner; now: Date; asBefore?: boolean },
  limit = sealedAtOnce,
): Promise<SealedRound> {
  const lock = await sql<{
    got: boolean
  }>`select pg_try_advisory_xact_lock(hashtext('kernel.audit_seal')) as got`.execute(tx)
  if (!lock.rows[0]?.got) return { sealed: 0, waiting: false }
  const last = await latestCheckpoint(tx)
  if (asBefore && last && keyIdOf(readNote(last.note)?.origin ?? '', signer) !== last.keyId)
    return { sealed: 0, waiting: false }
  const size = last?.size ?? 0
  const chained = await carriedOver(tx, size, limit)
  const { leaves, waiting } =
    chained.leaves.length > 0 ? { ...chained, waiting: true } : await finishedRows(tx, size, limit)
  if (leaves.length === 0) return { sealed: 0, waiting }
  const frontiers = await frontiersAt(tx, size)
  if (last && !suites.every((suite) => rootOf(suite, frontiers[suite]).equals(last[suite])))
    throw new TamperedLog('已封存的审计记录与最近的检查点不符，可能已被改动，已停止封存。请运行 yunbao verify 查明。')
  const roots = await appendLeaves(tx, size, frontiers, leaves)
  await keepCheckpoint(tx, { last, size: size + leaves.length, ...roots }, signer, now)
  if (chained.completes) await recordCarriedOver(tx, chained.completes, now)
  return { sealed: leaves.length, waiting }
}

type Head = { position: number; entryId: number; transactionText: string }

/** Rows behind the last sealed one whose transactions are over, in the order of epochs, transactions, rows. */
async function finishedRows(tx: Tx, size: number, limit: number): Promise<{ leaves: NewLeaf[]; waiting: boolean }> {
  const head = (
    await sql<Head>`select position, entry_id, transaction_id::text as transaction_text from kernel.audit_leaf
      order by position desc limit 1`.execute(tx)
  ).rows[0]
  if ((head?.position ?? -1) !== size - 1)
    throw new TamperedLog('审计树的末尾与最近的检查点不符，可能已被改动，已停止封存。请运行 yunbao verify 查明。')
  let behind = sql`(e.transaction_id, e.id) > (${head?.transactionText ?? '0'}::xid8, ${head?.entryId ?? 0}::bigint)`
  for (let epoch = await epochOf(tx, head?.entryId ?? 0); ; epoch = await epochOf(tx, epoch.to)) {
    const within = sql`${behind} and e.id >= ${epoch.from}
      ${epoch.to === null ? sql`` : sql`and e.id < ${epoch.to}`}`
    // What another server wrote is over; its numbers say nothing of the transactions of this one.
    const over = epoch.to === null ? sql`and e.transaction_id < pg_snapshot_xmin(pg_current_snapshot())` : sql``
    // Sorted by the column itself: as text, transaction 1000 would come before 999.
    const { rows } = await sql<EntryRow>`select ${sql.raw(entryColumns)} from kernel.audit_entry e
      where ${within} ${over} order by e.transaction_id, e.id limit ${limit}`.execute(tx)
    if (rows.length > 0) return { leaves: rows.map(leafOf), waiting: rows.length === limit || epoch.to !== null }
    if (epoch.to === null) {
      const more = await sql`select from kernel.audit_entry e where ${within} limit 1`.execute(tx)
      return { leaves: [], waiting: more.rows.length > 0 }
    }
    behind = sql`true`
  }
}

function leafOf(row: EntryRow): NewLeaf {
  const { id, transactionText } = row
  return { entryId: id, transactionText, ...leafHashes(leafData(headTextOf(row), id, transactionText)) }
}

type CarriedOver = { leaves: NewLeaf[]; completes: { rows: number; chain: string } | null }

/** Rows sealed into the chain of before come first, in its order; what was deleted from it gets a leaf that says so. */
async function carriedOver(tx: Tx, size: number, limit: number): Promise<CarriedOver> {
  const end = (
    await sql<{ position: number; chain: string }>`select position, chain from kernel.audit_seal
      order by position desc limit 1`.execute(tx)
  ).rows[0]
  if (!end || size >= end.position) return { leaves: [], completes: null }
  type Chained = Omit<EntryRow, 'id'> & { id: number | null; sealedEntry: number; sealedTransaction: string }
  const { rows } = await sql<Chained>`select s.entry_id as sealed_entry, s.transaction_id::text as sealed_transaction,
      ${sql.raw(entryColumns)}
    from kernel.audit_seal s left join kernel.audit_entry e on e.id = s.entry_id
    where s.position > ${size} order by s.position limit ${limit}`.execute(tx)
  const leaves = rows.map((row): NewLeaf => {
    if (row.id !== null) return leafOf(row as EntryRow)
    const data = missingLeafData(row.sealedEntry, row.sealedTransaction)
    return { entryId: row.sealedEntry, transactionText: row.sealedTransaction, ...leafHashes(data) }
  })
  const completes = size + rows.length >= end.position ? { rows: end.position, chain: end.chain } : null
  return { leaves, completes }
}

/** The head of the old chain becomes part of the tree. */
async function recordCarriedOver(tx: Tx, { rows, chain }: { rows: number; chain: string }, now: Date): Promise<void> {
  const act = { tx, actor: systemActor, now, today: localDateOf(now), requestId: newId(), source: null } as Act
  await record(act, 'kernel.audit-chain-carried-over', {
    subject: { kind: 'audit', id: String(rows) },
    after: { rows, chain },
  })
}

async function keepCheckpoint(
  tx: Tx,
  { last, size, sha256, sm3 }: { last: CheckpointRow | null; size: number; sha256: Buffer; sm3: Buffer },
  signer: AuditSigner,
  now: Date,
): Promise<void> {
  const before = last && readNote(last.note)
  if (last && !before) throw new TamperedLog('最近的审计检查点无法读取，可能已被改动，已停止封存。')
  const origin = before?.origin ?? `yunbao.audit/${newId()}`
  // A clock set back must not make checkpoints that seem older than those before them.
  const at = new Date(Math.max(now.getTime(), before ? Date.parse(before.at) : 0)).toISOString()
  const checkpoint = { origin, size, sha256, sm3, at, previous: before && textDigest(before) }
  const note = await signedNote(checkpoint, signer)
  const keyId = keyIdOf(origin, signer)
  await sql`insert into kernel.audit_key (key_id, origin, algorithm, public_key, since)
    values (${keyId}, ${origin}, ${signer.algorithm}, ${signer.publicKey}, ${at}) on conflict do nothing`.execute(tx)
  await sql`insert into kernel.audit_checkpoint (size, at, sha256, sm3, key_id, note)
    values (${size}, ${at}, ${sha256}, ${sm3}, ${keyId}, ${note})`.execute(tx)
}
