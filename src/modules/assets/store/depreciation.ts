import { sql } from 'kysely'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import type { DepreciationBase } from '../model.ts'

/** Held by the organ by the end of a month: what came over later was charged elsewhere. */
const heldBy = (month: string) =>
  sql`(c.taken_over_on is null or c.taken_over_on < (${`${month}-01`}::date + interval '1 month')::date)`
/** Cards that are charged for a month: entered and held by its end, not gone by its end, with something left or to be put right. */
const chargeable = (month: string) => sql`c.base_in <= ${`${month}-01`}::date and ${heldBy(month)}
  and (c.removed_on is null or c.removed_on >= (${`${month}-01`}::date + interval '1 month')::date)`
const target = (month: string) =>
  sql`least(c.cost_fen, assets.accumulated_through(c.base_fen, c.base_months, c.base_in, c.base_before_fen, c.base_monthly, ${`${month}-01`}::date))`

export type MonthSums = { cards: number; chargedFen: number; costFen: number; accumulatedFen: number }

/** What closing a month would charge an organ, without charging it. */
export async function previewOf(tx: Tx, organId: string, month: string): Promise<MonthSums> {
  const { rows } = await sql<MonthSums>`select count(*) filter (where charged <> 0)::int as cards,
      coalesce(sum(charged), 0)::bigint as charged_fen, coalesce(sum(cost_fen), 0)::bigint as cost_fen,
      coalesce(sum(accumulated_fen + charged), 0)::bigint as accumulated_fen
    from (select c.cost_fen, c.accumulated_fen, case when ${chargeable(month)} then ${target(month)} - c.accumulated_fen else 0 end as charged
      from assets.card c where c.organ_id = ${organId} and c.removed_on is null and ${heldBy(month)}) t`.execute(tx)
  return rows[0] as MonthSums
}

/**
 * Charges a month to every card of the organs and closes it, in a few statements over sets whatever the number of cards. What
 * a late correction changed of earlier months is charged (or given back) here: closed months stay as they are.
 * @param organIds null for all organs
 */
export async function chargeMonth(
  tx: Tx,
  month: string,
  organIds: readonly string[] | null,
  by: { name: string; at: Date },
): Promise<void> {
  const of = organIds === null ? sql`true` : sql`c.organ_id = any(${[...organIds]}::uuid[])`
  await sql`with charged as (
      update assets.card c set accumulated_fen = ${target(month)}, charged_fen = ${target(month)} - c.accumulated_fen
      where ${of} and ${chargeable(month)} and c.accumulated_fen <> ${target(month)}
      returning c.id, c.organ_id, c.jurisdiction_code, c.class_code, c.class_edition, c.removed_on, c.charged_fen, c.accumulated_fen),
    kept as (insert into assets.depreciation (card_id, month, organ_id, jurisdiction_code, charged_fen, accumulated_fen)
      select id, ${`${month}-01`}::date, organ_id, jurisdiction_code, charged_fen, accumulated_fen from charged),
    folded as (delete from assets.class_sum c where ${of} returning *)
    insert into assets.class_sum
    select organ_id, jurisdiction_code, class_code, class_edition, sum(cards), sum(quantity), sum(idle), sum(cost_fen), sum(accumulated_fen)
    from (select * from folded
      union all select organ_id, jurisdiction_code, class_code, class_edition, 0, 0, 0, 0, charged_fen from charged where removed_on is null) t
    group by 1, 2, 3, 4 having (sum(cards), sum(quantity), sum(idle), sum(cost_fen), sum(accumulated_fen)) <> (0, 0, 0, 0, 0)`.execute(
    tx,
  )
  await sql`insert into assets.depreciation_month (organ_id, jurisdiction_code, month, cards, charged_fen, cost_fen, accumulated_fen, closed_at, closed_by)
    select b.organ_id, b.jurisdiction_code, ${`${month}-01`}::date, coalesce(d.cards, 0), coalesce(d.charged_fen, 0), coalesce(s.cost_fen, 0),
      coalesce(s.accumulated_fen, 0), ${by.at}, ${by.name}
    from assets.book b
      left join (select organ_id, count(*)::int as cards, sum(charged_fen)::bigint as charged_fen from assets.depreciation c
        where month = ${`${month}-01`}::date and ${of} group by 1) d using (organ_id)
      left join (select organ_id, sum(cost_fen)::bigint as cost_fen, sum(accumulated_fen)::bigint as accumulated_fen
        from (select organ_id, cost_fen, accumulated_fen from assets.class_sum c where ${of}
          union all select organ_id, -cost_fen, -accumulated_fen from assets.card c
            where ${of} and removed_on is null and taken_over_on is not null and not ${heldBy(month)}) t
        group by 1) s using (organ_id)
    where ${organIds === null ? sql`true` : sql`b.organ_id = any(${[...organIds]}::uuid[])`}`.execute(tx)
  await sql`update assets.book c set closed_through = ${`${month}-01`}::date where ${of}`.execute(tx)
}

