import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { insist, permit } from '#kernel/server/errors.ts'
import { purchaseCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { can } from '../policy.ts'
import { checkAward, checkStart } from '../rules/award.ts'
import { checkSecrecy } from '../rules/request.ts'
import { insertBidders } from '../store/contract.ts'
import { dropDeadlines, fulfil } from '../store/deadline.ts'
import { insistFindings, lockedPurchase } from './access.ts'
import { purchaseStandards } from './facts.ts'
import { giveBack } from './money.ts'
import { objectionsTo } from './objections.ts'
import { moved } from './requesting.ts'
import { beginTerm } from './terms.ts'
import { awarded, inState, notYet, started } from './view.ts'

type PurchasingActions = Pick<
  ActionsOf<typeof contract>,
  'publishIntention' | 'startPurchase' | 'recordAward' | 'terminatePurchase' | 'publishResult'
>

export const purchasingActions: PurchasingActions = {
  async publishIntention(ctx) {
    const { publishedOn, address } = ctx.input
    const row = await lockedPurchase(ctx)
    permit(can.buy(ctx.actor, row))
    insist(
      allOf(
        inState(row, 'purchasing'),
        notYet(row.intentionOn, '采购意向已经登记公开。'),
        notLater(publishedOn, ctx.today, '公开日期'),
        checkSecrecy({ 网址: address }),
      ),
    )
    return moved(ctx, row, { intentionOn: publishedOn, intentionAddress: address }, 'procurement.intention-published', {
      publishedOn,
      address,
    })
  },

  async startPurchase(ctx) {
    const { projectNumber, startedOn, noticeOn, publicityFrom, publicityUntil } = ctx.input
    const row = await lockedPurchase(ctx)
    permit(can.buy(ctx.actor, row))
    insist(
      allOf(
        inState(row, 'purchasing'),
        notYet(row.startedOn, '采购已经登记开始。'),
        notLater(startedOn, ctx.today, '采购开始日期'),
        checkSecrecy({ 项目编号: projectNumber }),
      ),
    )
    const table = await purchaseStandards(ctx, row.jurisdictionCode)
    const findings = checkStart(table, await currentCalendar(ctx.tx), row.jurisdictionCode, {
      ...row,
      startedOn,
      noticeOn,
      publicityFrom,
      publicityUntil,
    })
    insistFindings(findings)
    return moved(
      ctx,
      row,
      { projectNumber, startedOn, noticeOn, publicityFrom, publicityUntil },
      'procurement.purchase-started',
      {
        projectNumber,
        startedOn,
        noticeOn,
      },
    )
  },

  async recordAward(ctx) {
    const { openedOn, awardedOn, bidders, winner, amountFen, reason } = ctx.input
    const row = await lockedPurchase(ctx)
    permit(can.buy(ctx.actor, row))
    insist(
      allOf(
        inState(row, 'purchasing'),
        started(row),
        (await objectionsTo(ctx, row)).goesOn,
        notLater(awardedOn, ctx.today, '确定结果的日期'),
        provided(row.startedOn === null || openedOn >= row.startedOn, {
          code: 'opened-before-start',
          message: `开标、响应日期${openedOn}早于采购开始日期${row.startedOn ?? ''}。`,
          remedy: '请核对日期。',
        }),
        checkSecrecy({ 理由: reason, 供应商: bidders.map(({ name }) => name).join(' ') }),
      ),
    )
    const table = await purchaseStandards(ctx, row.jurisdictionCode)
    insistFindings(
      checkAward(table, await currentCalendar(ctx.tx), row.jurisdictionCode, {
        method: row.method,
        noticeOn: row.noticeOn,
        openedOn,
        awardedOn,
        bidders,
        winner,
        amountFen,
        committedFen: row.amountFen,
      }),
    )
    await insertBidders(
      ctx.tx,
      row.id,
      bidders.map((bidder, at) => ({ ...bidder, winner: at === winner })),
    )
    await moveCase(ctx, purchaseCase, row.caseId, 'award', {})
    // What falls under the procurement law is published and signed within terms; below the limits the organ's own rules hold.
    if (row.class !== 'internal') await beginTerm(ctx, row, table, 'award-notice', awardedOn)
    await beginTerm(ctx, row, table, 'contract-signing', awardedOn)
    return moved(
      ctx,
      row,
      { state: 'awarded', openedOn, awardedOn, awardFen: amountFen, awardReason: reason },
      'procurement.awarded',
      { supplier: bidders[winner]?.name ?? '', amountFen, bidders: bidders.length },
    )
  },

  async terminatePurchase(ctx) {
    const row = await lockedPurchase(ctx)
    permit(can.buy(ctx.actor, row))
    insist(allOf(inState(row, 'purchasing', 'awarded'), checkSecrecy({ 原因: ctx.input.opinion })))
    await giveBack(ctx, row, '采购终止')
    await dropDeadlines(ctx.tx, row.id)
    await moveCase(ctx, purchaseCase, row.caseId, 'terminate', { opinion: ctx.input.opinion })
    return moved(ctx, row, { state: 'terminated', closedOn: ctx.today }, 'procurement.purchase-terminated', {
      opinion: ctx.input.opinion,
    })
  },

  async publishResult(ctx) {
    const { publishedOn } = ctx.input
    const row = await lockedPurchase(ctx)
    permit(can.buy(ctx.actor, row))
    insist(
      allOf(
        awarded(row),
        notYet(row.resultPublishedOn, '结果已经登记公告。'),
        notLater(publishedOn, ctx.today, '公告日期'),
        notBefore(publishedOn, row.awardedOn, '公告日期'),
      ),
    )
    await fulfil(ctx.tx, row.id, 'award-notice', publishedOn)
    return moved(ctx, row, { resultPublishedOn: publishedOn }, 'procurement.result-published', { publishedOn })
  },
}

/** What is recorded has happened. */
export const notLater = (on: string, today: string, what: string): Verdict =>
  provided(on <= today, { code: 'future-date', message: `${what}不能晚于今天。`, remedy: '请核对日期。' })

export const notBefore = (on: string, since: string | null, what: string): Verdict =>
  provided(since === null || on >= since, {
    code: 'date-order',
    message: `${what}${on}不能早于${since ?? ''}。`,
    remedy: '请核对日期。',
  })
