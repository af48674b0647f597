import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { found, Missing } from '#kernel/server/errors.ts'
import { organKindLabels, type OrganKind } from '#modules/organs/model.ts'
import { organNames } from '#modules/organs/offers.ts'
import { can, maySeeConsultation, maySeeOpinion, seesAll } from '../policy.ts'
import { groupResults, mayCloseSurvey, mayRate, resultsOf, type Group } from '../rules/survey.ts'
import {
  answerById,
  answerOfOrgan,
  ratingOf,
  remarksOf,
  scoresOf,
  surveyById,
  surveyCounts,
  surveysOfLevel,
  type AnswerRow,
  type ImprovementRow,
  type ListedSurvey,
  type SurveyRow,
} from '../store/survey.ts'

/** Surveys compared with each other: enough to see a trend, few enough for one picture. */
const compared = 5

export type SeenSurvey = { row: SurveyRow; mine: AnswerRow | null }

/** @throws Missing for whoever was not asked and does not read the level */
export async function seenSurvey({ tx, actor }: Pick<Act, 'tx' | 'actor'>, id: string): Promise<SeenSurvey> {
  const row = found(await surveyById(tx, id), '满意度调查')
  const mine = actor.organ === null ? null : await answerOfOrgan(tx, id, actor.organ.id)
  if (!maySeeConsultation(actor, row, mine === null ? [] : [mine.organId])) throw new Missing('满意度调查')
  return { row, mine }
}

export async function seenAnswer(
  { tx, actor }: Pick<Act, 'tx' | 'actor'>,
  id: string,
): Promise<{ answer: AnswerRow; row: SurveyRow }> {
  const answer = found(await answerById(tx, id), '评价')
  if (!maySeeOpinion(actor, answer)) throw new Missing('评价')
  return { answer, row: found(await surveyById(tx, answer.surveyId), '满意度调查') }
}

export async function asSurveys({ tx }: Pick<Act, 'tx'>, rows: readonly ListedSurvey[]) {
  const counts = await surveyCounts(
    tx,
    rows.map(({ id }) => id),
  )
  const names = await organNames(
    tx,
    rows.map(({ organId }) => organId),
  )
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    title: row.title,
    organName: names.get(row.organId) ?? '',
    state: row.state,
    answersUntil: row.answersUntil,
    openedOn: row.openedOn,
    closedOn: row.closedOn,
    ...(counts.get(row.id) ?? { invited: 0, answered: 0 }),
    mine: row.answerId === null || row.answerState === null ? null : { answerId: row.answerId, state: row.answerState },
  }))
}

/** The survey as its page shows it; results only once it is closed, so that nobody answers by what others said. */
export async function surveyView(act: Act, { row, mine }: SeenSurvey) {
  const [listed] = await asSurveys(act, [{ ...row, answerId: mine?.id ?? null, answerState: mine?.state ?? null }])
  const head = found(listed, '满意度调查')
  const all = seesAll(act.actor, row)
  const closed = row.state === 'closed'
  const scores = closed ? ((await scoresOf(act.tx, [row.id])).get(row.id) ?? []) : []
  const lead = (what: string) => can.lead(act.actor, row, what)
  return {
    survey: {
      ...head,
      organId: row.organId,
      questions: row.questions,
      openedByName: row.openedByName,
      closedByName: row.closedByName,
      conclusion: row.conclusion,
      version: row.version,
    },
    seesAll: all,
    caseId: all ? row.caseId : (mine?.caseId ?? null),
    results: closed ? resultsOf(row.questions.length, scores) : null,
    groups: closed && all ? groupResults(row.questions.length, scores).map(named) : [],
    remarks: closed && all ? await remarksOf(act.tx, row.id) : [],
    trend: closed ? await trendOf(act, row) : [],
    may: {
      close: mayOf(allOf(lead('办结满意度调查'), mayCloseSurvey({ ...head, state: row.state }, act.today))),
      withdraw: mayOf(
        allOf(
          lead('撤销满意度调查'),
          provided(row.state === 'open', { code: 'survey-over', message: '调查已经结束，不能撤销。' }),
        ),
      ),
      improve: mayOf(
        allOf(
          lead('登记改进事项'),
          provided(closed, {
            code: 'survey-open',
            message: '调查办结后才能登记改进事项。',
            remedy: '请先办结满意度调查。',
          }),
        ),
      ),
    },
  }
}

function named({ groups, results }: Group) {
  return {
    name: groups.map((kind) => organKindLabels[kind as OrganKind] ?? kind).join('、'),
    results: [...results],
  }
}

async function trendOf(act: Act, row: SurveyRow) {
  const surveys = (await surveysOfLevel(act.tx, row.jurisdictionCode, row.openedOn, compared))
    .filter(({ state }) => state === 'closed')
    .toReversed()
  const scores = await scoresOf(
    act.tx,
    surveys.map(({ id }) => id),
  )
  return surveys.map(({ id, openedOn, questions }) => {
    const results = resultsOf(questions.length, scores.get(id) ?? [])
    return {
      surveyId: id,
      openedOn,
      averages: questions.map(({ field }, index) => ({ field, average: results[index]?.average ?? null })),
    }
  })
}

/** One organ's answer; the ratings are shown to the organ alone. */
export async function answerView(act: Act, row: SurveyRow, answer: AnswerRow) {
  const names = await organNames(act.tx, [row.organId, answer.organId])
  const isOwn = act.actor.organ?.id === answer.organId
  return {
    answer: {
      id: answer.id,
      surveyId: row.id,
      organName: names.get(answer.organId) ?? '',
      state: answer.state,
      submittedAt: answer.submittedAt,
      submittedByName: answer.submittedByName,
      caseId: answer.caseId,
      version: answer.version,
    },
    survey: {
      id: row.id,
      number: row.number,
      title: row.title,
      organName: names.get(row.organId) ?? '',
      state: row.state,
      answersUntil: row.answersUntil,
      questions: row.questions,
    },
    rating: isOwn ? await ratingOf(act.tx, answer.id) : null,
    may: { rate: mayOf(allOf(can.answer(act.actor, answer), mayRate(row, answer.state, act.today))) },
  }
}

export function improvementView({ actor, today }: Pick<Act, 'actor' | 'today'>, row: ImprovementRow) {
  const { organId: _, jurisdictionCode: __, ...shown } = row
  return {
    ...shown,
    overdue: row.state === 'open' && today > row.dueOn,
    may: {
      finish: mayOf(
        allOf(
          can.lead(actor, row, '登记改进结果'),
          provided(row.state === 'open', { code: 'improvement-done', message: '改进事项已经完成。' }),
        ),
      ),
    },
  }
}
