import { z } from 'zod'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'

/** A satisfaction survey 满意度调查: questions by field of service, rated 1–5 by the organs served (A5-1, A38-1). */
export const surveyStateLabels = { open: '调查中', closed: '已办结', withdrawn: '已撤销' } as const
export type SurveyState = keyof typeof surveyStateLabels
export const SurveyState = z.enum(['open', 'closed', 'withdrawn'])

/** Fields of service that are asked about; the same from year to year, so that years can be compared. */
export const serviceFieldLabels = {
  premises: '办公用房和维修',
  property: '物业、保洁和绿化',
  catering: '餐饮',
  vehicles: '公务出行',
  meetings: '会议',
  equipment: '设备家具',
  security: '安全秩序',
  energy: '水电暖供应',
  overall: '总体评价',
} as const
export type ServiceField = keyof typeof serviceFieldLabels
export const ServiceField = z.enum(Object.keys(serviceFieldLabels) as [ServiceField, ...ServiceField[]])

export const Question = z.object({
  field: ServiceField,
  text: z.string().trim().min(2, '问题至少2个字。').max(200),
})
export type Question = z.infer<typeof Question>

/** The questions a survey starts from. */
export const usualQuestions: readonly Question[] = [
  { field: 'premises', text: '办公用房调配和维修是否及时、妥当？' },
  { field: 'property', text: '物业、保洁和绿化是否到位？' },
  { field: 'catering', text: '食堂饭菜和就餐秩序是否满意？' },
  { field: 'vehicles', text: '公务用车保障是否及时、安全？' },
  { field: 'meetings', text: '会议场地和会务服务是否满意？' },
  { field: 'equipment', text: '办公设备家具配备和维修是否满足工作需要？' },
  { field: 'security', text: '办公区安全和来访秩序是否满意？' },
  { field: 'energy', text: '水、电、暖供应是否稳定？' },
  { field: 'overall', text: '对机关运行保障工作总体是否满意？' },
]

/** 1–5, and what each means to who answers. */
export const scoreLabels = { 1: '很不满意', 2: '不满意', 3: '一般', 4: '满意', 5: '很满意' } as const
export const Score = z.number().int().min(1).max(5)

export const answerStateLabels = {
  waiting: '待评价',
  answered: '已评价',
  unanswered: '未评价',
  withdrawn: '已撤销',
} as const
export type AnswerState = keyof typeof answerStateLabels
export const AnswerState = z.enum(['waiting', 'answered', 'unanswered', 'withdrawn'])

/** Fewer answers than this are never shown on their own: one could tell whose they are. */
export const fewestAnswers = 3

/** What one question came to, over all or over one group of organs. */
export const Result = z.object({
  answers: z.number().int(),
  /** Null where fewer than {@link fewestAnswers} rated it. */
  average: z.number().nullable(),
  /** Share of 4 and 5, in basis points. */
  satisfiedBp: z.number().int().nullable(),
  /** How many gave 1, 2, 3, 4, 5; empty where not shown. */
  spread: z.array(z.number().int()),
})
export type Result = z.infer<typeof Result>

export const improvementStateLabels = { open: '改进中', done: '已完成' } as const
export const Improvement = z.object({
  id: z.uuid(),
  surveyId: z.uuid(),
  field: ServiceField,
  problem: z.string(),
  measure: z.string(),
  ownerName: z.string(),
  dueOn: LocalDateSchema,
  state: z.enum(['open', 'done']),
  result: z.string().nullable(),
  doneOn: LocalDateSchema.nullable(),
  version: z.number().int(),
})
export type Improvement = z.infer<typeof Improvement>
