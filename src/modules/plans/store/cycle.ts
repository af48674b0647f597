import { sql } from 'kysely'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { NeedKind } from '#modules/standards/model.ts'
import type { CycleCalendar, DemandState } from '../model.ts'

export type CycleRow = {
  id: string
  jurisdictionCode: string
  year: number
  state: 'open' | 'planned' | 'in-force' | 'closed'
  demandOpensOn: string
  demandClosesOn: string
  reviewUntil: string
  planUntil: string
  standardsOn: string
  openedOn: string
  version: number
}

const columns = sql`id, jurisdiction_code, year, state, demand_opens_on, demand_closes_on, review_until, plan_until, standards_on, opened_on, version`

export function calendarOf(row: CycleRow): CycleCalendar {
  const { demandOpensOn, demandClosesOn, reviewUntil, planUntil } = row
  return { demandOpensOn, demandClosesOn, reviewUntil, planUntil }
}

export async function cycleById(tx: Tx, id: string): Promise<CycleRow | undefined> {
  return (await executePrepared(tx, sql<CycleRow>`select ${columns} from plans.cycle where id = ${id}`)).rows[0]
}

export async function lockCycle(tx: Tx, id: string): Promise<CycleRow | undefined> {
  return (await executePrepared(tx, sql<CycleRow>`select ${columns} from plans.cycle where id = ${id} for update`))
    .rows[0]
}

export async function cycleOf(tx: Tx, jurisdictionCode: string, year: number): Promise<CycleRow | undefined> {
  return (
    await sql<CycleRow>`select ${columns} from plans.cycle where jurisdiction_code = ${jurisdictionCode} and year = ${year}`.execute(
      tx,
    )
  ).rows[0]
}

/** Cycles of a jurisdiction, newest year first; `after` is the year of the last one seen. */
export async function cyclesPage(
  tx: Tx,
  jurisdictionCode: string,
  year: number | undefined,
  after: number | undefined,
  limit: number,
): Promise<CycleRow[]> {
  const { rows } = await sql<CycleRow>`select ${columns} from plans.cycle where jurisdiction_code = ${jurisdictionCode}
      ${year === undefined ? sql`` : sql`and year = ${year}`} ${after === undefined ? sql`` : sql`and year < ${after}`}
    order by year desc limit ${limit}`.execute(tx)
  return rows
}

export async function insertCycle(
  tx: Tx,
  cycle: Omit<CycleRow, 'version'> & { openedBy: string | null },
): Promise<void> {
  await sql`insert into plans.cycle (id, jurisdiction_code, year, state, demand_opens_on, demand_closes_on, review_until, plan_until, standards_on, opened_on, opened_by)
    values (${cycle.id}, ${cycle.jurisdictionCode}, ${cycle.year}, ${cycle.state}, ${cycle.demandOpensOn}, ${cycle.demandClosesOn},
      ${cycle.reviewUntil}, ${cycle.planUntil}, ${cycle.standardsOn}, ${cycle.openedOn}, ${cycle.openedBy})`.execute(tx)
}

