import { addDays } from '#kernel/pure/local-date.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, provided } from '#kernel/pure/verdict.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { improvementCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can } from '../policy.ts'
import { checkSecrecy } from '../rules/secrecy.ts'
import {
  finishImprovement,
  improvementById,
  improvementsPage,
  insertImprovement,
  type ImprovementRow,
} from '../store/survey.ts'
import { expectVersion } from './access.ts'
import { idIn } from './cursors.ts'
import { improvementView, seenSurvey } from './survey-view.ts'

type ImprovingActions = Pick<
  ActionsOf<typeof contract>,
  'improvements' | 'viewImprovement' | 'addImprovement' | 'finishImprovement'
>

/** What becomes better because of what was said (norm A38-1): owner, last day, result. */
export const improvingActions: ImprovingActions = {
  async improvements(ctx) {
    const { row } = await seenSurvey(ctx, ctx.input.surveyId)
    const { after, limit } = ctx.input
    const rows = await improvementsPage(ctx.tx, row.id, after === undefined ? undefined : idIn(after), limit + 1)
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map((one) => improvementView(ctx, one)) }
  },

  async viewImprovement(ctx) {
    return improvementView(ctx, await seenImprovement(ctx, ctx.input.improvementId))
  },

  async addImprovement(ctx) {
    const { row: survey } = await seenSurvey(ctx, ctx.input.surveyId)
    permit(can.lead(ctx.actor, survey, '登记改进事项'))
    const { field, problem, measure, ownerName, dueOn } = ctx.input
    insist(
      allOf(
        provided(survey.state === 'closed', {
          code: 'survey-open',
          message: '调查办结后才能登记改进事项。',
          basis: law.askedRegularly,
          remedy: '请先办结满意度调查。',
        }),
        provided(dueOn >= ctx.today && dueOn <= addDays(ctx.today, 731), {
          code: 'due-on',
          message: '完成期限应在今天以后、两年以内。',
          remedy: '请核对日期。',
        }),
        checkSecrecy([
          ['问题', problem],
          ['改进措施', measure],
        ]),
      ),
    )
    const id = newId()
    const { organId, jurisdictionCode } = survey
    const opened = await openCase(ctx, improvementCase, {
      subjectId: id,
      title: `改进：${problem.slice(0, 60)}`,
      applicantOrganId: organId,
      jurisdictionCode,
      dueOn,
    })
    const row: ImprovementRow = {
      id,
      surveyId: survey.id,
      organId,
      jurisdictionCode,
      field,
      problem,
      measure,
      ownerName,
      dueOn,
      state: 'open',
      result: null,
      doneOn: null,
      caseId: opened.id,
      version: 1,
    }
    await insertImprovement(ctx.tx, row)
    await record(ctx, 'consultation.improvement-added', {
      ...improvementSubject(row),
      after: { field, problem, measure, ownerName, dueOn },
      basis: law.askedRegularly,
    })
    return improvementView(ctx, row)
  },

  async finishImprovement(ctx) {
    await seenImprovement(ctx, ctx.input.improvementId)
    const row = found(await improvementById(ctx.tx, ctx.input.improvementId, true), '改进事项')
    permit(can.lead(ctx.actor, row, '登记改进结果'))
    insist(provided(row.state === 'open', { code: 'improvement-done', message: '改进事项已经完成。' }))
    expectVersion(row, ctx.input.version, '改进事项')
    const { result } = ctx.input
    insist(checkSecrecy([['改进结果', result]]))
    const done = await finishImprovement(ctx.tx, row, { result, doneOn: ctx.today })
    await moveCase(ctx, improvementCase, row.caseId, 'finish', { opinion: result })
    await record(ctx, 'consultation.improvement-finished', {
      ...improvementSubject(row),
      before: { state: row.state },
      after: { state: 'done', result, late: ctx.today > row.dueOn },
    })
    return improvementView(ctx, done)
  },
}

/** Whoever sees the survey sees what is made better because of it. */
async function seenImprovement(act: Act, id: string): Promise<ImprovementRow> {
  const row = found(await improvementById(act.tx, id), '改进事项')
  await seenSurvey(act, row.surveyId)
  return row
}

const improvementSubject = ({ id, organId }: ImprovementRow) => ({
  subject: { kind: 'consultation.improvement', id },
  organId,
})
