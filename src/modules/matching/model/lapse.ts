import { z } from 'zod'
import { FenSchema } from '#kernel/pure/contract.ts'

export const lapseStateLabels = { open: '待补充安排', settled: '已安排' } as const
export type LapseState = keyof typeof lapseStateLabels
export const lapseStates = Object.keys(lapseStateLabels) as [LapseState, ...LapseState[]]

export const causeLabels = {
  finance: '财政部门不同意调拨',
  organ: '申请机关撤回调拨',
  level: '对方机关事务管理部门不同意跨级调剂',
  'level-finance': '对方财政部门不同意跨级调剂',
  asker: '本级撤回跨级调剂商请',
} as const
export type Cause = keyof typeof causeLabels

/** How the need is met after all: bought within the review that goes on, by an adjustment of the plan, met by other things, or not met. */
export const wayLabels = {
  review: '审核中增列购置',
  adjustment: '调整计划后购置',
  matching: '另行调剂',
  waived: '不再安排',
} as const
export type Way = keyof typeof wayLabels
export const ways = Object.keys(wayLabels) as [Way, ...Way[]]

/** 调剂未成: pieces of a demand line that were to come from a warehouse and do not. */
export const Lapse = z.object({
  id: z.uuid(),
  organName: z.string(),
  year: z.number().int(),
  demandId: z.uuid(),
  demandLineId: z.uuid(),
  lineNo: z.number().int(),
  itemName: z.string(),
  unit: z.string(),
  pieces: z.number().int(),
  priceFen: FenSchema,
  /** What buying them would cost under the standard. */
  neededFen: FenSchema,
  cause: z.enum(Object.keys(causeLabels) as [Cause, ...Cause[]]),
  reason: z.string(),
  requestId: z.uuid(),
  requestNumber: z.string(),
  /** Whose warehouse they were to come from; says what kind of request it was. */
  source: z.enum(['warehouse', 'level']),
  state: z.enum(lapseStates),
  way: z.enum(ways).nullable(),
  document: z.string(),
  opinion: z.string(),
  caseId: z.uuid(),
  openedOn: z.string(),
  settledOn: z.string().nullable(),
  settledByName: z.string(),
  version: z.number().int(),
})
export type Lapse = z.infer<typeof Lapse>
