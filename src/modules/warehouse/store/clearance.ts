import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Clearance, ClearanceState, ClearanceTrigger, Outcome } from '../model/clearance.ts'

export type ClearanceRow = Clearance & { organId: string; jurisdictionCode: string }

const columns = sql`c.id, c.organ_id, o.name as organ_name, c.jurisdiction_code, c.number, c.trigger, c.triggered_on, c.due_on, c.body_id,
  coalesce(b.name, '') as body_name, c.document, c.reason, c.state, c.case_id, c.opened_on, c.cleared_on, c.flagged_on, c.version,
  (select count(*)::int from warehouse.clearance_thing t where t.clearance_id = c.id) as things,
  (select count(*)::int from warehouse.clearance_thing t where t.clearance_id = c.id and t.settled_on is null) as open,
  (select coalesce(sum(t.cost_fen), 0)::bigint from warehouse.clearance_thing t where t.clearance_id = c.id) as cost_fen`
const tables = sql`warehouse.clearance c join organs.open_organ o on o.id = c.organ_id left join warehouse.body b on b.id = c.body_id`

export async function clearanceById(tx: Tx, id: string, lock = false): Promise<ClearanceRow | undefined> {
  const { rows } = await sql<ClearanceRow>`select ${columns} from ${tables} where c.id = ${id}
    ${lock ? sql`for update of c` : sql``}`.execute(tx)
  return rows[0]
}

/** Newest first. @param after id of the last one seen */
export async function clearancesPage(
  tx: Tx,
  filter: {
    jurisdictionCode: string
    organId: string | null
    state?: ClearanceState | undefined
    trigger?: ClearanceTrigger | undefined
    lateOn?: string | undefined
  },
  after: string | undefined,
  limit: number,
): Promise<ClearanceRow[]> {
  const { organId, state, trigger, lateOn } = filter
  const { rows } = await sql<ClearanceRow>`select ${columns} from ${tables}
    where ${organId === null ? sql`c.jurisdiction_code = ${filter.jurisdictionCode}` : sql`c.organ_id = ${organId}`}
      ${state === undefined ? sql`` : sql`and c.state = ${state}`} ${trigger === undefined ? sql`` : sql`and c.trigger = ${trigger}`}
      ${lateOn === undefined ? sql`` : sql`and c.state = 'open' and c.due_on < ${lateOn}::date`}
      ${after === undefined ? sql`` : sql`and c.id < ${after}::uuid`} order by c.id desc limit ${limit}`.execute(tx)
  return rows
}

export type NewClearance = Pick<
  ClearanceRow,
  | 'id'
  | 'organId'
  | 'jurisdictionCode'
  | 'number'
  | 'trigger'
  | 'triggeredOn'
  | 'dueOn'
  | 'bodyId'
  | 'document'
  | 'reason'
  | 'caseId'
  | 'openedOn'
>

export async function insertClearance(tx: Tx, row: NewClearance): Promise<void> {
  await sql`insert into warehouse.clearance (id, organ_id, jurisdiction_code, number, trigger, triggered_on, due_on, body_id, document, reason, state,
      case_id, opened_on)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.number}, ${row.trigger}, ${row.triggeredOn}, ${row.dueOn}, ${row.bodyId},
      ${row.document}, ${row.reason}, 'open', ${row.caseId}, ${row.openedOn})`.execute(tx)
}

/** @throws Conflict when it was cleared meanwhile */
export async function changeClearance(
  tx: Tx,
  id: string,
  changes: { state: 'cleared'; clearedOn: string } | { flaggedOn: string },
): Promise<void> {
  const sets = Object.entries(changes).map(
    ([key, value]) => sql`${sql.ref(key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))} = ${value}`,
  )
  const result = await sql`update warehouse.clearance set ${sql.join(sets)}, version = version + 1
    where id = ${id} and state = 'open'`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('清理任务')
}

export type NewThing = {
  cardId: string
  organId: string
  jurisdictionCode: string
  number: string
  name: string
  model: string
  costFen: number
}

/**
 * What a clearance is about. What another open one was about already is this one's from now on: the later ground has its own term.
 * @returns ids of the clearances that lost things
 */
