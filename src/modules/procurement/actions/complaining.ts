import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { Role } from '#kernel/pure/actor.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { complaintCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { complaintStateLabels, consequenceLabels, type ComplaintState } from '../model/objection.ts'
import { buyerRoles, can, headRoles, listScope } from '../policy.ts'
import { acceptedFen } from '../rules/acceptance.ts'
import { sum } from '../rules/amounts.ts'
import { checkSuspension, complainFrom, isSuspended, lastDay, mayComplain, mayFollow } from '../rules/objection.ts'
import { checkSecrecy } from '../rules/request.ts'
import { dropTerms, fulfil } from '../store/deadline.ts'
import { fundingOf } from '../store/money.ts'
import {
  complaintById,
  complaintsPage,
  insertComplaint,
  questionById,
  saveComplaint,
  type ComplaintChanges,
  type ComplaintRow,
} from '../store/objection.ts'
import { itemsOf, type PurchaseRow } from '../store/purchase.ts'
import { ownOrgan, seenPurchase } from './access.ts'
import { annul } from './annulling.ts'
import { purchaseStandards } from './facts.ts'
import { complaintRecord, lockedComplaint, seenComplaint, seenQuestion, withOrgans } from './objections.ts'
import { beginObjectionTerm } from './terms.ts'

type ComplaintActions = Pick<
  ActionsOf<typeof contract>,
  | 'complaints'
  | 'viewComplaint'
  | 'recordComplaint'
  | 'acceptComplaint'
  | 'declineComplaint'
  | 'replyToComplaint'
  | 'suspendPurchase'
  | 'resumePurchase'
  | 'decideComplaint'
  | 'withdrawComplaint'
>

const allTerms = ['complaint-review', 'complaint-reply', 'procurement-complaint'] as const

