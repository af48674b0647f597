import { z } from 'zod'
import { defineContract, FenSchema, pageInputById, pageOf, queryBoolean } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Finding, May } from '#kernel/pure/verdict.ts'
import { RepairCost, RepairRequest, repairStates } from './model.ts'

const text = (longest: number) => z.string().trim().max(longest)
const step = { requestId: z.uuid(), version: z.number().int() }
const opinion = text(1000).optional()

export const RepairView = z.object({
  request: RepairRequest,
  findings: z.array(Finding),
  /** What a new one costs by the standard, or what this one cost. */
  replacement: z.object({ fen: z.number().int(), source: z.string() }),
  /** Where a thing that is not worth its repair goes. */
  disposalLink: z.string().nullable(),
  /** Plan lines of the organ that its repair may be paid from, while one may be chosen; with what is left of them. */
  lines: z.array(z.object({ id: z.uuid(), number: z.string(), itemName: z.string(), remainingFen: FenSchema })),
  /** The line it is paid from. */
  line: z.object({ id: z.uuid(), number: z.string(), itemName: z.string(), yearIsOver: z.boolean() }).nullable(),
  may: z.object({ quote: May, approve: May, finish: May, pay: May, reverse: May, withdraw: May, dispose: May }),
})

export const contract = defineContract('repairs', {
  requests: {
    method: 'GET',
    path: '/requests',
    summary: '资产维修列表',
    input: z.object({
      state: z.enum(repairStates).optional(),
      cardId: z.uuid().optional(),
      unpaid: queryBoolean.optional(),
      ...pageInputById,
    }),
    output: pageOf(RepairRequest),
  },
  viewRequest: {
    method: 'GET',
    path: '/requests/:requestId',
    summary: '查看资产维修',
    input: z.object({ requestId: z.uuid() }),
    output: RepairView,
  },
  requestRepair: {
    method: 'POST',
    path: '/requests',
    summary: '申请资产维修',
    input: z.object({ cardId: z.uuid(), fault: text(500).min(1, '请填写故障情况。') }),
    output: RepairView,
  },
  /** Judged at once: light repairs go on, heavy ones ask for approval, what costs too much is refused (GWC-R09). */
  quoteRepair: {
    method: 'POST',
    path: '/requests/:requestId/quote',
    summary: '登记维修报价',
    input: z.object({
      ...step,
      repairer: text(120).min(1, '请填写维修单位。'),
      offerFen: RepairCost,
      replacementFen: RepairCost.min(1, '重置价应大于0。'),
      unsafe: z.boolean().default(false),
      /** Plan line of upkeep; none where the repair costs nothing. */
      ledgerLineId: z.uuid().nullable().default(null),
    }),
    output: RepairView,
  },
  approveRepair: {
    method: 'POST',
    path: '/requests/:requestId/approval',
    summary: '批准或不予批准大修',
    input: z.object({ ...step, approved: z.boolean(), opinion }),
    output: RepairView,
  },
  finishRepair: {
    method: 'POST',
    path: '/requests/:requestId/result',
    summary: '登记维修结果',
    input: z.object({
      ...step,
      repaired: z.boolean(),
      finishedOn: LocalDateSchema,
      actualFen: RepairCost,
      voucherNumber: text(60).default(''),
      /**
       * Plan line of upkeep, where the repair was to cost nothing and cost something, or came to more than what a line of a year that
       * is over holds for it.
       */
      ledgerLineId: z.uuid().nullable().default(null),
      opinion,
    }),
    output: RepairView,
  },
  /** The invoice is paid from what the plan line holds for the repair (A34-1). */
  payRepair: {
    method: 'POST',
    path: '/requests/:requestId/payment',
    summary: '登记维修付款',
    input: z.object({
      ...step,
      invoiceNumber: text(60).min(1, '请填写发票号码。'),
      paidOn: LocalDateSchema,
      voucherNumber: text(60).default(''),
    }),
    output: RepairView,
  },
  /** A payment that came back from the bank, or was wrong: its money is held by the repair again. */
  reversePayment: {
    method: 'POST',
    path: '/requests/:requestId/payment/reversal',
    summary: '冲销维修付款',
    input: z.object({ ...step, opinion: text(500).min(1, '请写明冲销的理由。') }),
    output: RepairView,
  },
  /** No bill comes: what the plan line holds for the repair is given back by it. */
  forgoPayment: {
    method: 'POST',
    path: '/requests/:requestId/forgoing',
    summary: '维修费用不再支付',
    input: z.object({ ...step, opinion: text(500).min(1, '请写明不再支付的理由。') }),
    output: RepairView,
  },
  cardUpkeep: {
    method: 'GET',
    path: '/cards/:cardId/upkeep',
    summary: '资产的维修费用和全生命周期成本',
    input: z.object({ cardId: z.uuid() }),
    output: z.object({
      costFen: FenSchema,
      repairs: z.number().int(),
      upkeepFen: z.number(),
      totalFen: z.number(),
      percentOfCost: z.number().nullable(),
      requests: z.array(
        RepairRequest.pick({
          id: true,
          number: true,
          state: true,
          fault: true,
          requestedOn: true,
          finishedOn: true,
          actualFen: true,
          organName: true,
        }),
      ),
    }),
  },
  withdrawRepair: {
    method: 'POST',
    path: '/requests/:requestId/withdrawal',
    summary: '撤回维修申请',
    input: z.object(step),
    output: RepairView,
  },
})
