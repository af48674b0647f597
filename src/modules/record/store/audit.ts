import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { commandLine } from '#kernel/server/record.ts'

export type AuditFilter = {
  person?: string | undefined
  fact?: string | undefined
  /** Codes, any of them. */
  operations?: readonly string[] | undefined
  organId?: string | undefined
  object?: string | undefined
  result?: string | undefined
  from?: string | undefined
  until?: string | undefined
}
export type AuditHeadRow = {
  id: number
  at: Date
  fact: string
  operation: string | null
  result: 'done' | 'denied' | 'failed'
  reasons: string[]
  actorKind: string
  personName: string
  organName: string | null
  byCommand: boolean
  subjectKind: string
  subjectId: string
}
export type AuditDetailRow = AuditHeadRow & {
  source: string | null
  requestId: string
  roles: string[]
  before: unknown
  after: unknown
  basis: unknown
  withdrawn: boolean
}
const head = sql`e.id, e.at, e.fact, e.operation, e.result, e.reasons, e.actor_kind, e.person_name, e.acting_organ_name as organ_name,
  coalesce(starts_with(e.source, ${commandLine}), false) as by_command, e.subject_kind, e.subject_id`

/** Only the filters that are given stand in the statement, so that each has its index whatever the others are. */
function matching(filter: AuditFilter, after: { at: string; id: number } | null) {
  const conditions = [
    filter.person ? sql`e.person_name = ${filter.person}` : null,
    filter.fact ? sql`e.fact = ${filter.fact}` : null,
    filter.operations ? sql`e.operation = any(${[...filter.operations]}::text[])` : null,
    filter.organId ? sql`coalesce(e.organ_id, e.acting_organ_id) = ${filter.organId}::uuid` : null,
    filter.object ? sql`e.subject_id = ${filter.object}` : null,
    filter.result ? sql`e.result = ${filter.result}` : null,
    // Said in the words of the partial index.
    filter.result && filter.result !== 'done' ? sql`e.result <> 'done'` : null,
    filter.from ? sql`e.at >= ${filter.from}::date` : null,
    filter.until ? sql`e.at < ${filter.until}::date + 1` : null,
    after ? sql`(e.at, e.id) < (${after.at}::timestamptz, ${after.id}::bigint)` : null,
  ].filter((condition) => condition !== null)
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}

/**
 * The audit record of a level, newest first: what its people and the system did for its organs, and what concerns no
 * organ (sign-in of unknown names, sealing). Two walks along an index, merged.
 */
export async function auditPage(
  tx: Tx,
  jurisdictionCode: string,
  filter: AuditFilter,
  after: { at: string; id: number } | null,
  limit: number,
): Promise<AuditHeadRow[]> {
  const branch = (level: ReturnType<typeof sql>) =>
    sql`(select ${head} from kernel.audit_entry e where ${level} and ${matching(filter, after)}
      order by e.at desc, e.id desc limit ${limit})`
  return (
    await sql<AuditHeadRow>`select * from (${branch(sql`e.jurisdiction_code = ${jurisdictionCode}`)}
      union all ${branch(sql`e.jurisdiction_code is null`)}) both_parts order by at desc, id desc limit ${limit}`.execute(
      tx,
    )
  ).rows
}

/** True where at least so many rows match. */
export async function hasMoreThan(
  tx: Tx,
  jurisdictionCode: string,
  filter: AuditFilter,
  count: number,
): Promise<boolean> {
  const { rows } = await sql`select from kernel.audit_entry e
    where (e.jurisdiction_code = ${jurisdictionCode} or e.jurisdiction_code is null) and ${matching(filter, null)}
    offset ${count} limit 1`.execute(tx)
  return rows.length > 0
}

/** One row of the level with its content; null when the level has no such row. */
export async function auditEntryOf(tx: Tx, jurisdictionCode: string, id: number): Promise<AuditDetailRow | null> {
  const { rows } =
    await sql<AuditDetailRow>`select ${head}, e.source, e.request_id, e.roles, e.before, e.after, e.basis,
      e.withdrawn_at is not null as withdrawn
    from kernel.audit_entry e
    where e.id = ${id} and (e.jurisdiction_code = ${jurisdictionCode} or e.jurisdiction_code is null)`.execute(tx)
  return rows[0] ?? null
}

/** The public key behind a key id. */
export async function auditKey(tx: Tx, keyId: string): Promise<{ algorithm: string; publicKey: Buffer } | null> {
  const { rows } = await sql<{ algorithm: string; publicKey: Buffer }>`
    select algorithm, public_key from kernel.audit_key where key_id = ${keyId}`.execute(tx)
  return rows[0] ?? null
}
