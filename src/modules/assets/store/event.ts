import { sql } from 'kysely'
import { executePrepared, sendingOf, type Sending, type Tx } from '#kernel/server/database.ts'
import type { CardChanges, DepreciationBase, EventKind } from '../model.ts'
import type { HeldPeriod } from '../rules/history.ts'

export type EventRow = {
  id: number
  cardId: string
  kind: EventKind
  effectiveOn: string
  recordedAt: Date
  corrects: number | null
  changes: CardChanges
  base: DepreciationBase | null
  reason: string
  document: string
  personName: string
}
export type NewEvent = Pick<
  EventRow,
  'cardId' | 'kind' | 'effectiveOn' | 'corrects' | 'changes' | 'reason' | 'document'
> & {
  /** Of a card that is formed by split or merge, or came in with what earlier books charged. */
  base?: DepreciationBase
  organId: string
  jurisdictionCode: string
  caseId: string | null
}

const columns = sql`e.id::int as id, e.card_id, e.kind, e.effective_on, e.recorded_at, e.corrects::int as corrects, e.changes, e.base, e.reason, e.document, e.person_name`

export async function eventsOf(tx: Tx, cardIds: readonly string[]): Promise<EventRow[]> {
  const [id, more] = cardIds
  // Of a list whose length it cannot know, PostgreSQL makes a plan anew each time.
  const of =
    id !== undefined && more === undefined ? sql`e.card_id = ${id}` : sql`e.card_id = any(${[...cardIds]}::uuid[])`
  const { rows } = await executePrepared(
    tx,
    sql<EventRow>`select ${columns} from assets.event e where ${of} order by e.id`,
  )
  return rows
}

/** Cards of an organ that something took effect on after a day, in the order of ids. @param after id of the last one seen */
export async function cardsWithEventsAfter(
  tx: Tx,
  organId: string,
  day: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select c.id from assets.card c where c.organ_id = ${organId}
    ${after === null ? sql`` : sql`and c.id > ${after}::uuid`}
    and exists (select from assets.event e where e.card_id = c.id and e.effective_on > ${day}) order by c.id limit ${limit}`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

/** Records what happened, in the order given; put together now and sent when called. */
export function insertEvents(
  events: readonly NewEvent[],
  by: { personId: string | null; name: string; at: Date },
): Sending {
  const rows = events.map((event) => ({
    card_id: event.cardId,
    organ_id: event.organId,
    jurisdiction_code: event.jurisdictionCode,
    kind: event.kind,
    effective_on: event.effectiveOn,
    corrects: event.corrects,
    changes: event.changes,
    base: event.base ?? null,
    reason: event.reason,
    document: event.document,
    case_id: event.caseId,
  }))
  return sendingOf(sql`insert into assets.event (card_id, organ_id, jurisdiction_code, kind, effective_on, recorded_at, corrects, changes, base, reason, document,
      case_id, person_id, person_name)
    select r.card_id, r.organ_id, r.jurisdiction_code, r.kind, r.effective_on, ${by.at}, r.corrects, r.changes, r.base, r.reason, r.document,
      r.case_id, ${by.personId}::uuid, ${by.name}
    from rows from (json_to_recordset(${JSON.stringify(rows)}::json) as (card_id uuid, organ_id uuid, jurisdiction_code text, kind text,
      effective_on date, corrects bigint, changes jsonb, base jsonb, reason text, document text, case_id uuid)) with ordinality
      as r(card_id, organ_id, jurisdiction_code, kind, effective_on, corrects, changes, base, reason, document, case_id, place)
    order by r.place`)
}

/** Writes anew who held the cards when, as it is known now; the database refuses two holders on one day. */
export async function replaceHoldings(tx: Tx, held: ReadonlyMap<string, readonly HeldPeriod[]>): Promise<void> {
  await sql`delete from assets.holding where card_id = any(${[...held.keys()]}::uuid[])`.execute(tx)
  await insertHoldings(held)(tx)
}

/** Of cards that nobody has held before; put together now and sent when called. */
export function insertHoldings(held: ReadonlyMap<string, readonly HeldPeriod[]>): Sending {
  const rows = [...held].flatMap(([cardId, periods]) =>
    periods.map((period) => ({
      card_id: cardId,
      organ_id: period.organId,
      jurisdiction_code: period.jurisdictionCode,
      custodian_id: period.custodianId,
      custodian_name: period.custodianName,
      begins: period.from,
      ends: period.until,
    })),
  )
  return sendingOf(sql`insert into assets.holding (card_id, organ_id, jurisdiction_code, custodian_id, custodian_name, during)
    select r.card_id, r.organ_id, r.jurisdiction_code, r.custodian_id, r.custodian_name, daterange(r.begins, r.ends)
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(card_id uuid, organ_id uuid, jurisdiction_code text, custodian_id uuid,
      custodian_name text, begins date, ends date)`)
}

export type HeldRow = { organName: string; custodianName: string; from: string; until: string | null }

export async function holdingsOfCard(tx: Tx, cardId: string): Promise<HeldRow[]> {
  const { rows } = await executePrepared(
    tx,
    sql<HeldRow>`select o.name as organ_name, h.custodian_name, lower(h.during) as from, upper(h.during) as until
    from assets.holding h join organs.open_organ o on o.id = h.organ_id where h.card_id = ${cardId} order by lower(h.during)`,
  )
  return rows
}
