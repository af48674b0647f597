import { hash, randomFillSync } from 'node:crypto'
import { canonicalJson } from '#kernel/pure/canonical-json.ts'
import { leafHash } from './merkle.ts'

/**
 * What a row of the record is made of, and what is hashed of it. The head says who did what, when, to what, with which
 * result; the parts (person and address, before, after, basis) are bound by salted commitments, so that their content
 * can go (retention, Art. 44) while the leaf stays provable.
 */
export const partNames = ['person', 'before', 'after', 'basis'] as const
export type PartName = (typeof partNames)[number]

export type AuditHead = {
  /** Microseconds since 1970. */
  atUs: number
  requestId: string
  /** `<module>.<operation>` the row came by; null for timed work. */
  operation: string | null
  actorKind: string
  personId: string | null
  actingOrganId: string | null
  actingOrganName: string | null
  roles: readonly string[]
  fact: string
  subjectKind: string
  subjectId: string
  organId: string | null
  jurisdictionCode: string | null
  result: string
  reasons: readonly string[]
}
export type AuditParts = {
  person: { name: string; source: string | null }
  before: unknown
  after: unknown
  basis: unknown
}

/** Bytes of one part's commitment: SHA-256, then SM3. */
export const commitmentBytes = 64
const saltBytes = 16
const commitmentMark = 2

/** Commitment to one part: both hashes over 0x02, salt and canonical JSON, in hexadecimal: half as dear to make as bytes. */
export function commitmentText(salt: Buffer, value: unknown): string {
  const content = canonicalJson(value)
  const data = Buffer.allocUnsafe(1 + saltBytes + Buffer.byteLength(content))
  data[0] = commitmentMark
  salt.copy(data, 1)
  data.write(content, 1 + saltBytes)
  return hash('sha256', data) + hash('sm3', data)
}

/** Commitments of all parts that are there, behind a byte that says which; and the salts of all four. */
export function committed(parts: AuditParts): { salts: Buffer; commitments: Buffer } {
  const salts = randomFillSync(Buffer.allocUnsafe(saltBytes * partNames.length))
  let mask = 0
  const made: Buffer[] = []
  for (const [place, name] of partNames.entries()) {
    const value = parts[name] ?? null
    if (value === null) continue
    mask |= 1 << place
    made.push(Buffer.from(commitmentText(saltOf(salts, name), value), 'hex'))
  }
  return { salts, commitments: Buffer.concat([Buffer.from([mask]), ...made]) }
}

export function saltOf(salts: Buffer, name: PartName): Buffer {
  const place = partNames.indexOf(name)
  return salts.subarray(place * saltBytes, (place + 1) * saltBytes)
}

/** Commitment of each part that was there, as {@link commitmentText} makes it; null when the bytes are none of ours. */
export function commitmentsIn(bytes: Buffer): Map<PartName, string> | null {
  const mask = bytes[0] ?? 0
  const found = new Map<PartName, string>()
  let end = 1
  for (const [place, name] of partNames.entries())
    if ((mask & (1 << place)) !== 0) found.set(name, bytes.toString('hex', end, (end += commitmentBytes)))
  return mask < 1 << partNames.length && bytes.length === end ? found : null
}

/** Text of a head and its commitments, the same for the same content. */
export function headText(head: AuditHead, commitments: Buffer): string {
  return JSON.stringify([
    2,
    head.atUs,
    head.requestId,
    head.operation,
    head.actorKind,
    head.personId,
    head.actingOrganId,
    head.actingOrganName,
    head.roles,
    head.fact,
    head.subjectKind,
    head.subjectId,
    head.organId,
    head.jurisdictionCode,
    head.result,
    head.reasons,
    commitments.toString('base64'),
  ])
}

/** Digest kept with the row: shows an edit even before the row is sealed. */
export function digestOf(text: string): string {
  return hash('sha256', text)
}

/** Head text of a row of form 1, whose digest covers head and content together. */
export function headTextOfForm1(digest: string): string {
  return JSON.stringify([1, digest])
}

export type AuditContentOfForm1 = Omit<AuditHead, 'atUs' | 'operation' | 'jurisdictionCode' | 'result' | 'reasons'> & {
  at: string
  source: string | null
  personName: string
  before: unknown
  after: unknown
  basis: unknown
}

/** Digest of a row of form 1 over its whole content, keys sorted. */
export function digestOfForm1(content: AuditContentOfForm1): string {
  return digestOf(canonicalJson(content))
}

/** What the leaf of a row is hashed over: the row's head, and its place in the table. */
export function leafData(head: string, entryId: number, transactionId: string): string {
  return `${head}\n${entryId} ${transactionId}`
}

/** Leaf of a row that was deleted before it came into the tree: shows as missing for ever. */
export function missingLeafData(entryId: number, transactionId: string): string {
  return leafData('[0]', entryId, transactionId)
}

export type LeafHashes = { sha256: Buffer; sm3: Buffer }

export function leafHashes(data: string): LeafHashes {
  return { sha256: leafHash('sha256', data), sm3: leafHash('sm3', data) }
}