export async function saveCycleCalendar(tx: Tx, cycle: CycleRow, calendar: CycleCalendar): Promise<void> {
  const result =
    await sql`update plans.cycle set demand_opens_on = ${calendar.demandOpensOn}, demand_closes_on = ${calendar.demandClosesOn},
      review_until = ${calendar.reviewUntil}, plan_until = ${calendar.planUntil}, version = version + 1
    where id = ${cycle.id} and version = ${cycle.version}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('年度周期')
}

/** Open cases of a cycle are due by its calendar as it stands now; what was told of a day that moved is forgotten. */
export async function moveCaseDays(tx: Tx, cycleId: string, calendar: CycleCalendar): Promise<void> {
  await sql`update kernel.case_item c set due_on = m.due_on, overdue_told_on = null
    from (
      select d.case_id, case when d.state = 'draft' then ${calendar.demandClosesOn}::date else ${calendar.reviewUntil}::date end as due_on
      from plans.demand d where d.cycle_id = ${cycleId} and d.state in ('draft', 'submitted')
      union all
      select p.case_id, ${calendar.planUntil}::date from plans.plan p where p.cycle_id = ${cycleId} and p.state in ('draft', 'consulting')
    ) m
    where c.id = m.case_id and c.closed_at is null and c.due_on is distinct from m.due_on`.execute(tx)
}

/** Moves a cycle on; naming the state it leaves, so that of two at once one wins. */
export async function moveCycle(tx: Tx, cycle: CycleRow, to: CycleRow['state']): Promise<void> {
  const result =
    await sql`update plans.cycle set state = ${to}, version = version + 1 where id = ${cycle.id} and state = ${cycle.state}`.execute(
      tx,
    )
  if (result.numAffectedRows !== 1n) throw new Conflict('年度周期')
}

export type CycleCounts = {
  organs: number
  draft: number
  submitted: number
  returned: number
  reviewed: number
  late: number
  overdue: number
}

/** How many organs stand where; `overdue` are those whose window has closed without a submission. */
export async function cycleCounts(tx: Tx, cycleId: string, today: string): Promise<CycleCounts> {
  const { rows } = await sql<CycleCounts>`
    select count(*)::int as organs, (count(*) filter (where d.state = 'draft'))::int as draft, (count(*) filter (where d.state = 'submitted'))::int as submitted,
      (count(*) filter (where d.state = 'returned'))::int as returned, (count(*) filter (where d.state = 'reviewed'))::int as reviewed,
      (count(*) filter (where d.late))::int as late,
      (count(*) filter (where d.state = 'draft' and c.demand_closes_on < ${today}))::int as overdue
    from plans.demand d join plans.cycle c on c.id = d.cycle_id where d.cycle_id = ${cycleId}`.execute(tx)
  return rows[0] as CycleCounts
}

export type KindMoney = { needKind: NeedKind; lines: number; askedFen: number; approvedFen: number; cutFen: number }

/** Money asked, approved and cut by kind of need; lines not yet decided count as asked only. */
export async function moneyByKind(tx: Tx, cycleId: string): Promise<KindMoney[]> {
  const { rows } = await sql<KindMoney>`
    select l.need_kind, count(*)::int as lines, coalesce(sum(l.amount_fen), 0)::bigint as asked_fen,
      coalesce(sum(r.amount_fen), 0)::bigint as approved_fen,
      coalesce(sum(l.amount_fen - r.amount_fen) filter (where r.opinion is not null), 0)::bigint as cut_fen
    from plans.demand_line l left join plans.review r on r.line_id = l.id
    where l.cycle_id = ${cycleId} and l.need_kind is not null group by 1 order by 1`.execute(tx)
  return rows
}

export type StandingRow = {
  organId: string
  demandId: string
  state: DemandState
  late: boolean
  submittedOn: string | null
  lineCount: number
  decidedCount: number
  findingCount: number
  askedFen: number
  approvedFen: number | null
}

/** Organs of a cycle by demand id; the authority's follow-up list and review queue. */
export async function standingsPage(
  tx: Tx,
  filter: {
    cycleId: string
    state?: string | undefined
    organIds?: readonly string[] | undefined
    openOnly?: boolean | undefined
    today: string
  },
  after: string | undefined,
  limit: number,
): Promise<StandingRow[]> {
  const state =
    filter.state === undefined
      ? sql``
      : filter.state === 'late'
        ? sql`and d.late`
        : filter.state === 'missing'
          ? sql`and d.state = 'draft' and c.demand_closes_on < ${filter.today}`
          : sql`and d.state = ${filter.state}`
  const { rows } = await sql<StandingRow>`
    select d.organ_id, d.id as demand_id, d.state, d.late, d.submitted_on, d.line_count, d.decided_count, d.finding_count, d.asked_fen, d.approved_fen
    from plans.demand d join plans.cycle c on c.id = d.cycle_id
    where d.cycle_id = ${filter.cycleId} ${state} ${filter.openOnly ? sql`and d.state = 'submitted'` : sql``}
      ${filter.organIds ? sql`and d.organ_id = any(${[...filter.organIds]}::uuid[])` : sql``}
      ${after ? sql`and d.id > ${after}` : sql``}
    order by d.id limit ${limit}`.execute(tx)
  return rows
}
