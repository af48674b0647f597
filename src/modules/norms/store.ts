import { sql, type RawBuilder } from 'kysely'
import type { OfficeScope } from '#kernel/pure/actor.ts'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import { dutyRegister, type DutyRow } from '#modules/duties/offers.ts'
import type { CaseUnderNorm } from './rules/carrying-cases.ts'

type RegisterAct = Pick<Act, 'tx' | 'today' | 'directory' | 'caseKinds' | 'dutySources'>

const within = ({ jurisdictionCode, organId }: OfficeScope): RawBuilder<unknown> =>
  sql`d.jurisdiction_code = ${jurisdictionCode} and (${organId}::uuid is null or d.organ_id = ${organId}::uuid)`

/**
 * The register of duties with the norm each matter stands under: that of the state of its case, else that of its term.
 * What is under no norm is left out.
 */
async function underNorms(act: RegisterAct, under: readonly CaseUnderNorm[]) {
  const { register, overdue, norms } = await dutyRegister(act)
  const matters = sql`(
    select d.*, coalesce(u.norm, t.norm) as norm from ${register} d
      left join unnest(${under.map(({ norm }) => norm)}::text[], ${under.map(({ kind }) => kind)}::text[],
        ${under.map(({ state }) => state)}::text[]) as u(norm, kind, state) on u.kind = d.kind and u.state = d.state
      left join unnest(${norms.map(({ term }) => term)}::text[], ${norms.map(({ norm }) => norm)}::text[]) as t(term, norm)
        on t.term = d.term and d.kind is null)`
  return { matters, overdue }
}

/** Open and overdue matters by norm: open cases, and what is owed and can be done today; norms without any are left out. */
export async function countsByNorm(
  act: RegisterAct,
  scope: OfficeScope,
  under: readonly CaseUnderNorm[],
): Promise<Map<string, { open: number; overdue: number }>> {
  const { matters, overdue } = await underNorms(act, under)
  const { rows } = await sql<{ norm: string; open: number; overdue: number }>`
    select norm, count(*)::int as open, count(*) filter (where ${overdue})::int as overdue
    from ${matters} d
    where ${within(scope)} and fulfilled_on is null and (kind is not null or opens_on <= ${act.today}) and norm is not null
    group by norm`.execute(act.tx)
  return new Map(rows.map(({ norm, open, overdue: late }) => [norm, { open, overdue: late }]))
}

export type OverdueRow = DutyRow & { norm: string }

/** Overdue matters under norms, longest overdue first. */
export async function overduePage(
  act: RegisterAct,
  scope: OfficeScope,
  under: readonly CaseUnderNorm[],
  norm: string | undefined,
  after: { dueOn: LocalDate; key: string } | null,
  limit: number,
): Promise<OverdueRow[]> {
  const { matters, overdue } = await underNorms(act, under)
  const { rows } = await sql<OverdueRow>`
    select d.* from ${matters} d
    where ${within(scope)} and ${overdue} and norm is not null and (${norm ?? null}::text is null or norm = ${norm ?? null})
      and (${after?.key ?? null}::text is null or (due_on, key) > (${after?.dueOn ?? null}::date, ${after?.key ?? null}::text))
    order by due_on, key limit ${limit}`.execute(act.tx)
  return rows
}
