import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { NeedKind } from '#modules/standards/model.ts'

/** What one key (a standard's code, or a kind of need) bears on in one jurisdiction. */
export type StandardUse = {
  key: string
  jurisdictionCode: string
  organs: number
  lines: number
  quantity: number
  askedFen: number
  /** Lines whose price is above the cap asked about; 0 where no cap was given. */
  abovePrice: number
}

/** Demands of a year and later, of a jurisdiction and all below it. */
export type UseScope = { jurisdictionPrefix: string; sinceYear: number }

/** A standard's code or a kind of need, with the price cap to compare with where there is one. */
export type UseKey = { key: string; by: 'standard' | 'need-kind'; capFen: number | null }

const openCycles = ({ jurisdictionPrefix, sinceYear }: UseScope) => sql`select id from plans.cycle
  where jurisdiction_code like ${`${jurisdictionPrefix}%`} and year >= ${sinceYear} and state <> 'closed'`

/** Sums by key and jurisdiction, in one query. */
export async function standardUse(tx: Tx, scope: UseScope, keys: readonly UseKey[]): Promise<StandardUse[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<StandardUse>`
    with asked as (select * from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k (key text, by text, "capFen" bigint)),
      used as (
        select a.key, a."capFen" as cap_fen, l.* from asked a join plans.demand_line l on a.by = 'standard' and l.standard_code = a.key
          where l.cycle_id in (${openCycles(scope)})
        union all
        select a.key, a."capFen" as cap_fen, l.* from asked a join plans.demand_line l on a.by = 'need-kind' and l.need_kind = a.key
          where l.cycle_id in (${openCycles(scope)}))
    select u.key, d.jurisdiction_code, count(distinct d.organ_id)::int as organs, count(*)::int as lines,
      coalesce(sum(u.quantity), 0)::float8 as quantity, coalesce(sum(u.amount_fen), 0)::bigint as asked_fen,
      (count(*) filter (where u.unit_price_fen > u.cap_fen))::int as above_price
    from used u join plans.demand d on d.id = u.demand_id
    group by u.key, d.jurisdiction_code order by u.key, d.jurisdiction_code`.execute(tx)
  return rows
}

/** How many organs any of the keys bears on, each once, by jurisdiction. */
export async function organsUsing(
  tx: Tx,
  scope: UseScope,
  keys: readonly Pick<UseKey, 'key' | 'by'>[],
  jurisdictionCodes: readonly string[],
): Promise<Map<string, number>> {
  const of = (by: UseKey['by']) => keys.filter((key) => key.by === by).map(({ key }) => key)
  const { rows } = await sql<{ jurisdictionCode: string; organs: number }>`
    select d.jurisdiction_code, count(distinct d.organ_id)::int as organs
    from plans.demand_line l join plans.demand d on d.id = l.demand_id
    where l.cycle_id in (${openCycles(scope)}) and d.jurisdiction_code = any(${[...jurisdictionCodes]})
      and (l.standard_code = any(${of('standard')}) or l.need_kind = any(${of('need-kind')}))
    group by d.jurisdiction_code`.execute(tx)
  return new Map(rows.map(({ jurisdictionCode, organs }) => [jurisdictionCode, organs]))
}

export type UsingLine = {
  id: string
  demandId: string
  year: number
  organId: string
  state: string
  needKind: NeedKind | null
  itemName: string
  quantity: number | null
  unit: string
  unitPriceFen: number | null
  amountFen: number | null
}

/** The lines of one jurisdiction that a key bears on, by id. */
export async function linesUsing(
  tx: Tx,
  { jurisdictionCode, sinceYear }: { jurisdictionCode: string; sinceYear: number },
  { key, by }: Pick<UseKey, 'key' | 'by'>,
  after: string | undefined,
  limit: number,
): Promise<UsingLine[]> {
  const { rows } = await sql<UsingLine>`
    select l.id, l.demand_id, d.year, d.organ_id, d.state, l.need_kind, l.item_name, l.quantity::float8 as quantity, l.unit, l.unit_price_fen, l.amount_fen
    from plans.demand_line l join plans.demand d on d.id = l.demand_id
    where l.cycle_id in (select id from plans.cycle where jurisdiction_code = ${jurisdictionCode} and year >= ${sinceYear} and state <> 'closed')
      and ${by === 'standard' ? sql`l.standard_code = ${key}` : sql`l.need_kind = ${key}`}
      ${after ? sql`and l.id > ${after}` : sql``} order by l.id limit ${limit}`.execute(tx)
  return rows
}
