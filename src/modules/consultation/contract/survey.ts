import { z } from 'zod'
import { Instant, pageInput, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { AnswerState, Improvement, Question, Result, Score, ServiceField, SurveyState } from '../model/survey.ts'

const Survey = z.object({
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  organName: z.string(),
  state: SurveyState,
  answersUntil: LocalDateSchema,
  openedOn: LocalDateSchema,
  closedOn: LocalDateSchema.nullable(),
  invited: z.number().int(),
  answered: z.number().int(),
  /** The reader's own part: null where they were not asked. */
  mine: z.object({ answerId: z.uuid(), state: AnswerState }).nullable(),
})

const SurveyView = z.object({
  survey: Survey.extend({
    organId: z.uuid(),
    questions: z.array(Question),
    openedByName: z.string(),
    closedByName: z.string().nullable(),
    conclusion: z.string().nullable(),
    version: z.number().int(),
  }),
  seesAll: z.boolean(),
  caseId: z.uuid().nullable(),
  /** By question, once closed; null before. */
  results: z.array(Result).nullable(),
  /** By kinds of organ, small groups put together; for those who read the level. */
  groups: z.array(z.object({ name: z.string(), results: z.array(Result) })),
  /** Remarks without who made them; for those who read the level. */
  remarks: z.array(z.string()),
  /** Earlier surveys of the level and this one, oldest first: averages by field. */
  trend: z.array(
    z.object({
      surveyId: z.uuid(),
      openedOn: LocalDateSchema,
      averages: z.array(z.object({ field: ServiceField, average: z.number().nullable() })),
    }),
  ),
  may: z.object({ close: May, withdraw: May, improve: May }),
})

const AnswerView = z.object({
  answer: z.object({
    id: z.uuid(),
    surveyId: z.uuid(),
    organName: z.string(),
    state: AnswerState,
    submittedAt: Instant.nullable(),
    submittedByName: z.string().nullable(),
    caseId: z.uuid(),
    version: z.number().int(),
  }),
  survey: z.object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    organName: z.string(),
    state: SurveyState,
    answersUntil: LocalDateSchema,
    questions: z.array(Question),
  }),
  /** The organ's own ratings, for the organ alone; null before it has answered. */
  rating: z.object({ scores: z.array(Score.nullable()), remark: z.string() }).nullable(),
  may: z.object({ rate: May }),
})

const ImprovementView = Improvement.extend({ overdue: z.boolean(), caseId: z.uuid(), may: z.object({ finish: May }) })

const id = { surveyId: z.uuid() }
const step = { ...id, version: z.number().int() }
const said = (what: string) => z.string().trim().min(1, `请填写${what}。`)

/** How satisfied the organs served are, and what is improved (norms A5-1, A38-1). */
export const surveyOperations = {
  surveys: {
    method: 'GET',
    path: '/surveys',
    summary: '满意度调查列表',
    input: z.object({ state: SurveyState.optional(), ...pageInput }),
    output: pageOf(Survey).extend({
      /** By when the level's next survey is due; null where there was none or the reader does not read the level. */
      nextDueOn: LocalDateSchema.nullable(),
      overdue: z.boolean(),
      may: z.object({ open: May }),
    }),
  },
  viewSurvey: {
    method: 'GET',
    path: '/surveys/:surveyId',
    summary: '查看满意度调查',
    input: z.object(id),
    output: SurveyView,
  },
  openSurvey: {
    method: 'POST',
    path: '/surveys',
    summary: '发起满意度调查',
    input: z.object({
      title: z.string().trim().min(2, '标题至少2个字。').max(200),
      questions: z.array(Question).min(1, '请至少保留一个问题。').max(20),
      answersUntil: LocalDateSchema,
    }),
    output: SurveyView,
  },
  surveyAnswers: {
    method: 'GET',
    path: '/surveys/:surveyId/answers',
    summary: '各机关是否已评价',
    input: z.object({ ...id, state: AnswerState.optional(), ...pageInput }),
    output: pageOf(
      z.object({ id: z.uuid(), organName: z.string(), state: AnswerState, submittedAt: Instant.nullable() }),
    ),
  },
  viewAnswer: {
    method: 'GET',
    path: '/answers/:answerId',
    summary: '查看本机关的评价',
    input: z.object({ answerId: z.uuid() }),
    output: AnswerView,
  },
  submitAnswer: {
    method: 'POST',
    path: '/answers/:answerId/submission',
    summary: '提交（或在截止日前修改）评价',
    input: z.object({
      answerId: z.uuid(),
      version: z.number().int(),
      scores: z.array(Score.nullable()).min(1).max(20),
      remark: z.string().trim().max(2000).default(''),
    }),
    output: AnswerView,
  },
  closeSurvey: {
    method: 'POST',
    path: '/surveys/:surveyId/closing',
    summary: '办结满意度调查',
    input: z.object({ ...step, conclusion: z.string().trim().max(2000).default('') }),
    output: SurveyView,
  },
  withdrawSurvey: {
    method: 'POST',
    path: '/surveys/:surveyId/withdrawal',
    summary: '撤销满意度调查',
    input: z.object({ ...step, opinion: said('撤销原因').max(1000) }),
    output: SurveyView,
  },
  improvements: {
    method: 'GET',
    path: '/surveys/:surveyId/improvements',
    summary: '改进事项',
    input: z.object({ ...id, ...pageInput }),
    output: pageOf(ImprovementView),
  },
  viewImprovement: {
    method: 'GET',
    path: '/improvements/:improvementId',
    summary: '查看改进事项',
    input: z.object({ improvementId: z.uuid() }),
    output: ImprovementView,
  },
  addImprovement: {
    method: 'POST',
    path: '/surveys/:surveyId/improvements',
    summary: '登记改进事项',
    input: z.object({
      ...id,
      field: ServiceField,
      problem: said('问题').max(1000),
      measure: said('改进措施').max(1000),
      ownerName: said('责任处室或责任人').max(60),
      dueOn: LocalDateSchema,
    }),
    output: ImprovementView,
  },
  finishImprovement: {
    method: 'POST',
    path: '/improvements/:improvementId/completion',
    summary: '登记改进结果',
    input: z.object({ improvementId: z.uuid(), version: z.number().int(), result: said('改进结果').max(2000) }),
    output: ImprovementView,
  },
} as const satisfies Record<string, OperationDeclaration>
