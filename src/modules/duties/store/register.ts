import { sql, type RawBuilder } from 'kysely'
import type { Party } from '#kernel/pure/case-kind.ts'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { Act } from '#kernel/server/context.ts'
import type { DutyColumns } from '#kernel/server/duty-source.ts'
import { dutyStates, type DutyState } from '../model.ts'
import { termOf } from '../reference/terms.ts'
import { dutyCases, excusedMoves } from '../rules/duty-cases.ts'

/** One matter under the clock, from a case or from a source of duties. */
export type DutyRow = DutyColumns & {
  term: string
  /** Who bears it: the organ itself, or the authority or finance department of its level. */
  party: Party
  /** Kind and state of the case; null for what a module tells. */
  kind: string | null
  state: string | null
}

export type RegisterAct = Pick<Act, 'tx' | 'today' | 'directory' | 'caseKinds' | 'dutySources'>

/**
 * The register of duties, derived each time from where things stand: open cases, steps taken under a term, and what
 * modules know of. Each is a branch with the conditions that can be true of it, so that a question about what is open
 * reads nothing that is done; together they are filtered, counted and paged. `term` is null for open cases that run
 * under none.
 */
async function branchesOf(act: RegisterAct, asked: Pick<DutyFilter, 'terms' | 'key'>): Promise<Branch[]> {
  return [...caseBranches(act, asked), ...(await sourceBranches(act, asked))]
}

/** What can be true of a branch: open matters are not done, steps taken are. */
type Branch = Readonly<{ rows: RawBuilder<unknown>; states: readonly DutyState[] }>
const openStates: readonly DutyState[] = ['coming', 'near', 'overdue']
const doneStates: readonly DutyState[] = ['done', 'done-late']

/** Everything open, cases under no term as well, for a neighbour's own select; one row for each matter. */
export async function openMatters(act: RegisterAct): Promise<RawBuilder<unknown>> {
  const branches = (await branchesOf(act, {})).filter(({ states }) => states.includes('overdue'))
  return sql`(select * from (${sql.join(
    branches.map(({ rows }) => rows),
    sql` union all `,
  )}) m where fulfilled_on is null)`
}

/** Key and columns in one order for all branches. */
const columns = sql`key, term, party, kind, state, organ_id, jurisdiction_code, year, title, opens_on, counted_from, due_on,
  provisional, fulfilled_on, link`

const dayOf = (instant: RawBuilder<unknown>) => sql`(${instant} at time zone 'Asia/Shanghai')::date`
const milliseconds = (instant: RawBuilder<unknown>) => sql`(extract(epoch from ${instant}) * 1000)::bigint`

function caseBranches(
  { caseKinds, dutySources }: RegisterAct,
  { terms, key }: Pick<DutyFilter, 'terms' | 'key'>,
): Branch[] {
  const kinds = [...caseKinds.values()].map(({ kind }) => kind)
  const covered = dutySources.flatMap(({ covers = [] }) => covers)
  const cases = dutyCases(kinds.filter(({ kind }) => !covered.includes(kind))).filter(
    ({ term }) => terms === undefined || (term !== null && terms.includes(term)),
  )
  const caseId = key === undefined ? null : caseOfKey(key)
  if (cases.length === 0 || (key !== undefined && caseId === null)) return []
  const states = sql`unnest(${cases.map(({ term }) => term)}::text[], ${cases.map(({ party }) => party)}::text[],
    ${cases.map(({ kind }) => kind)}::text[], ${cases.map(({ state }) => state)}::text[],
    ${cases.map(({ page }) => page)}::text[]) as t(term, party, kind, state, page)`
  const link = sql`replace(t.page, ':subjectId', c.subject_id::text)`
  const ofKey = caseId === null ? sql`true` : sql`c.id = ${caseId}::uuid`
  const open = sql`
    select 'case:' || c.id || ':' || c.state || ':' || ${milliseconds(sql`c.entered_at`)} as key, t.term, c.waiting_party as party,
      c.kind, c.state, c.applicant_organ_id as organ_id, c.jurisdiction_code, null::int as year, c.title,
      ${dayOf(sql`c.entered_at`)} as opens_on, c.clock_from as counted_from, c.due_on, c.due_provisional as provisional,
      null::date as fulfilled_on, ${link} as link
    from kernel.case_item c join ${states} on t.kind = c.kind and t.state = c.state
    where c.closed_at is null and ${ofKey}`
  const taken = sql`
    select 'case:' || c.id || ':' || s.from_state || ':' || ${milliseconds(sql`s.entered_at`)} as key, t.term, t.party,
      c.kind, s.from_state as state, c.applicant_organ_id as organ_id, c.jurisdiction_code, null::int as year, c.title,
      ${dayOf(sql`s.entered_at`)} as opens_on, s.clock_from as counted_from, s.due_on, s.due_provisional as provisional,
      ${dayOf(sql`s.at`)} as fulfilled_on, ${link} as link
    from kernel.case_item c join kernel.case_step s on s.case_id = c.id
      join ${states} on t.kind = c.kind and t.state = s.from_state
    where s.due_on is not null and t.term is not null and s.from_state <> s.to_state and ${ofKey}
      and c.kind || ' ' || s.from_state || ' ' || s.transition <> all(${excusedMoves(kinds)}::text[])`
  return [
    { rows: open, states: openStates },
    { rows: taken, states: doneStates },
  ]
}

