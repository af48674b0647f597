import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Item, ItemTerms, MovementKind } from '../model.ts'

export type ItemRow = Item & { jurisdictionCode: string }

const columns = sql`i.id, i.organ_id, o.name as organ_name, i.jurisdiction_code, i.number, i.name, i.spec, i.unit, i.place, i.minimum,
  i.quantity, i.value_fen, i.stopped, i.version`
const tables = sql`consumables.item i join organs.open_organ o on o.id = i.organ_id`

export async function itemById(tx: Tx, id: string): Promise<ItemRow | undefined> {
  const { rows } = await sql<ItemRow>`select ${columns} from ${tables} where i.id = ${id}`.execute(tx)
  return rows[0]
}

/** Locked in the order of their ids, so that two acts never wait for each other. */
export async function lockItems(tx: Tx, ids: readonly string[]): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`select ${columns} from ${tables}
    where i.id = any(${[...new Set(ids)]}::uuid[]) order by i.id for update of i`.execute(tx)
  return rows
}

export type ItemFilter = Readonly<{
  jurisdictionCode: string
  organId: string | null
  text?: string | undefined
  low?: boolean
}>

function filtered({ jurisdictionCode, organId, text, low }: ItemFilter): RawBuilder<unknown> {
  return sql.join(
    [
      organId === null ? sql`i.jurisdiction_code = ${jurisdictionCode}` : sql`i.organ_id = ${organId}`,
      ...(low ? [sql`i.quantity < i.minimum and not i.stopped`] : []),
      ...(text
        ? [sql`position(${text.toLowerCase()} in lower(concat_ws(' ', i.name, i.spec, i.number, i.place))) > 0`]
        : []),
    ],
    sql` and `,
  )
}

export async function itemsPage(
  tx: Tx,
  filter: ItemFilter,
  after: string | undefined,
  limit: number,
): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`select ${columns} from ${tables} where ${filtered(filter)}
    ${after === undefined ? sql`` : sql`and i.id < ${after}::uuid`} order by i.id desc limit ${limit}`.execute(tx)
  return rows
}

/** How many are below their minimum, and what all of the filter is worth. */
export async function stockSums(tx: Tx, filter: ItemFilter): Promise<{ low: number; valueFen: number }> {
  const { rows } = await sql<{ low: number; valueFen: number }>`select
      count(*) filter (where i.quantity < i.minimum and not i.stopped)::int as low, coalesce(sum(i.value_fen), 0)::bigint as value_fen
    from consumables.item i where ${filtered(filter)}`.execute(tx)
  return rows[0] ?? { low: 0, valueFen: 0 }
}

export type NewItem = ItemTerms & { id: string; number: string }

/** @throws Conflict when the organ has an item of that name and spec */
export async function insertItems(
  tx: Tx,
  organ: { organId: string; jurisdictionCode: string },
  items: readonly NewItem[],
): Promise<void> {
  const { rows } =
    await sql`insert into consumables.item (id, organ_id, jurisdiction_code, number, name, spec, unit, place, minimum)
    select r.id, ${organ.organId}, ${organ.jurisdictionCode}, r.number, r.name, r.spec, r.unit, r.place, r.minimum
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as r(id uuid, number text, name text, spec text, unit text, place text,
      minimum integer) on conflict do nothing returning 1`.execute(tx)
  if (rows.length !== items.length) throw new Conflict('物品', '本机关已有同名同规格的物品。请刷新后在原有物品上办理。')
}

/** Names and specs an organ has already. */
export async function knownItems(tx: Tx, organId: string): Promise<Set<string>> {
  const { rows } = await sql<{
    key: string
  }>`select name || E'\\n' || spec as key from consumables.item where organ_id = ${organId}`.execute(tx)
  return new Set(rows.map(({ key }) => key))
}

/** @throws Conflict when another has that name and spec, or the version is another */
export async function updateItem(tx: Tx, item: ItemRow, terms: ItemTerms & { stopped: boolean }): Promise<void> {
  const { rows: taken } =
    await sql`select 1 from consumables.item where organ_id = ${item.organId} and name = ${terms.name}
    and spec = ${terms.spec} and id <> ${item.id}`.execute(tx)
  if (taken.length > 0) throw new Conflict('物品', '本机关已有同名同规格的物品。请换一个名称或规格。')
  const { rows } =
    await sql`update consumables.item set name = ${terms.name}, spec = ${terms.spec}, unit = ${terms.unit}, place = ${terms.place},
      minimum = ${terms.minimum}, stopped = ${terms.stopped}, version = version + 1
    where id = ${item.id} and version = ${item.version} returning 1`.execute(tx)
  if (rows.length === 0) throw new Conflict('物品')
}