export async function insertThings(
  tx: Tx,
  clearance: { id: string; organId: string },
  things: readonly NewThing[],
): Promise<string[]> {
  const cardIds = things.map(({ cardId }) => cardId)
  const moved = await sql<{
    clearanceId: string
  }>`with former as (select clearance_id, card_id from warehouse.clearance_thing
      where card_id = any(${cardIds}::uuid[]) and settled_on is null for update)
    update warehouse.clearance_thing t set clearance_id = ${clearance.id}, lead_organ_id = ${clearance.organId}
    from former f where t.clearance_id = f.clearance_id and t.card_id = f.card_id returning f.clearance_id`.execute(tx)
  await sql`insert into warehouse.clearance_thing (clearance_id, card_id, organ_id, lead_organ_id, jurisdiction_code, number, name, model, cost_fen)
    select ${clearance.id}, r.card_id, r.organ_id, ${clearance.organId}, r.jurisdiction_code, r.number, r.name, r.model, r.cost_fen
    from jsonb_to_recordset(${JSON.stringify(
      things.map((thing) => ({
        card_id: thing.cardId,
        organ_id: thing.organId,
        jurisdiction_code: thing.jurisdictionCode,
        number: thing.number,
        name: thing.name,
        model: thing.model,
        cost_fen: thing.costFen,
      })),
    )}::jsonb) as r(card_id uuid, organ_id uuid, jurisdiction_code text, number text, name text, model text, cost_fen bigint)
    on conflict (clearance_id, card_id) do nothing`.execute(tx)
  return [...new Set(moved.rows.map(({ clearanceId }) => clearanceId))]
}

export type ThingRow = NewThing & {
  clearanceId: string
  leadOrganId: string
  outcome: Outcome
  intakeId: string | null
  reason: string
  settledOn: string | null
  organName: string
}

const thingColumns = sql`t.clearance_id, t.card_id, t.organ_id, t.lead_organ_id, t.jurisdiction_code, t.number, t.name, t.model, t.cost_fen, t.outcome,
  t.intake_id, t.reason, t.settled_on, o.name as organ_name`
const thingTables = sql`warehouse.clearance_thing t join organs.open_organ o on o.id = t.organ_id`

/** In the order of their cards. @param after card id of the last one seen */
export async function thingsPage(
  tx: Tx,
  clearanceId: string,
  outcome: Outcome | undefined,
  after: string | undefined,
  limit: number,
): Promise<ThingRow[]> {
  const { rows } = await sql<ThingRow>`select ${thingColumns} from ${thingTables} where t.clearance_id = ${clearanceId}
    ${outcome === undefined ? sql`` : sql`and t.outcome = ${outcome}`}
    ${after === undefined ? sql`` : sql`and t.card_id > ${after}::uuid`} order by t.card_id limit ${limit}`.execute(tx)
  return rows
}

/** Things of a clearance that are not accounted for, locked; those of these cards. */
export async function openThings(tx: Tx, clearanceId: string, cardIds: readonly string[]): Promise<ThingRow[]> {
  const { rows } = await sql<ThingRow>`select ${thingColumns} from ${thingTables}
    where t.clearance_id = ${clearanceId} and t.card_id = any(${[...cardIds]}::uuid[]) and t.outcome = 'open' order by t.card_id
    for update of t`.execute(tx)
  return rows
}

/** What becomes of things that are still open, in whichever clearance. @returns the clearances concerned */
export async function settleThings(
  tx: Tx,
  cardIds: readonly string[],
  settled: { outcome: Outcome; reason: string; on: string },
): Promise<string[]> {
  const { rows } = await sql<{ clearanceId: string }>`update warehouse.clearance_thing
    set outcome = ${settled.outcome}, reason = ${settled.reason}, settled_on = ${settled.on}
    where card_id = any(${[...cardIds]}::uuid[]) and settled_on is null and outcome = 'open' returning clearance_id`.execute(
    tx,
  )
  return [...new Set(rows.map(({ clearanceId }) => clearanceId))]
}

/** Cards that an intake takes up: idle things are offered by it (GWC-R02), others wait until they are signed for. */
export async function enterIntake(
  tx: Tx,
  cardIds: readonly string[],
  intakeId: string,
  today: string,
): Promise<string[]> {
  const { rows } = await sql<{ clearanceId: string }>`update warehouse.clearance_thing t
    set intake_id = ${intakeId}, outcome = 'handing-in', settled_on = case c.trigger when 'G1' then ${today}::date end
    from warehouse.clearance c where c.id = t.clearance_id and t.card_id = any(${[...cardIds]}::uuid[]) and t.settled_on is null
    returning t.clearance_id`.execute(tx)
  return [...new Set(rows.map(({ clearanceId }) => clearanceId))]
}

