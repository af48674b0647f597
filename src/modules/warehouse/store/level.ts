import { sql } from 'kysely'
import type { Finding } from '#kernel/pure/verdict.ts'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Grade } from '../model.ts'
import type { LevelRequest, LevelRequestItem, LevelRequestState } from '../model/level.ts'

export type LevelRequestRow = Omit<LevelRequest, 'jurisdictionName' | 'giverName'> & {
  organId: string
  jurisdictionCode: string
  receiverOrganId: string
  inUse: Record<string, number>
  findings: Finding[]
  /** What decided to ask, shown with what comes of it; null where a person asked. */
  sourceKind: string | null
  sourceId: string | null
}

const columns = sql`q.id, q.organ_id, o.name as asking_name, q.jurisdiction_code, q.receiver_organ_id, q.receiver_name, q.giver_jurisdiction_code, q.number,
  q.purpose, q.reason, q.document, q.in_use, q.findings, q.state, q.case_id, q.request_id, q.asked_on, q.asked_by_name, q.agreed_on, q.consent_document,
  q.consented_on, q.closed_on, q.opinion, q.source_kind, q.source_id, q.version,
  (select count(*)::int from warehouse.level_request_item i where i.level_request_id = q.id) as items,
  (select coalesce(sum(i.cost_fen), 0)::bigint from warehouse.level_request_item i where i.level_request_id = q.id) as cost_fen`
const tables = sql`warehouse.level_request q join organs.open_organ o on o.id = q.organ_id`

export async function levelRequestById(tx: Tx, id: string, lock = false): Promise<LevelRequestRow | undefined> {
  const { rows } = await sql<LevelRequestRow>`select ${columns} from ${tables} where q.id = ${id}
    ${lock ? sql`for update of q` : sql``}`.execute(tx)
  return rows[0]
}

/** What the actor's level asked, is asked, or receives; newest first. @param after id of the last one seen */
export async function levelRequestsPage(
  tx: Tx,
  filter: { jurisdictionCode: string | null; organId: string; state?: LevelRequestState | undefined },
  after: string | undefined,
  limit: number,
): Promise<LevelRequestRow[]> {
  const { jurisdictionCode, organId, state } = filter
  const { rows } = await sql<LevelRequestRow>`select ${columns} from ${tables}
    where ${
      jurisdictionCode === null
        ? sql`q.receiver_organ_id = ${organId}`
        : sql`(q.jurisdiction_code = ${jurisdictionCode} or q.giver_jurisdiction_code = ${jurisdictionCode})`
    } ${state === undefined ? sql`` : sql`and q.state = ${state}`} ${after === undefined ? sql`` : sql`and q.id < ${after}::uuid`}
    order by q.id desc limit ${limit}`.execute(tx)
  return rows
}

export type NewLevelRequest = Pick<
  LevelRequestRow,
  | 'id'
  | 'organId'
  | 'jurisdictionCode'
  | 'receiverOrganId'
  | 'receiverName'
  | 'giverJurisdictionCode'
  | 'number'
  | 'purpose'
  | 'reason'
  | 'document'
  | 'inUse'
  | 'findings'
  | 'caseId'
  | 'askedOn'
  | 'askedByName'
  | 'sourceKind'
  | 'sourceId'
>
export type AskedItem = LevelRequestItem & { classCode: string; itemCode: string | null }

export async function insertLevelRequest(tx: Tx, row: NewLevelRequest, items: readonly AskedItem[]): Promise<void> {
  await sql`insert into warehouse.level_request (id, organ_id, jurisdiction_code, receiver_organ_id, receiver_name, giver_jurisdiction_code, number, purpose,
      reason, document, in_use, findings, state, case_id, asked_on, asked_by_name, source_kind, source_id)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.receiverOrganId}, ${row.receiverName}, ${row.giverJurisdictionCode}, ${row.number},
      ${row.purpose}, ${row.reason}, ${row.document}, ${JSON.stringify(row.inUse)}, ${JSON.stringify(row.findings)}, 'asked', ${row.caseId},
      ${row.askedOn}, ${row.askedByName}, ${row.sourceKind}, ${row.sourceId})`.execute(tx)
  await sql`insert into warehouse.level_request_item (level_request_id, item_id, number, name, model, class_code, item_code, unit, quantity, grade, cost_fen,
      store_name)
    select ${row.id}, r.item_id, r.number, r.name, r.model, r.class_code, r.item_code, r.unit, r.quantity, r.grade, r.cost_fen, r.store_name
    from jsonb_to_recordset(${JSON.stringify(
      items.map((item) => ({
        item_id: item.itemId,
        number: item.number,
        name: item.name,
        model: item.model,
        class_code: item.classCode,
        item_code: item.itemCode,
        unit: item.unit,
        quantity: item.quantity,
        grade: item.grade,
        cost_fen: item.costFen,
        store_name: item.storeName,
      })),
    )}::jsonb) as r(item_id uuid, number text, name text, model text, class_code text, item_code text, unit text, quantity integer, grade text,
      cost_fen bigint, store_name text)`.execute(tx)
}

