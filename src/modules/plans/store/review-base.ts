import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { DemandLineDraft, StoreQuery } from '../model.ts'
import type { CycleRow } from './cycle.ts'

/** What a whole review rests on, read in bulk; only demands handed in count, as in the sums of a cycle. */
const counted = sql`state in ('submitted', 'reviewed')`

/** Cycles of a year whose jurisdiction code begins with the prefix (`14` for a province and all below it). */
export async function cyclesOfYear(tx: Tx, year: number, codePrefix: string): Promise<CycleRow[]> {
  const { rows } = await sql<CycleRow>`select id, jurisdiction_code, year, state, demand_opens_on, demand_closes_on,
      review_until, plan_until, standards_on, opened_on, version
    from plans.cycle where year = ${year} and jurisdiction_code like ${`${codePrefix}%`} order by jurisdiction_code`.execute(
    tx,
  )
  return rows
}

/** Years in which a jurisdiction with that code prefix has a cycle, newest first. */
export async function yearsOfCycles(tx: Tx, codePrefix: string): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`select distinct year from plans.cycle
    where jurisdiction_code like ${`${codePrefix}%`} order by year desc limit 20`.execute(tx)
  return rows.map(({ year }) => year)
}

export type ReviewCounts = { cycleId: string; demands: number; lines: number; askedFen: number; notSubmitted: number }

export async function reviewCounts(tx: Tx, cycleIds: readonly string[]): Promise<ReviewCounts[]> {
  const { rows } = await sql<ReviewCounts>`select cycle_id, (count(*) filter (where ${counted}))::int as demands,
      coalesce(sum(line_count) filter (where ${counted}), 0)::int as lines,
      coalesce(sum(asked_fen) filter (where ${counted}), 0)::bigint as asked_fen,
      (count(*) filter (where state in ('draft', 'returned')))::int as not_submitted
    from plans.demand where cycle_id = any(${[...cycleIds]}::uuid[]) group by 1`.execute(tx)
  return rows
}

/** How many lines handed in ask for things of each standard. */
export async function linesByStandard(tx: Tx, cycleIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ standardCode: string; lines: number }>`select l.standard_code, count(*)::int as lines
    from plans.demand_line l join plans.demand d on d.id = l.demand_id
    where l.cycle_id = any(${[...cycleIds]}::uuid[]) and d.state in ('submitted', 'reviewed') and l.standard_code is not null group by 1`.execute(
    tx,
  )
  return new Map(rows.map(({ standardCode, lines }) => [standardCode, lines]))
}

export type HandedIn = { id: string; organId: string; submittedOn: string | null }

/** Demands of a cycle that were handed in, a batch by key. */
export async function handedIn(tx: Tx, cycleId: string, after: string | null, limit: number): Promise<HandedIn[]> {
  const { rows } = await sql<HandedIn>`select id, organ_id, submitted_on from plans.demand
    where cycle_id = ${cycleId} and ${counted} and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}`.execute(
    tx,
  )
  return rows
}

export type AskedLine = DemandLineDraft & { id: string; storeQuery: StoreQuery | null }

type JoinedLine = [
  ...[string, string | null, string, string | null, string | null, number | null, string],
  ...[number | null, number | null, DemandLineDraft['fundSource'], number | null, number | null, number | null],
  ...[number | null, DemandLineDraft['replacement'], string, string, boolean, StoreQuery | null],
]

/**
 * Lines by demand, without the findings they were handed in with. PostgreSQL makes one text of each demand's lines,
 * because a driver that reads 200,000 rows column by column takes longer than all the rules do.
 */
export async function linesAsked(tx: Tx, demandIds: readonly string[]): Promise<Map<string, AskedLine[]>> {
  const { rows } = await sql<{
    demandId: string
    lines: JoinedLine[]
  }>`select demand_id, json_agg(json_build_array(id, need_kind,
        item_name, standard_code, economic_code, quantity, unit, unit_price_fen, amount_fen, fund_source, needed_month,
        existing_quantity, usable_quantity, disposing_quantity, replacement, reason, note, in_own_budget, store_query)
      order by line_no) as lines
    from plans.demand_line where demand_id = any(${[...demandIds]}::uuid[]) group by 1`.execute(tx)
  return new Map(rows.map(({ demandId, lines }) => [demandId, lines.map(asLine)]))
}

function asLine(line: JoinedLine): AskedLine {
  return {
    id: line[0],
    needKind: line[1] as AskedLine['needKind'],
    itemName: line[2],
    standardCode: line[3],
    economicCode: line[4],
    quantity: line[5],
    unit: line[6],
    unitPriceFen: line[7],
    amountFen: line[8],
    fundSource: line[9],
    neededMonth: line[10],
    existingQuantity: line[11],
    usableQuantity: line[12],
    disposingQuantity: line[13],
    replacement: line[14],
    reason: line[15],
    note: line[16],
    inOwnBudget: line[17],
    storeQuery: line[18],
  }
}

/** Changes whenever a demand handed in, what its organ has, or last year's plan of the jurisdiction changes. */
export async function demandsDigest(tx: Tx, cycles: readonly CycleRow[]): Promise<string> {
  const ids = cycles.map(({ id }) => id)
  const { rows } = await sql<{ digest: string }>`select concat_ws('|',
      (select concat(count(*), ':', sum(hashtextextended(concat(id, version, state), 0)::numeric)) from plans.demand
        where cycle_id = any(${ids}::uuid[]) and ${counted}),
      (select concat(count(*), ':', sum(hashtextextended(h::text, 0)::numeric)) from plans.holding h
        where organ_id in (select organ_id from plans.demand where cycle_id = any(${ids}::uuid[]) and ${counted})),
      (select concat(count(*), ':', sum(hashtextextended(concat(p.id, p.plan_version), 0)::numeric)) from plans.plan p
        where p.state = 'in-force' and (p.jurisdiction_code, p.year) in (select jurisdiction_code, year - 1 from plans.cycle where id = any(${ids}::uuid[]))),
      (select string_agg(concat(id, ':', standards_on), ',' order by id) from plans.cycle where id = any(${ids}::uuid[]))
    ) as digest`.execute(tx)
  return rows[0]?.digest ?? ''
}
