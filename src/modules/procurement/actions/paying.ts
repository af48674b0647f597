import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import { moveCase, openCase, mayMoveNow } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import { caseById, saveCase } from '#kernel/server/cases/store.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { ledgerLines } from '#modules/ledger/offers.ts'
import { organNames } from '#modules/organs/offers.ts'
import { paymentCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { paymentStateLabels } from '../model.ts'
import { buyerRoles, can } from '../policy.ts'
import { mayPay } from '../rules/acceptance.ts'
import { sum } from '../rules/amounts.ts'
import { checkSecrecy } from '../rules/request.ts'
import { contractOf } from '../store/contract.ts'
import { fulfil, reopenTerm } from '../store/deadline.ts'
import {
  decidePayment,
  fundingOf,
  insertPayment,
  paymentsOf,
  takeBackPayment,
  type PaymentRow,
} from '../store/money.ts'
import { itemsOf, savePurchase, type PurchaseRow } from '../store/purchase.ts'
import { lockedPurchase, seenPayment, seenPurchase } from './access.ts'
import { purchaseStandards } from './facts.ts'
import { giveBack, partsOf, pay, unpay } from './money.ts'
import { beginTerm } from './terms.ts'
import { inState, moneyOf, payingStates } from './view.ts'

type PayingActions = Pick<
  ActionsOf<typeof contract>,
  'requestPayment' | 'viewPayment' | 'approvePayment' | 'returnPayment' | 'reversePayment'
>

export const payingActions: PayingActions = {
  async requestPayment(ctx) {
    const { amountFen, invoiceNumber, invoiceOn, note } = ctx.input
    const row = await lockedPurchase(ctx)
    permit(can.buy(ctx.actor, row))
    insist(allOf(inState(row, ...payingStates), checkSecrecy({ 说明: note, 发票号码: invoiceNumber })))
    const items = await itemsOf(ctx.tx, row.id)
    const money = moneyOf(row, items, await fundingOf(ctx.tx, row.id))
    const payments = await paymentsOf(ctx.tx, row.id)
    const pendingFen = sum(payments.filter(({ state }) => state === 'requested').map((one) => one.amountFen))
    insist(mayPay({ ...money, pendingFen }, { amountFen, invoiceOn }, ctx.today))
    const id = newId()
    const paymentNo = payments.length + 1
    const opened = await openCase(ctx, paymentCase, {
      subjectId: id,
      title: `付款：${row.title}（${row.number}第${paymentNo}次）`,
      applicantOrganId: row.organId,
      jurisdictionCode: row.jurisdictionCode,
    })
    await submittedBy(ctx, opened.id)
    const payment: PaymentRow = {
      id,
      purchaseId: row.id,
      organId: row.organId,
      jurisdictionCode: row.jurisdictionCode,
      paymentNo,
      state: 'requested',
      amountFen,
      invoiceNumber,
      invoiceOn,
      note,
      requestedOn: ctx.today,
      requestedByName: ctx.actor.name,
      decidedOn: null,
      decidedByName: null,
      voucher: null,
      reversedOn: null,
      reversedByName: null,
      reversedReason: null,
      caseId: opened.id,
      version: 1,
    }
    await insertPayment(ctx.tx, payment)
    // Payment is due after acceptance and invoice, whichever is later; nothing is paid before acceptance, so it counts from here.
    await beginTerm(
      ctx,
      row,
      await purchaseStandards(ctx, row.jurisdictionCode),
      'supplier-payment',
      invoiceOn,
      String(paymentNo),
    )
    await savePurchase(ctx.tx, row, {})
    await record(ctx, 'procurement.payment-requested', {
      ...paymentRecord(payment),
      after: { amountFen, invoiceNumber, paymentNo },
    })
    return view(ctx, payment, row)
  },

  async viewPayment(ctx) {
    const payment = await seenPayment(ctx, ctx.input.paymentId)
    return view(ctx, payment, await seenPurchase(ctx, payment.purchaseId))
  },

  /** The head's word pays: the ledger has it in the same act, against what was held (A34-1). */
  async approvePayment(ctx) {
    const { payment, row } = await lockedPayment(ctx)
    permit(can.decide(ctx.actor, payment))
    insist(allOf(requested(payment), checkSecrecy({ 意见: ctx.input.opinion ?? '', 凭证号: ctx.input.voucher })))
    await moveCase(ctx, paymentCase, payment.caseId, 'approve', { opinion: ctx.input.opinion })
    const items = await itemsOf(ctx.tx, row.id)
    const money = moneyOf(row, items, await fundingOf(ctx.tx, row.id))
    insist(mayPay({ ...money, pendingFen: 0 }, payment, ctx.today))
    const signed = found(await contractOf(ctx.tx, row.id), '采购合同')
    await pay(ctx, row, items, { ...payment, supplier: signed.supplier, voucher: ctx.input.voucher })
    const paid = await decidePayment(ctx.tx, payment, {
      state: 'paid',
      on: ctx.today,
      byName: ctx.actor.name,
      voucher: ctx.input.voucher,
    })
    // What was returned or came back before is paid with this one: its term is met late, not for ever open.
    const before = (await paymentsOf(ctx.tx, row.id)).filter(
      ({ state }) => state === 'returned' || state === 'reversed',
    )
    for (const { paymentNo } of [...before, payment])
      await fulfil(ctx.tx, row.id, 'supplier-payment', ctx.today, String(paymentNo))
    await savePurchase(ctx.tx, row, {})
    await record(ctx, 'procurement.payment-approved', {
      ...paymentRecord(paid),
      before: { state: payment.state },
      after: { state: paid.state, amountFen: paid.amountFen, voucher: paid.voucher },
    })
    return view(ctx, paid, row)
  },

  async returnPayment(ctx) {
    const { payment, row } = await lockedPayment(ctx)
    permit(can.decide(ctx.actor, payment))
    insist(allOf(requested(payment), checkSecrecy({ 理由: ctx.input.opinion })))
    await moveCase(ctx, paymentCase, payment.caseId, 'giveBack', { opinion: ctx.input.opinion })
    const returned = await decidePayment(ctx.tx, payment, {
      state: 'returned',
      on: ctx.today,
      byName: ctx.actor.name,
      voucher: null,
    })
    await savePurchase(ctx.tx, row, {})
    await record(ctx, 'procurement.payment-returned', {
      ...paymentRecord(returned),
      before: { state: payment.state },
      after: { state: returned.state, opinion: ctx.input.opinion },
    })
    return view(ctx, returned, row)
  },

  /** It came back from the bank, or was wrong: what was paid is held again, and may be paid anew, on a closed file too. */
  async reversePayment(ctx) {
    const { opinion } = ctx.input
    const { payment, row } = await lockedPayment(ctx)
    permit(can.decide(ctx.actor, payment))
    insist(allOf(wasPaid(payment), checkSecrecy({ 理由: opinion })))
    await unpay(ctx, row, payment, `冲销第${payment.paymentNo}次付款：${opinion}`.slice(0, 500))
    // A purchase that was annulled pays nothing more: its money is free again.
    if (row.state === 'terminated') await giveBack(ctx, row, opinion, `reversed-${payment.id}`)
    const reversed = await takeBackPayment(ctx.tx, payment, {
      on: ctx.today,
      byName: ctx.actor.name,
      reason: opinion,
    })
    await reopenTerm(ctx.tx, row.id, 'supplier-payment', String(payment.paymentNo))
    await savePurchase(ctx.tx, row, {})
    await record(ctx, 'procurement.payment-reversed', {
      ...paymentRecord(reversed),
      before: { state: payment.state },
      after: { state: reversed.state, amountFen: reversed.amountFen, opinion },
    })
    await notify(ctx, {
      organId: row.organId,
      roles: buyerRoles,
      link: `/procurement/purchases/${row.id}`,
      text: `${row.title}（${row.number}）第${payment.paymentNo}次付款已冲销，应付的请重新申请付款。`,
    })
    return view(ctx, reversed, row)
  },
}

const wasPaid = ({ state }: PaymentRow) =>
  provided(state === 'paid', {
    code: 'state',
    message: `付款处于“${paymentStateLabels[state]}”，只能冲销已支付的付款。`,
  })

const requested = (payment: PaymentRow) =>
  provided(payment.state === 'requested', {
    code: 'state',
    message: `付款处于“${paymentStateLabels[payment.state]}”，已经办结。`,
  })

const paymentRecord = ({ id, organId }: PaymentRow) => ({ subject: { kind: 'procurement.payment', id }, organId })

/** Purchase first, then the payment: the order in which every step locks. */
async function lockedPayment(ctx: Act & { input: { paymentId: string; version: number } }) {
  const seen = await seenPayment(ctx, ctx.input.paymentId)
  const row = await seenPurchase(ctx, seen.purchaseId, true)
  const payment = await seenPayment(ctx, seen.id, true)
  if (payment.version !== ctx.input.version) throw new Conflict('采购付款')
  return { payment, row }
}

/** Whoever asks does not decide (ROLE-R02): a case that opens with the decision knows its submitter from the start. */
async function submittedBy({ tx, actor }: Act, caseId: string): Promise<void> {
  const row = found(await caseById(tx, caseId, true), '办理事项')
  await saveCase(tx, { ...row, submittedBy: actor.personId })
}

async function view(act: Act, payment: PaymentRow, row: PurchaseRow) {
  const items = await itemsOf(act.tx, row.id)
  const funding = await fundingOf(act.tx, row.id)
  const money = moneyOf(row, items, funding)
  const signed = found(await contractOf(act.tx, row.id), '采购合同')
  const names = await organNames(act.tx, [row.organId])
  const lines = new Map(
    (
      await ledgerLines(
        act.tx,
        funding.map(({ ledgerLineId }) => ledgerLineId),
      )
    ).map((line) => [line.id, line]),
  )
  const parts = payment.state === 'requested' ? await partsOf(act, row.id, items, payment.amountFen) : []
  const caseRow = await caseById(act.tx, payment.caseId)
  const { purchaseId: _, organId: __, jurisdictionCode: ___, ...shown } = payment
  return {
    payment: shown,
    purchase: {
      id: row.id,
      number: row.number,
      title: row.title,
      organName: names.get(row.organId) ?? '',
      supplier: signed.supplier,
      contractNumber: signed.number,
      contractedFen: money.contractedFen,
      acceptedFen: money.acceptedFen,
      paidFen: money.paidFen,
    },
    lines: parts.map(({ ledgerLineId, amountFen }) => ({
      ledgerLineId,
      number: lines.get(ledgerLineId)?.number ?? '',
      name: lines.get(ledgerLineId)?.itemName ?? '',
      amountFen,
    })),
    may: {
      reverse: mayOf(allOf(can.decide(act.actor, payment), wasPaid(payment))),
      decide: mayOf(
        allOf(
          can.decide(act.actor, payment),
          requested(payment),
          ...(caseRow && payment.state === 'requested' ? [mayMoveNow(act, paymentCase, caseRow, 'approve')] : []),
        ),
      ),
    },
  }
}
