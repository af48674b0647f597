import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { NeedKind } from '#modules/standards/model.ts'
import type { BudgetState } from './model.ts'

export type BudgetRow = {
  id: string
  cycleId: string
  planId: string
  jurisdictionCode: string
  year: number
  organId: string
  kind: 'authority' | 'organ'
  state: BudgetState
  caseId: string | null
  controlFen: number | null
  controlDocument: string | null
  replyDocument: string | null
  repliedOn: string | null
  version: number
}
/** Totals are never stored, so they cannot differ from the lines. */
export type BudgetTotals = { proposedFen: number; draftedFen: number; approvedFen: number | null }

const columns = sql`b.id, b.cycle_id, b.plan_id, b.jurisdiction_code, b.year, b.organ_id, b.kind, b.state, b.case_id, b.control_fen, b.control_document,
  b.reply_document, b.replied_on, b.version`

export async function budgetById(tx: Tx, id: string): Promise<BudgetRow | undefined> {
  return (await sql<BudgetRow>`select ${columns} from budget.budget b where b.id = ${id}`.execute(tx)).rows[0]
}

export async function lockBudget(tx: Tx, id: string): Promise<BudgetRow | undefined> {
  return (await sql<BudgetRow>`select ${columns} from budget.budget b where b.id = ${id} for update`.execute(tx))
    .rows[0]
}

export async function lockBudgetOfPlan(tx: Tx, planId: string): Promise<BudgetRow | undefined> {
  return (
    await sql<BudgetRow>`select ${columns} from budget.budget b where b.plan_id = ${planId} for update`.execute(tx)
  ).rows[0]
}

export type BudgetFilter = {
  jurisdictionCode: string
  organId?: string | undefined
  year?: number | undefined
  state?: BudgetState | undefined
}

function filtered({ jurisdictionCode, organId, year, state }: BudgetFilter) {
  return sql`b.jurisdiction_code = ${jurisdictionCode} ${organId === undefined ? sql`` : sql`and b.organ_id = ${organId}`}
    ${year === undefined ? sql`` : sql`and b.year = ${year}`} ${state === undefined ? sql`` : sql`and b.state = ${state}`}`
}

export async function budgetsPage(
  tx: Tx,
  filter: BudgetFilter,
  after: string | undefined,
  limit: number,
): Promise<BudgetRow[]> {
  return (
    await sql<BudgetRow>`select ${columns} from budget.budget b
      where ${filtered(filter)} ${after === undefined ? sql`` : sql`and b.id < ${after}`} order by b.id desc limit ${limit}`.execute(
      tx,
    )
  ).rows
}

/** True count up to 10,000; null means more. */
export async function countBudgets(tx: Tx, filter: BudgetFilter): Promise<number | null> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from (select from budget.budget b where ${filtered(filter)} limit 10001) counted`.execute(
    tx,
  )
  const n = rows[0]?.n ?? 0
  return n > 10_000 ? null : n
}

export async function totalsOf(tx: Tx, budgetIds: readonly string[]): Promise<Map<string, BudgetTotals>> {
  const { rows } = await sql<BudgetTotals & { budgetId: string }>`
    select budget_id, sum(proposed_fen)::bigint as proposed_fen, sum(drafted_fen)::bigint as drafted_fen, sum(approved_fen)::bigint as approved_fen
    from budget.line where budget_id = any(${[...budgetIds]}::uuid[]) group by budget_id`.execute(tx)
  return new Map(rows.map(({ budgetId, ...totals }) => [budgetId, totals]))
}

export async function insertBudget(tx: Tx, budget: BudgetRow): Promise<void> {
  const { rows } =
    await sql`insert into budget.budget (id, cycle_id, plan_id, jurisdiction_code, year, organ_id, kind, state, case_id, version)
    values (${budget.id}, ${budget.cycleId}, ${budget.planId}, ${budget.jurisdictionCode}, ${budget.year}, ${budget.organId}, ${budget.kind}, ${budget.state},
      ${budget.caseId}, ${budget.version}) on conflict (plan_id) do nothing returning id`.execute(tx)
  if (rows.length === 0) throw new Conflict('预算', '该计划的预算刚刚已由他人编制。请刷新后查看。')
}

type BudgetChanges = Partial<
  Pick<BudgetRow, 'state' | 'controlFen' | 'controlDocument' | 'replyDocument' | 'repliedOn'>
>

/** Saves the next version; the row must still be as it was read. */
export async function saveBudgetRow(tx: Tx, budget: BudgetRow, changes: BudgetChanges): Promise<BudgetRow> {
  const next = { ...budget, ...changes, version: budget.version + 1 }
  const result =
    await sql`update budget.budget set state = ${next.state}, control_fen = ${next.controlFen}, control_document = ${next.controlDocument},
      reply_document = ${next.replyDocument}, replied_on = ${next.repliedOn}, version = ${next.version}
    where id = ${budget.id} and version = ${budget.version} and state = ${budget.state}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('预算')
  return next
}

