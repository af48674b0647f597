import { z } from 'zod'
import {
  Instant,
  pageInputById,
  pageOf,
  queryBoolean,
  type OperationDeclaration,
  queryYear,
  Year,
} from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import { AdjustmentChange, adjustmentStates, AdjustmentType } from '../model.ts'

export const Adjustment = z.object({
  id: z.uuid(),
  number: z.string(),
  year: z.number().int(),
  organId: z.uuid(),
  organName: z.string(),
  type: AdjustmentType,
  cause: z.string(),
  basisDocument: z.string(),
  adjustedOn: LocalDateSchema,
  fundSource: z.string(),
  state: z.enum(adjustmentStates),
  caseId: z.uuid().nullable(),
  /** Last day to file (15 working days, A35-2); provisional where a year's holidays are not announced. */
  dueOn: LocalDateSchema,
  dueProvisional: z.boolean(),
  filedAt: Instant.nullable(),
  overdue: z.boolean(),
  needsFinance: z.boolean(),
  financeDocument: z.string().nullable(),
  changes: z.array(AdjustmentChange),
  version: z.number().int(),
})
export type Adjustment = z.infer<typeof Adjustment>

export const AdjustmentView = z.object({
  adjustment: Adjustment,
  findings: z.array(Finding),
  /** Why the last day is that day: counted from, days skipped, make-up days. */
  deadlineExplanation: z.string(),
  workdaysLeft: z.number().nullable(),
  may: z.object({
    edit: May,
    file: May,
    receive: May,
    returnForCorrection: May,
    object: May,
    approve: May,
    refuse: May,
    withdraw: May,
  }),
})

const content = {
  type: AdjustmentType,
  cause: z.string().trim().max(2000),
  basisDocument: z.string().trim().max(300),
  adjustedOn: LocalDateSchema,
  fundSource: z.string().trim().max(100),
  changes: z.array(AdjustmentChange).max(200),
}
const decision = { adjustmentId: z.uuid(), version: z.number().int(), opinion: z.string().trim().max(1000).optional() }

export const adjustmentOperations = {
  adjustments: {
    method: 'GET',
    path: '/adjustments',
    summary: '调整备案列表',
    input: z.object({
      year: queryYear.optional(),
      state: z.enum(adjustmentStates).optional(),
      overdueOnly: queryBoolean.optional(),
      ...pageInputById,
    }),
    output: pageOf(Adjustment),
  },
  viewAdjustment: {
    method: 'GET',
    path: '/adjustments/:adjustmentId',
    summary: '查看调整备案',
    input: z.object({ adjustmentId: z.uuid() }),
    output: AdjustmentView,
  },
  /** What the rules say of an adjustment before it is recorded. */
  checkAdjustment: {
    method: 'POST',
    path: '/adjustment-checks',
    summary: '预检调整',
    readOnly: true,
    input: z.object({ year: Year, ...content }),
    output: z.object({
      findings: z.array(Finding),
      dueOn: LocalDateSchema,
      dueProvisional: z.boolean(),
      deadlineExplanation: z.string(),
      needsFinance: z.boolean(),
    }),
  },
  /** Records the adjustment made: the ledger changes at once unless finance must approve first (R15, R16). */
  makeAdjustment: {
    method: 'POST',
    path: '/adjustments',
    summary: '登记计划调整',
    input: z.object({ year: Year, ...content }),
    output: AdjustmentView,
  },
  changeAdjustment: {
    method: 'PUT',
    path: '/adjustments/:adjustmentId',
    summary: '修改调整备案',
    input: z.object({ adjustmentId: z.uuid(), version: z.number().int(), ...content }),
    output: AdjustmentView,
  },
  fileAdjustment: {
    method: 'POST',
    path: '/adjustments/:adjustmentId/filing',
    summary: '提交调整备案',
    input: z.object(decision),
    output: AdjustmentView,
  },
  receiveAdjustment: {
    method: 'POST',
    path: '/adjustments/:adjustmentId/receipt',
    summary: '备案收讫',
    input: z.object(decision),
    output: AdjustmentView,
  },
  returnAdjustment: {
    method: 'POST',
    path: '/adjustments/:adjustmentId/return',
    summary: '备案退回补正',
    input: z.object({ ...decision, opinion: z.string().trim().min(1, '请写明需要补正的内容。').max(1000) }),
    output: AdjustmentView,
  },
  objectToAdjustment: {
    method: 'POST',
    path: '/adjustments/:adjustmentId/objection',
    summary: '对调整提出异议',
    input: z.object({ ...decision, opinion: z.string().trim().min(1, '请写明异议理由和依据。').max(1000) }),
    output: AdjustmentView,
  },
  approveAdjustment: {
    method: 'POST',
    path: '/adjustments/:adjustmentId/finance-approval',
    summary: '财政批准预算调剂',
    input: z.object({ ...decision, document: z.string().trim().min(1, '请填写批复文号。').max(200) }),
    output: AdjustmentView,
  },
  refuseAdjustment: {
    method: 'POST',
    path: '/adjustments/:adjustmentId/finance-refusal',
    summary: '财政不予批准',
    input: z.object({ ...decision, opinion: z.string().trim().min(1, '请写明理由。').max(1000) }),
    output: AdjustmentView,
  },
  withdrawAdjustment: {
    method: 'POST',
    path: '/adjustments/:adjustmentId/withdrawal',
    summary: '撤销调整',
    input: z.object({ ...decision, opinion: z.string().trim().min(1, '请写明撤销原因。').max(1000) }),
    output: AdjustmentView,
  },
} satisfies Record<string, OperationDeclaration>
