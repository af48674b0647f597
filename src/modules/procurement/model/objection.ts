import { z } from 'zod'
import { FenSchema } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'

/** What a supplier hands in to the organ that buys: it asks 询问, or says that its interest was hurt 质疑 (政府采购法第五十一、五十二条). */
export const questionKindLabels = { question: '质疑', enquiry: '询问' } as const
export type QuestionKind = keyof typeof questionKindLabels
export const questionKinds = Object.keys(questionKindLabels) as [QuestionKind, ...QuestionKind[]]

export const questionStateLabels = {
  received: '待答复',
  answered: '已答复',
  declined: '不予受理',
  withdrawn: '已撤回',
} as const
export type QuestionState = keyof typeof questionStateLabels
export const questionStates = Object.keys(questionStateLabels) as [QuestionState, ...QuestionState[]]

/** What it is about (政府采购法第五十二条). */
export const aboutLabels = { document: '采购文件', process: '采购过程', result: '中标、成交结果' } as const
export type About = keyof typeof aboutLabels
export const abouts = Object.keys(aboutLabels) as [About, ...About[]]

/** What the organ answers; `explained` to an enquiry, one of the others to a question. */
export const questionOutcomeLabels = {
  explained: '已作说明',
  unfounded: '质疑不成立',
  corrected: '质疑成立，改正后继续采购',
  redo: '质疑成立，重新开展采购',
} as const
export type QuestionOutcome = keyof typeof questionOutcomeLabels
export const questionOutcomes = Object.keys(questionOutcomeLabels) as [QuestionOutcome, ...QuestionOutcome[]]

export const complaintStateLabels = {
  received: '待受理',
  accepted: '处理中',
  rejected: '已驳回',
  upheld: '投诉成立',
  declined: '不予受理',
  withdrawn: '已撤回',
} as const
export type ComplaintState = keyof typeof complaintStateLabels
export const complaintStates = Object.keys(complaintStateLabels) as [ComplaintState, ...ComplaintState[]]

/** What follows where a complaint is upheld (财政部令第94号第三十一条、第三十二条). */
export const consequenceLabels = {
  'go-on': '改正后继续采购',
  annul: '中标、合同无效，重新采购',
  liability: '合同已经履行，依法承担赔偿责任',
} as const
export type Consequence = keyof typeof consequenceLabels
export const consequences = Object.keys(consequenceLabels) as [Consequence, ...Consequence[]]

const date = LocalDateSchema.nullable()
const purchase = {
  purchaseId: z.uuid(),
  purchaseNumber: z.string(),
  purchaseTitle: z.string(),
  organId: z.uuid(),
  organName: z.string(),
}

export const Question = z.object({
  id: z.uuid(),
  ...purchase,
  number: z.string(),
  kind: z.enum(questionKinds),
  state: z.enum(questionStates),
  supplier: z.string(),
  creditCode: z.string(),
  about: z.enum(abouts),
  knownOn: LocalDateSchema,
  receivedOn: LocalDateSchema,
  /** Last day on which it could be asked; null for an enquiry. */
  askUntil: date,
  claims: z.string(),
  bearsOnResult: z.boolean(),
  answerUntil: LocalDateSchema,
  answerProvisional: z.boolean(),
  outcome: z.enum(questionOutcomes).nullable(),
  answer: z.string().nullable(),
  settledOn: date,
  settledByName: z.string().nullable(),
  recordedByName: z.string(),
  caseId: z.uuid(),
  version: z.number().int(),
})
export type Question = z.infer<typeof Question>

export const Complaint = z.object({
  id: z.uuid(),
  questionId: z.uuid(),
  questionNumber: z.string(),
  ...purchase,
  number: z.string(),
  state: z.enum(complaintStates),
  supplier: z.string(),
  receivedOn: LocalDateSchema,
  /** Last day on which it could be brought. */
  complainUntil: LocalDateSchema,
  claims: z.string(),
  reviewUntil: LocalDateSchema,
  decideUntil: LocalDateSchema,
  provisional: z.boolean(),
  replyUntil: date,
  reply: z.string().nullable(),
  repliedOn: date,
  repliedByName: z.string().nullable(),
  suspendedFrom: date,
  suspendedUntil: date,
  suspensionReason: z.string().nullable(),
  suspensionDocument: z.string().nullable(),
  resumedOn: date,
  consequence: z.enum(consequences).nullable(),
  document: z.string().nullable(),
  reasons: z.string().nullable(),
  settledOn: date,
  settledByName: z.string().nullable(),
  /** Given back to the plan because of the decision, 分. */
  releasedFen: FenSchema,
  recordedByName: z.string(),
  caseId: z.uuid(),
  version: z.number().int(),
})
export type Complaint = z.infer<typeof Complaint>