export type NewMovement = {
  item: Pick<ItemRow, 'id' | 'organId' | 'jurisdictionCode' | 'quantity' | 'valueFen'>
  kind: MovementKind
  quantity: number
  amountFen: number
  happenedOn: string
  document?: string
  supplier?: string
  reason?: string
  issueId?: string | null
}

/** Moves the stock of items this act has locked and writes the ledger; each item once in an act. */
export async function moveStock(
  tx: Tx,
  movements: readonly NewMovement[],
  by: { personId: string | null; name: string; at: Date },
): Promise<void> {
  const rows = movements.map(({ item, kind, quantity, amountFen, happenedOn, ...more }) => ({
    item_id: item.id,
    organ_id: item.organId,
    jurisdiction_code: item.jurisdictionCode,
    kind,
    quantity,
    amount_fen: amountFen,
    happened_on: happenedOn,
    quantity_after: item.quantity + quantity,
    value_after_fen: item.valueFen + amountFen,
    document: more.document ?? '',
    supplier: more.supplier ?? '',
    reason: more.reason ?? '',
    issue_id: more.issueId ?? null,
  }))
  const moved = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(item_id uuid, organ_id uuid, jurisdiction_code text, kind text,
    quantity integer, amount_fen bigint, happened_on date, quantity_after integer, value_after_fen bigint, document text, supplier text,
    reason text, issue_id uuid)`
  await sql`update consumables.item i set quantity = i.quantity + r.quantity, value_fen = i.value_fen + r.amount_fen, version = i.version + 1
    from ${moved} where i.id = r.item_id`.execute(tx)
  await sql`insert into consumables.movement (item_id, organ_id, jurisdiction_code, kind, quantity, amount_fen, happened_on, quantity_after,
      value_after_fen, document, supplier, reason, issue_id, recorded_at, person_id, person_name)
    select r.*, ${by.at}, ${by.personId}::uuid, ${by.name} from ${moved}`.execute(tx)
}

export type MovementRow = {
  id: number
  kind: MovementKind
  quantity: number
  amountFen: number
  happenedOn: string
  quantityAfter: number
  valueAfterFen: number
  document: string
  supplier: string
  reason: string
  issueId: string | null
  recordedAt: Date
  personName: string
}

const movementColumns = sql`m.id::int as id, m.kind, m.quantity, m.amount_fen, m.happened_on, m.quantity_after, m.value_after_fen,
  m.document, m.supplier, m.reason, m.issue_id, m.recorded_at, m.person_name`

/** The ledger of an item, newest first. */
export async function movementsPage(
  tx: Tx,
  itemId: string,
  before: number | null,
  limit: number,
): Promise<MovementRow[]> {
  const { rows } = await sql<MovementRow>`select ${movementColumns} from consumables.movement m
    where m.item_id = ${itemId} ${before === null ? sql`` : sql`and m.id < ${before}`} order by m.id desc limit ${limit}`.execute(
    tx,
  )
  return rows
}

/** Movements of a filter's items, a batch by key, oldest first. */
export async function movementBatch(
  tx: Tx,
  filter: ItemFilter,
  after: number,
  limit: number,
): Promise<(MovementRow & { number: string; name: string; spec: string })[]> {
  const { rows } = await sql<
    MovementRow & { number: string; name: string; spec: string }
  >`select ${movementColumns}, i.number, i.name, i.spec
    from consumables.movement m join consumables.item i on i.id = m.item_id where ${filtered(filter)} and m.id > ${after}
    order by m.id limit ${limit}`.execute(tx)
  return rows
}

/** Items whose stock or value is not the sum of their ledger. */
export async function stockDiffers(tx: Tx): Promise<{ checked: number; numbers: string[] }> {
  const { rows } = await sql<{ checked: number; numbers: string[] | null }>`select count(*)::int as checked,
      (array_agg(i.number) filter (where i.quantity <> coalesce(m.quantity, 0) or i.value_fen <> coalesce(m.amount_fen, 0)))[1:100] as numbers
    from consumables.item i left join (select item_id, sum(quantity)::int as quantity, sum(amount_fen)::bigint as amount_fen
      from consumables.movement group by 1) m on m.item_id = i.id`.execute(tx)
  return { checked: rows[0]?.checked ?? 0, numbers: rows[0]?.numbers ?? [] }
}