export async function itemsOfLevelRequest(tx: Tx, id: string): Promise<AskedItem[]> {
  const { rows } =
    await sql<AskedItem>`select item_id, number, name, model, class_code, item_code, unit, quantity, grade, cost_fen, store_name
    from warehouse.level_request_item where level_request_id = ${id} order by number, item_id`.execute(tx)
  return rows
}

export type LevelRequestChanges = Partial<
  Pick<LevelRequestRow, 'state' | 'requestId' | 'agreedOn' | 'consentDocument' | 'consentedOn' | 'closedOn' | 'opinion'>
>

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** @throws Conflict when somebody else changed it meanwhile */
export async function changeLevelRequest(
  tx: Tx,
  row: Pick<LevelRequestRow, 'id' | 'version'>,
  changes: LevelRequestChanges,
): Promise<void> {
  const sets = Object.entries(changes).map(([key, value]) => sql`${sql.ref(snake(key))} = ${value}`)
  const result = await sql`update warehouse.level_request set ${sql.join(sets)}, version = version + 1
    where id = ${row.id} and version = ${row.version}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('跨级调剂')
}

/** Holds of a request between levels become those of what the receiver signs for. */
export async function handHoldsOver(tx: Tx, fromRequestId: string, toRequestId: string): Promise<void> {
  await sql`update warehouse.hold set request_id = ${toRequestId} where request_id = ${fromRequestId}`.execute(tx)
}

export type OfferedRow = {
  itemId: string
  number: string | null
  name: string
  model: string
  classCode: string
  itemCode: string | null
  unit: string
  quantity: number
  grade: Grade
  lifeUntil: string | null
  costFen: number
  storeName: string | null
  jurisdictionCode: string
  takenOn: string
  /** What is still to be spent on repair, 分. */
  repairFen: number
  transportFen: number
}

/** What warehouses of other levels have on the shelf, held by nobody, ready or nearly so. @param after id of the last one seen @param limit null for all */
export async function offeredPage(
  tx: Tx,
  filter: {
    jurisdictionCodes: readonly string[]
    today: string
    itemCodes?: readonly string[] | undefined
    text?: string | undefined
    ids?: readonly string[] | undefined
  },
  after: string | undefined,
  limit: number | null,
): Promise<OfferedRow[]> {
  const { text, itemCodes, ids } = filter
  const words = (text ?? '').split(/\s+/).filter(Boolean)
  const { rows } =
    await sql<OfferedRow>`select i.id as item_id, i.number, i.name, i.model, i.class_code, i.item_code, i.unit, i.quantity, i.grade,
      i.life_until, i.cost_fen, s.name as store_name, i.jurisdiction_code, i.taken_on, i.repair_fen, i.transport_fen
    from warehouse.item i left join warehouse.store s on s.id = i.store_id left join warehouse.hold h on h.item_id = i.id
    where i.jurisdiction_code = any(${[...filter.jurisdictionCodes]}::text[]) and i.state = 'available' and i.grade in ('A', 'B')
      and (h.item_id is null or (h.held_until is not null and h.held_until < ${filter.today}::date))
      ${itemCodes === undefined ? sql`` : sql`and i.item_code = any(${[...itemCodes]}::text[])`} ${ids === undefined ? sql`` : sql`and i.id = any(${[...ids]}::uuid[])`}
      ${sql.join(
        words.map((word) => sql`and position(${word} in concat_ws(' ', i.name, i.model, i.number)) > 0`),
        sql` `,
      )}
      ${after === undefined ? sql`` : sql`and i.id > ${after}::uuid`} order by i.id ${limit === null ? sql`` : sql`limit ${limit}`}`.execute(
      tx,
    )
  return rows
}

/** Levels whose things have waited since a day or longer, with how many are on the shelf and held by nobody. */
export async function waitingLong(
  tx: Tx,
  since: string,
  today: string,
): Promise<{ jurisdictionCode: string; items: number }[]> {
  const { rows } = await sql<{
    jurisdictionCode: string
    items: number
  }>`select i.jurisdiction_code, count(*)::int as items
    from warehouse.item i left join warehouse.hold h on h.item_id = i.id
    where i.state = 'available' and i.grade in ('A', 'B') and i.taken_on <= ${since}::date
      and (h.item_id is null or (h.held_until is not null and h.held_until < ${today}::date)) group by 1 order by 1`.execute(
    tx,
  )
  return rows
}
