import { systemActor } from '#kernel/pure/actor.ts'
import { addDays, formatChineseDate } from '#kernel/pure/local-date.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { mayOf, provided } from '#kernel/pure/verdict.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { record } from '#kernel/server/record.ts'
import { organNames, organsOf } from '#modules/organs/offers.ts'
import { answerCase, surveyCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { answerRoles, can, seesAll } from '../policy.ts'
import { earliestLastDay } from '../rules/opening.ts'
import { checkSecrecy } from '../rules/secrecy.ts'
import { mayCloseSurvey, mayOpenSurvey, nextSurveyDue } from '../rules/survey.ts'
import {
  answersPage,
  endAnswers,
  insertAnswers,
  insertSurvey,
  lockSurvey,
  saveSurvey,
  surveyCounts,
  surveysOfLevel,
  surveysPage,
  type SurveyRow,
} from '../store/survey.ts'
import { expectVersion } from './access.ts'
import { idIn } from './cursors.ts'
import { asSurveys, seenSurvey, surveyView } from './survey-view.ts'
import { termOf } from './terms.ts'

type SurveyActions = Pick<
  ActionsOf<typeof contract>,
  'surveys' | 'viewSurvey' | 'openSurvey' | 'surveyAnswers' | 'closeSurvey' | 'withdrawSurvey'
>

export const surveyActions: SurveyActions = {
  async surveys(ctx) {
    const organ = officeOrgan(ctx.actor, '满意度调查')
    const { state, after, limit } = ctx.input
    const { jurisdictionCode } = organ
    const all = seesAll(ctx.actor, { jurisdictionCode })
    const filter = { jurisdictionCode: all ? jurisdictionCode : null, organId: organ.id, state }
    const rows = await surveysPage(ctx.tx, filter, after === undefined ? undefined : idIn(after), limit + 1)
    const page = pageFrom(rows, limit)
    const nextDueOn = all ? await dueOn(ctx, jurisdictionCode) : null
    return {
      ...page,
      items: await asSurveys(ctx, page.items),
      nextDueOn,
      overdue: nextDueOn !== null && ctx.today > nextDueOn,
      may: { open: mayOf(can.open(ctx.actor, jurisdictionCode)) },
    }
  },

  async viewSurvey(ctx) {
    return surveyView(ctx, await seenSurvey(ctx, ctx.input.surveyId))
  },

  /** Art. 38: asks every organ served at the level how satisfied it is. */
  async openSurvey(ctx) {
    const organ = officeOrgan(ctx.actor, '满意度调查')
    const { jurisdictionCode } = organ
    permit(can.open(ctx.actor, jurisdictionCode))
    const { title, questions, answersUntil } = ctx.input
    const served = (await organsOf(ctx.tx, jurisdictionCode, ctx.today)).filter(({ id }) => id !== organ.id)
    const calendar = await currentCalendar(ctx.tx)
    const term = await termOf(ctx, jurisdictionCode, 'consultation.opinion-workdays')
    insist(
      mayOpenSurvey(
        { title, questions, answersUntil, organs: served.length },
        earliestLastDay(ctx.today, term, calendar, jurisdictionCode),
        addDays(ctx.today, 366),
      ),
    )
    const year = ctx.today.slice(0, 4)
    const serial = await nextNumber(ctx.tx, `survey-${year}-${jurisdictionCode}`)
    const id = newId()
    const opened = await openCase(ctx, surveyCase, {
      subjectId: id,
      title: `满意度调查：${title}`,
      applicantOrganId: organ.id,
      jurisdictionCode,
      clockFrom: answersUntil,
    })
    const row: SurveyRow = {
      id,
      number: `MYD-${year}-${jurisdictionCode}-${String(serial).padStart(3, '0')}`,
      title,
      questions,
      organId: organ.id,
      jurisdictionCode,
      state: 'open',
      answersUntil,
      openedOn: ctx.today,
      openedByName: ctx.actor.name,
      caseId: opened.id,
      closedOn: null,
      closedByName: null,
      conclusion: null,
      version: 1,
    }
    await insertSurvey(ctx.tx, row)
    await invite(
      ctx,
      row,
      served.map(({ id: organId }) => organId),
    )
    await record(ctx, 'consultation.survey-opened', {
      ...surveySubject(row),
      after: { number: row.number, title, questions: questions.length, answersUntil, organs: served.length },
      basis: term,
    })
    return surveyView(ctx, await seenSurvey(ctx, id))
  },

  /** Who has answered; never what. */
  async surveyAnswers(ctx) {
    const { row } = await seenSurvey(ctx, ctx.input.surveyId)
    if (!seesAll(ctx.actor, row)) throw new Missing('各机关评价情况')
    const { state, after, limit } = ctx.input
    const rows = await answersPage(ctx.tx, row.id, state, after === undefined ? undefined : idIn(after), limit + 1)
    const page = pageFrom(rows, limit)
    const names = await organNames(
      ctx.tx,
      page.items.map(({ organId }) => organId),
    )
    return {
      ...page,
      items: page.items.map(({ id, organId, state: at, submittedAt }) => ({
        id,
        organName: names.get(organId) ?? '',
        state: at,
        submittedAt,
      })),
    }
  },

  async closeSurvey(ctx) {
    const row = await toLead(ctx, '办结满意度调查')
    const counts = found((await surveyCounts(ctx.tx, [row.id])).get(row.id), '满意度调查')
    const { conclusion } = ctx.input
    insist(mayCloseSurvey({ ...row, ...counts }, ctx.today))
    insist(checkSecrecy([['结论', conclusion]]))
    const waiting = await endWaiting(ctx, row, 'lapse')
    const closed = await saveSurvey(ctx.tx, row, {
      state: 'closed',
      closedOn: ctx.today,
      closedByName: ctx.actor.name,
      conclusion: conclusion === '' ? null : conclusion,
    })
    await moveCase(ctx, surveyCase, row.caseId, 'close', { opinion: conclusion })
    await record(ctx, 'consultation.survey-closed', {
      ...surveySubject(row),
      before: { state: row.state },
      after: { state: 'closed', ...counts, unanswered: waiting },
    })
    return surveyView(ctx, { row: closed, mine: null })
  },

  async withdrawSurvey(ctx) {
    const row = await toLead(ctx, '撤销满意度调查')
    const { opinion } = ctx.input
    insist(provided(row.state === 'open', { code: 'survey-over', message: '调查已经结束，不能撤销。' }))
    insist(checkSecrecy([['撤销原因', opinion]]))
    await endWaiting(ctx, row, 'withdraw')
    const withdrawn = await saveSurvey(ctx.tx, row, { state: 'withdrawn' })
    await moveCase(ctx, surveyCase, row.caseId, 'withdraw', { opinion })
    await record(ctx, 'consultation.survey-withdrawn', {
      ...surveySubject(row),
      before: { state: row.state },
      after: { state: 'withdrawn', opinion },
    })
    return surveyView(ctx, { row: withdrawn, mine: null })
  },
}

export const surveySubject = ({ id, organId }: SurveyRow) => ({ subject: { kind: 'consultation.survey', id }, organId })

async function invite(act: Act, row: SurveyRow, organIds: readonly string[]): Promise<void> {
  const invited: { id: string; organId: string; caseId: string }[] = []
  for (const organId of organIds) {
    const id = newId()
    const opened = await openCase(act, answerCase, {
      subjectId: id,
      title: `满意度评价：${row.title}`,
      applicantOrganId: organId,
      jurisdictionCode: row.jurisdictionCode,
      dueOn: row.answersUntil,
    })
    invited.push({ id, organId, caseId: opened.id })
  }
  await insertAnswers(act.tx, row, invited)
  for (const { id, organId } of invited)
    await notify(act, {
      organId,
      roles: answerRoles,
      link: `/consultation/answers/${id}`,
      text: `请于${formatChineseDate(row.answersUntil)}前评价机关运行保障服务：${row.title}。`,
    })
}

async function toLead(ctx: Act & { input: { surveyId: string; version: number } }, what: string): Promise<SurveyRow> {
  await seenSurvey(ctx, ctx.input.surveyId)
  const row = found(await lockSurvey(ctx.tx, ctx.input.surveyId, 'alone'), '满意度调查')
  permit(can.lead(ctx.actor, row, what))
  expectVersion(row, ctx.input.version, '满意度调查')
  return row
}

/** What still waits in inboxes ends with the survey; a consequence, so the system does it. */
async function endWaiting(act: Act, row: SurveyRow, how: 'lapse' | 'withdraw'): Promise<number> {
  const system = { ...act, actor: systemActor }
  let ended = 0
  for (let after: string | undefined; ;) {
    const page = await answersPage(act.tx, row.id, 'waiting', after, 200)
    for (const { caseId } of page) await moveCase(system, answerCase, caseId, how, {})
    ended += page.length
    after = page.at(-1)?.id
    if (page.length < 200) break
  }
  await endAnswers(act.tx, row.id, how === 'lapse' ? 'unanswered' : 'withdrawn')
  return ended
}

async function dueOn(act: Act, jurisdictionCode: string): Promise<string | null> {
  const [latest] = await surveysOfLevel(act.tx, jurisdictionCode, act.today, 1)
  const { count } = await termOf(act, jurisdictionCode, 'consultation.survey-months')
  return nextSurveyDue(latest?.openedOn ?? null, count)
}
