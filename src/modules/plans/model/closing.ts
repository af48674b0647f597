import { z } from 'zod'
import { FenSchema } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'

export const closingStates = ['asked', 'returned', 'closed'] as const
export type ClosingState = (typeof closingStates)[number]
export const closingStateLabels: Record<ClosingState, string> = {
  asked: '待财政同意',
  returned: '退回核对',
  closed: '已结束',
}

/** Where the ledger of a level's year stands: planned, spent, still held; money in 分. */
export const YearFigures = z.object({
  lines: z.number().int(),
  plannedFen: FenSchema,
  executedFen: FenSchema,
  openFen: FenSchema,
  openCount: z.number().int(),
})
export type YearFigures = z.infer<typeof YearFigures>

/** The closing 年度结束 of a cycle: what was asked with which figures, what finance answered. */
export const Closing = YearFigures.extend({
  cycleId: z.uuid(),
  year: z.number().int(),
  state: z.enum(closingStates),
  /** Why what is still held is carried over 结转; empty where nothing is. */
  carryReason: z.string(),
  document: z.string().nullable(),
  opinion: z.string().nullable(),
  askedOn: LocalDateSchema,
  askedByName: z.string(),
  decidedOn: LocalDateSchema.nullable(),
  decidedByName: z.string().nullable(),
  caseId: z.uuid(),
  version: z.number().int(),
})
export type Closing = z.infer<typeof Closing>