/** An intake ended without taking the things in: they are open again where their clearance is. */
export async function leaveIntake(tx: Tx, intakeId: string): Promise<void> {
  await sql`update warehouse.clearance_thing t set intake_id = null, outcome = 'open', settled_on = null
    from warehouse.clearance c where c.id = t.clearance_id and c.state = 'open' and t.intake_id = ${intakeId}`.execute(
    tx,
  )
}

/** Things of an intake are in the warehouse. @returns the clearances concerned */
export async function settleIntake(tx: Tx, intakeId: string, today: string): Promise<string[]> {
  const { rows } = await sql<{ clearanceId: string }>`update warehouse.clearance_thing
    set outcome = 'in-warehouse', settled_on = coalesce(settled_on, ${today}::date) where intake_id = ${intakeId} returning clearance_id`.execute(
    tx,
  )
  return [...new Set(rows.map(({ clearanceId }) => clearanceId))]
}

/**
 * What the register says became of open things: disposal was consented to, the card went to another organ, an idle thing
 * is in use again. @returns the clearances concerned
 */
export async function settleByRegister(tx: Tx, today: string): Promise<string[]> {
  const { rows } = await sql<{ clearanceId: string }>`with told as (select t.clearance_id, t.card_id,
      case when k.removed_on is not null or k.state in ('disposal-approved', 'disposed') then 'disposal'
        when k.organ_id <> t.organ_id then 'moved'
        when c.trigger = 'G1' and k.state not in ('idle', 'disposal-pending') then 'in-use' end as outcome
    from warehouse.clearance_thing t join warehouse.clearance c on c.id = t.clearance_id join assets.open_card k on k.id = t.card_id
    where t.outcome = 'open')
    update warehouse.clearance_thing t set outcome = told.outcome, settled_on = ${today}
    from told where told.outcome is not null and t.clearance_id = told.clearance_id and t.card_id = told.card_id returning t.clearance_id`.execute(
    tx,
  )
  return [...new Set(rows.map(({ clearanceId }) => clearanceId))]
}

/** Clearances that are late and nobody was told of (GWC-R02, R03). */
export async function lateClearances(tx: Tx, today: string): Promise<ClearanceRow[]> {
  const { rows } = await sql<ClearanceRow>`select ${columns} from ${tables}
    where c.state = 'open' and c.flagged_on is null and c.due_on < ${today}::date order by c.id for update of c`.execute(
    tx,
  )
  return rows
}

/** When the newest task on idle things of each of these organs was opened. */
export async function idleTasksSince(tx: Tx, organIds: readonly string[], since: string): Promise<Set<string>> {
  const { rows } = await sql<{ organId: string }>`select distinct organ_id from warehouse.clearance
    where organ_id = any(${[...organIds]}::uuid[]) and trigger = 'G1' and opened_on > ${since}::date`.execute(tx)
  return new Set(rows.map(({ organId }) => organId))
}

/** Cards of an organ that need no task: being cleared already, used by a body, or kept for a reason since a day. */
export async function accountedCards(tx: Tx, organId: string, keptSince: string): Promise<Set<string>> {
  const { rows } = await sql<{ cardId: string }>`select card_id from warehouse.clearance_thing
      where organ_id = ${organId} and (settled_on is null or (outcome = 'kept' and settled_on > ${keptSince}::date))
    union select card_id from warehouse.body_thing where organ_id = ${organId} and taken_off_on is null`.execute(tx)
  return new Set(rows.map(({ cardId }) => cardId))
}

/** Cards that an organ still has on its register, but for those in the warehouse or disposed of. */
export async function cardsToClear(tx: Tx, organId: string): Promise<NewThing[]> {
  const { rows } =
    await sql<NewThing>`select k.id as card_id, k.organ_id, k.jurisdiction_code, k.number, k.name, k.model, k.cost_fen
    from assets.open_card k where k.organ_id = ${organId} and k.removed_on is null
      and k.state not in ('in-warehouse', 'disposal-approved', 'disposed')
      and not exists (select from warehouse.item i where i.card_id = k.id and i.state in ('applied', 'repair', 'available', 'lent'))
    order by k.id`.execute(tx)
  return rows
}
