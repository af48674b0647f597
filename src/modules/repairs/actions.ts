import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, allowed, provided } from '#kernel/pure/verdict.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { decide } from '#kernel/server/decisions.ts'
import { found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { record } from '#kernel/server/record.ts'
import { engage, lockedCards, release, setCardState, thingOf } from '#modules/assets/offers.ts'
import type { AssetState } from '#modules/assets/model.ts'
import { ledgerLine } from '#modules/ledger/offers.ts'
import { standardTable } from '#modules/standards/offers.ts'
import { lockedRequest, seenRequest, subjectOf } from './actions/access.ts'
import { inState, quoteStandards, remainingOf, requestView, shown, thingOfRequest } from './actions/view.ts'
import { forgoHeld, holdActual, holdOffer, payHeld, unpay } from './actions/money.ts'
import { upkeepActions } from './actions/upkeep.ts'
import { head, keeper, repairCase } from './cases.ts'
import type { contract } from './contract.ts'
import { can, listScope } from './policy.ts'
import { checkFunding, mayPay, mayReverse, needsLine } from './rules/funding.ts'
import { checkActual, checkSecrecy, judgeQuote, mayRepair, quoteKind, stateAfterRepair } from './rules/quote.ts'
import { insertRequest, requestById, requestsPage, saveRequest, type RequestChanges, type RequestRow } from './store.ts'

export const actions: ActionsOf<typeof contract> = {
  ...upkeepActions,

  /** The organ's own, or the level's for who reads it. */
  async requests(ctx) {
    officeOrgan(ctx.actor, '资产维修')
    const { state, cardId, unpaid, after, limit } = ctx.input
    const scope = found(listScope(ctx.actor), '资产维修')
    const rows = await requestsPage(ctx.tx, { ...scope, state, cardId, unpaid }, after, limit + 1)
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map(shown) }
  },

  async viewRequest(ctx) {
    return requestView(ctx, await seenRequest(ctx, ctx.input.requestId))
  },

  /** The thing is 待修 from today on, and in no other procedure meanwhile. */
  async requestRepair(ctx) {
    const { cardId, fault } = ctx.input
    const [card] = await lockedCards(ctx, [cardId])
    if (!card) throw new Missing('资产卡片')
    permit(can.handle(ctx.actor, card))
    insist(allOf(mayRepair(card), checkSecrecy({ 故障情况: fault })))
    const { organId, jurisdictionCode } = card
    const id = newId()
    const year = ctx.today.slice(0, 4)
    const number = `WX-${year}-${String(await nextNumber(ctx.tx, `WX-${organId}-${year}`)).padStart(4, '0')}`
    const opened = await openCase(ctx, repairCase, {
      subjectId: id,
      title: `资产维修 ${number} ${card.name}`,
      applicantOrganId: organId,
      jurisdictionCode,
    })
    await engage(ctx, [cardId], 'repair', id, `/repairs/requests/${id}`)
    await setState(ctx, { cardId, number, caseId: opened.id }, 'repair', '申请维修')
    await insertRequest(ctx.tx, {
      id,
      organId,
      jurisdictionCode,
      number,
      cardId,
      cardNumber: card.number,
      thing: [card.name, card.model].filter(Boolean).join(' '),
      place: card.place,
      costFen: card.costFen,
      item: thingOf(await standardTable(ctx.tx, jurisdictionCode, ctx.today, ['item.']), card).item,
      stateBefore: card.state,
      fault,
      requestedOn: ctx.today,
      requestedBy: ctx.actor.name,
      caseId: opened.id,
    })
    const row = found(await requestById(ctx.tx, id), '维修申请')
    await record(ctx, 'repairs.request-made', { ...subjectOf(row), after: { number, cardId, fault } })
    return requestView(ctx, row)
  },

  async quoteRepair(ctx) {
    const { repairer, offerFen, replacementFen, unsafe, ledgerLineId } = ctx.input
    const row = await lockedRequest(ctx)
    permit(can.handle(ctx.actor, row))
    insist(allOf(inState(row, 'reported'), checkSecrecy({ 维修单位: repairer })))
    const table = await quoteStandards(ctx, row.jurisdictionCode)
    const inputs = { offerFen, replacementFen, unsafe, table }
    const { grade, judged } = judgeQuote(inputs)
    const quoted = { repairer, offerFen, replacementFen, unsafe, grade }
    await decideOn(ctx, row, inputs, judged, null)
    if (grade === 'D') {
      const says = judged.conclusion.says
      return closed(ctx, row, 'quoteTooDear', { ...quoted, state: 'refused', answer: says }, 'repairs.repair-refused')
    }
    const heavy = grade === 'C'
    const funded = { ...quoted, ledgerLineId: offerFen === 0 ? null : ledgerLineId }
    insist(checkFunding(offerFen, await upkeepLine(ctx, ledgerLineId), await thingOfRequest(ctx, row)))
    await moveCase(ctx, repairCase, row.caseId, heavy ? 'quoteHeavy' : 'quoteLight', {})
    const held = heavy ? {} : await holdOffer(ctx, { ...row, ...funded })
    const next = await saveRequest(ctx.tx, row, { ...funded, ...held, state: heavy ? 'quoted' : 'approved' })
    await record(ctx, 'repairs.quote-recorded', {
      ...subjectOf(row),
      before: { state: row.state },
      after: { ...funded, state: next.state },
    })
    if (heavy) await tell(ctx, next, head.roles, `申请大修，报价已核定，请批准`)
    return requestView(ctx, next)
  },

  /** A heavy repair is approved or not by the head of the organ, not by who asked for it. */
  async approveRepair(ctx) {
    const { approved, opinion = '' } = ctx.input
    const row = await lockedRequest(ctx)
    permit(can.approve(ctx.actor, row))
    insist(allOf(inState(row, 'quoted'), checkSecrecy({ 意见: opinion })))
    const inputs = {
      offerFen: row.offerFen ?? 0,
      replacementFen: row.replacementFen ?? 1,
      unsafe: row.unsafe,
      table: await quoteStandards(ctx, row.jurisdictionCode),
    }
    // The case says first whether it is theirs to decide: nobody approves what they asked for (ROLE-R02).
    await moveCase(ctx, repairCase, row.caseId, approved ? 'approve' : 'refuse', { opinion })
    await decideOn(ctx, row, inputs, judgeQuote(inputs).judged, {
      says: approved ? '批准大修。' : '不予批准大修。',
      values: { 批准: approved },
      reason: opinion,
    })
    if (!approved) return ended(ctx, row, { state: 'refused', answer: opinion }, 'repairs.repair-refused')
    insist(checkFunding(inputs.offerFen, await upkeepLine(ctx, row.ledgerLineId), await thingOfRequest(ctx, row)))
    const held = await holdOffer(ctx, row)
    const next = await saveRequest(ctx.tx, row, { ...held, state: 'approved', answer: opinion })
    await record(ctx, 'repairs.repair-approved', {
      ...subjectOf(row),
      before: { state: row.state },
      after: { state: 'approved', opinion },
    })
    await tell(ctx, next, keeper.roles, '大修已经批准，请安排维修')
    return requestView(ctx, next)
  },

  /** Repaired, the thing is used again; else it stays 待修 and may be disposed of. */
  async finishRepair(ctx) {
    const { repaired, finishedOn, actualFen, voucherNumber, opinion = '', ledgerLineId } = ctx.input
    const row = await lockedRequest(ctx)
    permit(can.handle(ctx.actor, row))
    const thing = await thingOfRequest(ctx, row)
    const asks = needsLine(row, await upkeepLine(ctx, row.ledgerLineId), actualFen, thing.year)
    insist(
      allOf(
        inState(row, 'approved'),
        checkSecrecy({ 凭证号: voucherNumber, 说明: opinion }),
        checkActual(row.offerFen ?? 0, actualFen, opinion),
        asks ? checkFunding(actualFen, await upkeepLine(ctx, ledgerLineId), thing, asks) : allowed,
        provided(finishedOn >= row.requestedOn && finishedOn <= ctx.today, {
          code: 'finished-on',
          message: `完成日期应在申请（${row.requestedOn}）之后，不晚于今天。`,
          remedy: '请核对日期。',
        }),
      ),
    )
    const line = asks && actualFen > 0 ? ledgerLineId : row.ledgerLineId
    const held = await holdActual(ctx, row, actualFen, line)
    const result = { ...held, ledgerLineId: line, actualFen, voucherNumber, answer: opinion }
    if (!repaired)
      return closed(ctx, row, 'giveUp', { ...result, state: 'refused' }, 'repairs.repair-failed', opinion, finishedOn)
    await setState(ctx, row, stateAfterRepair(row.stateBefore), '维修完成', finishedOn)
    return closed(ctx, row, 'finish', { ...result, state: 'repaired' }, 'repairs.repair-finished', opinion, finishedOn)
  },

  async payRepair(ctx) {
    const { invoiceNumber, paidOn, voucherNumber } = ctx.input
    const row = await lockedRequest(ctx)
    permit(can.handle(ctx.actor, row))
    insist(
      allOf(
        checkSecrecy({ 发票号码: invoiceNumber, 凭证号: voucherNumber }),
        mayPay(row, { paidOn, today: ctx.today }),
      ),
    )
    await payHeld(ctx, row, { invoiceNumber, paidOn, voucherNumber })
    const paid = await saveRequest(ctx.tx, row, {
      heldFen: 0,
      invoiceNumber,
      paidOn,
      paidBy: ctx.actor.name,
      voucherNumber: voucherNumber || row.voucherNumber,
    })
    await record(ctx, 'repairs.repair-paid', {
      ...subjectOf(row),
      after: { amountFen: row.heldFen, invoiceNumber, paidOn },
    })
    return requestView(ctx, paid)
  },

  /** It came back from the bank, or was wrong: what was paid is held again, and may be paid anew or forgone. */
  async reversePayment(ctx) {
    const { opinion } = ctx.input
    const row = await lockedRequest(ctx)
    permit(can.handle(ctx.actor, row))
    insist(allOf(checkSecrecy({ 理由: opinion }), mayReverse(row)))
    const heldFen = await unpay(ctx, row, `冲销维修付款：${opinion}`.slice(0, 500))
    const reversed = await saveRequest(ctx.tx, row, { heldFen, invoiceNumber: null, paidOn: null, paidBy: null })
    await record(ctx, 'repairs.payment-reversed', {
      ...subjectOf(row),
      before: { invoiceNumber: row.invoiceNumber, paidOn: row.paidOn },
      after: { heldFen, opinion },
    })
    return requestView(ctx, reversed)
  },

  /** The bill does not come: what is held goes back to the plan line, by the repair that held it. */
  async forgoPayment(ctx) {
    const { opinion } = ctx.input
    const row = await lockedRequest(ctx)
    permit(can.handle(ctx.actor, row))
    insist(allOf(checkSecrecy({ 理由: opinion }), mayPay(row)))
    await forgoHeld(ctx, row)
    const forgone = await saveRequest(ctx.tx, row, { heldFen: 0 })
    await record(ctx, 'repairs.payment-forgone', {
      ...subjectOf(row),
      before: { heldFen: row.heldFen },
      after: { heldFen: 0, opinion },
    })
    return requestView(ctx, forgone)
  },

  async withdrawRepair(ctx) {
    const row = await lockedRequest(ctx)
    permit(can.handle(ctx.actor, row))
    insist(inState(row, 'reported', 'quoted'))
    await setState(ctx, row, row.stateBefore, '撤回维修申请')
    return closed(ctx, row, 'withdraw', { state: 'withdrawn' }, 'repairs.request-withdrawn')
  },
}

