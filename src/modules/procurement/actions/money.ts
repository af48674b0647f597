import { costOf } from '#kernel/pure/money.ts'
import type { Act } from '#kernel/server/context.ts'
import { commit, execute, paymentsOfCase, release, reverse } from '#modules/ledger/offers.ts'
import { allocate } from '../rules/acceptance.ts'
import { centi, sum, sumsBy } from '../rules/amounts.ts'
import { fundingOf, saveFunding, type FundingRow } from '../store/money.ts'
import type { ItemRow, PurchaseRow } from '../store/purchase.ts'

/** What keys a posting: the purchase and which of its acts; the ledger posts no source twice. */
const source = (row: PurchaseRow, what: string) => ({ kind: 'procurement.purchase', id: `${row.id}:${what}` })
const titleOf = (row: PurchaseRow) => `采购 ${row.number} ${row.title}`.slice(0, 200)

/** Holds the money of a submitted request on its plan lines. @throws Refused beyond the plan (A34-2) */
export async function holdMoney(act: Act, row: PurchaseRow, items: readonly ItemRow[]): Promise<void> {
  const money = sumsBy(
    items,
    ({ ledgerLineId }) => ledgerLineId,
    ({ amountFen }) => amountFen,
  )
  // In one order, so that two requests on the same lines do not wait for each other.
  for (const [ledgerLineId, amountFen] of [...money].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const quantity = piecesOf(items, ledgerLineId, ({ quantity: asked }) => asked)
    const { commitment } = await commit(act, ledgerLineId, titleOf(row), {
      amountFen,
      quantity,
      note: titleOf(row),
      document: row.number,
      occurredOn: act.today,
      source: source(row, `hold-${row.round}`),
      caseId: row.caseId,
    })
    await saveFunding(act.tx, {
      purchaseId: row.id,
      ledgerLineId,
      commitmentId: commitment.id,
      heldFen: amountFen,
      heldQuantity: quantity,
      paidFen: 0,
      paidQuantity: 0,
    })
  }
}

/** Gives back what is held and not paid: all of it, when a purchase ends or goes back to its author. */
export async function giveBack(act: Act, row: PurchaseRow, why: string, what = `back-${row.round}`): Promise<void> {
  for (const funding of await fundingOf(act.tx, row.id))
    await keepOnly(act, row, funding, { fen: funding.paidFen, quantity: funding.paidQuantity }, why, what)
}

/** Keeps of a line's money what the contract needs and gives back the rest. */
export async function holdContracted(act: Act, row: PurchaseRow, items: readonly ItemRow[]): Promise<void> {
  for (const funding of await fundingOf(act.tx, row.id)) {
    const of = items.filter(({ ledgerLineId }) => ledgerLineId === funding.ledgerLineId)
    await keepOnly(
      act,
      row,
      funding,
      {
        fen: sum(
          of.map(({ contractQuantity, contractPriceFen }) => costOf(contractQuantity ?? 0, contractPriceFen ?? 0)),
        ),
        quantity: sum(of.map(({ contractQuantity }) => centi(contractQuantity ?? 0))) / 100,
      },
      '合同金额低于采购预算',
      'contract',
    )
  }
}

async function keepOnly(
  act: Act,
  row: PurchaseRow,
  funding: FundingRow,
  keep: { fen: number; quantity: number },
  why: string,
  what: string,
): Promise<void> {
  const amountFen = funding.heldFen - keep.fen
  const quantity = (centi(funding.heldQuantity) - centi(keep.quantity)) / 100
  if (amountFen <= 0 && quantity <= 0) return
  await release(act, funding.commitmentId, {
    amountFen,
    quantity,
    note: why,
    document: row.number,
    occurredOn: act.today,
    source: source(row, what),
    caseId: row.caseId,
  })
  await saveFunding(act.tx, { ...funding, heldFen: keep.fen, heldQuantity: keep.quantity })
}

