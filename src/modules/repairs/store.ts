import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { AssetState } from '#modules/assets/model.ts'
import type { RepairRequest, RepairState } from './model.ts'

export type RequestRow = RepairRequest & {
  jurisdictionCode: string
  stateBefore: AssetState
  item: string | null
  commitmentId: string | null
}

const columns = sql`r.id, r.organ_id, o.name as organ_name, r.jurisdiction_code, r.number, r.card_id, r.card_number, r.thing, r.place,
  r.cost_fen, r.item, r.state_before, r.fault, r.state, r.requested_on, r.requested_by, r.repairer, r.offer_fen, r.replacement_fen, r.unsafe,
  r.grade, r.actual_fen, r.voucher_number, r.finished_on, r.answer, r.ledger_line_id, r.commitment_id, r.held_fen, r.invoice_number,
  r.paid_on, r.paid_by, r.case_id, r.version`
const tables = sql`repairs.request r join organs.open_organ o on o.id = r.organ_id`

export async function requestById(tx: Tx, id: string, lock = false): Promise<RequestRow | undefined> {
  const { rows } = await sql<RequestRow>`select ${columns} from ${tables} where r.id = ${id}
    ${lock ? sql`for update of r` : sql``}`.execute(tx)
  return rows[0]
}

export type RequestFilter = {
  jurisdictionCode: string
  organId: string | null
  state?: RepairState | undefined
  cardId?: string | undefined
  unpaid?: boolean | undefined
}

export async function requestsPage(
  tx: Tx,
  { jurisdictionCode, organId, state, cardId, unpaid }: RequestFilter,
  after: string | undefined,
  limit: number,
): Promise<RequestRow[]> {
  const { rows } = await sql<RequestRow>`select ${columns} from ${tables}
    where ${organId === null ? sql`r.jurisdiction_code = ${jurisdictionCode}` : sql`r.organ_id = ${organId}`}
      ${state === undefined ? sql`` : sql`and r.state = ${state}`}
      ${cardId === undefined ? sql`` : sql`and r.card_id = ${cardId}`}
      ${unpaid ? sql`and r.held_fen > 0 and r.finished_on is not null` : sql``}
      ${after === undefined ? sql`` : sql`and r.id < ${after}::uuid`}
    order by r.id desc limit ${limit}`.execute(tx)
  return rows
}

export type NewRequest = Pick<
  RequestRow,
  | 'id'
  | 'organId'
  | 'jurisdictionCode'
  | 'number'
  | 'cardId'
  | 'cardNumber'
  | 'thing'
  | 'place'
  | 'costFen'
  | 'item'
  | 'stateBefore'
  | 'fault'
  | 'requestedOn'
  | 'requestedBy'
  | 'caseId'
>

export async function insertRequest(tx: Tx, row: NewRequest): Promise<void> {
  await sql`insert into repairs.request (id, organ_id, jurisdiction_code, number, card_id, card_number, thing, place, cost_fen, item, state_before,
      fault, state, requested_on, requested_by, case_id)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.number}, ${row.cardId}, ${row.cardNumber}, ${row.thing}, ${row.place},
      ${row.costFen}, ${row.item}, ${row.stateBefore}, ${row.fault}, 'reported', ${row.requestedOn}, ${row.requestedBy}, ${row.caseId})`.execute(
    tx,
  )
}

export type RequestChanges = Partial<
  Pick<
    RequestRow,
    | 'state'
    | 'repairer'
    | 'offerFen'
    | 'replacementFen'
    | 'unsafe'
    | 'grade'
    | 'actualFen'
    | 'voucherNumber'
    | 'finishedOn'
    | 'answer'
    | 'ledgerLineId'
    | 'commitmentId'
    | 'heldFen'
    | 'invoiceNumber'
    | 'paidOn'
    | 'paidBy'
  >
>

/** @throws Conflict when somebody moved it meanwhile */
export async function saveRequest(tx: Tx, row: RequestRow, changes: RequestChanges): Promise<RequestRow> {
  const next = { ...row, ...changes }
  const result =
    await sql`update repairs.request set state = ${next.state}, repairer = ${next.repairer}, offer_fen = ${next.offerFen},
      replacement_fen = ${next.replacementFen}, unsafe = ${next.unsafe}, grade = ${next.grade}, actual_fen = ${next.actualFen},
      voucher_number = ${next.voucherNumber}, finished_on = ${next.finishedOn}, answer = ${next.answer}, ledger_line_id = ${next.ledgerLineId},
      commitment_id = ${next.commitmentId}, held_fen = ${next.heldFen}, invoice_number = ${next.invoiceNumber}, paid_on = ${next.paidOn},
      paid_by = ${next.paidBy}, version = version + 1
    where id = ${row.id} and state = ${row.state} and version = ${row.version}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('维修申请')
  return { ...next, version: row.version + 1 }
}

/** How often a thing was repaired and what that came to, 分; a diagnosis that did not help counts too. */
export async function upkeepOfCard(tx: Tx, cardId: string): Promise<{ repairs: number; upkeepFen: number }> {
  const { rows } = await sql<{ repairs: number; upkeepFen: number }>`select count(*)::int as repairs,
      coalesce(sum(actual_fen), 0)::bigint as upkeep_fen
    from repairs.request where card_id = ${cardId} and actual_fen > 0`.execute(tx)
  return rows[0] as { repairs: number; upkeepFen: number }
}

export type CardRepair = Pick<
  RequestRow,
  'id' | 'number' | 'state' | 'fault' | 'requestedOn' | 'finishedOn' | 'actualFen' | 'organName'
>

/** Its last repairs, the newest first. */
export async function requestsOfCard(tx: Tx, cardId: string): Promise<CardRepair[]> {
  const { rows } =
    await sql<CardRepair>`select r.id, r.number, r.state, r.fault, r.requested_on, r.finished_on, r.actual_fen,
      o.name as organ_name
    from ${tables} where r.card_id = ${cardId} order by r.id desc limit 20`.execute(tx)
  return rows
}
