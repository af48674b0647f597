import { allOf, provided, verdictOf, type Verdict } from '#kernel/pure/verdict.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { classOf } from '#modules/assets/offers.ts'
import { levelOf } from '#modules/standards/rules/in-force.ts'
import { purchaseCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { methodLabels, type Judgement, type PurchaseRequest, type RequestedItem } from '../model.ts'
import { can } from '../policy.ts'
import { mayLetDepart } from '../rules/method.ts'
import { checkSecrecy, judgeRequest, textsOf } from '../rules/request.ts'
import {
  insertPurchase,
  itemsOf,
  lockYearlyThings,
  replaceItems,
  savePurchase,
  type PurchaseRow,
} from '../store/purchase.ts'
import { lockedPurchase, ownOrgan, recordOf, subjectOf } from './access.ts'
import { itemsToKeep, requestFacts } from './facts.ts'
import { giveBack, holdMoney } from './money.ts'
import { inState, notRequester, purchaseView } from './view.ts'

type RequestingActions = Pick<
  ActionsOf<typeof contract>,
  | 'draftPurchase'
  | 'savePurchase'
  | 'submitPurchase'
  | 'withdrawPurchase'
  | 'approvePurchase'
  | 'returnPurchase'
  | 'consentMethod'
  | 'refuseMethod'
>

export const requestingActions: RequestingActions = {
  async draftPurchase(ctx) {
    const organ = ownOrgan(ctx)
    permit(can.buy(ctx.actor, subjectOf(organ)))
    const request = ctx.input
    const { facts, judgement } = await judged(ctx, organ, request, null)
    const id = newId()
    const year = [...facts.lines.values()][0]?.year ?? 0
    const opened = await openCase(ctx, purchaseCase, {
      subjectId: id,
      title: `采购：${request.title}`,
      applicantOrganId: organ.id,
      jurisdictionCode: organ.jurisdictionCode,
    })
    const row: PurchaseRow = {
      id,
      ...subjectOf(organ),
      number: `CG-${year}-${String(await nextNumber(ctx.tx, `CG-${organ.id}-${year}`)).padStart(4, '0')}`,
      year,
      state: 'draft',
      ...requestColumns(request, judgement),
      financeDocument: null,
      financeLevel: null,
      financeOn: null,
      round: 0,
      intentionOn: null,
      intentionAddress: null,
      startedOn: null,
      noticeOn: null,
      publicityFrom: null,
      publicityUntil: null,
      projectNumber: '',
      openedOn: null,
      awardedOn: null,
      awardFen: null,
      awardReason: '',
      resultPublishedOn: null,
      requestedOn: ctx.today,
      requestedBy: ctx.actor.personId,
      requestedByName: ctx.actor.name,
      closedOn: null,
      caseId: opened.id,
      version: 1,
    }
    await insertPurchase(ctx.tx, row)
    await replaceItems(ctx.tx, id, itemsToKeep(facts, request))
    await record(ctx, 'procurement.purchase-drafted', {
      ...recordOf(row),
      after: { number: row.number, title: row.title, method: methodLabels[row.method], amountFen: row.amountFen },
    })
    return purchaseView(ctx, row)
  },

  async savePurchase(ctx) {
    const { purchaseId, version: _, ...request } = ctx.input
    const row = await lockedPurchase(ctx)
    permit(can.buy(ctx.actor, row))
    insist(inState(row, 'draft'))
    const { facts, judgement } = await judged(ctx, ownOrgan(ctx), request, purchaseId)
    insist(
      provided(
        [...facts.lines.values()].every(({ year }) => year === row.year),
        {
          code: 'other-year',
          message: `采购编号属于${row.year}年度，不能改为其他年度的计划行。`,
          remedy: '请撤回本申请，另行申请。',
        },
      ),
    )
    await replaceItems(ctx.tx, row.id, itemsToKeep(facts, request))
    const saved = await savePurchase(ctx.tx, row, requestColumns(request, judgement))
    await record(ctx, 'procurement.purchase-saved', {
      ...recordOf(row),
      before: { title: row.title, method: methodLabels[row.method], amountFen: row.amountFen },
      after: { title: saved.title, method: methodLabels[saved.method], amountFen: saved.amountFen },
    })
    return purchaseView(ctx, saved)
  },

  /** The submission is judged as things stand now and holds the money on the plan lines (A34-2). */
  async submitPurchase(ctx) {
    const row = await lockedPurchase(ctx)
    permit(can.buy(ctx.actor, row))
    insist(inState(row, 'draft'))
    const items = await itemsOf(ctx.tx, row.id)
    await lockYearlyThings(
      ctx.tx,
      row,
      items.map(({ sameAs }) => sameAs),
    )
    const request: PurchaseRequest = { ...row, items }
    const { judgement } = await judged(
      ctx,
      { id: row.organId, jurisdictionCode: row.jurisdictionCode },
      request,
      row.id,
    )
    insist(verdictOf(judgement.findings))
    const round = row.round + 1
    await holdMoney(ctx, { ...row, round }, items)
    await moveCase(ctx, purchaseCase, row.caseId, 'submit', {})
    const submitted = await savePurchase(ctx.tx, row, {
      state: 'submitted',
      round,
      ...judgedColumns(judgement),
      requestedOn: ctx.today,
      requestedBy: ctx.actor.personId,
      requestedByName: ctx.actor.name,
    })
    await record(ctx, 'procurement.purchase-submitted', {
      ...recordOf(row),
      after: { amountFen: row.amountFen, method: methodLabels[row.method] },
      basis: { findings: judgement.findings },
    })
    return purchaseView(ctx, submitted)
  },

  async withdrawPurchase(ctx) {
    const row = await lockedPurchase(ctx)
    permit(can.buy(ctx.actor, row))
    insist(inState(row, 'draft', 'submitted'))
    if (row.state === 'submitted') await giveBack(ctx, row, '采购申请撤回')
    await moveCase(ctx, purchaseCase, row.caseId, 'withdraw', {})
    return moved(ctx, row, { state: 'withdrawn', closedOn: ctx.today }, 'procurement.purchase-withdrawn')
  },

  /** Where the law asks for an open tender and another method was chosen, finance has the word after the head. */
  async approvePurchase(ctx) {
    const row = await lockedPurchase(ctx)
    permit(can.decide(ctx.actor, row))
    insist(allOf(inState(row, 'submitted'), notRequester(ctx, row)))
    await moveCase(ctx, purchaseCase, row.caseId, row.needsFinance ? 'refer' : 'approve', {
      opinion: ctx.input.opinion,
    })
    return moved(
      ctx,
      row,
      { state: row.needsFinance ? 'finance-review' : 'purchasing' },
      'procurement.purchase-approved',
      {
        opinion: ctx.input.opinion ?? '',
      },
    )
  },

  async returnPurchase(ctx) {
    const row = await lockedPurchase(ctx)
    permit(can.decide(ctx.actor, row))
    insist(allOf(inState(row, 'submitted'), notRequester(ctx, row), checkSecrecy({ 退回理由: ctx.input.opinion })))
    await giveBack(ctx, row, '采购申请退回')
    await moveCase(ctx, purchaseCase, row.caseId, 'giveBack', { opinion: ctx.input.opinion })
    return moved(ctx, row, { state: 'draft' }, 'procurement.purchase-returned', { opinion: ctx.input.opinion })
  },

  async consentMethod(ctx) {
    const { document, approvedBy, approvedOn, opinion } = ctx.input
    const row = await lockedPurchase(ctx)
    permit(can.consentMethod(ctx.actor, row))
    insist(
      allOf(
        inState(row, 'finance-review'),
        provided(mayLetDepart(levelOf(row.jurisdictionCode), approvedBy), {
          code: 'PRO-R03',
          message: '采购方式变更须经设区的市以上、且不低于本级的财政部门批准。',
          basis: law.openTender,
          remedy: '请取得市级或者省级财政部门的批准文件后登记。',
        }),
        provided(approvedOn <= ctx.today && approvedOn >= row.requestedOn, {
          code: 'approval-date',
          message: `批准日期${approvedOn}应在申请（${row.requestedOn}）之后、今天之前。`,
          remedy: '请核对日期。',
        }),
        checkSecrecy({ 批准文号: document, 意见: opinion ?? '' }),
      ),
    )
    await moveCase(ctx, purchaseCase, row.caseId, 'consent', { opinion })
    return moved(
      ctx,
      row,
      { state: 'purchasing', financeDocument: document, financeLevel: approvedBy, financeOn: approvedOn },
      'procurement.method-approved',
      { document, method: methodLabels[row.method] },
    )
  },

  async refuseMethod(ctx) {
    const row = await lockedPurchase(ctx)
    permit(can.consentMethod(ctx.actor, row))
    insist(allOf(inState(row, 'finance-review'), checkSecrecy({ 理由: ctx.input.opinion })))
    await giveBack(ctx, row, '财政部门不批准采购方式')
    await moveCase(ctx, purchaseCase, row.caseId, 'refuse', { opinion: ctx.input.opinion })
    return moved(ctx, row, { state: 'draft' }, 'procurement.method-refused', { opinion: ctx.input.opinion })
  },
}

/** A card needs a class that holds cards. */
function knownClass({ name, classCode }: RequestedItem): Verdict {
  return provided(classCode === null || classOf('2022', classCode)?.leaf === true, {
    code: 'class-unknown',
    message: `“${name}”的资产分类“${classCode ?? ''}”不在GB/T 14885-2022的分类中，或者不是具体的分类。`,
    remedy: '请从分类中选择；不建卡的留空。',
  })
}

/** A request as the rules see it now; what no draft may hold either is refused at once. */
async function judged(
  act: Act,
  organ: { id: string; jurisdictionCode: string },
  request: PurchaseRequest,
  except: string | null,
) {
  insist(allOf(checkSecrecy(textsOf(request)), ...request.items.map(knownClass)))
  const facts = await requestFacts(act, organ, request, except)
  const judgement = judgeRequest(facts, request)
  // A draft may be short of much, but it draws on plan lines of its own organ and of one year (PRO-R01).
  insist(verdictOf(judgement.findings.filter(({ rule }) => rule === 'PRO-R01')))
  return { facts, judgement }
}

const judgedColumns = ({
  class: purchaseClass,
  proposedMethod,
  intentionNeeded,
  needsFinance,
  amountFen,
  findings,
}: Judgement) => ({
  class: purchaseClass,
  proposedMethod,
  intentionNeeded,
  needsFinance,
  amountFen,
  findings,
})

function requestColumns({ items: _, ...request }: PurchaseRequest, judgement: Judgement) {
  return { ...request, ...judgedColumns(judgement) }
}

/** A step that changes little but the state. */
export async function moved(
  act: Act,
  row: PurchaseRow,
  changes: Partial<PurchaseRow>,
  fact: string,
  after: Record<string, unknown> = {},
) {
  const next = await savePurchase(act.tx, row, changes)
  await record(act, fact, {
    ...recordOf(row),
    before: { state: row.state },
    after: { ...after, ...(next.state === row.state ? {} : { state: next.state }) },
  })
  return purchaseView(act, next)
}