async function sourceBranches(act: RegisterAct, { terms, key }: Pick<DutyFilter, 'terms' | 'key'>): Promise<Branch[]> {
  const branches: Branch[] = []
  for (const { term, rows } of act.dutySources) {
    const declared = termOf(term)
    if (!declared) throw new Error(`a module tells of duties under ${term}, which is no declared term`)
    if ((terms && !terms.includes(term)) || (key !== undefined && !key.startsWith(`${term}:`))) continue
    const told = await rows(act)
    if (told === null) continue
    branches.push({
      rows: sql`
        select key, ${term} as term, ${declared.bearer.party} as party, null as kind, null as state, organ_id, jurisdiction_code,
          year, title, opens_on, counted_from, due_on, provisional, fulfilled_on, link from (${told}) told`,
      states: [...openStates, ...doneStates],
    })
  }
  return branches
}

/** `case:<id>:<state>:<entered at, ms>`. */
export function caseOfKey(key: string): string | null {
  return /^case:([0-9a-f]{8}-[0-9a-f-]{27}):/.exec(key)?.[1] ?? null
}

/** Days by which a state is told: today, and the last day that still counts as near. */
export type Reckoned = Readonly<{ today: LocalDate; near: LocalDate }>

/** The same as `dutyStateOf` tells of one row: a date that may still move is never late (CAL-R01). */
export function stateIs({ today, near }: Reckoned): Record<DutyState, RawBuilder<boolean>> {
  return {
    coming: sql`(fulfilled_on is null and due_on > ${near})`,
    near: sql`(fulfilled_on is null and due_on <= ${near} and (due_on >= ${today} or provisional))`,
    overdue: sql`(fulfilled_on is null and due_on < ${today} and not provisional)`,
    done: sql`(fulfilled_on is not null and (fulfilled_on <= due_on or provisional))`,
    'done-late': sql`(fulfilled_on is not null and fulfilled_on > due_on and not provisional)`,
  }
}

/** Which duties are asked for; every part narrows. */
export type DutyFilter = {
  /** Duties of the level, of one organ of it, or those that the given organ bears by itself and by its parts. */
  jurisdictionCode?: string | undefined
  /** Jurisdictions whose code begins so: a level and all below it. */
  beginning?: string | undefined
  organId?: string | undefined
  borneBy?: BorneBy | undefined
  terms?: readonly string[] | undefined
  states?: readonly DutyState[] | undefined
  key?: string | undefined
  from?: LocalDate | undefined
  until?: LocalDate | undefined
  /** Leaves out what cannot be done yet. */
  openedBy?: LocalDate | undefined
}

/** An organ as bearer: terms it bears itself, and terms its statutory parts bear for the level. */
export type BorneBy = Readonly<{
  organId: string
  jurisdictionCode: string
  terms: readonly string[]
  partTerms: readonly string[]
}>

/** The duties asked for, each branch with what can be true of it; null where none can hold any. */
async function matching(act: RegisterAct, filter: DutyFilter, reckoned: Reckoned): Promise<RawBuilder<unknown> | null> {
  const asked = filter.states ?? dutyStates
  const branches = (await branchesOf(act, filter)).flatMap(({ rows, states }) => {
    const possible = states.filter((state) => asked.includes(state))
    return possible.length === 0
      ? []
      : [sql`select ${columns} from (${rows}) b where ${conditions(filter, possible, states, reckoned)}`]
  })
  return branches.length === 0 ? null : sql`(${sql.join(branches, sql` union all `)})`
}

