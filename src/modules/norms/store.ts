import { sql, type RawBuilder } from 'kysely'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import type { Tx } from '#kernel/server/database.ts'
import type { NormScope } from './policy.ts'
import type { CaseUnderNorm } from './rules/carrying-cases.ts'

/** Past its last day; a date that may still move is never overdue (CAL-R01). */
const isOverdue = (today: LocalDate): RawBuilder<boolean> => sql`(c.due_on < ${today} and not c.due_provisional)`

const within = ({ jurisdictionCode, organId }: NormScope): RawBuilder<boolean> =>
  sql`c.closed_at is null and c.jurisdiction_code = ${jurisdictionCode}
    and (${organId}::uuid is null or c.applicant_organ_id = ${organId}::uuid)`

/** The states under norms as rows to join. */
const underNorms = (under: readonly CaseUnderNorm[]): RawBuilder<unknown> =>
  sql`unnest(${under.map(({ norm }) => norm)}::text[], ${under.map(({ kind }) => kind)}::text[],
    ${under.map(({ state }) => state)}::text[]) as u(norm, kind, state)`

/** Open and overdue cases by norm; norms without any are left out. */
export async function countsByNorm(
  tx: Tx,
  scope: NormScope,
  under: readonly CaseUnderNorm[],
  today: LocalDate,
): Promise<Map<string, { open: number; overdue: number }>> {
  const { rows } = await sql<{ norm: string; open: number; overdue: number }>`
    select u.norm, count(*)::int as open, count(*) filter (where ${isOverdue(today)})::int as overdue
    from kernel.case_item c join ${underNorms(under)} on u.kind = c.kind and u.state = c.state
    where ${within(scope)} group by u.norm`.execute(tx)
  return new Map(rows.map(({ norm, open, overdue }) => [norm, { open, overdue }]))
}

export type OverdueRow = CaseRow & { norm: string; dueOn: LocalDate }

/** Overdue cases under norms, longest overdue first. */
export async function overduePage(
  tx: Tx,
  scope: NormScope,
  under: readonly CaseUnderNorm[],
  today: LocalDate,
  after: { dueOn: LocalDate; id: string } | null,
  limit: number,
): Promise<OverdueRow[]> {
  const { rows } = await sql<OverdueRow>`
    select c.*, u.norm from kernel.case_item c join ${underNorms(under)} on u.kind = c.kind and u.state = c.state
    where ${within(scope)} and ${isOverdue(today)}
      and (${after?.id ?? null}::uuid is null or (c.due_on, c.id) > (${after?.dueOn ?? null}::date, ${after?.id ?? null}::uuid))
    order by c.due_on, c.id limit ${limit}`.execute(tx)
  return rows
}
