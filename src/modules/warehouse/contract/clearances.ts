import { z } from 'zod'
import { pageInputById, pageOf, queryBoolean, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import { Clearance, clearanceStates, ClearanceThing, clearanceTriggers, outcomes } from '../model/clearance.ts'

const cardIds = z.array(z.uuid()).min(1, '请选择资产。').max(200, '一次最多选择200张卡片。')
const clearanceId = z.uuid()

export const ClearanceView = z.object({
  clearance: Clearance,
  findings: z.array(Finding),
  may: z.object({ handIn: May, keep: May }),
})

export const clearanceOperations = {
  clearances: {
    method: 'GET',
    path: '/clearances',
    summary: '清理任务列表',
    input: z.object({
      state: z.enum(clearanceStates).optional(),
      trigger: z.enum(clearanceTriggers).optional(),
      late: queryBoolean.optional(),
      ...pageInputById,
    }),
    output: pageOf(Clearance),
  },
  viewClearance: {
    method: 'GET',
    path: '/clearances/:clearanceId',
    summary: '查看清理任务',
    input: z.object({ clearanceId }),
    output: ClearanceView,
  },
  clearanceThings: {
    method: 'GET',
    path: '/clearances/:clearanceId/things',
    summary: '清理任务的资产',
    input: z.object({ clearanceId, outcome: z.enum(outcomes).optional(), ...pageInputById }),
    output: pageOf(ClearanceThing),
  },
  callClearance: {
    method: 'POST',
    path: '/clearances',
    summary: '通知机构变动后的资产清理',
    input: z.object({
      organId: z.uuid(),
      /** The day of the merger, dissolution or move. */
      triggeredOn: LocalDateSchema,
      document: z.string().trim().min(1, '请填写依据文号。').max(120),
      reason: z.string().trim().min(1, '请填写变动情况。').max(300),
    }),
    output: ClearanceView,
  },
  handInThings: {
    method: 'POST',
    path: '/clearances/:clearanceId/intakes',
    summary: '清理资产一并申请入仓',
    input: z.object({
      clearanceId,
      cardIds,
      declaredFree: z.literal(true, '请确认清单中没有涉密存储介质、武器、管制药品和危险物品。'),
    }),
    output: z.object({ intakeId: z.uuid(), number: z.string(), items: z.number().int() }),
  },
  keepThings: {
    method: 'POST',
    path: '/clearances/:clearanceId/kept',
    summary: '清理资产说明理由后留用',
    input: z.object({ clearanceId, cardIds, reason: z.string().trim().min(1, '请写明留用理由。').max(300) }),
    output: ClearanceView,
  },
} as const satisfies Record<string, OperationDeclaration>
