import { allOf } from '#kernel/pure/verdict.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { purchaseCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { buyerRoles, can } from '../policy.ts'
import { isComplete, mayAccept } from '../rules/acceptance.ts'
import { centi, sum } from '../rules/amounts.ts'
import { nothingWaits } from '../rules/objection.ts'
import { checkSecrecy } from '../rules/request.ts'
import { acceptancesOf, answerAcceptance, insertAcceptance } from '../store/acceptance.ts'
import { contractOf } from '../store/contract.ts'
import { dropDeadlines } from '../store/deadline.ts'
import { fundingOf, paymentsOf } from '../store/money.ts'
import { itemsOf, saveItems } from '../store/purchase.ts'
import { lockedPurchase } from './access.ts'
import { purchaseStandards } from './facts.ts'
import { giveBack } from './money.ts'
import { objectionsTo } from './objections.ts'
import { moved } from './requesting.ts'
import { beginTerm } from './terms.ts'
import { inState, isShort, mayClose, moneyOf, notDrafter } from './view.ts'
import { provided } from '#kernel/pure/verdict.ts'

type AcceptingActions = Pick<
  ActionsOf<typeof contract>,
  'draftAcceptance' | 'signAcceptance' | 'returnAcceptance' | 'closePurchase'
>

export const acceptingActions: AcceptingActions = {
  async draftAcceptance(ctx) {
    const { deliveredOn, conclusion, items: said } = ctx.input
    const row = await lockedPurchase(ctx)
    permit(can.buy(ctx.actor, row))
    insist(
      allOf(
        inState(row, 'contracted'),
        (await objectionsTo(ctx, row)).goesOn,
        checkSecrecy({ 验收结论: conclusion, 问题: said.map(({ note }) => note).join(' ') }),
      ),
    )
    const items = await itemsOf(ctx.tx, row.id)
    if (said.some(({ itemId }) => !items.some(({ id }) => id === itemId))) throw new Missing('采购内容')
    const signed = found(await contractOf(ctx.tx, row.id), '采购合同')
    insist(
      mayAccept(
        said.map(({ itemId, delivered, accepted, note }) => {
          const item = items.find(({ id }) => id === itemId)
          return {
            name: item?.name ?? '',
            contracted: item?.contractQuantity ?? 0,
            alreadyAccepted: item?.acceptedQuantity ?? 0,
            delivered,
            accepted,
            note,
          }
        }),
        { deliveredOn, signedOn: signed.signedOn, today: ctx.today },
      ),
    )
    const earlier = await acceptancesOf(ctx.tx, row.id)
    const id = newId()
    const acceptanceNo = earlier.length + 1
    await insertAcceptance(ctx.tx, {
      id,
      purchaseId: row.id,
      acceptanceNo,
      state: 'drafted',
      deliveredOn,
      conclusion,
      draftedOn: ctx.today,
      draftedBy: ctx.actor.personId,
      draftedByName: ctx.actor.name,
      signedOn: null,
      signedBy: null,
      signedByName: null,
      items: said.map((one) => ({ acceptanceId: id, ...one })),
    })
    await moveCase(ctx, purchaseCase, row.caseId, 'accept', {})
    return moved(ctx, row, { state: 'accepting' }, 'procurement.acceptance-drafted', {
      acceptanceNo,
      delivered: sum(said.map(({ delivered }) => delivered)),
      accepted: sum(said.map(({ accepted }) => accepted)),
    })
  },

  /** The second signature makes it count: what was accepted may be paid and gets its cards (PRO-R14, PRO-R16). */
  async signAcceptance(ctx) {
    const row = await lockedPurchase(ctx)
    permit(can.sign(ctx.actor, row))
    const open = await openAcceptance(ctx, row.id)
    insist(
      allOf(
        inState(row, 'accepting'),
        notDrafter(ctx, open),
        (await objectionsTo(ctx, row)).goesOn,
        checkSecrecy({ 意见: ctx.input.opinion ?? '' }),
      ),
    )
    const acceptance = found(open, '验收单')
    const items = await itemsOf(ctx.tx, row.id)
    const after = items.map((item) => ({
      ...item,
      acceptedQuantity:
        (centi(item.acceptedQuantity) +
          centi(acceptance.items.find(({ itemId }) => itemId === item.id)?.accepted ?? 0)) /
        100,
    }))
    await answerAcceptance(ctx.tx, acceptance.id, {
      state: 'signed',
      on: ctx.today,
      by: ctx.actor.personId,
      byName: ctx.actor.name,
    })
    await saveItems(
      ctx.tx,
      after.map(({ id, acceptedQuantity }) => ({ id, acceptedQuantity })),
    )
    const complete = isComplete(after)
    await moveCase(ctx, purchaseCase, row.caseId, complete ? 'signAll' : 'signPart', { opinion: ctx.input.opinion })
    const cards = after.some(
      ({ classCode, id }) =>
        classCode !== null && (acceptance.items.find(({ itemId }) => itemId === id)?.accepted ?? 0) > 0,
    )
    if (cards) {
      const table = await purchaseStandards(ctx, row.jurisdictionCode)
      await beginTerm(ctx, row, table, 'asset-card', ctx.today, String(acceptance.acceptanceNo))
      await notify(ctx, {
        organId: row.organId,
        roles: buyerRoles,
        link: `/procurement/purchases/${row.id}`,
        text: `采购${row.number}验收合格，请录入序列号和存放地点，建立资产卡片。`,
      })
    }
    return moved(ctx, row, { state: complete ? 'accepted' : 'contracted' }, 'procurement.acceptance-signed', {
      acceptanceNo: acceptance.acceptanceNo,
      complete,
    })
  },

  async returnAcceptance(ctx) {
    const row = await lockedPurchase(ctx)
    permit(can.sign(ctx.actor, row))
    const open = await openAcceptance(ctx, row.id)
    insist(allOf(inState(row, 'accepting'), notDrafter(ctx, open), checkSecrecy({ 理由: ctx.input.opinion })))
    await answerAcceptance(ctx.tx, found(open, '验收单').id, {
      state: 'returned',
      on: ctx.today,
      by: ctx.actor.personId,
      byName: ctx.actor.name,
    })
    await moveCase(ctx, purchaseCase, row.caseId, 'returnAcceptance', { opinion: ctx.input.opinion })
    return moved(ctx, row, { state: 'contracted' }, 'procurement.acceptance-returned', { opinion: ctx.input.opinion })
  },

  /** What was not delivered is given back to the plan. */
  async closePurchase(ctx) {
    const row = await lockedPurchase(ctx)
    permit(can.buy(ctx.actor, row))
    const items = await itemsOf(ctx.tx, row.id)
    const funding = await fundingOf(ctx.tx, row.id)
    const payments = await paymentsOf(ctx.tx, row.id)
    const { opinion = '' } = ctx.input
    const { questions, complaints } = await objectionsTo(ctx, row)
    insist(
      allOf(
        inState(row, 'contracted', 'accepted'),
        nothingWaits(questions, complaints),
        mayClose(
          items,
          moneyOf(row, items, funding),
          payments.some(({ state }) => state === 'requested'),
        ),
        provided(!isShort(items) || opinion.length >= 4, {
          code: 'short-unexplained',
          message: '合同没有全部履行，办结须写明原因。',
          remedy: '请填写未履行部分的处理情况。',
        }),
        checkSecrecy({ 说明: opinion }),
      ),
    )
    await giveBack(ctx, row, '采购办结')
    await dropDeadlines(ctx.tx, row.id)
    await moveCase(ctx, purchaseCase, row.caseId, 'close', { opinion })
    return moved(ctx, row, { state: 'closed', closedOn: ctx.today }, 'procurement.purchase-closed', { opinion })
  },
}

async function openAcceptance({ tx }: Act, purchaseId: string) {
  return (await acceptancesOf(tx, purchaseId)).find(({ state }) => state === 'drafted')
}
