import { sql, type RawBuilder } from 'kysely'
import type { YearlyDate } from '#kernel/pure/deadline.ts'

/**
 * AST-R06: every organ with a register owes a count of the whole of it each year, from the year its first card came in. What was
 * missed in the year before stays to be seen; older years are history.
 */
export function yearlyCountDuties(term: string, date: YearlyDate, today: string): RawBuilder<unknown> {
  const lastYear = sql`extract(year from ${today}::date)::int`
  return sql`
    select ${term} || ':' || y.year || ':' || b.organ_id as key, b.organ_id, b.jurisdiction_code, y.year::int as year,
      y.year || '年度资产盘点' as title, make_date(y.year::int, 1, 1) as opens_on, null::date as counted_from,
      make_date(y.year::int + ${date.of === 'year' ? 0 : 1}::int, ${date.month}::int, ${date.day}::int) as due_on, false as provisional,
      (select min(c.finished_on) from stocktaking.count c where c.organ_id = b.organ_id and c.whole
        and c.finished_on is not null and c.year = y.year) as fulfilled_on,
      '/stocktaking/counts?year=' || y.year as link
    from assets.open_book b cross join lateral generate_series(
      greatest(extract(year from b.opened_in)::int, ${lastYear} - 1), ${lastYear}) as y(year)`
}
