import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

/** Money in 分; cost is what the things cost when they were acquired. */
export type DisposalFigures = {
  reviewing: number
  waiting: number
  waitingFen: number
  carryingOut: number
  done: number
  doneFen: number
  proceedsFen: number
  paidFen: number
  late: number
  lateFen: number
}

/** Disposals of a level: what waits for whom, what was done in a year with what proceeds, and what is late (A12-1; AST-R14). */
export async function levelFigures(
  tx: Tx,
  { jurisdictionCode, year, today }: { jurisdictionCode: string; year: number; today: string },
): Promise<DisposalFigures> {
  const done = sql`a.state = 'closed' and a.carried_out_on between make_date(${year}, 1, 1) and make_date(${year}, 12, 31)`
  const { rows } = await sql<DisposalFigures>`select
      (count(*) filter (where a.state = 'applied'))::int as reviewing,
      (count(*) filter (where a.state = 'reviewed'))::int as waiting,
      coalesce(sum(i.cost_fen) filter (where a.state = 'reviewed'), 0)::bigint as waiting_fen,
      (count(*) filter (where a.state = 'approved'))::int as carrying_out,
      (count(*) filter (where ${done}))::int as done,
      coalesce(sum(i.cost_fen) filter (where ${done}), 0)::bigint as done_fen,
      coalesce(sum(p.net_fen) filter (where p.received_on between make_date(${year}, 1, 1) and make_date(${year}, 12, 31)), 0)::bigint
        as proceeds_fen,
      coalesce(sum(p.net_fen) filter (where p.paid_on between make_date(${year}, 1, 1) and make_date(${year}, 12, 31)), 0)::bigint as paid_fen,
      (count(*) filter (where p.due_on < coalesce(p.paid_on, ${today}::date)))::int as late,
      coalesce(sum(p.net_fen) filter (where p.paid_on is null and p.due_on < ${today}::date), 0)::bigint as late_fen
    from disposal.application a left join disposal.proceeds p on p.application_id = a.id
      cross join lateral (select coalesce(sum(cost_fen), 0)::bigint as cost_fen from disposal.item x where x.application_id = a.id) i
    where a.jurisdiction_code = ${jurisdictionCode} and a.state not in ('draft', 'withdrawn', 'refused', 'abandoned')`.execute(
    tx,
  )
  return rows[0] as DisposalFigures
}
