import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { questionCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { purchaseStateLabels } from '../model.ts'
import { questionKindLabels, questionOutcomeLabels, questionStateLabels, type Question } from '../model/objection.ts'
import { can, listScope } from '../policy.ts'
import { checkDays, fits, lastDay, mayComplain, mayDecline, mayRedo, openToSuppliers } from '../rules/objection.ts'
import { checkSecrecy } from '../rules/request.ts'
import type { ObjectionTerm } from '../rules/terms.ts'
import { dropTerms, fulfil } from '../store/deadline.ts'
import {
  complaintsOfPurchase,
  insertQuestion,
  questionById,
  questionsPage,
  settleQuestion,
  type QuestionRow,
} from '../store/objection.ts'
import { ownOrgan, seenPurchase } from './access.ts'
import { purchaseStandards } from './facts.ts'
import { lockedQuestion, questionRecord, seenQuestion, withOrgans } from './objections.ts'
import { beginObjectionTerm } from './terms.ts'

type QuestionActions = Pick<
  ActionsOf<typeof contract>,
  'questions' | 'viewQuestion' | 'recordQuestion' | 'answerQuestion' | 'declineQuestion' | 'withdrawQuestion'
>

/** The term an answer is owed under. */
const termOfKind = (kind: Question['kind']): ObjectionTerm =>
  kind === 'enquiry' ? 'supplier-enquiry' : 'supplier-question'

export const questionActions: QuestionActions = {
  async questions(ctx) {
    const { state, overdue, after, limit } = ctx.input
    const organ = ownOrgan(ctx)
    const rows = await questionsPage(
      ctx.tx,
      {
        jurisdictionCode: organ.jurisdictionCode,
        organId: found(listScope(ctx.actor), '供应商质疑').organId,
        state,
        overdueOn: overdue ? ctx.today : null,
      },
      after,
      limit + 1,
    )
    const page = pageFrom(rows, limit)
    return { ...page, items: await withOrgans(ctx, page.items) }
  },

  async viewQuestion(ctx) {
    return view(ctx, await seenQuestion(ctx, ctx.input.questionId))
  },

  /** What a supplier handed in on paper or by mail; it is recorded even where it comes too late, and then says so. */
  async recordQuestion(ctx) {
    const { purchaseId, kind, supplier, creditCode, about, knownOn, receivedOn, claims, bearsOnResult } = ctx.input
    const purchase = await seenPurchase(ctx, purchaseId, true)
    permit(can.buy(ctx.actor, purchase, '登记供应商质疑'))
    insist(
      allOf(
        provided(openToSuppliers.includes(purchase.state), {
          code: 'state',
          message: `采购处于“${purchaseStateLabels[purchase.state]}”，还没有开始采购活动。`,
        }),
        checkDays({ knownOn, receivedOn }, ctx.today),
        checkSecrecy({ 供应商: supplier, 质疑事项: claims }),
      ),
    )
    const { organId, jurisdictionCode } = purchase
    const table = await purchaseStandards(ctx, jurisdictionCode)
    const askUntil =
      kind === 'enquiry'
        ? null
        : lastDay(await currentCalendar(ctx.tx), jurisdictionCode, table, 'procurement.question', knownOn).dueOn
    const id = newId()
    const year = ctx.today.slice(0, 4)
    const number = `ZY-${year}-${String(await nextNumber(ctx.tx, `ZY-${organId}-${year}`)).padStart(4, '0')}`
    const due = await beginObjectionTerm(
      ctx,
      { purchaseId, jurisdictionCode, number },
      table,
      termOfKind(kind),
      receivedOn,
    )
    const opened = await openCase(ctx, questionCase, {
      subjectId: id,
      title: `${questionKindLabels[kind]}：${purchase.title}（${number}）`,
      applicantOrganId: organId,
      jurisdictionCode,
      dueOn: due.dueOn,
    })
    await insertQuestion(ctx.tx, {
      id,
      purchaseId,
      organId,
      jurisdictionCode,
      number,
      kind,
      state: 'received',
      supplier,
      creditCode,
      about,
      knownOn,
      receivedOn,
      askUntil,
      claims,
      // An enquiry asks; it holds nothing up.
      bearsOnResult: bearsOnResult && kind === 'question',
      answerUntil: due.dueOn,
      answerProvisional: due.provisional,
      outcome: null,
      answer: null,
      settledOn: null,
      settledByName: null,
      recordedByName: ctx.actor.name,
      caseId: opened.id,
    })
    await record(ctx, 'procurement.question-recorded', {
      ...questionRecord({ id, organId }),
      after: { number, supplier, knownOn, receivedOn, answerUntil: due.dueOn },
    })
    return view(ctx, found(await questionById(ctx.tx, id), '供应商质疑'))
  },

  async answerQuestion(ctx) {
    const { outcome, answer } = ctx.input
    const { purchase, question } = await lockedQuestion(ctx)
    permit(can.buy(ctx.actor, question, '答复供应商质疑'))
    insist(
      allOf(
        waiting(question),
        fits(question.kind, outcome),
        mayRedo(outcome, purchase.state),
        checkSecrecy({ 答复: answer }),
      ),
    )
    await moveCase(ctx, questionCase, question.caseId, 'answer', { opinion: questionOutcomeLabels[outcome] })
    await fulfil(ctx.tx, purchase.id, termOfKind(question.kind), ctx.today, question.number)
    return settled(ctx, question, { state: 'answered', outcome, answer }, 'procurement.question-answered', {
      outcome: questionOutcomeLabels[outcome],
    })
  },

  async declineQuestion(ctx) {
    const { opinion } = ctx.input
    const { purchase, question } = await lockedQuestion(ctx)
    permit(can.buy(ctx.actor, question, '答复供应商质疑'))
    insist(allOf(waiting(question), mayDecline(question), checkSecrecy({ 理由: opinion })))
    await moveCase(ctx, questionCase, question.caseId, 'decline', { opinion })
    await dropTerms(ctx.tx, purchase.id, [termOfKind(question.kind)], question.number)
    return settled(
      ctx,
      question,
      { state: 'declined', outcome: null, answer: opinion },
      'procurement.question-declined',
      { opinion },
    )
  },

  async withdrawQuestion(ctx) {
    const { opinion } = ctx.input
    const { purchase, question } = await lockedQuestion(ctx)
    permit(can.buy(ctx.actor, question, '登记供应商撤回质疑'))
    insist(allOf(waiting(question), checkSecrecy({ 说明: opinion })))
    await moveCase(ctx, questionCase, question.caseId, 'withdraw', { opinion })
    await dropTerms(ctx.tx, purchase.id, [termOfKind(question.kind)], question.number)
    return settled(
      ctx,
      question,
      { state: 'withdrawn', outcome: null, answer: opinion },
      'procurement.question-withdrawn',
      { opinion },
    )
  },
}

const waiting = ({ state, number }: Pick<QuestionRow, 'state' | 'number'>): Verdict =>
  provided(state === 'received', {
    code: 'state',
    message: `${number}处于“${questionStateLabels[state]}”，已经办结。`,
  })

async function settled(
  act: Act,
  question: QuestionRow,
  how: Pick<QuestionRow, 'state' | 'outcome' | 'answer'>,
  fact: string,
  after: Record<string, unknown>,
) {
  const next = await settleQuestion(act.tx, question, {
    ...how,
    settledOn: act.today,
    settledByName: act.actor.name,
  })
  await record(act, fact, {
    ...questionRecord(question),
    before: { state: question.state },
    after: { ...after, state: next.state },
  })
  return view(act, next)
}

async function view(act: Act, question: QuestionRow) {
  const { actor, tx, today } = act
  const complaints = (await complaintsOfPurchase(tx, question.purchaseId)).filter(
    ({ questionId }) => questionId === question.id,
  )
  const answer = allOf(can.buy(actor, question, '答复供应商质疑'), waiting(question))
  return {
    question: found((await withOrgans(act, [question]))[0], '供应商质疑'),
    complaints: complaints.map(({ id, number, state, receivedOn }) => ({ id, number, state, receivedOn })),
    may: {
      answer: mayOf(answer),
      decline: mayOf(allOf(answer, mayDecline(question))),
      withdraw: mayOf(answer),
      complain: mayOf(
        allOf(can.handleComplaint(actor, question), mayComplain(question, today, today), notComplained(complaints)),
      ),
    },
  }
}

/** A supplier complains of an answer once. */
export const notComplained = (complaints: readonly { state: string; number: string }[]): Verdict =>
  provided(!complaints.some(({ state }) => !['declined', 'withdrawn'].includes(state)), {
    code: 'complained-already',
    message: `对这一质疑已有投诉${complaints.map(({ number }) => number).join('、')}。`,
  })
