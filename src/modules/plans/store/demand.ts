import { sql } from 'kysely'
import type { Finding, Outcome } from '#kernel/pure/verdict.ts'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { DemandLine, DemandLineDraft, DemandState, StoreQuery } from '../model.ts'

export type DemandRow = {
  id: string
  cycleId: string
  caseId: string | null
  jurisdictionCode: string
  organId: string
  year: number
  number: string
  state: DemandState
  contact: string
  declaredNotSecret: boolean
  submittedOn: string | null
  late: boolean
  lineCount: number
  decidedCount: number
  findingCount: number
  askedFen: number
  approvedFen: number | null
  version: number
}

const columns = sql`id, cycle_id, case_id, jurisdiction_code, organ_id, year, number, state, contact, declared_not_secret, submitted_on, late,
  line_count, decided_count, finding_count, asked_fen, approved_fen, version`

export async function demandById(tx: Tx, id: string): Promise<DemandRow | undefined> {
  return (await sql<DemandRow>`select ${columns} from plans.demand where id = ${id}`.execute(tx)).rows[0]
}

export async function lockDemand(tx: Tx, id: string): Promise<DemandRow | undefined> {
  return (await sql<DemandRow>`select ${columns} from plans.demand where id = ${id} for update`.execute(tx)).rows[0]
}

export async function demandOf(tx: Tx, organId: string, year: number): Promise<DemandRow | undefined> {
  return (
    await sql<DemandRow>`select ${columns} from plans.demand where organ_id = ${organId} and year = ${year}`.execute(tx)
  ).rows[0]
}

export async function demandsPage(
  tx: Tx,
  filter: {
    jurisdictionCode?: string | undefined
    organId?: string | undefined
    year?: number | undefined
    state?: string | undefined
  },
  after: string | undefined,
  limit: number,
): Promise<DemandRow[]> {
  const { rows } = await executePrepared(
    tx,
    sql<DemandRow>`select ${columns} from plans.demand where true
      ${filter.jurisdictionCode ? sql`and jurisdiction_code = ${filter.jurisdictionCode}` : sql``}
      ${filter.organId ? sql`and organ_id = ${filter.organId}` : sql``}
      ${filter.year === undefined ? sql`` : sql`and year = ${filter.year}`}
      ${filter.state ? sql`and state = ${filter.state}` : sql``} ${after ? sql`and id < ${after}` : sql``}
    order by id desc limit ${limit}`,
  )
  return rows
}

export type NewDemand = Pick<DemandRow, 'id' | 'cycleId' | 'jurisdictionCode' | 'organId' | 'year' | 'number'>

/** Makes the waiting demands of a cycle in one statement. */
export async function insertDemands(tx: Tx, demands: readonly NewDemand[]): Promise<void> {
  await sql`insert into plans.demand (id, cycle_id, jurisdiction_code, organ_id, year, number, state)
    select d.id, d.cycle_id, d.jurisdiction_code, d.organ_id, d.year, d.number, 'draft'
    from jsonb_to_recordset(${JSON.stringify(
      demands.map(({ id, cycleId, jurisdictionCode, organId, year, number }) => ({
        id,
        cycle_id: cycleId,
        jurisdiction_code: jurisdictionCode,
        organ_id: organId,
        year,
        number,
      })),
    )}::jsonb) as d(id uuid, cycle_id uuid, jurisdiction_code text, organ_id uuid, year integer, number text)`.execute(
    tx,
  )
}

/**
 * Prefills waiting demands with last year's plan lines (latest version), marked where they come from; the clerk changes
 * what has changed instead of typing all again.
 */
export async function prefillFromLastYear(tx: Tx, cycleId: string, lastYear: number): Promise<number> {
  const result = await sql`
    insert into plans.demand_line (id, demand_id, cycle_id, line_no, need_kind, item_name, economic_code, quantity, unit, unit_price_fen,
      amount_fen, fund_source, reason, note, carried_from)
    select gen_random_uuid(), d.id, d.cycle_id, row_number() over (partition by d.id order by l.need_kind, l.line_no), l.need_kind, l.item_name,
      l.economic_code, l.quantity, l.unit,
      case when l.quantity > 0 and l.amount_fen % greatest(l.quantity::bigint, 1) = 0 and l.quantity = trunc(l.quantity) then (l.amount_fen / l.quantity)::bigint end,
      l.amount_fen, 'general-budget', '', '', l.number
    from plans.demand d
    join plans.plan p on p.year = ${lastYear} and p.jurisdiction_code = d.jurisdiction_code and p.state = 'in-force'
    join plans.plan_line l on l.plan_id = p.id and l.plan_version = p.plan_version and l.served_organ_id = d.organ_id
    where d.cycle_id = ${cycleId} and l.need_kind <> 'N09' and l.need_kind <> 'N05'`.execute(tx)
  await sql`update plans.demand d set line_count = s.lines, asked_fen = s.fen
    from (select demand_id, count(*)::int as lines, sum(amount_fen)::bigint as fen from plans.demand_line where cycle_id = ${cycleId} group by 1) s
    where d.id = s.demand_id`.execute(tx)
  return Number(result.numAffectedRows ?? 0n)
}

