import { z } from 'zod'
import { pageInputById, pageOf, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import { purposes } from '../model.ts'
import { LevelItem, LevelRequest, LevelRequestItem, levelRequestStates } from '../model/level.ts'

const step = { levelRequestId: z.uuid(), version: z.number().int() }
const opinion = z.string().trim().max(300)
const grounds = opinion.min(1, '请写明理由。')

export const LevelRequestView = z.object({
  levelRequest: LevelRequest,
  items: z.array(LevelRequestItem),
  findings: z.array(Finding),
  /** The actor is of the level that is asked. */
  giving: z.boolean(),
  may: z.object({ agree: May, refuse: May, consent: May, decline: May, withdraw: May }),
})

export const levelOperations = {
  levelStock: {
    method: 'GET',
    path: '/levels/stock',
    summary: '上下级和同级公物仓在架物品',
    input: z.object({
      /** One level's only. */
      jurisdictionCode: z
        .string()
        .regex(/^\d{6}$/, '行政区划代码应为6位数字。')
        .optional(),
      itemCode: z.string().max(60).optional(),
      text: z.string().trim().max(60).optional(),
      ...pageInputById,
    }),
    output: pageOf(LevelItem),
  },
  levelRequests: {
    method: 'GET',
    path: '/levels/requests',
    summary: '跨级调剂列表',
    input: z.object({ state: z.enum(levelRequestStates).optional(), ...pageInputById }),
    output: pageOf(LevelRequest),
  },
  viewLevelRequest: {
    method: 'GET',
    path: '/levels/requests/:levelRequestId',
    summary: '查看跨级调剂',
    input: z.object({ levelRequestId: z.uuid() }),
    output: LevelRequestView,
  },
  askLevel: {
    method: 'POST',
    path: '/levels/requests',
    summary: '商请其他层级调剂',
    input: z.object({
      giverJurisdictionCode: z.string().regex(/^\d{6}$/, '行政区划代码应为6位数字。'),
      receiverOrganId: z.uuid(),
      itemIds: z.array(z.uuid()).min(1, '请选择物品。').max(200, '一次最多商请200件。'),
      purpose: z.enum(purposes),
      reason: z.string().trim().min(1, '请填写用途。').max(300),
      document: z.string().trim().max(120).default(''),
      /** Pieces in use by standard item, of an organ that keeps no register here. */
      inUse: z.record(z.string().max(60), z.number().int().min(0).max(1_000_000)).default({}),
    }),
    output: LevelRequestView,
  },
  agreeLevel: {
    method: 'POST',
    path: '/levels/requests/:levelRequestId/agreement',
    summary: '同意调剂给其他层级',
    input: z.object({ ...step, opinion: opinion.default('') }),
    output: LevelRequestView,
  },
  refuseLevel: {
    method: 'POST',
    path: '/levels/requests/:levelRequestId/refusal',
    summary: '不同意调剂给其他层级',
    input: z.object({ ...step, opinion: grounds }),
    output: LevelRequestView,
  },
  consentLevel: {
    method: 'POST',
    path: '/levels/requests/:levelRequestId/consent',
    summary: '财政同意调剂给其他层级',
    input: z.object({
      ...step,
      document: z.string().trim().min(1, '请填写同意的文号。').max(120),
      opinion: opinion.default(''),
    }),
    output: LevelRequestView,
  },
  declineLevel: {
    method: 'POST',
    path: '/levels/requests/:levelRequestId/consent-refusal',
    summary: '财政不同意调剂给其他层级',
    input: z.object({ ...step, opinion: grounds }),
    output: LevelRequestView,
  },
  withdrawLevel: {
    method: 'POST',
    path: '/levels/requests/:levelRequestId/withdrawal',
    summary: '撤回跨级调剂商请',
    input: z.object(step),
    output: LevelRequestView,
  },
} as const satisfies Record<string, OperationDeclaration>
