import { z } from 'zod'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'

export const loanStateLabels = {
  offered: '待签收',
  lent: '借用中',
  'handed-back': '已交还，待验收',
  returned: '已归还',
  declined: '已退回',
  withdrawn: '已撤回',
} as const
export type LoanState = keyof typeof loanStateLabels
export const loanStates = Object.keys(loanStateLabels) as [LoanState, ...LoanState[]]

/** How a thing came back. */
export const returnConditionLabels = { sound: '完好', damaged: '损坏', lost: '丢失' } as const
export type ReturnCondition = keyof typeof returnConditionLabels
export const returnConditions = Object.keys(returnConditionLabels) as [ReturnCondition, ...ReturnCondition[]]

/** A loan 借用 of things outside the public warehouse; the holder stays who it is. */
export const Loan = z.object({
  id: z.uuid(),
  number: z.string(),
  state: z.enum(loanStates),
  organId: z.uuid(),
  organName: z.string(),
  borrowerOrganId: z.uuid(),
  borrowerOrganName: z.string(),
  borrowerId: z.uuid(),
  borrowerName: z.string(),
  reason: z.string(),
  document: z.string(),
  dueOn: LocalDateSchema,
  extended: z.boolean(),
  offeredOn: z.string(),
  offeredByName: z.string(),
  lentOn: z.string().nullable(),
  handedBackOn: z.string().nullable(),
  closedOn: z.string().nullable(),
  closedByName: z.string(),
  answer: z.string(),
  caseId: z.uuid(),
  cards: z.number().int(),
  costFen: z.number().int(),
  version: z.number().int(),
})
export type Loan = z.infer<typeof Loan>

export const LoanCard = z.object({
  cardId: z.uuid(),
  number: z.string(),
  name: z.string(),
  place: z.string(),
  costFen: z.number().int(),
  condition: z.enum(returnConditions).nullable(),
  note: z.string(),
})
export type LoanCard = z.infer<typeof LoanCard>
