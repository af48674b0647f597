import type { Act } from '#kernel/server/context.ts'
import { commit, execute, paymentsOfCase, release, reverse } from '#modules/ledger/offers.ts'
import type { RequestChanges, RequestRow } from '../store.ts'

type Money = Pick<RequestChanges, 'commitmentId' | 'heldFen' | 'ledgerLineId'>

/** What keys a posting: the request and which of its acts; the ledger posts no source twice. */
const source = ({ id }: Pick<RequestRow, 'id'>, what: string) => ({ kind: 'repairs.request', id: `${id}:${what}` })
const titleOf = ({ number, thing }: RequestRow) => `维修 ${number} ${thing}`.slice(0, 200)

async function hold(act: Act, row: RequestRow, amountFen: number, what: string): Promise<Money> {
  if (row.ledgerLineId === null || amountFen === 0) return { commitmentId: row.commitmentId, heldFen: 0 }
  const { commitment } = await commit(act, row.ledgerLineId, titleOf(row), {
    amountFen,
    quantity: 0,
    note: titleOf(row),
    document: row.number,
    counterparty: row.repairer,
    occurredOn: act.today,
    source: source(row, what),
    caseId: row.caseId,
  })
  return { commitmentId: commitment.id, heldFen: amountFen }
}

/** Holds what a repair may cost, once it is approved. @throws Refused beyond the plan (A34-2) */
export function holdOffer(act: Act, row: RequestRow): Promise<Money> {
  return hold(act, row, row.offerFen ?? 0, 'hold')
}

/**
 * Keeps of what is held what the repair came to: the rest is given back, more is held anew, on the line that is named where the year
 * of the first is over (what was held in it never grows).
 * @throws Refused beyond the plan
 */
export async function holdActual(act: Act, row: RequestRow, actualFen: number, line: string | null): Promise<Money> {
  if (row.commitmentId === null) return hold(act, { ...row, ledgerLineId: line }, actualFen, 'hold')
  if (row.heldFen === actualFen) return { heldFen: actualFen }
  const more = actualFen > row.heldFen
  if (row.heldFen > 0)
    await release(act, row.commitmentId, {
      // One commitment for a repair: where it came to more, what was held is given back and held anew in this one act.
      amountFen: more ? row.heldFen : row.heldFen - actualFen,
      quantity: 0,
      note: more ? '实际费用高于报价' : '实际费用低于报价',
      document: row.number,
      occurredOn: act.today,
      source: source(row, 'actual'),
      caseId: row.caseId,
    })
  return more ? hold(act, { ...row, ledgerLineId: line }, actualFen, 'more') : { heldFen: actualFen }
}

/** Posts the payment on the invoice against what is held (A34-1). */
export async function payHeld(
  act: Act,
  row: RequestRow,
  { invoiceNumber, paidOn, voucherNumber }: { invoiceNumber: string; paidOn: string; voucherNumber: string },
): Promise<void> {
  if (row.ledgerLineId === null || row.commitmentId === null) throw new RangeError(`repair ${row.id} holds no money`)
  await execute(
    act,
    row.ledgerLineId,
    {
      amountFen: row.heldFen,
      quantity: 0,
      note: titleOf(row),
      document: voucherNumber || invoiceNumber,
      counterparty: row.repairer,
      occurredOn: paidOn,
      // A payment that was reversed may be made again: each has its own cause.
      source: { kind: 'repairs.payment', id: `${row.id}:${row.version}` },
      caseId: row.caseId,
    },
    row.commitmentId,
  )
}

/** Takes the payment back. @returns what is held again, 分 */
export async function unpay(act: Act, row: RequestRow, reason: string): Promise<number> {
  if (row.commitmentId === null) throw new RangeError(`repair ${row.id} holds no money`)
  const paid = await paymentsOfCase(act, row.caseId)
  for (const { id } of paid) await reverse(act, id, reason, act.today, { caseId: row.caseId, to: row.commitmentId })
  return paid.reduce((fen, { amountFen }) => fen + amountFen, 0)
}

/** Gives back what is held for a bill that does not come: another paid it, or none is owed. */
export async function forgoHeld(act: Act, row: RequestRow): Promise<void> {
  if (row.commitmentId === null) throw new RangeError(`repair ${row.id} holds no money`)
  await release(act, row.commitmentId, {
    amountFen: row.heldFen,
    quantity: 0,
    note: '维修费用不再支付',
    document: row.number,
    occurredOn: act.today,
    source: source(row, 'forgone'),
    caseId: row.caseId,
  })
}
