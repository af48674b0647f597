import { moveCase } from '#kernel/server/cases/engine.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { organById } from '#modules/organs/offers.ts'
import { answerCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { can } from '../policy.ts'
import { checkRatings, mayRate } from '../rules/survey.ts'
import { answerById, lockSurvey, saveAnswer, saveRating } from '../store/survey.ts'
import { expectVersion } from './access.ts'
import { answerView, seenAnswer } from './survey-view.ts'

export const ratingActions: Pick<ActionsOf<typeof contract>, 'viewAnswer' | 'submitAnswer'> = {
  async viewAnswer(ctx) {
    const { answer, row } = await seenAnswer(ctx, ctx.input.answerId)
    return answerView(ctx, row, answer)
  },

  /** The record says that the organ has rated, never how: ratings stay with the organ. */
  async submitAnswer(ctx) {
    const seen = await seenAnswer(ctx, ctx.input.answerId)
    permit(can.answer(ctx.actor, seen.answer))
    const row = found(await lockSurvey(ctx.tx, seen.row.id, 'together'), '满意度调查')
    const answer = found(await answerById(ctx.tx, seen.answer.id, true), '评价')
    insist(mayRate(row, answer.state, ctx.today))
    expectVersion(answer, ctx.input.version, '评价')
    const { scores, remark } = ctx.input
    insist(checkRatings(row.questions.length, scores, remark))
    const organ = found(await organById(ctx.tx, answer.organId, ctx.today), '机关')
    await saveRating(ctx.tx, { ...answer, organGroup: organ.kind }, { scores, remark })
    const isFirst = answer.state === 'waiting'
    const saved = await saveAnswer(ctx.tx, answer, {
      state: 'answered',
      submittedAt: ctx.now,
      submittedByName: ctx.actor.name,
    })
    if (isFirst) await moveCase(ctx, answerCase, answer.caseId, 'answer', {})
    await record(ctx, 'consultation.rated', {
      subject: { kind: 'consultation.answer', id: answer.id },
      organId: answer.organId,
      after: { state: 'answered', again: !isFirst },
    })
    return answerView(ctx, row, saved)
  },
}