export const complaintActions: ComplaintActions = {
  async complaints(ctx) {
    const { state, overdue, after, limit } = ctx.input
    const organ = ownOrgan(ctx)
    const rows = await complaintsPage(
      ctx.tx,
      {
        jurisdictionCode: organ.jurisdictionCode,
        organId: found(listScope(ctx.actor), '供应商投诉').organId,
        state,
        overdueOn: overdue ? ctx.today : null,
      },
      after,
      limit + 1,
    )
    const page = pageFrom(rows, limit)
    return { ...page, items: await withOrgans(ctx, page.items) }
  },

  async viewComplaint(ctx) {
    return view(ctx, await seenComplaint(ctx, ctx.input.complaintId))
  },

  /** Finance records what the supplier handed in; one that comes too late is recorded too, and then not accepted. */
  async recordComplaint(ctx) {
    const { questionId, receivedOn, claims } = ctx.input
    const question = await seenQuestion(ctx, questionId)
    permit(can.handleComplaint(ctx.actor, question))
    const purchase = await seenPurchase(ctx, question.purchaseId, true)
    const { state, answerUntil, settledOn } = found(await questionById(ctx.tx, questionId, true), '供应商质疑')
    insist(
      allOf(
        mayComplain({ ...question, state, answerUntil, settledOn }, receivedOn, ctx.today),
        checkSecrecy({ 投诉事项: claims }),
      ),
    )
    const { organId, jurisdictionCode } = purchase
    const table = await purchaseStandards(ctx, jurisdictionCode)
    const id = newId()
    const year = ctx.today.slice(0, 4)
    const number = `TS-${year}-${String(await nextNumber(ctx.tx, `TS-${jurisdictionCode}-${year}`)).padStart(4, '0')}`
    const of = { purchaseId: purchase.id, jurisdictionCode, number }
    const review = await beginObjectionTerm(ctx, of, table, 'complaint-review', receivedOn)
    const decision = await beginObjectionTerm(ctx, of, table, 'procurement-complaint', receivedOn)
    const opened = await openCase(ctx, complaintCase, {
      subjectId: id,
      title: `投诉：${purchase.title}（${number}）`,
      applicantOrganId: organId,
      jurisdictionCode,
      dueOn: review.dueOn,
    })
    await insertComplaint(ctx.tx, {
      id,
      questionId,
      purchaseId: purchase.id,
      organId,
      jurisdictionCode,
      number,
      supplier: question.supplier,
      receivedOn,
      complainUntil: lastDay(
        await currentCalendar(ctx.tx),
        jurisdictionCode,
        table,
        'procurement.complaint',
        complainFrom(answerUntil, settledOn),
      ).dueOn,
      claims,
      reviewUntil: review.dueOn,
      decideUntil: decision.dueOn,
      provisional: review.provisional || decision.provisional,
      recordedByName: ctx.actor.name,
      caseId: opened.id,
    })
    await record(ctx, 'procurement.complaint-recorded', {
      ...complaintRecord({ id, organId }),
      after: { number, supplier: question.supplier, receivedOn },
    })
    return view(ctx, found(await complaintById(ctx.tx, id), '供应商投诉'))
  },

  /** The organ is told and says what it has to say within its own term. */
  async acceptComplaint(ctx) {
    const { purchase, complaint } = await handled(ctx, 'received')
    insist(
      allOf(
        provided(complaint.receivedOn <= complaint.complainUntil, {
          code: 'too-late',
          message: `投诉应在${complaint.complainUntil}以前提出，收到日期${complaint.receivedOn}。`,
          remedy: '请作出不予受理的决定，并书面告知投诉人。',
        }),
        checkSecrecy({ 意见: ctx.input.opinion ?? '' }),
      ),
    )
    await moveCase(ctx, complaintCase, complaint.caseId, 'accept', {
      opinion: ctx.input.opinion,
      dueOn: complaint.decideUntil,
    })
    await fulfil(ctx.tx, purchase.id, 'complaint-review', ctx.today, complaint.number)
    const table = await purchaseStandards(ctx, purchase.jurisdictionCode)
    const of = { purchaseId: purchase.id, jurisdictionCode: purchase.jurisdictionCode, number: complaint.number }
    const reply = await beginObjectionTerm(ctx, of, table, 'complaint-reply', ctx.today)
    await tell(ctx, complaint, `财政部门受理投诉${complaint.number}，请在${reply.dueOn}前作出书面说明。`)
    return saved(ctx, complaint, { state: 'accepted', replyUntil: reply.dueOn }, 'procurement.complaint-accepted')
  },

  async declineComplaint(ctx) {
    const { opinion } = ctx.input
    const { purchase, complaint } = await handled(ctx, 'received')
    insist(checkSecrecy({ 理由: opinion }))
    await moveCase(ctx, complaintCase, complaint.caseId, 'decline', { opinion })
    await fulfil(ctx.tx, purchase.id, 'complaint-review', ctx.today, complaint.number)
    return ended(ctx, complaint, { state: 'declined', reasons: opinion }, 'procurement.complaint-declined')
  },

  async replyToComplaint(ctx) {
    const { reply } = ctx.input
    const { purchase, complaint } = await lockedComplaint(ctx)
    permit(can.buy(ctx.actor, complaint, '就供应商投诉作出说明'))
    insist(allOf(inState(complaint, 'accepted'), notReplied(complaint), checkSecrecy({ 说明: reply })))
    await fulfil(ctx.tx, purchase.id, 'complaint-reply', ctx.today, complaint.number)
    return saved(
      ctx,
      complaint,
      { reply, repliedOn: ctx.today, repliedByName: ctx.actor.name },
      'procurement.complaint-replied',
    )
  },

  /** While it lasts, award, contract and acceptance are refused (政府采购法第五十七条). */
  async suspendPurchase(ctx) {
    const { from, until, document, opinion } = ctx.input
    const { purchase, complaint } = await handled(ctx, 'accepted')
    const table = await purchaseStandards(ctx, purchase.jurisdictionCode)
    insist(
      allOf(
        notSuspendedYet(complaint),
        goesOnStill(purchase),
        checkSuspension(table, { from, until, today: ctx.today }),
        checkSecrecy({ 文号: document, 理由: opinion }),
      ),
    )
    await tell(ctx, complaint, `财政部门自${from}至${until}暂停采购${purchase.number}：${opinion}`)
    return saved(
      ctx,
      complaint,
      { suspendedFrom: from, suspendedUntil: until, suspensionDocument: document, suspensionReason: opinion },
      'procurement.purchase-suspended',
    )
  },

  async resumePurchase(ctx) {
    const { opinion } = ctx.input
    const { purchase, complaint } = await handled(ctx, 'accepted')
    insist(allOf(suspendedNow(complaint, ctx.today), checkSecrecy({ 理由: opinion })))
    await tell(ctx, complaint, `财政部门通知恢复采购${purchase.number}：${opinion}`)
    return saved(ctx, complaint, { resumedOn: ctx.today }, 'procurement.purchase-resumed', { opinion })
  },

  /** Upheld with an award or contract that cannot stand, the purchase ends and its money goes back to the plan. */
  async decideComplaint(ctx) {
    const { upheld, consequence, document, reasons } = ctx.input
    const { purchase, complaint } = await handled(ctx, 'accepted')
    const progress = await progressOf(ctx, purchase)
    insist(
      allOf(
        provided(upheld === (consequence !== null), {
          code: 'consequence',
          message: upheld ? '投诉成立的，须写明处理后果。' : '驳回投诉没有处理后果。',
          remedy: '请核对处理结论。',
        }),
        ...(consequence === null ? [] : [mayFollow(consequence, progress)]),
        checkSecrecy({ 文号: document, 理由: reasons }),
      ),
    )
    await moveCase(ctx, complaintCase, complaint.caseId, upheld ? 'uphold' : 'reject', {
      opinion: reasons.slice(0, 500),
    })
    await fulfil(ctx.tx, purchase.id, 'procurement-complaint', ctx.today, complaint.number)
    const releasedFen =
      consequence === 'annul' && purchase.state !== 'terminated' ? await annul(ctx, purchase, complaint) : 0
    await tell(
      ctx,
      complaint,
      upheld && consequence !== null
        ? `投诉${complaint.number}成立：${consequenceLabels[consequence]}。${releasedFen > 0 ? '占用的计划资金已经释放，请重新提出采购申请。' : ''}`
        : `投诉${complaint.number}已驳回，采购继续进行。`,
    )
    return ended(
      ctx,
      complaint,
      { state: upheld ? 'upheld' : 'rejected', consequence, document, reasons, releasedFen },
      'procurement.complaint-decided',
    )
  },

  async withdrawComplaint(ctx) {
    const { opinion } = ctx.input
    const { complaint } = await handled(ctx, 'received', 'accepted')
    insist(checkSecrecy({ 说明: opinion }))
    await moveCase(ctx, complaintCase, complaint.caseId, 'withdraw', { opinion })
    return ended(ctx, complaint, { state: 'withdrawn', reasons: opinion }, 'procurement.complaint-withdrawn')
  },
}

