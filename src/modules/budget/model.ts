import { z } from 'zod'
import { FenSchema, SignedFenSchema } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { NeedKind, ThreePublicPart } from '#modules/standards/model.ts'

/** The budget's way: two ups, two downs (一上 建议数, 一下 控制数, 二上 草案, 二下 批复). */
export const budgetStates = ['draft', 'proposed', 'controlled', 'drafted', 'approved'] as const
export type BudgetState = (typeof budgetStates)[number]
export const budgetStateLabels: Record<BudgetState, string> = {
  draft: '编制中',
  proposed: '一上（待下达控制数）',
  controlled: '一下（控制数已下达）',
  drafted: '二上（待批复）',
  approved: '二下（已批复）',
}

export const Budget = z.object({
  id: z.uuid(),
  cycleId: z.uuid(),
  planId: z.uuid(),
  year: z.number().int(),
  jurisdictionCode: z.string(),
  organId: z.uuid(),
  organName: z.string(),
  /** Whose money: the authority's for centralised matters, the organ's for its own plan (A10-1). */
  kind: z.enum(['authority', 'organ']),
  state: z.enum(budgetStates),
  caseId: z.uuid().nullable(),
  proposedFen: FenSchema,
  controlFen: FenSchema.nullable(),
  draftedFen: FenSchema,
  approvedFen: FenSchema.nullable(),
  /** 控制数文号 of finance. */
  controlDocument: z.string().nullable(),
  /** 指标文号 / 批复文号 of finance. */
  replyDocument: z.string().nullable(),
  repliedOn: LocalDateSchema.nullable(),
  version: z.number().int(),
})
export type Budget = z.infer<typeof Budget>

/** A budget line by economic classification, always tied to the plan line it pays for (PLAN-R22). */
export const BudgetLine = z.object({
  id: z.uuid(),
  lineNo: z.number().int(),
  planLineId: z.uuid(),
  planNumber: z.string(),
  itemName: z.string(),
  needKind: NeedKind,
  servedOrganName: z.string(),
  economicCode: z.string(),
  economicTitle: z.string(),
  governmentCode: z.string(),
  /** 支出功能分类科目, 7 digits, e.g. 2010303 机关服务. */
  functionalCode: z.string().regex(/^2\d{6}$/, '支出功能分类科目应为7位数字，例如 2010303。'),
  threePublic: ThreePublicPart.nullable(),
  proposedFen: FenSchema,
  /** Finance's figure for the line, or its share where finance set only the total; null before the first answer. */
  controlFen: FenSchema.nullable(),
  draftedFen: FenSchema,
  approvedFen: FenSchema.nullable(),
})
export type BudgetLine = z.infer<typeof BudgetLine>

/** Totals of the three public expenses beside last year's (只减不增). */
export const ThreePublicTotals = z.object({
  abroadFen: z.number(),
  vehiclePurchaseFen: z.number(),
  vehicleRunningFen: z.number(),
  receptionFen: z.number(),
  totalFen: z.number(),
  lastYearFen: z.number().nullable(),
  changeFen: SignedFenSchema.nullable(),
})
