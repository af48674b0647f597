import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { ClassEdition } from '../model.ts'

export type ForecastRow = {
  year: number
  classCode: string
  classEdition: ClassEdition
  /** Cards that something is still charged of in the year. */
  cards: number
  costFen: number
  chargedFen: number
  accumulatedFen: number
}

/**
 * What the cards an organ has today will be charged, year by year and class by class, reckoned as months are closed; of the
 * first year only what is not closed yet.
 */
export async function forecastOf(tx: Tx, organId: string, firstYear: number, years: number): Promise<ForecastRow[]> {
  const through = (year: 'y.year' | 'y.year - 1') =>
    sql`least(c.cost_fen, assets.accumulated_through(c.base_fen, c.base_months, c.base_in, c.base_before_fen, c.base_monthly,
      make_date(${sql.raw(year)}, 12, 1)))`
  const { rows } =
    await sql<ForecastRow>`select year, class_code, class_edition, count(*) filter (where charged_fen <> 0)::int as cards,
      sum(cost_fen)::bigint as cost_fen, sum(charged_fen)::bigint as charged_fen, sum(accumulated_fen)::bigint as accumulated_fen
    from (select y.year, c.class_code, c.class_edition, c.cost_fen, ${through('y.year')} as accumulated_fen,
        ${through('y.year')} - case when y.year = ${firstYear} then c.accumulated_fen else ${through('y.year - 1')} end as charged_fen
      from assets.card c, generate_series(${firstYear}::int, ${firstYear + years - 1}::int) y(year)
      where c.organ_id = ${organId} and c.removed_on is null) t
    group by 1, 2, 3 order by 1, 2, 3`.execute(tx)
  return rows
}

/** What closed months of a year have charged an organ. */
export async function closedInYear(tx: Tx, organId: string, year: number): Promise<number> {
  const { rows } = await sql<{
    fen: number
  }>`select coalesce(sum(charged_fen), 0)::bigint as fen from assets.depreciation_month
    where organ_id = ${organId} and month between make_date(${year}::int, 1, 1) and make_date(${year}::int, 12, 1)`.execute(
    tx,
  )
  return rows[0]?.fen ?? 0
}
