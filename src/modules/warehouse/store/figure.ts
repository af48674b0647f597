import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { Figure, FigureWord } from '../model/figure.ts'

export type FigureRow = {
  key: string
  itemId: string | null
  requestId: string | null
  number: string | null
  name: string
  organName: string
  on: string
  fen: number | null
  replacementFen: number | null
  days: number | null
  basis: string
  word: FigureWord | null
}

type Year = Readonly<{ from: string; to: string; until: string; today: string }>

const owned = sql`warehouse.item i join organs.open_organ o on o.id = i.owner_organ_id`
const asked = sql`(warehouse.request r join organs.open_organ o on o.id = r.organ_id)`
const empty = sql`null::bigint as fen, null::bigint as replacement_fen, null::int as days, '' as basis`

/** The same conditions as the sums of `countsOf`, row by row; a test holds the two against each other. */
const rowsBehind: Readonly<Record<Figure, (code: string, year: Year) => RawBuilder<unknown>>> = {
  in: (
    code,
    { from, to },
  ) => sql`select i.taken_on::text || '_' || i.id as key, i.id as item_id, null::uuid as request_id, i.number, i.name,
      o.name as organ_name, i.taken_on as "on", i.cost_fen as fen, null::bigint as replacement_fen, null::int as days, '' as basis,
      case when i.left_on is null then 'in' else 'left' end as word
    from ${owned} where i.jurisdiction_code = ${code} and i.taken_on between ${from} and ${to}`,
  out: (
    code,
    { from, to },
  ) => sql`select r.signed_on::text || '_' || r.id || '_' || i.id as key, i.id as item_id, r.id as request_id, i.number, i.name,
      o.name as organ_name, r.signed_on as "on", i.cost_fen as fen, null::bigint as replacement_fen, null::int as days, '' as basis, r.kind as word
    from warehouse.request_item x join ${asked} on r.id = x.request_id join warehouse.item i on i.id = x.item_id
    where r.jurisdiction_code = ${code} and x.state in ('out', 'returned') and r.signed_on between ${from} and ${to}`,
  saved: (
    code,
    { from, to },
  ) => sql`select s.saved_on::text || '_' || s.request_id || '_' || s.item_id as key, s.item_id, s.request_id, i.number, i.name,
      o.name as organ_name, s.saved_on as "on", s.saved_fen as fen, null::bigint as replacement_fen, null::int as days, s.basis, r.kind as word
    from warehouse.saving s join ${asked} on r.id = s.request_id join warehouse.item i on i.id = s.item_id
    where s.jurisdiction_code = ${code} and s.saved_on between ${from} and ${to}`,
  stay: (
    code,
    { from, until },
  ) => sql`select i.taken_on::text || '_' || i.id as key, i.id as item_id, null::uuid as request_id, i.number, i.name,
      o.name as organ_name, i.taken_on as "on", null::bigint as fen, null::bigint as replacement_fen,
      least(coalesce(i.left_on, ${until}::date), ${until}::date) - i.taken_on as days, '' as basis,
      case when i.left_on is null then 'in' else 'left' end as word
    from ${owned} where i.jurisdiction_code = ${code} and i.taken_on <= ${until} and (i.left_on is null or i.left_on >= ${from})`,
  returns: (
    code,
    { from, to, today },
  ) => sql`select r.due_on::text || '_' || r.id as key, null::uuid as item_id, r.id as request_id, r.number, r.reason as name,
      o.name as organ_name, r.due_on as "on", ${empty},
      case when r.closed_on is null then 'late-out' when r.closed_on <= r.due_on then 'in-time' else 'late-back' end as word
    from ${asked} where r.jurisdiction_code = ${code} and r.kind = 'loan' and r.signed_on is not null
      and r.due_on between ${from} and ${to} and (r.due_on < ${today} or r.closed_on is not null)`,
  repaired: (
    code,
    { from, to },
  ) => sql`select i.repaired_on::text || '_' || i.id as key, i.id as item_id, null::uuid as request_id, i.number, i.name,
      o.name as organ_name, i.repaired_on as "on", i.repair_spent_fen as fen, i.replacement_fen, null::int as days, '' as basis,
      case when exists (select from warehouse.request_item x join warehouse.request r on r.id = x.request_id
        where x.item_id = i.id and x.state in ('out', 'returned') and r.signed_on >= i.repaired_on) then 'used' else 'unused' end as word
    from ${owned} where i.jurisdiction_code = ${code} and i.repaired_on between ${from} and ${to}`,
}

/** What a figure of a level's year counts, newest first. @param after key of the last one seen */
export async function figurePage(
  tx: Tx,
  { figure, code, year, today }: { figure: Figure; code: string; year: number; today: string },
  after: string | undefined,
  limit: number,
): Promise<FigureRow[]> {
  const [from, to] = [`${year}-01-01`, `${year}-12-31`]
  const rows = rowsBehind[figure](code, { from, to, until: today < to ? today : to, today })
  const next = after === undefined ? sql`` : sql`where key collate "C" < ${after}`
  return (
    await sql<FigureRow>`select * from (${rows}) behind ${next} order by key collate "C" desc limit ${limit}`.execute(
      tx,
    )
  ).rows
}