export type MonthRow = {
  month: string
  cards: number
  chargedFen: number
  costFen: number
  accumulatedFen: number
  closedAt: Date
  closedBy: string
}

/** Closed months of an organ, newest first. */
export async function closedMonths(
  tx: Tx,
  organId: string,
  before: string | undefined,
  limit: number,
): Promise<MonthRow[]> {
  const { rows } =
    await sql<MonthRow>`select to_char(month, 'YYYY-MM') as month, cards, charged_fen, cost_fen, accumulated_fen, closed_at, closed_by
    from assets.depreciation_month where organ_id = ${organId} ${before === undefined ? sql`` : sql`and month < ${`${before}-01`}::date`}
    order by depreciation_month.month desc limit ${limit}`.execute(tx)
  return rows
}

export type ChargeRow = {
  cardId: string
  number: string
  name: string
  costFen: number
  chargedFen: number
  accumulatedFen: number
  /** False for what went to another organ since. */
  held: boolean
}

/** What a closed month charged, card by card; of what went to another organ since, as it went. */
export async function chargesOf(
  tx: Tx,
  organId: string,
  month: string,
  after: string | undefined,
  limit: number,
): Promise<ChargeRow[]> {
  const { rows } =
    await sql<ChargeRow>`select d.card_id, coalesce(c.number, t.number) as number, coalesce(c.name, t.name) as name,
      coalesce(c.cost_fen, t.cost_fen) as cost_fen, d.charged_fen, d.accumulated_fen, c.id is not null as held
    from assets.depreciation d left join assets.card c on c.id = d.card_id and c.organ_id = d.organ_id
      left join lateral (select x.number, x.name, x.cost_fen from assets.transfer x
        where c.id is null and x.card_id = d.card_id and x.from_organ_id = d.organ_id order by x.recorded_at desc limit 1) t on true
    where d.organ_id = ${organId} and d.month = ${`${month}-01`}::date ${after === undefined ? sql`` : sql`and d.card_id > ${after}::uuid`}
    order by d.card_id limit ${limit}`.execute(tx)
  return rows
}

/** Charges of one card, newest first; looked up month by month, because that is how they lie. */
export async function chargesOfCard(
  tx: Tx,
  cardId: string,
): Promise<{ month: string; chargedFen: number; accumulatedFen: number }[]> {
  // Twenty years; a giver may have closed months that the receiver has not.
  const { rows } = await executePrepared(
    tx,
    sql<{
      month: string
      chargedFen: number
      accumulatedFen: number
    }>`select to_char(m.month, 'YYYY-MM') as month, d.charged_fen, d.accumulated_fen
      from assets.card c join assets.book b on b.organ_id = c.organ_id,
        generate_series(coalesce(b.closed_through, b.opened_in) - interval '228 months', coalesce(b.closed_through, b.opened_in) + interval '12 months',
          interval '1 month') m(month)
        join assets.depreciation d on d.month = m.month::date and d.card_id = ${cardId}
      where c.id = ${cardId} order by m.month desc`,
  )
  return rows
}

/** The database's own reckoning for cases given, for the test that holds it to the rule. */
export async function reckoned(tx: Tx, cases: readonly (DepreciationBase & { month: string })[]): Promise<number[]> {
  const { rows } = await sql<{
    fen: number
  }>`select assets.accumulated_through(fen, months, (in_month || '-01')::date, before_fen, monthly_fen, (month || '-01')::date) as fen
    from jsonb_to_recordset(${JSON.stringify(
      cases.map((one) => ({
        fen: one.fen,
        months: one.months,
        in_month: one.inMonth,
        before_fen: one.beforeFen,
        monthly_fen: one.monthlyFen,
        month: one.month,
      })),
    )}::jsonb) as r(fen bigint, months integer, in_month text, before_fen bigint, monthly_fen bigint, month text)`.execute(
    tx,
  )
  return rows.map(({ fen }) => fen)
}