/** The complaint held for a step of finance. */
async function handled(
  act: Act & { input: { complaintId: string; version: number } },
  ...states: ComplaintState[]
): Promise<{ purchase: PurchaseRow; complaint: ComplaintRow }> {
  const locked = await lockedComplaint(act)
  permit(can.handleComplaint(act.actor, locked.complaint))
  insist(inState(locked.complaint, ...states))
  return locked
}

const inState = ({ state, number }: Pick<ComplaintRow, 'state' | 'number'>, ...states: ComplaintState[]): Verdict =>
  provided(states.includes(state), {
    code: 'state',
    message: `投诉${number}处于“${complaintStateLabels[state]}”，须在“${states.map((one) => complaintStateLabels[one]).join('”或“')}”时办理。`,
  })

const notReplied = ({ repliedOn }: Pick<ComplaintRow, 'repliedOn'>): Verdict =>
  provided(repliedOn === null, { code: 'replied-already', message: '已经作出说明。' })

const notSuspendedYet = ({ suspendedFrom }: Pick<ComplaintRow, 'suspendedFrom'>): Verdict =>
  provided(suspendedFrom === null, { code: 'suspended-once', message: '本投诉已经暂停过采购，不能再次暂停。' })

/** A purchase that was accepted or ended has nothing left to stand still. */
const goesOnStill = ({ state }: Pick<PurchaseRow, 'state'>): Verdict =>
  provided(['purchasing', 'awarded', 'contracted', 'accepting'].includes(state), {
    code: 'state',
    message: '采购已经验收或者终止，没有可以暂停的采购活动。',
  })

