import { z } from 'zod'
import {
  FenSchema,
  pageInputById,
  pageOf,
  queryInteger,
  type OperationDeclaration,
  queryYear,
} from '#kernel/pure/contract.ts'
import { May } from '#kernel/pure/verdict.ts'
import { NeedKind } from '#modules/standards/model.ts'
import { Holding, Plan, PlanLine, planStates, PlanTexts, Quantity } from '../model.ts'

export const PlanView = z.object({
  plan: Plan,
  texts: PlanTexts,
  lines: z.array(PlanLine),
  /** Part one, from the registers: what the organs of the plan have. */
  holdings: z.array(Holding),
  byKind: z.array(z.object({ needKind: NeedKind, lines: z.number(), quantity: z.number(), amountFen: z.number() })),
  versions: z.array(
    z.object({ planVersion: z.number(), madeOn: z.string(), reason: z.string(), totalFen: z.number() }),
  ),
  may: z.object({ edit: May, consult: May, issue: May, bringIntoForce: May }),
})

export const planOperations = {
  plans: {
    method: 'GET',
    path: '/plans',
    summary: '保障计划列表',
    input: z.object({
      year: queryYear.optional(),
      kind: z.enum(['authority', 'organ']).optional(),
      state: z.enum(planStates).optional(),
      ...pageInputById,
    }),
    output: pageOf(Plan),
  },
  viewPlan: {
    method: 'GET',
    path: '/plans/:planId',
    summary: '查看保障计划',
    input: z.object({ planId: z.uuid(), planVersion: queryInteger.min(1).max(2_147_483_647).optional() }),
    output: PlanView,
  },
  /** Puts the plan together from reviewed lines (authority) or from noticed lines (organ); again until issued. */
  draftPlan: {
    method: 'POST',
    path: '/plans',
    summary: '编制保障计划草案',
    input: z.object({ cycleId: z.uuid(), organId: z.uuid(), kind: z.enum(['authority', 'organ']) }),
    output: PlanView,
  },
  savePlan: {
    method: 'PUT',
    path: '/plans/:planId',
    summary: '修改计划草案',
    input: z.object({
      planId: z.uuid(),
      version: z.number().int(),
      texts: PlanTexts,
      /** The organ may set months and go below what was approved, never above. */
      lines: z
        .array(
          z.object({
            id: z.uuid(),
            quantity: Quantity,
            amountFen: FenSchema,
            fromMonth: z.number().int().min(1).max(12),
            toMonth: z.number().int().min(1).max(12),
          }),
        )
        .max(20_000),
    }),
    output: PlanView,
    maxBytes: 8 * 1024 * 1024,
  },
  submitPlan: {
    method: 'POST',
    path: '/plans/:planId/submission',
    summary: '计划草案送签',
    input: z.object({ planId: z.uuid(), version: z.number().int(), opinion: z.string().max(1000).optional() }),
    output: PlanView,
  },
  issuePlan: {
    method: 'POST',
    path: '/plans/:planId/issue',
    summary: '签发保障计划',
    input: z.object({ planId: z.uuid(), version: z.number().int(), opinion: z.string().max(1000).optional() }),
    output: PlanView,
  },
  returnPlan: {
    method: 'POST',
    path: '/plans/:planId/return',
    summary: '退回计划草案',
    input: z.object({
      planId: z.uuid(),
      version: z.number().int(),
      opinion: z.string().trim().min(1, '请写明退回原因。').max(1000),
    }),
    output: PlanView,
  },
  /** Opens the lines on the ledger once the budget reply is in; plan money then equals the reply (P60). */
  bringIntoForce: {
    method: 'POST',
    path: '/plans/:planId/entry-into-force',
    summary: '计划生效并建立台账',
    input: z.object({ planId: z.uuid(), version: z.number().int() }),
    output: PlanView,
  },
} satisfies Record<string, OperationDeclaration>