export type LineRow = {
  id: string
  lineNo: number
  planLineId: string
  planNumber: string
  itemName: string
  needKind: NeedKind
  servedOrganId: string
  economicCode: string
  functionalCode: string
  proposedFen: number
  controlFen: number | null
  draftedFen: number
  approvedFen: number | null
}

export async function linesOf(tx: Tx, budgetId: string): Promise<LineRow[]> {
  return (
    await sql<LineRow>`select id, line_no, plan_line_id, plan_number, item_name, need_kind, served_organ_id, economic_code, functional_code,
        proposed_fen, control_fen, drafted_fen, approved_fen
      from budget.line where budget_id = ${budgetId} order by line_no`.execute(tx)
  ).rows
}

/** Writes all lines of a budget as a whole, numbered in the order given. */
export async function replaceLines(tx: Tx, budgetId: string, lines: readonly Omit<LineRow, 'lineNo'>[]): Promise<void> {
  await sql`delete from budget.line where budget_id = ${budgetId}`.execute(tx)
  if (lines.length === 0) return
  await sql`insert into budget.line (id, budget_id, line_no, plan_line_id, plan_number, item_name, need_kind, served_organ_id, economic_code, functional_code,
      proposed_fen, control_fen, drafted_fen, approved_fen)
    select l.id, ${budgetId}, l.line_no, l.plan_line_id, l.plan_number, l.item_name, l.need_kind, l.served_organ_id, l.economic_code, l.functional_code,
      l.proposed_fen, l.control_fen, l.drafted_fen, l.approved_fen
    from jsonb_to_recordset(${JSON.stringify(
      lines.map((line, index) => ({
        id: line.id,
        line_no: index + 1,
        plan_line_id: line.planLineId,
        plan_number: line.planNumber,
        item_name: line.itemName,
        need_kind: line.needKind,
        served_organ_id: line.servedOrganId,
        economic_code: line.economicCode,
        functional_code: line.functionalCode,
        proposed_fen: line.proposedFen,
        control_fen: line.controlFen,
        drafted_fen: line.draftedFen,
        approved_fen: line.approvedFen,
      })),
    )}::jsonb) as l(id uuid, line_no int, plan_line_id uuid, plan_number text, item_name text, need_kind text, served_organ_id uuid, economic_code text,
      functional_code text, proposed_fen bigint, control_fen bigint, drafted_fen bigint, approved_fen bigint)`.execute(
    tx,
  )
}

/** What was approved for an organ's budget of a year by economic code; null when there is no approved budget. */
export async function approvedByCode(
  tx: Tx,
  organId: string,
  kind: BudgetRow['kind'],
  year: number,
): Promise<{ economicCode: string; amountFen: number }[] | null> {
  const { rows } = await sql<{ economicCode: string | null; amountFen: number }>`
    select l.economic_code, coalesce(sum(l.approved_fen), 0)::bigint as amount_fen from budget.budget b left join budget.line l on l.budget_id = b.id
    where b.organ_id = ${organId} and b.kind = ${kind} and b.year = ${year} and b.state = 'approved' group by l.economic_code`.execute(
    tx,
  )
  if (rows.length === 0) return null
  return rows.flatMap(({ economicCode, amountFen }) => (economicCode === null ? [] : [{ economicCode, amountFen }]))
}

/** Budgets whose figures do not fit their step: control figures that do not add up, approved budgets with open lines. */
export async function faultyBudgets(tx: Tx): Promise<{ checked: number; faults: { id: string; what: string }[] }> {
  const { rows } = await sql<{ id: string; unfit: boolean; open: boolean }>`
    select b.id, b.control_fen is distinct from sum(l.control_fen)::bigint as unfit,
      b.state = 'approved' and (bool_or(l.approved_fen is null) or b.reply_document is null or sum(l.approved_fen) > b.control_fen) as open
    from budget.budget b left join budget.line l on l.budget_id = b.id group by b.id`.execute(tx)
  return {
    checked: rows.length,
    faults: rows.flatMap(({ id, unfit, open }) => [
      ...(unfit ? [{ id, what: '控制数与各行之和不符' }] : []),
      ...(open ? [{ id, what: '批复数不完整或超出控制数' }] : []),
    ]),
  }
}