/** Holds more for a supplement, on a commitment of its own that is then paid from with the first. */
export async function holdMore(
  act: Act,
  row: PurchaseRow,
  supplement: { id: string; number: string },
  more: ReadonlyMap<string, { fen: number; quantity: number }>,
): Promise<void> {
  const fundings = await fundingOf(act.tx, row.id)
  for (const [ledgerLineId, { fen, quantity }] of [...more].sort(([a], [b]) => (a < b ? -1 : 1))) {
    // A line that pays for the supplement alone has held nothing yet.
    const funding = fundings.find((one) => one.ledgerLineId === ledgerLineId) ?? {
      purchaseId: row.id,
      ledgerLineId,
      commitmentId: '',
      heldFen: 0,
      heldQuantity: 0,
      paidFen: 0,
      paidQuantity: 0,
    }
    const open = {
      fen: funding.heldFen - funding.paidFen,
      centi: centi(funding.heldQuantity) - centi(funding.paidQuantity),
    }
    // One commitment for each line: what was held is given back and held anew with the supplement, in this one act.
    if (open.fen > 0 || open.centi > 0)
      await release(act, funding.commitmentId, {
        amountFen: open.fen,
        quantity: open.centi / 100,
        note: `并入补充合同${supplement.number}`,
        document: row.number,
        occurredOn: act.today,
        source: source(row, `merge-${supplement.id}`),
        caseId: row.caseId,
      })
    const { commitment } = await commit(act, ledgerLineId, titleOf(row), {
      amountFen: open.fen + fen,
      quantity: (open.centi + centi(quantity)) / 100,
      note: `补充合同${supplement.number}`,
      document: supplement.number,
      occurredOn: act.today,
      source: source(row, `supplement-${supplement.id}`),
      caseId: row.caseId,
    })
    await saveFunding(act.tx, {
      ...funding,
      commitmentId: commitment.id,
      heldFen: funding.heldFen + fen,
      heldQuantity: (centi(funding.heldQuantity) + centi(quantity)) / 100,
    })
  }
}

/** From which plan lines a payment is taken. */
export async function partsOf(act: Pick<Act, 'tx'>, purchaseId: string, items: readonly ItemRow[], amountFen: number) {
  const fundings = await fundingOf(act.tx, purchaseId)
  const parts = allocate(
    amountFen,
    fundings.map(({ ledgerLineId, paidFen }) => ({
      ledgerLineId,
      paidFen,
      acceptedFen: sum(
        items
          .filter((item) => item.ledgerLineId === ledgerLineId)
          .map(({ acceptedQuantity, contractPriceFen }) => costOf(acceptedQuantity, contractPriceFen ?? 0)),
      ),
    })),
  )
  return parts.map((part) => ({
    ...part,
    funding: fundings.find(({ ledgerLineId }) => ledgerLineId === part.ledgerLineId) as FundingRow,
  }))
}

const paymentSource = 'procurement.payment'

/** Takes a payment back: each plan line holds its part again, on the commitment that stands for it now. */
export async function unpay(act: Act, row: PurchaseRow, payment: { id: string }, reason: string): Promise<void> {
  const fundings = await fundingOf(act.tx, row.id)
  const paid = (await paymentsOfCase(act, row.caseId)).filter(
    ({ sourceKind, sourceId }) => sourceKind === paymentSource && sourceId === payment.id,
  )
  for (const { id, lineId, amountFen, quantity } of paid) {
    const funding = fundings.find(({ ledgerLineId }) => ledgerLineId === lineId)
    if (!funding) throw new RangeError(`purchase ${row.id} has no money on line ${lineId}`)
    await reverse(act, id, reason, act.today, { caseId: row.caseId, to: funding.commitmentId })
    await saveFunding(act.tx, {
      ...funding,
      paidFen: funding.paidFen - amountFen,
      paidQuantity: (centi(funding.paidQuantity) - centi(quantity)) / 100,
    })
  }
}

/** Posts a payment to the ledger against what is held (A34-1); the pieces go with the payment that ends a line. */
export async function pay(
  act: Act,
  row: PurchaseRow,
  items: readonly ItemRow[],
  payment: {
    id: string
    paymentNo: number
    amountFen: number
    invoiceNumber: string
    supplier: string
    voucher: string
  },
): Promise<void> {
  for (const { ledgerLineId, amountFen, funding } of await partsOf(act, row.id, items, payment.amountFen)) {
    const paidFen = funding.paidFen + amountFen
    const quantity = paidFen === funding.heldFen ? (centi(funding.heldQuantity) - centi(funding.paidQuantity)) / 100 : 0
    await execute(
      act,
      ledgerLineId,
      {
        amountFen,
        quantity,
        note: `${titleOf(row)}第${payment.paymentNo}次付款`.slice(0, 500),
        document: payment.voucher || payment.invoiceNumber,
        counterparty: payment.supplier,
        occurredOn: act.today,
        source: { kind: paymentSource, id: payment.id },
        caseId: row.caseId,
      },
      funding.commitmentId,
    )
    await saveFunding(act.tx, {
      ...funding,
      paidFen,
      paidQuantity: (centi(funding.paidQuantity) + centi(quantity)) / 100,
    })
  }
}

function piecesOf(items: readonly ItemRow[], ledgerLineId: string, of: (item: ItemRow) => number): number {
  return sum(items.filter((item) => item.ledgerLineId === ledgerLineId).map((item) => centi(of(item)))) / 100
}
