import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { HandoverState } from '../model.ts'

export type HandoverRow = {
  id: string
  organId: string
  jurisdictionCode: string
  number: string
  state: HandoverState
  fromName: string
  toPersonId: string
  toName: string
  reason: string
  offeredOn: string
  offeredBy: string | null
  offeredByName: string
  answeredOn: string | null
  answer: string | null
  caseId: string
  version: number
  cards: number
  costFen: number
}

const columns = sql`h.id, h.organ_id, h.jurisdiction_code, h.number, h.state, h.from_name, h.to_person_id, h.to_name, h.reason, h.offered_on,
  h.offered_by, h.offered_by_name, h.answered_on, h.answer, h.case_id, h.version,
  (select count(*)::int from assets.handover_card x where x.handover_id = h.id) as cards,
  (select coalesce(sum(x.cost_fen), 0)::bigint from assets.handover_card x where x.handover_id = h.id) as cost_fen`

export async function handoverById(tx: Tx, id: string, lock = false): Promise<HandoverRow | undefined> {
  const { rows } =
    await sql<HandoverRow>`select ${columns} from assets.handover h where h.id = ${id} ${lock ? sql`for update of h` : sql``}`.execute(
      tx,
    )
  return rows[0]
}

export type HandoverFilter = {
  jurisdictionCode: string
  organId: string | null
  personId: string | null
  state?: HandoverState | undefined
}

export async function handoversPage(
  tx: Tx,
  filter: HandoverFilter,
  after: string | undefined,
  limit: number,
): Promise<HandoverRow[]> {
  const { jurisdictionCode, organId, personId, state } = filter
  const whose =
    personId !== null
      ? sql`h.to_person_id = ${personId}`
      : organId !== null
        ? sql`h.organ_id = ${organId}`
        : sql`h.jurisdiction_code = ${jurisdictionCode}`
  const { rows } = await sql<HandoverRow>`select ${columns} from assets.handover h where ${whose}
    ${state === undefined ? sql`` : sql`and h.state = ${state}`} ${after === undefined ? sql`` : sql`and h.id < ${after}::uuid`}
    order by h.id desc limit ${limit}`.execute(tx)
  return rows
}

export type HandoverCard = {
  cardId: string
  number: string
  name: string
  place: string
  costFen: number
  fromCustodianName: string
}

/** @throws Conflict when a thing is in another open hand-over already */
export async function insertHandover(
  tx: Tx,
  row: Omit<HandoverRow, 'cards' | 'costFen' | 'answeredOn' | 'answer' | 'version' | 'state'>,
  cards: readonly HandoverCard[],
): Promise<void> {
  await sql`insert into assets.handover (id, organ_id, jurisdiction_code, number, state, from_name, to_person_id, to_name, reason, offered_on,
      offered_by, offered_by_name, case_id)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.number}, 'offered', ${row.fromName}, ${row.toPersonId}, ${row.toName},
      ${row.reason}, ${row.offeredOn}, ${row.offeredBy}, ${row.offeredByName}, ${row.caseId})`.execute(tx)
  const { rows } =
    await sql`insert into assets.handover_card (handover_id, card_id, organ_id, number, name, place, cost_fen, from_custodian_name, open)
    select ${row.id}, r.card_id, ${row.organId}, r.number, r.name, r.place, r.cost_fen, r.from_custodian_name, true
    from jsonb_to_recordset(${JSON.stringify(
      cards.map((card) => ({
        card_id: card.cardId,
        number: card.number,
        name: card.name,
        place: card.place,
        cost_fen: card.costFen,
        from_custodian_name: card.fromCustodianName,
      })),
    )}::jsonb) as r(card_id uuid, number text, name text, place text, cost_fen bigint, from_custodian_name text)
    on conflict (card_id) where open do nothing returning 1`.execute(tx)
  if (rows.length !== cards.length) throw new Conflict('交接', '所选资产中有正在交接的。请刷新后核对，再重新提交。')
}

export async function handoverCards(tx: Tx, handoverId: string): Promise<HandoverCard[]> {
  const { rows } = await sql<HandoverCard>`select card_id, number, name, place, cost_fen, from_custodian_name
    from assets.handover_card where handover_id = ${handoverId} order by number`.execute(tx)
  return rows
}

export async function answerHandover(
  tx: Tx,
  handover: HandoverRow,
  answered: { state: Exclude<HandoverState, 'offered'>; on: string; answer: string },
): Promise<HandoverRow> {
  const result =
    await sql`update assets.handover set state = ${answered.state}, answered_on = ${answered.on}, answer = ${answered.answer},
      version = version + 1 where id = ${handover.id} and state = 'offered' and version = ${handover.version}`.execute(
      tx,
    )
  if (result.numAffectedRows !== 1n) throw new Conflict('交接')
  await sql`update assets.handover_card set open = false where handover_id = ${handover.id}`.execute(tx)
  return {
    ...handover,
    state: answered.state,
    answeredOn: answered.on,
    answer: answered.answer,
    version: handover.version + 1,
  }
}

/** Things in the care of a person's account at an organ. */
export type InCare = {
  organId: string
  custodianId: string
  custodianName: string
  cards: number
  costFen: number
}

/** What is in whose care, of one organ or of all; read by the index of custodians, not over the register. */
export async function inCare(tx: Tx, organId: string | null): Promise<InCare[]> {
  const { rows } =
    await sql<InCare>`select c.organ_id, c.custodian_id, min(c.custodian_name) as custodian_name, count(*)::int as cards,
      sum(c.cost_fen)::bigint as cost_fen
    from assets.card c where c.custodian_id is not null and c.removed_on is null
      ${organId === null ? sql`` : sql`and c.organ_id = ${organId}`} group by 1, 2 order by 1, 3, 2`.execute(tx)
  return rows
}