async function upkeepLine({ tx }: Act, lineId: string | null) {
  const line = lineId === null ? undefined : await ledgerLine(tx, lineId)
  return line ? { ...line, remainingFen: remainingOf(line) } : null
}

/** A step of the repair in the card's history. */
async function setState(
  act: Act,
  { cardId, number, caseId }: Pick<RequestRow, 'cardId' | 'number' | 'caseId'>,
  state: AssetState,
  reason: string,
  effectiveOn = act.today,
): Promise<void> {
  if (state === 'disposed' || state === 'replaced' || state === 'withdrawn')
    throw new Error('a repair disposes of nothing')
  await setCardState(act, [cardId], state, { effectiveOn, reason: `${reason} ${number}`, document: number, caseId })
}

/** What every end has: the case closed, the card let out, the record, the answer. */
async function closed(
  ctx: Act,
  row: RequestRow,
  transition: keyof typeof repairCase.transitions,
  changes: Ending,
  fact: string,
  opinion = '',
  finishedOn = ctx.today,
) {
  await moveCase(ctx, repairCase, row.caseId, transition, { opinion })
  return ended(ctx, row, changes, fact, finishedOn)
}

type Ending = RequestChanges & { state: RequestRow['state'] }

/** As {@link closed}, when the case has been moved already. */
async function ended(ctx: Act, row: RequestRow, changes: Ending, fact: string, finishedOn = ctx.today) {
  const next = await saveRequest(ctx.tx, row, { ...changes, finishedOn })
  await release(ctx, [row.cardId])
  await record(ctx, fact, { ...subjectOf(row), before: { state: row.state }, after: { ...changes, finishedOn } })
  if (next.heldFen > 0) await tell(ctx, next, keeper.roles, '维修费用待付款，收到发票后请登记')
  if (next.state === 'refused') await tell(ctx, next, keeper.roles, '不予维修，可转入处置')
  return requestView(ctx, next)
}

async function tell(act: Act, row: RequestRow, roles: typeof keeper.roles, text: string): Promise<void> {
  await notify(act, {
    organId: row.organId,
    roles,
    link: `/repairs/requests/${row.id}`,
    text: `${row.number} ${row.thing}：${text}。`,
  })
}

async function decideOn(
  act: Act,
  row: RequestRow,
  inputs: Parameters<typeof judgeQuote>[0],
  judged: ReturnType<typeof judgeQuote>['judged'],
  taken: { says: string; values: Record<string, string | boolean>; reason: string } | null,
): Promise<void> {
  await decide(
    act,
    quoteKind,
    {
      subject: { kind: 'repairs.request', id: row.id },
      organId: row.organId,
      jurisdictionCode: row.jurisdictionCode,
      year: Number(act.today.slice(0, 4)),
      title: `${row.number} ${row.thing}`,
      link: `/repairs/requests/${row.id}`,
      inputs,
      judged,
      standards: null,
      taken,
      deviates: false,
      held: false,
    },
    { byRules: taken === null },
  )
}
