import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

/** A level's lines of a budget year, which are closed together. */
export type BudgetYear = Readonly<{ jurisdictionCode: string; year: number }>

/** Lines whose stored balances differ from the sum of their entries; recomputed by the database in one pass. */
export async function faultyLines(
  tx: Tx,
  of: BudgetYear | null = null,
): Promise<{ checked: number; faults: { number: string; what: string }[] }> {
  const ofYear = of === null ? sql`true` : sql`l.jurisdiction_code = ${of.jurisdictionCode} and l.year = ${of.year}`
  const { rows } = await sql<{ number: string; what: string }>`
    with sums as (
      select line_id,
        sum(amount_fen) filter (where kind in ('open', 'adjust')) as planned,
        sum(case kind when 'commit' then amount_fen when 'release' then -amount_fen
          when 'execute' then case when commitment_id is null then 0 else -amount_fen end
          when 'reverse' then case when commitment_id is null then 0 else amount_fen end else 0 end) as committed,
        sum(case kind when 'execute' then amount_fen when 'reverse' then -amount_fen else 0 end) as executed,
        sum(quantity) filter (where kind in ('open', 'adjust')) as planned_q,
        sum(case kind when 'commit' then quantity when 'release' then -quantity
          when 'execute' then case when commitment_id is null then 0 else -quantity end
          when 'reverse' then case when commitment_id is null then 0 else quantity end else 0 end) as committed_q,
        sum(case kind when 'execute' then quantity when 'reverse' then -quantity else 0 end) as executed_q
      from ledger.entry ${of === null ? sql`` : sql`where line_id in (select l.id from ledger.line l where ${ofYear})`} group by line_id),
      held as (select line_id, sum(open_fen) as fen, sum(open_quantity) as quantity from ledger.commitment ${of === null ? sql`` : sql`where line_id in (select l.id from ledger.line l where ${ofYear})`} group by line_id)
    select l.number, concat_ws('、',
        case when l.planned_fen <> coalesce(s.planned, 0) or l.planned_quantity <> coalesce(s.planned_q, 0) then '计划数' end,
        case when l.committed_fen <> coalesce(s.committed, 0) or l.committed_quantity <> coalesce(s.committed_q, 0) then '占用数' end,
        case when l.executed_fen <> coalesce(s.executed, 0) or l.executed_quantity <> coalesce(s.executed_q, 0) then '支出数' end,
        case when l.committed_fen <> coalesce(h.fen, 0) or l.committed_quantity <> coalesce(h.quantity, 0) then '占用明细' end) as what
    from ledger.line l left join sums s on s.line_id = l.id left join held h on h.line_id = l.id
    where ${ofYear} and (l.planned_fen <> coalesce(s.planned, 0) or l.committed_fen <> coalesce(s.committed, 0) or l.executed_fen <> coalesce(s.executed, 0)
      or l.planned_quantity <> coalesce(s.planned_q, 0) or l.committed_quantity <> coalesce(s.committed_q, 0) or l.executed_quantity <> coalesce(s.executed_q, 0)
      or l.committed_fen <> coalesce(h.fen, 0) or l.committed_quantity <> coalesce(h.quantity, 0))
    limit 1000`.execute(tx)
  const checked =
    (await sql<{ n: number }>`select count(*)::int as n from ledger.line l where ${ofYear}`.execute(tx)).rows[0]?.n ?? 0
  return { checked, faults: rows }
}
