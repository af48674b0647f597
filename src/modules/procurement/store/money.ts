import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { PaymentState } from '../model.ts'

/** The money of a purchase on one plan line: what the ledger holds for it, what was paid. */
export type FundingRow = {
  purchaseId: string
  ledgerLineId: string
  commitmentId: string
  heldFen: number
  heldQuantity: number
  paidFen: number
  paidQuantity: number
}

export async function fundingOf(tx: Tx, purchaseId: string): Promise<FundingRow[]> {
  const { rows } =
    await sql<FundingRow>`select purchase_id, ledger_line_id, commitment_id, held_fen, held_quantity::float8 as held_quantity,
    paid_fen, paid_quantity::float8 as paid_quantity from procurement.funding where purchase_id = ${purchaseId} order by ledger_line_id`.execute(
      tx,
    )
  return rows
}

/** Writes what a line holds and has paid; a new submission holds anew under another commitment. */
export async function saveFunding(tx: Tx, row: FundingRow): Promise<void> {
  await sql`insert into procurement.funding (purchase_id, ledger_line_id, commitment_id, held_fen, held_quantity, paid_fen, paid_quantity)
    values (${row.purchaseId}, ${row.ledgerLineId}, ${row.commitmentId}, ${row.heldFen}, ${row.heldQuantity}, ${row.paidFen}, ${row.paidQuantity})
    on conflict (purchase_id, ledger_line_id) do update set commitment_id = excluded.commitment_id, held_fen = excluded.held_fen,
      held_quantity = excluded.held_quantity, paid_fen = excluded.paid_fen, paid_quantity = excluded.paid_quantity`.execute(
    tx,
  )
}

export type PaymentRow = {
  id: string
  purchaseId: string
  organId: string
  jurisdictionCode: string
  paymentNo: number
  state: PaymentState
  amountFen: number
  invoiceNumber: string
  invoiceOn: string
  note: string
  requestedOn: string
  requestedByName: string
  decidedOn: string | null
  decidedByName: string | null
  voucher: string | null
  reversedOn: string | null
  reversedByName: string | null
  reversedReason: string | null
  caseId: string
  version: number
}

const columns = sql`id, purchase_id, organ_id, jurisdiction_code, payment_no, state, amount_fen, invoice_number, invoice_on, note, requested_on,
  requested_by_name, decided_on, decided_by_name, voucher, reversed_on, reversed_by_name, reversed_reason, case_id, version`

export async function paymentsOf(tx: Tx, purchaseId: string): Promise<PaymentRow[]> {
  const { rows } =
    await sql<PaymentRow>`select ${columns} from procurement.payment where purchase_id = ${purchaseId} order by payment_no`.execute(
      tx,
    )
  return rows
}

export async function paymentById(tx: Tx, id: string, lock = false): Promise<PaymentRow | undefined> {
  const { rows } = await sql<PaymentRow>`select ${columns} from procurement.payment where id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0]
}

/** @throws Conflict when the invoice is being paid already */
export async function insertPayment(tx: Tx, row: PaymentRow): Promise<void> {
  const { rows } =
    await sql`insert into procurement.payment (id, purchase_id, organ_id, jurisdiction_code, payment_no, state, amount_fen,
      invoice_number, invoice_on, note, requested_on, requested_by_name, case_id)
    values (${row.id}, ${row.purchaseId}, ${row.organId}, ${row.jurisdictionCode}, ${row.paymentNo}, ${row.state}, ${row.amountFen},
      ${row.invoiceNumber}, ${row.invoiceOn}, ${row.note}, ${row.requestedOn}, ${row.requestedByName}, ${row.caseId})
    on conflict do nothing returning id`.execute(tx)
  if (rows.length === 0)
    throw new Conflict('付款', `发票${row.invoiceNumber}已经申请付款，不能重复申请。请核对发票号码。`)
}

/** @throws Conflict when it is not paid any more */
export async function takeBackPayment(
  tx: Tx,
  row: PaymentRow,
  { on, byName, reason }: { on: string; byName: string; reason: string },
): Promise<PaymentRow> {
  const result =
    await sql`update procurement.payment set state = 'reversed', reversed_on = ${on}, reversed_by_name = ${byName},
      reversed_reason = ${reason}, version = version + 1
    where id = ${row.id} and version = ${row.version} and state = 'paid'`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('付款')
  return {
    ...row,
    state: 'reversed',
    reversedOn: on,
    reversedByName: byName,
    reversedReason: reason,
    version: row.version + 1,
  }
}

export async function decidePayment(
  tx: Tx,
  row: PaymentRow,
  decided: { state: 'paid' | 'returned'; on: string; byName: string; voucher: string | null },
): Promise<PaymentRow> {
  const result = await sql`update procurement.payment set state = ${decided.state}, decided_on = ${decided.on},
      decided_by_name = ${decided.byName}, voucher = ${decided.voucher}, version = version + 1
    where id = ${row.id} and version = ${row.version} and state = 'requested'`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('付款')
  return {
    ...row,
    state: decided.state,
    decidedOn: decided.on,
    decidedByName: decided.byName,
    voucher: decided.voucher,
    version: row.version + 1,
  }
}
