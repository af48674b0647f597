import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

/** Things whose state is not what their requests and holds say. */
export async function faultsOf(tx: Tx): Promise<{ checked: number; faults: string[] }> {
  const { rows } = await sql<{ checked: number; faults: string[] | null }>`
    with stood as (select i.number, i.state, h.item_id is not null and h.request_id is not null as asked,
        (select count(*) from warehouse.request_item x join warehouse.request r on r.id = x.request_id
          where x.item_id = i.id and x.state = 'out' and r.kind = 'loan') as lent,
        (select count(*) from warehouse.request_item x join warehouse.request r on r.id = x.request_id
          where x.item_id = i.id and x.state = 'out' and r.kind = 'allotment') as allotted
      from warehouse.item i left join warehouse.hold h on h.item_id = i.id)
    select count(*)::int as checked, (array_agg(coalesce(number, '未编号') || '：状态“' || state || '”与借用、调拨记录不符')
      filter (where (state = 'lent') <> (lent = 1) or (state = 'allotted') <> (allotted = 1) or (asked and state <> 'available')))[1:100] as faults
    from stood`.execute(tx)
  return { checked: rows[0]?.checked ?? 0, faults: rows[0]?.faults ?? [] }
}
