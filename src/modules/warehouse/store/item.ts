import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { ClassEdition } from '#modules/assets/model.ts'
import { catalogueStates, type Grade, type ItemState, type StoreKind } from '../model.ts'

export type ItemRow = {
  id: string
  intakeId: string
  cardId: string
  ownerOrganId: string
  ownerName: string
  jurisdictionCode: string
  number: string | null
  name: string
  model: string
  classCode: string
  classEdition: ClassEdition
  itemCode: string | null
  unit: string
  quantity: number
  costFen: number
  netFen: number
  acquiredOn: string
  lifeUntil: string | null
  state: ItemState
  grade: Grade | null
  appraisedGrade: Grade | null
  repairFen: number
  replacementFen: number
  transportFen: number
  unsafe: boolean
  appraisalNote: string
  appraisedOn: string | null
  appraisedByName: string
  repairApprovedByName: string
  repairedOn: string | null
  repairSpentFen: number
  storeId: string | null
  storeName: string | null
  storeKind: StoreKind | null
  place: string
  photoSha256: string | null
  photoMediaType: string | null
  photoName: string | null
  takenOn: string | null
  leftOn: string | null
  outOrganName: string
  outDueOn: string | null
  holdOrganId: string | null
  holdOrganName: string | null
  heldUntil: string | null
  holdRequestId: string | null
  /** Only for who reads the intake: its organ and its level. */
  seenCardId: string | null
  seenIntakeId: string | null
  version: number
}

const columns = sql`i.id, i.intake_id, i.card_id, i.owner_organ_id, o.name as owner_name, i.jurisdiction_code, i.number, i.name, i.model,
  i.class_code, i.class_edition, i.item_code, i.unit, i.quantity, i.cost_fen, i.net_fen, i.acquired_on, i.life_until, i.state, i.grade,
  i.appraised_grade, i.repair_fen, i.replacement_fen, i.transport_fen, i.unsafe, i.appraisal_note, i.appraised_on, i.appraised_by_name,
  i.repair_approved_by_name, i.repaired_on, i.repair_spent_fen, i.store_id, s.name as store_name, s.kind as store_kind, i.place,
  i.photo_sha256, i.photo_media_type, i.photo_name, i.taken_on, i.left_on, i.out_organ_name, i.out_due_on, h.organ_id as hold_organ_id,
  h.organ_name as hold_organ_name, h.held_until, h.request_id as hold_request_id,
  case when n.id is not null then i.card_id end as seen_card_id, n.id as seen_intake_id, i.version`
const tables = sql`warehouse.item i join organs.open_organ o on o.id = i.owner_organ_id
  left join warehouse.store s on s.id = i.store_id left join warehouse.hold h on h.item_id = i.id
  left join warehouse.intake n on n.id = i.intake_id`

export async function itemById(tx: Tx, id: string): Promise<ItemRow | undefined> {
  const { rows } = await sql<ItemRow>`select ${columns} from ${tables} where i.id = ${id}`.execute(tx)
  return rows[0]
}

/** Things locked for a change, in one order, so that two who want the same wait for one another. */
export async function lockItems(tx: Tx, ids: readonly string[]): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`select ${columns} from ${tables}
    where i.id = any(${[...new Set(ids)]}::uuid[]) order by i.id for update of i`.execute(tx)
  return rows
}

export async function itemsOfIntake(tx: Tx, intakeId: string, lock = false): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`select ${columns} from ${tables} where i.intake_id = ${intakeId}
    order by ${lock ? sql`i.id for update of i` : sql`i.number, i.name, i.model, i.id`}`.execute(tx)
  return rows
}

export type NewItem = Pick<
  ItemRow,
  | 'id'
  | 'intakeId'
  | 'cardId'
  | 'ownerOrganId'
  | 'jurisdictionCode'
  | 'name'
  | 'model'
  | 'classCode'
  | 'classEdition'
  | 'itemCode'
  | 'unit'
  | 'quantity'
  | 'costFen'
  | 'netFen'
  | 'acquiredOn'
  | 'lifeUntil'
  | 'place'
>

/** @throws Conflict when a card is in the warehouse, or on its way, already */
export async function insertItems(tx: Tx, items: readonly NewItem[]): Promise<void> {
  const { rows } =
    await sql`insert into warehouse.item (id, intake_id, card_id, owner_organ_id, jurisdiction_code, name, model, class_code,
      class_edition, item_code, unit, quantity, cost_fen, net_fen, acquired_on, life_until, place, state)
    select r.id, r.intake_id, r.card_id, r.owner_organ_id, r.jurisdiction_code, r.name, r.model, r.class_code, r.class_edition, r.item_code, r.unit,
      r.quantity, r.cost_fen, r.net_fen, r.acquired_on, r.life_until, r.place, 'applied'
    from jsonb_to_recordset(${JSON.stringify(
      items.map((item) => ({
        id: item.id,
        intake_id: item.intakeId,
        card_id: item.cardId,
        owner_organ_id: item.ownerOrganId,
        jurisdiction_code: item.jurisdictionCode,
        name: item.name,
        model: item.model,
        class_code: item.classCode,
        class_edition: item.classEdition,
        item_code: item.itemCode,
        unit: item.unit,
        quantity: item.quantity,
        cost_fen: item.costFen,
        net_fen: item.netFen,
        acquired_on: item.acquiredOn,
        life_until: item.lifeUntil,
        place: item.place,
      })),
    )}::jsonb) as r(id uuid, intake_id uuid, card_id uuid, owner_organ_id uuid, jurisdiction_code text, name text, model text, class_code text,
      class_edition text, item_code text, unit text, quantity integer, cost_fen bigint, net_fen bigint, acquired_on date, life_until date, place text)
    on conflict (card_id) where state in ('applied', 'repair', 'available', 'lent') do nothing returning 1`.execute(tx)
  if (rows.length !== items.length)
    throw new Conflict('入仓申请', '所选资产中有已经入仓或正在申请入仓的。请刷新后核对，再重新提交。')
}

