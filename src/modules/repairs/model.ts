import { z } from 'zod'
import { FenSchema } from '#kernel/pure/contract.ts'
import { repairGradeLabels, type RepairGrade } from '#modules/standards/rules/warehouse.ts'

export const repairStateLabels = {
  reported: '待报价',
  quoted: '待批准',
  approved: '维修中',
  repaired: '已修复',
  refused: '不予维修',
  withdrawn: '已撤回',
} as const
export type RepairState = keyof typeof repairStateLabels
export const repairStates = Object.keys(repairStateLabels) as [RepairState, ...RepairState[]]
export const repairGrades = Object.keys(repairGradeLabels) as [RepairGrade, ...RepairGrade[]]

/** A repair costs at most ten billion yuan; more is a slip of the pen. */
export const RepairCost = FenSchema.max(1_000_000_000_000, '金额过大，请核对单位是否为元。')

/** A repair request 维修申请 for one card. */
export const RepairRequest = z.object({
  id: z.uuid(),
  organId: z.uuid(),
  organName: z.string(),
  number: z.string(),
  cardId: z.uuid(),
  cardNumber: z.string(),
  thing: z.string(),
  place: z.string(),
  costFen: z.number().int(),
  fault: z.string(),
  state: z.enum(repairStates),
  requestedOn: z.string(),
  requestedBy: z.string(),
  repairer: z.string().nullable(),
  offerFen: z.number().int().nullable(),
  replacementFen: z.number().int().nullable(),
  unsafe: z.boolean(),
  grade: z.enum(repairGrades).nullable(),
  actualFen: z.number().int().nullable(),
  voucherNumber: z.string().nullable(),
  finishedOn: z.string().nullable(),
  answer: z.string().nullable(),
  /** Plan line of upkeep it is paid from; null where it costs nothing. */
  ledgerLineId: z.uuid().nullable(),
  /** Held on the line and not paid, 分. */
  heldFen: FenSchema,
  invoiceNumber: z.string().nullable(),
  paidOn: z.string().nullable(),
  paidBy: z.string().nullable(),
  caseId: z.uuid(),
  version: z.number().int(),
})
export type RepairRequest = z.infer<typeof RepairRequest>
