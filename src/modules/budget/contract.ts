import { z } from 'zod'
import { defineContract, FenSchema, FileOutput, pageInputById, pageOf, queryYear } from '#kernel/pure/contract.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Budget, BudgetLine, budgetStates, ThreePublicTotals } from './model.ts'

export const BudgetView = z.object({
  budget: Budget,
  lines: z.array(BudgetLine),
  byEconomicCode: z.array(
    z.object({
      economicCode: z.string(),
      title: z.string(),
      proposedFen: z.number(),
      controlFen: z.number().nullable(),
      draftedFen: z.number(),
      approvedFen: z.number().nullable(),
    }),
  ),
  threePublic: ThreePublicTotals,
  findings: z.array(Finding),
  may: z.object({
    edit: May,
    propose: May,
    control: May,
    draft: May,
    approve: May,
    returnForCorrection: May,
    export: May,
  }),
})
const step = { budgetId: z.uuid(), version: z.number().int(), opinion: z.string().trim().max(1000).optional() }
const lineFigures = z.array(z.object({ lineId: z.uuid(), amountFen: FenSchema })).max(20_000)

export const contract = defineContract('budget', {
  budgets: {
    method: 'GET',
    path: '/budgets',
    summary: '预算列表',
    input: z.object({ year: queryYear.optional(), state: z.enum(budgetStates).optional(), ...pageInputById }),
    output: pageOf(Budget),
  },
  viewBudget: {
    method: 'GET',
    path: '/budgets/:budgetId',
    summary: '查看预算',
    input: z.object({ budgetId: z.uuid() }),
    output: BudgetView,
  },
  /** Makes the budget of a plan from its lines (A33-4); again replaces the draft. */
  makeBudget: {
    method: 'POST',
    path: '/budgets',
    summary: '依据计划编制预算',
    input: z.object({ planId: z.uuid() }),
    output: BudgetView,
  },
  /** Splits or reclassifies lines of the draft; the sum over a plan line never passes the plan line. */
  saveBudget: {
    method: 'PUT',
    path: '/budgets/:budgetId',
    summary: '修改预算草案',
    input: z.object({
      budgetId: z.uuid(),
      version: z.number().int(),
      lines: z
        .array(
          z.object({
            id: z.uuid().nullable(),
            planLineId: z.uuid(),
            economicCode: z.string().max(5),
            functionalCode: BudgetLine.shape.functionalCode,
            amountFen: FenSchema,
          }),
        )
        .max(20_000),
    }),
    output: BudgetView,
    maxBytes: 8 * 1024 * 1024,
  },
  proposeBudget: {
    method: 'POST',
    path: '/budgets/:budgetId/proposal',
    summary: '一上：报送预算建议数',
    input: z.object(step),
    output: BudgetView,
  },
  /** First down: control figures by line or only the total; the plan is then cut to them (P50). */
  setControlFigures: {
    method: 'POST',
    path: '/budgets/:budgetId/control-figures',
    summary: '一下：下达预算控制数',
    input: z.object({
      ...step,
      totalFen: FenSchema,
      lines: lineFigures.default([]),
      document: z.string().trim().min(1, '请填写文号。').max(200),
    }),
    output: BudgetView,
  },
  draftBudget: {
    method: 'POST',
    path: '/budgets/:budgetId/draft',
    summary: '二上：报送预算草案',
    input: z.object({ ...step, lines: lineFigures }),
    output: BudgetView,
  },
  /** Second down: the reply; the plan line money becomes the approved money (P60). */
  approveBudget: {
    method: 'POST',
    path: '/budgets/:budgetId/approval',
    summary: '二下：批复预算',
    input: z.object({
      ...step,
      lines: lineFigures.default([]),
      document: z.string().trim().min(1, '请填写批复文号。').max(200),
      repliedOn: LocalDateSchema,
    }),
    output: BudgetView,
  },
  returnBudget: {
    method: 'POST',
    path: '/budgets/:budgetId/return',
    summary: '退回预算',
    input: z.object({ ...step, opinion: z.string().trim().min(1, '请写明退回原因。').max(1000) }),
    output: BudgetView,
  },
  exportBudget: {
    method: 'GET',
    path: '/budgets/:budgetId/export',
    summary: '导出预算表',
    kind: 'download',
    input: z.object({ budgetId: z.uuid(), format: z.enum(['xlsx', 'json']).default('xlsx') }),
    output: FileOutput,
  },
})