const changeable = {
  number: 'text',
  state: 'text',
  grade: 'text',
  appraisedGrade: 'text',
  repairFen: 'bigint',
  replacementFen: 'bigint',
  transportFen: 'bigint',
  unsafe: 'boolean',
  appraisalNote: 'text',
  appraisedOn: 'date',
  appraisedByName: 'text',
  repairApprovedByName: 'text',
  repairedOn: 'date',
  repairSpentFen: 'bigint',
  storeId: 'uuid',
  place: 'text',
  photoSha256: 'text',
  photoMediaType: 'text',
  photoName: 'text',
  takenOn: 'date',
  leftOn: 'date',
  outOrganName: 'text',
  outDueOn: 'date',
} as const satisfies Partial<Record<keyof ItemRow, string>>
export type ItemChanges = Partial<Pick<ItemRow, keyof typeof changeable>>

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/**
 * Changes things that this act has locked.
 * @throws Conflict when one is not there any more, or not the actor's to change
 */
export async function changeItems(tx: Tx, ids: readonly string[], changes: ItemChanges): Promise<void> {
  const sets = Object.entries(changes).map(
    ([key, value]) => sql`${sql.ref(snake(key))} = ${value}::${sql.raw(changeable[key as keyof typeof changeable])}`,
  )
  const result = await sql`update warehouse.item set ${sql.join(sets)}, version = version + 1
    where id = any(${[...ids]}::uuid[])`.execute(tx)
  if (Number(result.numAffectedRows) !== ids.length) throw new Conflict('公物仓物品')
}

/** Gives numbers to things that are taken in, one after another. */
export async function numberItems(tx: Tx, numbered: ReadonlyMap<string, string>): Promise<void> {
  await sql`update warehouse.item i set number = r.number
    from jsonb_to_recordset(${JSON.stringify([...numbered].map(([id, number]) => ({ id, number })))}::jsonb) as r(id uuid, number text)
    where i.id = r.id`.execute(tx)
}

export type ItemFilter = Readonly<{
  jurisdictionCode: string
  today: string
  state?: ItemState | undefined
  text?: string | undefined
  classPrefix?: string | undefined
  itemCode?: string | undefined
  grade?: Grade | undefined
  storeId?: string | undefined
  free?: boolean | undefined
  /** On the shelf since this day or longer, ready or nearly so. */
  waitingSince?: string | undefined
  /** Held by this organ. */
  heldBy?: string | undefined
}>

function filtered(filter: ItemFilter): RawBuilder<unknown> {
  const { text, classPrefix, today } = filter
  const parts = [
    sql`i.jurisdiction_code = ${filter.jurisdictionCode}`,
    filter.state === undefined ? sql`i.state = any(${[...catalogueStates]}::text[])` : sql`i.state = ${filter.state}`,
    ...(text
      ? text
          .split(/\s+/)
          .filter(Boolean)
          .map((word) => sql`position(${word} in concat_ws(' ', i.name, i.model, i.number, i.place)) > 0`)
      : []),
    ...(classPrefix === undefined ? [] : [sql`i.class_code >= ${classPrefix} and i.class_code < ${`${classPrefix}~`}`]),
    ...(filter.itemCode === undefined ? [] : [sql`i.item_code = ${filter.itemCode}`]),
    ...(filter.grade === undefined ? [] : [sql`i.grade = ${filter.grade}`]),
    ...(filter.storeId === undefined ? [] : [sql`i.store_id = ${filter.storeId}`]),
    ...(filter.free ? [free(today)] : []),
    ...(filter.waitingSince === undefined
      ? []
      : [sql`i.state = 'available' and i.grade in ('A', 'B') and i.taken_on <= ${filter.waitingSince}::date`]),
    ...(filter.heldBy === undefined
      ? []
      : [sql`h.organ_id = ${filter.heldBy} and (h.held_until is null or h.held_until >= ${today})`]),
  ]
  return sql.join(parts, sql` and `)
}

/** On the shelf and held by nobody on the day. */
const free = (today: string) =>
  sql`i.state = 'available' and (h.item_id is null or (h.held_until is not null and h.held_until < ${today}))`

/** Newest first. @param after id of the last one seen */
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

export async function countItems(tx: Tx, filter: ItemFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from ${tables}
    where ${filtered(filter)} limit 10001) t`.execute(tx)
  return rows[0]?.n ?? 0
}

/**
 * What is on the shelf and held by nobody on the day.
 * @param of.itemCodes standard items; null for all
 */
export async function freeItems(
  tx: Tx,
  of: { itemCodes: readonly string[] | null; jurisdictionCodes: readonly string[]; today: string },
): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`select ${columns} from ${tables}
    where i.jurisdiction_code = any(${[...of.jurisdictionCodes]}::text[]) and ${free(of.today)}
      ${of.itemCodes === null ? sql`` : sql`and i.item_code = any(${[...of.itemCodes]}::text[])`} order by i.id`.execute(
    tx,
  )
  return rows
}
