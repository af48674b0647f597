import { sql } from 'kysely'
import type { Finding } from '#kernel/pure/verdict.ts'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { AdjustmentChange, AdjustmentState, AdjustmentType } from '../model.ts'

export type AdjustmentRow = {
  id: string
  number: string
  jurisdictionCode: string
  organId: string
  year: number
  type: AdjustmentType
  cause: string
  basisDocument: string
  adjustedOn: string
  fundSource: string
  changes: AdjustmentChange[]
  findings: Finding[]
  needsFinance: boolean
  financeDocument: string | null
  state: AdjustmentState
  caseId: string | null
  dueOn: string
  dueProvisional: boolean
  filedAt: Date | null
  overdue: boolean
  ledgerPosted: boolean
  amountFen: number
  version: number
}

const columns = sql`id, number, jurisdiction_code, organ_id, year, type, cause, basis_document, adjusted_on, fund_source, changes, findings, needs_finance,
  finance_document, state, case_id, due_on, due_provisional, filed_at, overdue, ledger_posted, amount_fen, version`

export async function adjustmentById(tx: Tx, id: string): Promise<AdjustmentRow | undefined> {
  return (await sql<AdjustmentRow>`select ${columns} from plans.adjustment where id = ${id}`.execute(tx)).rows[0]
}

/** The adjustment of an organ by its number. */
export async function adjustmentNumbered(
  tx: Tx,
  organId: string,
  number: string,
): Promise<Pick<AdjustmentRow, 'id' | 'year' | 'state'> | undefined> {
  const { rows } = await sql<
    Pick<AdjustmentRow, 'id' | 'year' | 'state'>
  >`select id, year, state from plans.adjustment where organ_id = ${organId} and number = ${number}`.execute(tx)
  return rows[0]
}

export async function lockAdjustment(tx: Tx, id: string): Promise<AdjustmentRow | undefined> {
  return (await sql<AdjustmentRow>`select ${columns} from plans.adjustment where id = ${id} for update`.execute(tx))
    .rows[0]
}

export async function adjustmentsPage(
  tx: Tx,
  filter: {
    jurisdictionCode: string
    organId?: string | undefined
    year?: number | undefined
    state?: string | undefined
    overdueOnly?: boolean | undefined
  },
  after: string | undefined,
  limit: number,
): Promise<AdjustmentRow[]> {
  return (
    await sql<AdjustmentRow>`select ${columns} from plans.adjustment where jurisdiction_code = ${filter.jurisdictionCode}
        ${filter.organId ? sql`and organ_id = ${filter.organId}` : sql``} ${filter.year === undefined ? sql`` : sql`and year = ${filter.year}`}
        ${filter.state ? sql`and state = ${filter.state}` : sql``} ${filter.overdueOnly ? sql`and overdue` : sql``}
        ${after ? sql`and id < ${after}` : sql``} order by id desc limit ${limit}`.execute(tx)
  ).rows
}

export async function insertAdjustment(tx: Tx, row: AdjustmentRow & { createdBy: string | null }): Promise<void> {
  await sql`insert into plans.adjustment (id, number, jurisdiction_code, organ_id, year, type, cause, basis_document, adjusted_on, fund_source, changes, findings,
      needs_finance, state, case_id, due_on, due_provisional, overdue, ledger_posted, amount_fen, created_by)
    values (${row.id}, ${row.number}, ${row.jurisdictionCode}, ${row.organId}, ${row.year}, ${row.type}, ${row.cause}, ${row.basisDocument}, ${row.adjustedOn},
      ${row.fundSource}, ${JSON.stringify(row.changes)}::jsonb, ${JSON.stringify(row.findings)}::jsonb, ${row.needsFinance}, ${row.state}, ${row.caseId},
      ${row.dueOn}, ${row.dueProvisional}, ${row.overdue}, ${row.ledgerPosted}, ${row.amountFen}, ${row.createdBy})`.execute(
    tx,
  )
}

export async function saveAdjustment(
  tx: Tx,
  row: AdjustmentRow,
  changes: Partial<Omit<AdjustmentRow, 'id' | 'version'>>,
): Promise<AdjustmentRow> {
  const next = { ...row, ...changes, version: row.version + 1 }
  const result =
    await sql`update plans.adjustment set type = ${next.type}, cause = ${next.cause}, basis_document = ${next.basisDocument},
      adjusted_on = ${next.adjustedOn}, fund_source = ${next.fundSource}, changes = ${JSON.stringify(next.changes)}::jsonb,
      findings = ${JSON.stringify(next.findings)}::jsonb, needs_finance = ${next.needsFinance}, finance_document = ${next.financeDocument}, state = ${next.state},
      case_id = ${next.caseId}, due_on = ${next.dueOn}, due_provisional = ${next.dueProvisional}, filed_at = ${next.filedAt}, overdue = ${next.overdue},
      ledger_posted = ${next.ledgerPosted}, amount_fen = ${next.amountFen}, version = ${next.version}
    where id = ${row.id} and version = ${row.version} and state = ${row.state}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('调整备案')
  return next
}

export type AdjustmentTotals = { count: number; inTime: number; overdue: number; amountFen: number }

/** Adjustments that took effect in a year, for the reports of Art. 36. */
export async function adjustmentTotals(
  tx: Tx,
  jurisdictionCode: string,
  year: number,
  organId: string | null,
): Promise<AdjustmentTotals> {
  const { rows } =
    await sql<AdjustmentTotals>`select count(*)::int as count, (count(*) filter (where not overdue))::int as in_time,
      (count(*) filter (where overdue))::int as overdue, coalesce(sum(amount_fen), 0)::bigint as amount_fen
    from plans.adjustment where jurisdiction_code = ${jurisdictionCode} and year = ${year} and ledger_posted and state <> 'withdrawn'
      ${organId ? sql`and organ_id = ${organId}` : sql``}`.execute(tx)
  return rows[0] as AdjustmentTotals
}

/** Marks filings whose term has passed; run by the clock. @returns those newly overdue */
export async function markOverdue(tx: Tx, today: string): Promise<AdjustmentRow[]> {
  return (
    await sql<AdjustmentRow>`update plans.adjustment set overdue = true, version = version + 1
      where not overdue and not due_provisional and filed_at is null and state in ('made') and due_on < ${today} returning ${columns}`.execute(
      tx,
    )
  ).rows
}

/** Adjustments not filed yet whose last day rests on a year without a notice. */
export async function provisionalAdjustments(tx: Tx): Promise<AdjustmentRow[]> {
  return (
    await sql<AdjustmentRow>`select ${columns} from plans.adjustment where due_provisional and filed_at is null and state = 'made' for update`.execute(
      tx,
    )
  ).rows
}
