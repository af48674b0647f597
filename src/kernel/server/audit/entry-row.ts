import {
  commitmentsIn,
  commitmentText,
  digestOf,
  digestOfForm1,
  headText,
  headTextOfForm1,
  partNames,
  saltOf,
  type AuditHead,
  type AuditParts,
  type PartName,
} from './entry.ts'

/** A row as the database has it, columns in camelCase. */
export type EntryRow = Omit<AuditHead, 'roles' | 'reasons'> & {
  id: number
  transactionText: string
  form: number
  source: string | null
  personName: string
  roles: string[]
  reasons: string[]
  before: unknown
  after: unknown
  basis: unknown
  digest: string
  salts: Buffer | null
  commitments: Buffer | null
  withdrawn: boolean
}

/** Columns of {@link EntryRow}, of the table under the name `e`. */
export const entryColumns = `e.id, e.transaction_id::text as transaction_text, e.form, (extract(epoch from e.at) * 1000000)::bigint as at_us,
  e.request_id, e.operation, e.actor_kind, e.person_id, e.acting_organ_id, e.acting_organ_name, e.roles, e.fact, e.subject_kind,
  e.subject_id, e.organ_id, e.jurisdiction_code, e.result, e.reasons, e.source, e.person_name, e.before, e.after, e.basis,
  e.digest, e.salts, e.commitments, e.withdrawn_at is not null as withdrawn`

/** The head text a row should have; of form 1 it stands for the stored digest. */
export function headTextOf(row: EntryRow): string {
  return row.form === 1 ? headTextOfForm1(row.digest) : headText(row, row.commitments ?? Buffer.alloc(0))
}

export function partsOf(row: EntryRow): AuditParts {
  const { before, after, basis } = row
  return { person: { name: row.personName, source: row.source }, before, after, basis }
}

/** What is wrong with a row by itself: its digest, and each part against its commitment. Null when nothing is. */
export function faultInRow(row: EntryRow, head: string): string | null {
  if (row.form === 1) return faultInForm1(row)
  if (digestOf(head) !== row.digest) return '内容与摘要不符，已被改动'
  const commitments = row.commitments && commitmentsIn(row.commitments)
  if (!commitments || row.salts?.length !== 64) return '内容承诺值不完整，已被改动'
  const parts = partsOf(row)
  for (const name of partNames) {
    const value = parts[name] ?? null
    const commitment = commitments.get(name)
    if (row.withdrawn && name !== 'person') {
      if (value !== null) return '内容已依法撤除，却又出现'
      continue
    }
    if (commitment === undefined ? value !== null : value === null) return `${partLabels[name]}与承诺值不符，已被改动`
    if (commitment !== undefined && commitmentText(saltOf(row.salts, name), value) !== commitment)
      return `${partLabels[name]}与承诺值不符，已被改动`
  }
  return null
}

function faultInForm1(row: EntryRow): string | null {
  if (row.withdrawn) return null // the digest covered what has gone; the leaf still covers the digest
  const { requestId, source, actorKind, personId, personName, actingOrganId, actingOrganName, roles } = row
  const { fact, subjectKind, subjectId, organId, before, after, basis } = row
  const at = new Date(row.atUs / 1000).toISOString()
  const person = { at, requestId, source, actorKind, personId, personName, actingOrganId, actingOrganName, roles }
  const digest = digestOfForm1({ ...person, fact, subjectKind, subjectId, organId, before, after, basis })
  return digest === row.digest && row.atUs % 1000 === 0 ? null : '内容与摘要不符，已被改动'
}

export const partLabels: Record<PartName, string> = {
  person: '操作人和来源',
  before: '变更前内容',
  after: '变更后内容',
  basis: '依据',
}
