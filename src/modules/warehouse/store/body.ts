import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Body, BodyKind, BodyState, Way } from '../model/body.ts'

export type BodyRow = Body & { organId: string; jurisdictionCode: string; clearanceId: string | null }

const columns = sql`b.id, b.lead_organ_id as organ_id, o.name as organ_name, b.jurisdiction_code, b.kind, b.name, b.document, b.begins_on, b.ends_on, b.ended_on,
  b.end_document, b.due_on, b.cleared_on, b.clearance_id, b.version,
  case when b.ended_on is null then 'running' when b.cleared_on is null then 'clearing' else 'cleared' end as state,
  (select count(*)::int from warehouse.body_thing t where t.body_id = b.id and t.taken_off_on is null) as things`
const tables = sql`warehouse.body b join organs.open_organ o on o.id = b.lead_organ_id`

export async function bodyById(tx: Tx, id: string, lock = false): Promise<BodyRow | undefined> {
  const { rows } = await sql<BodyRow>`select ${columns} from ${tables} where b.id = ${id}
    ${lock ? sql`for update of b` : sql``}`.execute(tx)
  return rows[0]
}

const ofState: Record<BodyState, ReturnType<typeof sql>> = {
  running: sql`b.ended_on is null`,
  clearing: sql`b.ended_on is not null and b.cleared_on is null`,
  cleared: sql`b.cleared_on is not null`,
}

/** Bodies of a level, newest first. @param after id of the last one seen */
export async function bodiesPage(
  tx: Tx,
  filter: { jurisdictionCode: string; kind?: BodyKind | undefined; state?: BodyState | undefined },
  after: string | undefined,
  limit: number,
): Promise<BodyRow[]> {
  const { rows } =
    await sql<BodyRow>`select ${columns} from ${tables} where b.jurisdiction_code = ${filter.jurisdictionCode}
    ${filter.kind === undefined ? sql`` : sql`and b.kind = ${filter.kind}`}
    ${filter.state === undefined ? sql`` : sql`and ${ofState[filter.state]}`}
    ${after === undefined ? sql`` : sql`and b.id < ${after}::uuid`} order by b.id desc limit ${limit}`.execute(tx)
  return rows
}

export type NewBody = Pick<
  BodyRow,
  'id' | 'organId' | 'jurisdictionCode' | 'kind' | 'name' | 'document' | 'beginsOn' | 'endsOn'
>

/** @returns false when the level has one of that name from that day already */
export async function insertBody(tx: Tx, row: NewBody): Promise<boolean> {
  const { rows } =
    await sql`insert into warehouse.body (id, lead_organ_id, jurisdiction_code, kind, name, document, begins_on, ends_on)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.kind}, ${row.name}, ${row.document}, ${row.beginsOn}, ${row.endsOn})
    on conflict (jurisdiction_code, name, begins_on) do nothing returning 1`.execute(tx)
  return rows.length === 1
}

export type BodyChanges = Partial<
  Pick<BodyRow, 'name' | 'document' | 'endsOn' | 'endedOn' | 'endDocument' | 'dueOn' | 'clearedOn' | 'clearanceId'>
