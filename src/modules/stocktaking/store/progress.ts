import { sql, type RawBuilder } from 'kysely'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import type { Tally } from '../model.ts'

/* How far a count is, from the sums of its places that the database keeps beside the things. */

export type PlaceRow = { place: string; items: number; counted: number; disputed: number; differing: number }

export async function placesPage(
  tx: Tx,
  countId: string,
  { text, after, limit }: { text: string | undefined; after: string | undefined; limit: number },
): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow>`select place, items, counted, disputed, counted - same as differing
    from stocktaking.place_sum where count_id = ${countId} ${after === undefined ? sql`` : sql`and place > ${after}`}
    ${text === undefined ? sql`` : sql`and starts_with(place, ${text})`}
    order by place limit ${limit}`.execute(tx)
  return rows
}

export async function tallyOf(tx: Tx, countId: string): Promise<Tally> {
  const { rows } = await executePrepared(
    tx,
    sql<Tally>`select coalesce(sum(items), 0)::int as items, coalesce(sum(cost_fen), 0)::bigint as cost_fen,
      coalesce(sum(counted), 0)::int as counted, coalesce(sum(disputed), 0)::int as disputed, coalesce(sum(same), 0)::int as same,
      coalesce(sum(mismatch), 0)::int as mismatch, coalesce(sum(missing), 0)::int as missing, coalesce(sum(idle), 0)::int as idle,
      coalesce(sum(damaged), 0)::int as damaged, coalesce(sum(duplicate), 0)::int as duplicate,
      coalesce(sum(missing_fen), 0)::bigint as missing_fen,
      (select count(*)::int from stocktaking.mark m where m.count_id = ${countId} and m.card_id is null) as surplus
    from stocktaking.place_sum where count_id = ${countId}`,
  )
  return rows[0] as Tally
}

/** Things of a count that are counted or disputed; to stand in a list of counts. */
export const countedOf = (count: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`(select coalesce(sum(s.counted + s.disputed), 0)::int from stocktaking.place_sum s where s.count_id = ${count})`

/** Places whose sums are not those of their things; for verification. */
export async function placesDiffering(tx: Tx, countId: string): Promise<{ place: string }[]> {
  const { rows } = await sql<{ place: string }>`select distinct place from (
      (select * from stocktaking.place_sum where count_id = ${countId} except all select * from stocktaking.reckoned_place_sum where count_id = ${countId})
      union all
      (select * from stocktaking.reckoned_place_sum where count_id = ${countId} except all select * from stocktaking.place_sum where count_id = ${countId})
    ) d order by place limit 100`.execute(tx)
  return rows
}