const lineColumns = sql`id, line_no, need_kind, item_name, standard_code, economic_code, quantity::float8 as quantity, unit, unit_price_fen, amount_fen,
  fund_source, needed_month, existing_quantity::float8 as existing_quantity, usable_quantity::float8 as usable_quantity,
  disposing_quantity::float8 as disposing_quantity, replacement, reason, note, in_own_budget, store_query, carried_from, findings, outcome`

export async function linesOf(tx: Tx, demandId: string): Promise<DemandLine[]> {
  return (
    await sql<DemandLine>`select ${lineColumns} from plans.demand_line where demand_id = ${demandId} order by line_no`.execute(
      tx,
    )
  ).rows
}

/** Lines of many demands, for reviewing in batches; `demandId` on each row. */
export async function linesOfDemands(
  tx: Tx,
  demandIds: readonly string[],
): Promise<(DemandLine & { demandId: string })[]> {
  return (
    await sql<DemandLine & { demandId: string }>`select demand_id, ${lineColumns} from plans.demand_line
      where demand_id = any(${[...demandIds]}::uuid[]) order by demand_id, line_no`.execute(tx)
  ).rows
}

export async function lineById(tx: Tx, lineId: string): Promise<(DemandLine & { demandId: string }) | undefined> {
  return (
    await sql<
      DemandLine & { demandId: string }
    >`select demand_id, ${lineColumns} from plans.demand_line where id = ${lineId}`.execute(tx)
  ).rows[0]
}

export type JudgedLine = DemandLineDraft & {
  id: string
  lineNo: number
  storeQuery: StoreQuery | null
  carriedFrom: string | null
  findings: readonly Finding[]
  outcome: Outcome
}

/** Replaces the lines of a draft as a whole: rows of known ids are updated, new ones added, missing ones removed. */
export async function replaceLines(tx: Tx, demand: DemandRow, lines: readonly JudgedLine[]): Promise<void> {
  await sql`delete from plans.demand_line where demand_id = ${demand.id} and not (id = any(${lines.map(({ id }) => id)}::uuid[]))`.execute(
    tx,
  )
  if (lines.length > 0)
    await sql`insert into plans.demand_line (id, demand_id, cycle_id, line_no, need_kind, item_name, standard_code, economic_code, quantity, unit,
        unit_price_fen, amount_fen, fund_source, needed_month, existing_quantity, usable_quantity, disposing_quantity, replacement, reason, note,
        in_own_budget, store_query, carried_from, findings, outcome)
      select l.id, ${demand.id}, ${demand.cycleId}, l.line_no, l.need_kind, l.item_name, l.standard_code, l.economic_code, l.quantity, l.unit,
        l.unit_price_fen, l.amount_fen, l.fund_source, l.needed_month, l.existing_quantity, l.usable_quantity, l.disposing_quantity,
        nullif(l.replacement, 'null'::jsonb), l.reason, l.note, l.in_own_budget, nullif(l.store_query, 'null'::jsonb), l.carried_from, l.findings, l.outcome
      from jsonb_to_recordset(${JSON.stringify(lines.map(asRow))}::jsonb) as l(id uuid, line_no integer, need_kind text, item_name text,
        standard_code text, economic_code text, quantity numeric, unit text, unit_price_fen bigint, amount_fen bigint, fund_source text,
        needed_month integer, existing_quantity numeric, usable_quantity numeric, disposing_quantity numeric, replacement jsonb, reason text,
        note text, in_own_budget boolean, store_query jsonb, carried_from text, findings jsonb, outcome text)
      on conflict (id) do update set line_no = excluded.line_no, need_kind = excluded.need_kind, item_name = excluded.item_name,
        standard_code = excluded.standard_code, economic_code = excluded.economic_code, quantity = excluded.quantity, unit = excluded.unit,
        unit_price_fen = excluded.unit_price_fen, amount_fen = excluded.amount_fen, fund_source = excluded.fund_source,
        needed_month = excluded.needed_month, existing_quantity = excluded.existing_quantity, usable_quantity = excluded.usable_quantity,
        disposing_quantity = excluded.disposing_quantity, replacement = excluded.replacement, reason = excluded.reason, note = excluded.note,
        in_own_budget = excluded.in_own_budget, store_query = excluded.store_query, findings = excluded.findings, outcome = excluded.outcome
        where plans.demand_line.demand_id = ${demand.id}`.execute(tx)
}