function conditions(
  filter: DutyFilter,
  possible: readonly DutyState[],
  all: readonly DutyState[],
  reckoned: Reckoned,
): RawBuilder<unknown> {
  const states = stateIs(reckoned)
  const parts: RawBuilder<unknown>[] = [sql`term is not null and due_on is not null`]
  if (filter.jurisdictionCode !== undefined) parts.push(sql`jurisdiction_code = ${filter.jurisdictionCode}`)
  if (filter.beginning !== undefined) parts.push(sql`jurisdiction_code like ${`${filter.beginning}%`}`)
  if (filter.organId !== undefined) parts.push(sql`organ_id = ${filter.organId}`)
  if (filter.borneBy !== undefined) parts.push(borne(filter.borneBy))
  if (filter.key !== undefined) parts.push(sql`key = ${filter.key}`)
  if (filter.from !== undefined) parts.push(sql`due_on >= ${filter.from}`)
  if (filter.until !== undefined) parts.push(sql`due_on <= ${filter.until}`)
  if (filter.openedBy !== undefined) parts.push(sql`opens_on <= ${filter.openedBy}`)
  if (possible.length < all.length)
    parts.push(
      sql`(${sql.join(
        possible.map((state) => states[state]),
        sql` or `,
      )})`,
    )
  return sql.join(parts, sql` and `)
}

function borne({ organId, jurisdictionCode, terms, partTerms }: BorneBy): RawBuilder<unknown> {
  const own = sql`(party = 'applicant' and organ_id = ${organId} and term = any(${[...terms]}::text[]))`
  if (partTerms.length === 0) return own
  return sql`(${own} or (party <> 'applicant' and jurisdiction_code = ${jurisdictionCode} and term = any(${[...partTerms]}::text[])))`
}

export type After = { dueOn: LocalDate; key: string } | null

/** Duties by last day, the earliest first. */
export async function dutyPage(
  act: RegisterAct,
  filter: DutyFilter,
  reckoned: Reckoned,
  after: After,
  limit: number,
): Promise<DutyRow[]> {
  const duties = await matching(act, filter, reckoned)
  if (duties === null) return []
  const beyond = after === null ? sql`true` : sql`(due_on, key) > (${after.dueOn}::date, ${after.key}::text)`
  const { rows } = await sql<DutyRow>`select ${columns} from ${duties} d where ${beyond}
    order by due_on, key limit ${limit}`.execute(act.tx)
  return rows
}

export async function dutyByKey(act: RegisterAct, key: string, reckoned: Reckoned): Promise<DutyRow | undefined> {
  return (await dutyPage(act, { key }, reckoned, null, 1))[0]
}

export type DayCount = { dueOn: LocalDate; term: string; state: DutyState; count: number; provisional: boolean }

/** How many fall due on each day, by term and state; for a month's sheet and for calendars of a whole level. */
export async function countsByDay(act: RegisterAct, filter: DutyFilter, reckoned: Reckoned): Promise<DayCount[]> {
  const duties = await matching(act, filter, reckoned)
  if (duties === null) return []
  const { rows } = await sql<DayCount>`select due_on, term, ${stateCase(reckoned)} as state, count(*)::int as count,
      bool_or(provisional) as provisional
    from ${duties} d group by 1, 2, 3 order by 1, 2, 3`.execute(act.tx)
  return rows
}

export type Totals = { jurisdictionCode: string; term: string; overdue: number; doneLate: number; organs: number }

/** What is or was late, by jurisdiction and term. */
export async function lateTotals(act: RegisterAct, filter: DutyFilter, reckoned: Reckoned): Promise<Totals[]> {
  const duties = await matching(act, { ...filter, states: ['overdue', 'done-late'] }, reckoned)
  if (duties === null) return []
  const { rows } =
    await sql<Totals>`select jurisdiction_code, term, (count(*) filter (where fulfilled_on is null))::int as overdue,
      (count(*) filter (where fulfilled_on is not null))::int as done_late, count(distinct organ_id)::int as organs
    from ${duties} d group by 1, 2 order by 1, 2`.execute(act.tx)
  return rows
}

function stateCase(reckoned: Reckoned): RawBuilder<DutyState> {
  const states = stateIs(reckoned)
  return sql`case ${sql.join(
    (Object.keys(states) as DutyState[]).map((state) => sql`when ${states[state]} then ${state}`),
    sql` `,
  )} end`
}
