import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

export type AdjustmentCounts = { open: number; overdue: number; filed: number }

export async function adjustmentCounts(
  tx: Tx,
  jurisdictionCode: string,
  year: number,
  organId?: string,
): Promise<AdjustmentCounts> {
  const { rows } = await sql<AdjustmentCounts>`
    select (count(*) filter (where state in ('made', 'returned', 'objected', 'awaiting-finance')))::int as open,
      (count(*) filter (where overdue and state in ('made', 'returned', 'objected')))::int as overdue,
      (count(*) filter (where state in ('filed', 'received')))::int as filed
    from plans.adjustment where jurisdiction_code = ${jurisdictionCode} and year = ${year} ${organId ? sql`and organ_id = ${organId}` : sql``}`.execute(
    tx,
  )
  return rows[0] as AdjustmentCounts
}

export type ReportCounts = { due: number; sent: number; overdue: number }

/** Execution reports of the year's plans: due from every organ that had one. */
export async function reportCounts(
  tx: Tx,
  jurisdictionCode: string,
  year: number,
  today: string,
): Promise<ReportCounts> {
  const { rows } = await sql<ReportCounts>`
    select count(distinct p.organ_id)::int as due,
      (count(distinct r.organ_id) filter (where r.state in ('sent', 'received')))::int as sent,
      (count(distinct p.organ_id) filter (where coalesce(r.state, 'draft') not in ('sent', 'received') and ${today}::date > make_date(${year}::int + 1, 3, 31)))::int as overdue
    from plans.plan p left join plans.report r on r.organ_id = p.organ_id and r.year = p.year and r.kind = 'organ'
    where p.jurisdiction_code = ${jurisdictionCode} and p.year = ${year} and p.state = 'in-force'`.execute(tx)
  return rows[0] as ReportCounts
}

/** How many lines of the year's demands each standard measures, in one jurisdiction. */
export async function linesByStandard(tx: Tx, jurisdictionCode: string, year: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ code: string; lines: number }>`
    select l.standard_code as code, count(*)::int as lines
    from plans.demand_line l join plans.cycle c on c.id = l.cycle_id
    where c.jurisdiction_code = ${jurisdictionCode} and c.year = ${year} and l.standard_code is not null
    group by l.standard_code`.execute(tx)
  return new Map(rows.map(({ code, lines }) => [code, lines]))
}
