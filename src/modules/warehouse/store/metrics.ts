import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { Counts } from '../rules/metrics.ts'

export type LevelCounts = Counts & { jurisdictionCode: string; onShelf: number; lent: number; lateLoans: number }

/**
 * What the warehouses of these levels did in a year, up to today.
 * @returns a row for each code asked for, zeros where nothing happened
 */
export async function countsOf(tx: Tx, codes: readonly string[], year: number, today: string): Promise<LevelCounts[]> {
  const from = `${year}-01-01`
  const to = `${year}-12-31`
  const until = today < to ? today : to
  const within = (column: string) => sql`${sql.ref(column)} between ${from} and ${to}`
  const { rows } = await sql<LevelCounts>`
    with level as (select unnest(${[...codes]}::text[]) as code),
    came as (select jurisdiction_code, count(*) as n, sum(cost_fen) as fen from warehouse.item where ${within('taken_on')} group by 1),
    out as (select r.jurisdiction_code, count(*) as times, count(distinct x.item_id) as items from warehouse.request_item x
      join warehouse.request r on r.id = x.request_id where x.state in ('out', 'returned') and ${within('signed_on')} group by 1),
    worth as (select jurisdiction_code, sum(cost_fen) as fen from (select distinct r.jurisdiction_code, i.id, i.cost_fen from warehouse.request_item x
      join warehouse.request r on r.id = x.request_id join warehouse.item i on i.id = x.item_id
      where x.state in ('out', 'returned') and ${within('signed_on')}) t group by 1),
    saved as (select jurisdiction_code, sum(saved_fen) as fen from warehouse.saving where ${within('saved_on')} group by 1),
    stay as (select jurisdiction_code, count(*) as n, sum(least(coalesce(left_on, ${until}::date), ${until}::date) - taken_on) as days from warehouse.item
      where taken_on <= ${until} and (left_on is null or left_on >= ${from}) group by 1),
    back as (select jurisdiction_code, count(*) as due, count(*) filter (where closed_on is not null and closed_on <= due_on) as in_time
      from warehouse.request where kind = 'loan' and signed_on is not null and ${within('due_on')} and (due_on < ${today} or closed_on is not null) group by 1),
    mended as (select i.jurisdiction_code, count(*) as n, sum(repair_spent_fen) as spent, sum(replacement_fen) as replacement,
      count(*) filter (where exists (select from warehouse.request_item x join warehouse.request r on r.id = x.request_id
        where x.item_id = i.id and x.state in ('out', 'returned') and r.signed_on >= i.repaired_on)) as used
      from warehouse.item i where ${within('repaired_on')} group by 1),
    present as (select jurisdiction_code, count(*) filter (where state = 'available') as shelf, count(*) filter (where state = 'lent') as lent
      from warehouse.item group by 1),
    late as (select jurisdiction_code, count(*) as n from warehouse.request
      where state in ('lent', 'renewing', 'returning') and due_on < ${today} group by 1)
    select level.code as jurisdiction_code, coalesce(came.n, 0)::int as in_items, coalesce(came.fen, 0)::bigint as in_fen,
      coalesce(out.items, 0)::int as out_items, coalesce(worth.fen, 0)::bigint as out_fen, coalesce(saved.fen, 0)::bigint as saved_fen,
      coalesce(out.times, 0)::int as out_times, coalesce(stay.days, 0)::int as days_in, coalesce(stay.n, 0)::int as days_of,
      coalesce(back.due, 0)::int as returns_due, coalesce(back.in_time, 0)::int as returns_in_time, coalesce(mended.n, 0)::int as repaired,
      coalesce(mended.used, 0)::int as repaired_out, coalesce(mended.spent, 0)::bigint as repair_fen,
      coalesce(mended.replacement, 0)::bigint as repair_replacement_fen, coalesce(present.shelf, 0)::int as on_shelf,
      coalesce(present.lent, 0)::int as lent, coalesce(late.n, 0)::int as late_loans
    from level left join came on came.jurisdiction_code = code left join out on out.jurisdiction_code = code
      left join worth on worth.jurisdiction_code = code left join saved on saved.jurisdiction_code = code
      left join stay on stay.jurisdiction_code = code left join back on back.jurisdiction_code = code
      left join mended on mended.jurisdiction_code = code left join present on present.jurisdiction_code = code
      left join late on late.jurisdiction_code = code order by code`.execute(tx)
  return rows
}