const suspendedNow = (complaint: ComplaintRow, today: string): Verdict =>
  provided(isSuspended(complaint, today), { code: 'not-suspended', message: '采购没有暂停，或者暂停已经期满。' })

/** How far a purchase is, and what is held for it, 分. */
async function progressOf({ tx }: Pick<Act, 'tx'>, { id, state }: Pick<PurchaseRow, 'id' | 'state'>) {
  const funding = await fundingOf(tx, id)
  const paidFen = sum(funding.map((one) => one.paidFen))
  return {
    state,
    acceptedFen: acceptedFen(await itemsOf(tx, id)),
    paidFen,
    heldFen: sum(funding.map(({ heldFen }) => heldFen)) - paidFen,
  }
}

async function tell(act: Act, { organId, id }: ComplaintRow, text: string): Promise<void> {
  const roles: readonly Role[] = [...buyerRoles, ...headRoles]
  await notify(act, { organId, roles, link: `/procurement/complaints/${id}`, text })
}

/** A step of the record; what changed is what was given. */
async function saved(
  act: Act,
  complaint: ComplaintRow,
  changes: ComplaintChanges,
  fact: string,
  after: Record<string, unknown> = {},
) {
  const next = await saveComplaint(act.tx, complaint, changes)
  await record(act, fact, {
    ...complaintRecord(complaint),
    before: { state: complaint.state },
    after: { ...changes, ...after },
  })
  return view(act, next)
}

async function ended(act: Act, complaint: ComplaintRow, changes: ComplaintChanges, fact: string) {
  await dropTerms(act.tx, complaint.purchaseId, allTerms, complaint.number)
  return saved(act, complaint, { ...changes, settledOn: act.today, settledByName: act.actor.name }, fact)
}

async function view(act: Act, complaint: ComplaintRow) {
  const { actor, tx, today } = act
  const question = found(await questionById(tx, complaint.questionId), '供应商质疑')
  const purchase = await seenPurchase(act, complaint.purchaseId)
  const { paidFen: _, ...progress } = await progressOf(act, purchase)
  const finance = (...more: Verdict[]) => mayOf(allOf(can.handleComplaint(actor, complaint), ...more))
  return {
    complaint: found((await withOrgans(act, [complaint]))[0], '供应商投诉'),
    question: found((await withOrgans(act, [question]))[0], '供应商质疑'),
    purchase: progress,
    suspended: isSuspended(complaint, today),
    may: {
      accept: finance(inState(complaint, 'received')),
      decline: finance(inState(complaint, 'received')),
      reply: mayOf(
        allOf(can.buy(actor, complaint, '就供应商投诉作出说明'), inState(complaint, 'accepted'), notReplied(complaint)),
      ),
      suspend: finance(inState(complaint, 'accepted'), notSuspendedYet(complaint), goesOnStill(purchase)),
      resume: finance(inState(complaint, 'accepted'), suspendedNow(complaint, today)),
      decide: finance(inState(complaint, 'accepted')),
      withdraw: finance(inState(complaint, 'received', 'accepted')),
    },
  }
}
