import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { commandLine } from '#kernel/server/record.ts'
import type { RecordScope } from './policy.ts'

export type HeadRow = {
  id: string
  kind: string
  number: string
  title: string
  organId: string
  issuedOn: string
  issuedBy: string
  issuedAt: Date
  subjectKind: string
  subjectId: string
  digest: string
}
const head = sql`id, kind, number, title, organ_id, issued_on, issued_by, issued_at, subject_kind, subject_id, digest`

/** Documents the scope may read: issued by the organ, addressed to it, or of its level. */
function readable(scope: NonNullable<RecordScope>) {
  return sql`(organ_id = ${scope.organId} or recipient_organ_ids @> array[${scope.organId}::uuid] ${scope.jurisdictionCode ? sql`or jurisdiction_code = ${scope.jurisdictionCode}` : sql``})`
}

export async function documentsPage(
  tx: Tx,
  scope: NonNullable<RecordScope>,
  filter: { kind?: string | undefined; year?: number | undefined; text?: string | undefined },
  after: { issuedAt: Date; id: string } | null,
  limit: number,
): Promise<HeadRow[]> {
  return (
    await sql<HeadRow>`select ${head} from kernel.issued_document where ${readable(scope)}
      and (${filter.kind ?? null}::text is null or kind = ${filter.kind ?? null})
      and (${filter.year ?? null}::int is null or extract(year from issued_on) = ${filter.year ?? null}::int)
      and (${filter.text ?? null}::text is null or strpos(number, ${filter.text ?? ''}) > 0 or strpos(title, ${filter.text ?? ''}) > 0)
      and (${after?.id ?? null}::uuid is null or (issued_at, id) < (${after?.issuedAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      order by issued_at desc, id desc limit ${limit}`.execute(tx)
  ).rows
}

export async function documentsOf(
  tx: Tx,
  scope: NonNullable<RecordScope>,
  subject: { kind: string; id: string },
): Promise<HeadRow[]> {
  return (
    await sql<HeadRow>`select ${head} from kernel.issued_document where ${readable(scope)} and subject_kind = ${subject.kind} and subject_id = ${subject.id} order by issued_at`.execute(
      tx,
    )
  ).rows
}

export async function mayReadDocument(tx: Tx, scope: NonNullable<RecordScope>, id: string): Promise<boolean> {
  return (
    (await sql`select 1 from kernel.issued_document where id = ${id} and ${readable(scope)}`.execute(tx)).rows.length >
    0
  )
}

export async function digestOfDocument(tx: Tx, id: string): Promise<{ digest: string; issuedOn: string } | undefined> {
  return (
    await sql<{
      digest: string
      issuedOn: string
    }>`select digest, issued_on from kernel.issued_document where id = ${id}`.execute(tx)
  ).rows[0]
}

export type EntryRow = {
  id: number
  at: Date
  fact: string
  personName: string
  organName: string | null
  byCommand: boolean
  subjectKind: string
  subjectId: string
  before: unknown
  after: unknown
  basis: unknown
}
const entry = sql`e.id, e.at, e.fact, e.person_name, e.acting_organ_name as organ_name,
  coalesce(starts_with(e.source, ${commandLine}), false) as by_command, e.subject_kind, e.subject_id, e.before, e.after, e.basis`

/** Changes of one record, newest first, as far as the scope reaches. */
export async function changesOf(
  tx: Tx,
  scope: NonNullable<RecordScope>,
  subject: { kind: string; id: string },
  limit: number,
): Promise<EntryRow[]> {
  return (
    await sql<EntryRow>`select ${entry} from kernel.audit_entry e left join organs.open_organ o on o.id = e.organ_id
      where e.subject_kind = ${subject.kind} and e.subject_id = ${subject.id}
        and (e.organ_id = ${scope.organId} or (${scope.jurisdictionCode}::text is not null and o.jurisdiction_code = ${scope.jurisdictionCode}))
      order by e.id desc limit ${limit}`.execute(tx)
  ).rows
}
