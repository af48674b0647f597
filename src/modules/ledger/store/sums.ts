import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { where, type LineFilter } from './line.ts'

export type Totals = { count: number; plannedFen: number; committedFen: number; executedFen: number }

export async function totalsOf(tx: Tx, filter: LineFilter): Promise<Totals> {
  const { rows } =
    await sql<Totals>`select count(*)::int as count, coalesce(sum(planned_fen), 0)::bigint as planned_fen,
    coalesce(sum(committed_fen), 0)::bigint as committed_fen, coalesce(sum(executed_fen), 0)::bigint as executed_fen
    from ledger.line where ${where(filter)}`.execute(tx)
  return rows[0] as Totals
}

/** Sums for reports: per group the plan as first opened, its adjustments, and what was executed. */
export type LedgerSum = {
  key: string
  lines: number
  openedFen: number
  adjustedFen: number
  committedFen: number
  executedFen: number
  plannedQuantity: number
  executedQuantity: number
}

/** What lines can be summed by. */
const groupColumns = {
  'need-kind': sql`need_kind`,
  'served-organ': sql`served_organ_id`,
  'economic-code': sql`economic_code`,
} as const

export type LedgerGroup = keyof typeof groupColumns

/** Sums by several groups in one pass over the lines. */
export async function sumsBy<G extends LedgerGroup>(
  tx: Tx,
  groups: readonly G[],
  filter: LineFilter,
): Promise<Record<G, LedgerSum[]>> {
  const columns = groups.map((group) => groupColumns[group])
  const { rows } = await sql<LedgerSum & { grouped: number }>`
    with chosen as (select * from ledger.line where ${where(filter)}),
      opened as (select line_id, sum(amount_fen) as fen from ledger.entry where kind = 'open' and line_id in (select id from chosen) group by line_id)
    select grouping(${sql.join(columns)}) as grouped, coalesce(${sql.join(columns.map((column) => sql`${column}::text`))}) as key,
      count(*)::int as lines, coalesce(sum(o.fen), 0)::bigint as opened_fen,
      (sum(planned_fen) - coalesce(sum(o.fen), 0))::bigint as adjusted_fen, sum(committed_fen)::bigint as committed_fen,
      sum(executed_fen)::bigint as executed_fen, sum(planned_quantity)::float8 as planned_quantity, sum(executed_quantity)::float8 as executed_quantity
    from chosen c left join opened o on o.line_id = c.id
    group by grouping sets (${sql.join(columns.map((column) => sql`(${column})`))}) order by 2`.execute(tx)
  // GROUPING has a bit for each column that a row is not grouped by, the first the highest.
  const all = 2 ** groups.length - 1
  return Object.fromEntries(
    groups.map((group, place) => [
      group,
      rows
        .filter(({ grouped }) => grouped === all - 2 ** (groups.length - 1 - place))
        .map(({ grouped: _, ...sum }) => sum),
    ]),
  ) as Record<G, LedgerSum[]>
}

/** What was spent on each of these lines, 分; lines that are not on the ledger are left out. */
export async function executedOf(tx: Tx, lineIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{
    id: string
    executedFen: number
  }>`select id, executed_fen from ledger.line where id = any(${[...lineIds]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, executedFen }) => [id, executedFen]))
}
