import { z } from 'zod'
import { pageInputById, pageOf, queryBoolean, queryYear, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import { Grade, purposes, Request, RequestedItem, requestKinds, requestStates } from '../model.ts'

const step = { requestId: z.uuid(), version: z.number().int() }
const opinion = z.string().trim().max(300)
const grounds = (what: string) => opinion.min(1, what)
const itemIds = z.array(z.uuid()).min(1, '请选择物品。').max(200, '一次最多申请200件。')

export const RequestView = z.object({
  request: Request,
  items: z.array(RequestedItem),
  findings: z.array(Finding),
  may: z.object({
    approve: May,
    refuse: May,
    withdraw: May,
    consent: May,
    decline: May,
    sign: May,
    askRenewal: May,
    decideRenewal: May,
    handBack: May,
    takeBack: May,
  }),
})

const figure = z.number().nullable()
/** What a level's warehouse did in a year, and what follows from it. */
export const MetricsView = z.object({
  year: z.number().int(),
  counts: z.object({
    inItems: z.number().int(),
    inFen: z.number().int(),
    outItems: z.number().int(),
    outFen: z.number().int(),
    savedFen: z.number().int(),
    onShelf: z.number().int(),
    lent: z.number().int(),
    lateLoans: z.number().int(),
  }),
  /** What the metrics divide. */
  sums: z.object({
    outTimes: z.number().int(),
    daysIn: z.number().int(),
    daysOf: z.number().int(),
    returnsDue: z.number().int(),
    returnsInTime: z.number().int(),
    repaired: z.number().int(),
    repairedOut: z.number().int(),
    repairFen: z.number().int(),
    repairReplacementFen: z.number().int(),
  }),
  metrics: z.object({
    reusePercent: figure,
    savedPerItemFen: figure,
    costPerItemFen: figure,
    turnover: figure,
    averageDays: figure,
    inTimePercent: figure,
    repairUsePercent: figure,
    repairCostPercent: figure,
  }),
})

export const requestOperations = {
  requests: {
    method: 'GET',
    path: '/requests',
    summary: '借用和调拨列表',
    input: z.object({
      kind: z.enum(requestKinds).optional(),
      state: z.enum(requestStates).optional(),
      late: queryBoolean.optional(),
      ...pageInputById,
    }),
    output: pageOf(Request),
  },
  viewRequest: {
    method: 'GET',
    path: '/requests/:requestId',
    summary: '查看借用或调拨',
    input: z.object({ requestId: z.uuid() }),
    output: RequestView,
  },
  fileRequest: {
    method: 'POST',
    path: '/requests',
    summary: '申请借用或调拨',
    input: z.object({
      kind: z.enum(requestKinds),
      itemIds,
      purpose: z.enum(purposes),
      reason: z.string().trim().min(1, '请填写用途。').max(300),
      document: z.string().trim().max(120).default(''),
      /** Of a loan: the day it is to be back. */
      dueOn: LocalDateSchema.optional(),
      /** Of a loan for a meeting or a temporary body: the day that ends. */
      eventEndsOn: LocalDateSchema.optional(),
      /** Of a loan for a registered body or event, which ends with it. */
      bodyId: z.uuid().optional(),
      /** Without it the organ would have bought. */
      insteadOfPurchase: z.boolean().default(false),
      /** Pieces in use by standard item, of an organ that keeps no register here. */
      inUse: z.record(z.string().max(60), z.number().int().min(0).max(1_000_000)).default({}),
    }),
    output: RequestView,
  },
  approveRequest: {
    method: 'POST',
    path: '/requests/:requestId/approval',
    summary: '同意借用或调拨',
    input: z.object({
      ...step,
      opinion: opinion.optional(),
      /** Of the things asked for those given; all when left out. */
      itemIds: itemIds.optional(),
    }),
    output: RequestView,
  },
  refuseRequest: {
    method: 'POST',
    path: '/requests/:requestId/refusal',
    summary: '不同意借用或调拨',
    input: z.object({ ...step, opinion: grounds('请写明理由。') }),
    output: RequestView,
  },
  withdrawRequest: {
    method: 'POST',
    path: '/requests/:requestId/withdrawal',
    summary: '撤回借用或调拨',
    input: z.object(step),
    output: RequestView,
  },
  consentRequest: {
    method: 'POST',
    path: '/requests/:requestId/consent',
    summary: '财政同意调拨',
    input: z.object({
      ...step,
      document: z.string().trim().min(1, '请填写同意的文号。').max(120),
      opinion: opinion.optional(),
    }),
    output: RequestView,
  },
  declineRequest: {
    method: 'POST',
    path: '/requests/:requestId/consent-refusal',
    summary: '财政不同意调拨',
    input: z.object({ ...step, opinion: grounds('请写明理由。') }),
    output: RequestView,
  },
  signRequest: {
    method: 'POST',
    path: '/requests/:requestId/signature',
    summary: '签收借用或调拨物品',
    input: z.object({ ...step, place: z.string().trim().max(120).default('') }),
    output: RequestView,
  },
  askRenewal: {
    method: 'POST',
    path: '/requests/:requestId/renewal',
    summary: '申请续借',
    input: z.object({ ...step, until: LocalDateSchema, reason: grounds('请填写续借原因。') }),
    output: RequestView,
  },
  decideRenewal: {
    method: 'POST',
    path: '/requests/:requestId/renewal-decision',
    summary: '审核续借',
    input: z.object({ ...step, granted: z.boolean(), opinion: opinion.optional() }),
    output: RequestView,
  },
  handBack: {
    method: 'POST',
    path: '/requests/:requestId/hand-back',
    summary: '归还借用物品',
    input: z.object({ ...step, opinion: opinion.optional() }),
    output: RequestView,
  },
  takeBack: {
    method: 'POST',
    path: '/requests/:requestId/inspection',
    summary: '验收归还物品',
    input: z.object({
      ...step,
      items: z
        .array(
          z.object({
            itemId: z.uuid(),
            grade: Grade,
            note: z.string().trim().max(300).default(''),
            place: z.string().trim().max(120).optional(),
          }),
        )
        .min(1, '请逐件验收。')
        .max(200),
    }),
    output: RequestView,
  },
  metrics: {
    method: 'GET',
    path: '/metrics',
    summary: '公物仓统计',
    input: z.object({ year: queryYear }),
    output: z.object({
      own: MetricsView,
      /** Sums of the levels below, for who reads a level (Art. 6). */
      below: z.array(MetricsView.extend({ jurisdictionCode: z.string(), jurisdictionName: z.string() })),
    }),
  },
} as const satisfies Record<string, OperationDeclaration>