>

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** @throws Conflict when somebody else changed it meanwhile */
export async function changeBodyRow(tx: Tx, row: Pick<BodyRow, 'id' | 'version'>, changes: BodyChanges): Promise<void> {
  const sets = Object.entries(changes).map(([key, value]) => sql`${sql.ref(snake(key))} = ${value}`)
  const result = await sql`update warehouse.body set ${sql.join(sets)}, version = version + 1
    where id = ${row.id} and version = ${row.version}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('临时机构、大型会议活动')
}

export type BodyThingRow = {
  bodyId: string
  cardId: string
  organId: string
  leadOrganId: string
  jurisdictionCode: string
  way: Way
  number: string
  name: string
  model: string
  costFen: number
  departmentBefore: string
  assignedOn: string
  takenOffOn: string | null
  reason: string
  organName: string
}

const thingColumns = sql`t.body_id, t.card_id, t.organ_id, t.lead_organ_id, t.jurisdiction_code, t.way, t.number, t.name, t.model, t.cost_fen,
  t.department_before, t.assigned_on, t.taken_off_on, t.reason, o.name as organ_name`
const thingTables = sql`warehouse.body_thing t join organs.open_organ o on o.id = t.organ_id`

/** Things a body uses or used, in the order of their cards. @param after card id of the last one seen */
export async function bodyThingsPage(
  tx: Tx,
  bodyId: string,
  after: string | undefined,
  limit: number,
): Promise<BodyThingRow[]> {
  const { rows } = await sql<BodyThingRow>`select ${thingColumns} from ${thingTables} where t.body_id = ${bodyId}
    ${after === undefined ? sql`` : sql`and t.card_id > ${after}::uuid`} order by t.card_id limit ${limit}`.execute(tx)
  return rows
}

/** Things that a body uses now: all of them, or those of these cards; locked. */
export async function usedThings(
  tx: Tx,
  bodyId: string,
  cardIds: readonly string[] | null = null,
): Promise<BodyThingRow[]> {
  const { rows } = await sql<BodyThingRow>`select ${thingColumns} from ${thingTables}
    where t.body_id = ${bodyId} and t.taken_off_on is null
      ${cardIds === null ? sql`` : sql`and t.card_id = any(${[...cardIds]}::uuid[])`} order by t.card_id for update of t`.execute(
    tx,
  )
  return rows
}

/**
 * A thing that was taken off may be used again by the same body.
 * @throws Conflict when one is used by a body already
 */
export async function insertBodyThings(
  tx: Tx,
  things: readonly Omit<BodyThingRow, 'takenOffOn' | 'reason' | 'organName'>[],
): Promise<void> {
  const { rows } =
    await sql`insert into warehouse.body_thing as t (body_id, card_id, organ_id, lead_organ_id, jurisdiction_code, way, number, name,
      model, cost_fen, department_before, assigned_on)
    select r.body_id, r.card_id, r.organ_id, r.lead_organ_id, r.jurisdiction_code, r.way, r.number, r.name, r.model, r.cost_fen, r.department_before,
      r.assigned_on
    from jsonb_to_recordset(${JSON.stringify(
      things.map((thing) => ({
        body_id: thing.bodyId,
        card_id: thing.cardId,
        organ_id: thing.organId,
        lead_organ_id: thing.leadOrganId,
        jurisdiction_code: thing.jurisdictionCode,
        way: thing.way,
        number: thing.number,
        name: thing.name,
        model: thing.model,
        cost_fen: thing.costFen,
        department_before: thing.departmentBefore,
        assigned_on: thing.assignedOn,
      })),
    )}::jsonb) as r(body_id uuid, card_id uuid, organ_id uuid, lead_organ_id uuid, jurisdiction_code text, way text, number text, name text,
      model text, cost_fen bigint, department_before text, assigned_on date)
    where not exists (select from warehouse.body_thing u where u.card_id = r.card_id and u.taken_off_on is null)
    on conflict (body_id, card_id) do update set organ_id = excluded.organ_id, way = excluded.way, number = excluded.number, name = excluded.name,
      department_before = excluded.department_before, assigned_on = excluded.assigned_on, taken_off_on = null, reason = ''
    where t.taken_off_on is not null
    returning 1`.execute(tx)
  if (rows.length !== things.length)
    throw new Conflict('使用的资产', '所选资产中有已由临时机构或会议活动使用的。请刷新后核对，再重新登记。')
}

/** Ends the use of cards, whichever body uses them. */
export async function endUse(tx: Tx, cardIds: readonly string[], on: string, reason: string): Promise<void> {
  await sql`update warehouse.body_thing set taken_off_on = greatest(${on}::date, assigned_on), reason = ${reason}
    where card_id = any(${[...cardIds]}::uuid[]) and taken_off_on is null`.execute(tx)
}

/** A card that went to another organ or was disposed of is used by no body any more. */
export async function endUseOfGone(tx: Tx, today: string): Promise<void> {
  await sql`update warehouse.body_thing t set taken_off_on = greatest(${today}::date, t.assigned_on), reason = '已划转、处置'
    from assets.open_card k where k.id = t.card_id and t.taken_off_on is null
      and (k.organ_id <> t.organ_id or k.removed_on is not null or k.state in ('disposal-approved', 'disposed'))`.execute(
    tx,
  )
}
