import { formatChineseDate, type LocalDate } from '#kernel/pure/local-date.ts'
import { allOf, provided, refused, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import {
  fewestAnswers,
  surveyStateLabels,
  type AnswerState,
  type Question,
  type Result,
  type SurveyState,
} from '../model/survey.ts'
import { checkSecrecy } from './secrecy.ts'

/** How many gave a score to a question, by group of organs. */
export type ScoreCount = Readonly<{ organGroup: string; question: number; score: number; n: number }>

/** A group of organs as results show it; small ones are put together. */
export type Group = Readonly<{ groups: readonly string[]; results: readonly Result[] }>

/** What each question came to over all organs (norm A5-1); nothing where fewer than three rated it. */
export function resultsOf(questions: number, counts: readonly ScoreCount[]): Result[] {
  return Array.from({ length: questions }, (_, index) =>
    resultFrom(counts.filter(({ question }) => question === index + 1)),
  )
}

function resultFrom(counts: readonly Pick<ScoreCount, 'score' | 'n'>[]): Result {
  const spread = [1, 2, 3, 4, 5].map((score) =>
    counts.filter((one) => one.score === score).reduce((sum, { n }) => sum + n, 0),
  )
  const answers = spread.reduce((sum, n) => sum + n, 0)
  if (answers < fewestAnswers) return { answers, average: null, satisfiedBp: null, spread: [] }
  const points = spread.reduce((sum, n, index) => sum + n * (index + 1), 0)
  const satisfied = (spread[3] ?? 0) + (spread[4] ?? 0)
  return {
    answers,
    average: Math.round((points / answers) * 100) / 100,
    satisfiedBp: Math.round((satisfied / answers) * 10_000),
    spread,
  }
}

/**
 * Results by group of organs. On no question does a group show fewer than three ratings: the smallest groups are put
 * together until that holds, for one small group alone could be reckoned back from the total. With fewer than two groups
 * left there is nothing to show apart.
 */
export function groupResults(questions: number, counts: readonly ScoreCount[]): Group[] {
  let parts = [...new Set(counts.map(({ organGroup }) => organGroup))].toSorted().map((group) => [group])
  const rated = (part: readonly string[], question: number) =>
    counts
      .filter((one) => one.question === question && part.includes(one.organGroup))
      .reduce((sum, { n }) => sum + n, 0)
  const size = (part: readonly string[]) => Math.max(...numbers(questions).map((question) => rated(part, question)))
  const isSmall = (part: readonly string[]) =>
    numbers(questions).some((question) => {
      const n = rated(part, question)
      return n > 0 && n < fewestAnswers
    })
  while (parts.length > 1 && parts.some(isSmall)) {
    const [small] = parts.filter(isSmall).toSorted((a, b) => size(a) - size(b))
    const rest = parts.filter((part) => part !== small).toSorted((a, b) => size(a) - size(b))
    const [next, ...others] = rest
    parts = [[...(small ?? []), ...(next ?? [])], ...others]
  }
  if (parts.length < 2) return []
  return parts
    .toSorted((a, b) => size(b) - size(a))
    .map((groups) => ({
      groups,
      results: resultsOf(
        questions,
        counts.filter(({ organGroup }) => groups.includes(organGroup)),
      ),
    }))
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

export function mayOpenSurvey(
  {
    title,
    questions,
    answersUntil,
    organs,
  }: { title: string; questions: readonly Question[]; answersUntil: LocalDate; organs: number },
  earliest: LocalDate,
  latest: LocalDate,
): Verdict {
  const fields = questions.map(({ field }) => field)
  return allOf(
    provided(organs >= fewestAnswers, {
      code: 'too-few-organs',
      message: `本级服务保障对象只有${organs}个，少于${fewestAnswers}个时评价不能保持匿名。`,
      basis: law.askedRegularly,
    }),
    provided(new Set(fields).size === fields.length, {
      code: 'field-twice',
      message: '同一服务事项有两个问题。',
      remedy: '请每个服务事项只保留一个问题，便于与往年比较。',
    }),
    provided(answersUntil >= earliest && answersUntil <= latest, {
      code: 'term',
      message: `评价截止日应在${formatChineseDate(earliest)}至${formatChineseDate(latest)}之间。`,
      basis: law.askedRegularly,
    }),
    checkSecrecy([['标题', title], ...questions.map(({ text }) => ['问题', text] as const)]),
  )
}

export function mayRate(
  survey: { state: SurveyState; answersUntil: LocalDate },
  answer: AnswerState,
  today: LocalDate,
): Verdict {
  if (survey.state !== 'open')
    return refused({ code: 'survey-over', message: `满意度调查${surveyStateLabels[survey.state]}，不能再评价。` })
  return provided(answer === 'waiting' || today <= survey.answersUntil, {
    code: 'answer-final',
    message: `评价已于${formatChineseDate(survey.answersUntil)}截止，已提交的评价不能再修改。`,
  })
}

/** One score or “not used” for every question, at least one score; remarks bear no mark of secrecy (A44-1). */
export function checkRatings(questions: number, scores: readonly (number | null)[], remark: string): Verdict {
  return allOf(
    provided(scores.length === questions, {
      code: 'scores-missing',
      message: `问卷有${questions}个问题，收到${scores.length}个评价。`,
      remedy: '请逐题评价，没有使用的服务选“未使用”。',
    }),
    provided(
      scores.some((score) => score !== null),
      { code: 'nothing-rated', message: '没有评价任何服务。', remedy: '请至少评价一项。' },
    ),
    checkSecrecy([['意见建议', remark]]),
  )
}

/** Closed once everybody could answer: the last day is past, or all have. */
export function mayCloseSurvey(
  {
    state,
    answersUntil,
    invited,
    answered,
  }: { state: SurveyState; answersUntil: LocalDate; invited: number; answered: number },
  today: LocalDate,
): Verdict {
  return allOf(
    provided(state === 'open', { code: 'survey-over', message: `满意度调查${surveyStateLabels[state]}，不能再办理。` }),
    provided(today > answersUntil || answered >= invited, {
      code: 'still-asking',
      message: `评价截止日为${formatChineseDate(answersUntil)}，还有${invited - answered}个机关没有评价。`,
      basis: law.askedRegularly,
      remedy: '请在截止日次日起或全部机关评价后办结。',
    }),
  )
}

/** Norm A38-1: opinions are asked regularly. The day by which the next survey is due; null when there was none yet. */
export function nextSurveyDue(lastOpenedOn: LocalDate | null, months: number): LocalDate | null {
  if (lastOpenedOn === null) return null
  const [year, month, day] = lastOpenedOn.split('-').map(Number) as [number, number, number]
  const index = year * 12 + month - 1 + months
  const last = daysIn(Math.floor(index / 12), (index % 12) + 1)
  const pad = (n: number) => String(n).padStart(2, '0')
  return `${Math.floor(index / 12)}-${pad((index % 12) + 1)}-${pad(Math.min(day, last))}`
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}