function asRow(line: JudgedLine): Record<string, unknown> {
  return {
    id: line.id,
    line_no: line.lineNo,
    need_kind: line.needKind,
    item_name: line.itemName,
    standard_code: line.standardCode,
    economic_code: line.economicCode,
    quantity: line.quantity,
    unit: line.unit,
    unit_price_fen: line.unitPriceFen,
    amount_fen: line.amountFen,
    fund_source: line.fundSource,
    needed_month: line.neededMonth,
    existing_quantity: line.existingQuantity,
    usable_quantity: line.usableQuantity,
    disposing_quantity: line.disposingQuantity,
    replacement: line.replacement,
    reason: line.reason,
    note: line.note,
    in_own_budget: line.inOwnBudget,
    store_query: line.storeQuery,
    carried_from: line.carriedFrom,
    findings: line.findings,
    outcome: line.outcome,
  }
}

/** Writes the header of a draft; the version the clerk saw must still stand. */
export async function saveDemand(
  tx: Tx,
  demand: DemandRow,
  changes: Partial<
    Pick<
      DemandRow,
      | 'contact'
      | 'declaredNotSecret'
      | 'lineCount'
      | 'findingCount'
      | 'askedFen'
      | 'state'
      | 'submittedOn'
      | 'late'
      | 'caseId'
      | 'approvedFen'
      | 'decidedCount'
    >
  >,
): Promise<DemandRow> {
  const next = { ...demand, ...changes, version: demand.version + 1 }
  const result =
    await sql`update plans.demand set contact = ${next.contact}, declared_not_secret = ${next.declaredNotSecret}, line_count = ${next.lineCount},
      finding_count = ${next.findingCount}, asked_fen = ${next.askedFen}, state = ${next.state}, submitted_on = ${next.submittedOn}, late = ${next.late},
      case_id = ${next.caseId}, approved_fen = ${next.approvedFen}, decided_count = ${next.decidedCount}, version = ${next.version}
    where id = ${demand.id} and version = ${demand.version}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('需求申请')
  return next
}

export async function saveStoreQueries(
  tx: Tx,
  demandId: string,
  queries: readonly { lineId: string; query: StoreQuery }[],
): Promise<void> {
  await sql`update plans.demand_line l set store_query = q.query
    from jsonb_to_recordset(${JSON.stringify(queries.map(({ lineId, query }) => ({ line_id: lineId, query })))}::jsonb) as q(line_id uuid, query jsonb)
    where l.id = q.line_id and l.demand_id = ${demandId}`.execute(tx)
}

export type LastYearLine = {
  organId: string
  needKind: string
  itemName: string
  quantity: number
  amountFen: number
  ledgerLineId: string | null
}

/** Last year's plan lines for organs, the latest version in force. */
export async function lastYearLines(tx: Tx, organIds: readonly string[], year: number): Promise<LastYearLine[]> {
  return (
    await sql<LastYearLine>`select l.served_organ_id as organ_id, l.need_kind, l.item_name, l.quantity::float8 as quantity, l.amount_fen, l.ledger_line_id
      from plans.plan p join plans.plan_line l on l.plan_id = p.id and l.plan_version = p.plan_version
      where p.year = ${year} and p.state = 'in-force' and l.served_organ_id = any(${[...organIds]}::uuid[])
      order by l.need_kind, l.line_no`.execute(tx)
  ).rows
}

/** Demands of a cycle under review, a batch by key. */
export async function submittedDemands(
  tx: Tx,
  cycleId: string,
  after: string | null,
  limit: number,
): Promise<DemandRow[]> {
  return (
    await sql<DemandRow>`select ${columns} from plans.demand
      where cycle_id = ${cycleId} and state = 'submitted' and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}`.execute(
      tx,
    )
  ).rows
}

/** Which of these demands are under review, kept so until the transaction ends. */
export async function holdSubmitted(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{
    id: string
  }>`select id from plans.demand where id = any(${[...ids]}::uuid[]) and state = 'submitted' order by id for share`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

export async function countSubmitted(tx: Tx, cycleId: string): Promise<number> {
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from plans.demand where cycle_id = ${cycleId} and state = 'submitted'`.execute(tx)
  return rows[0]?.count ?? 0
}
