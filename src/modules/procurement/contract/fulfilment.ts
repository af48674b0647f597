import { z } from 'zod'
import { FenSchema, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { May } from '#kernel/pure/verdict.ts'
import { Quantity } from '#modules/ledger/model.ts'
import { opinion, step } from './requests.ts'
import { Payment, PurchaseView } from './view.ts'

const text = (longest: number) => z.string().trim().max(longest)
const payment = { paymentId: z.uuid(), version: z.number().int().min(1).max(2_147_483_647) }

const PaymentView = z.object({
  payment: Payment.extend({ version: z.number().int(), caseId: z.uuid() }),
  purchase: z.object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    organName: z.string(),
    supplier: z.string(),
    contractNumber: z.string(),
    contractedFen: FenSchema,
    acceptedFen: FenSchema,
    paidFen: FenSchema,
  }),
  /** From which plan lines it is paid. */
  lines: z.array(z.object({ ledgerLineId: z.uuid(), number: z.string(), name: z.string(), amountFen: FenSchema })),
  may: z.object({ decide: May, reverse: May }),
})

/** Acceptance, cards, payments, the end (Art. 11, 12, 34). */
export const fulfilmentOperations = {
  draftAcceptance: {
    method: 'POST',
    path: '/purchases/:purchaseId/acceptances',
    summary: '填写验收单',
    input: z.object({
      ...step,
      deliveredOn: LocalDateSchema,
      conclusion: text(500).min(2, '请填写验收结论。'),
      items: z
        .array(z.object({ itemId: z.uuid(), delivered: Quantity, accepted: Quantity, note: text(300).default('') }))
        .min(1)
        .max(100),
    }),
    output: PurchaseView,
  },
  signAcceptance: {
    method: 'POST',
    path: '/purchases/:purchaseId/acceptances/signature',
    summary: '复核验收并签字',
    input: z.object({ ...step, opinion: opinion.optional() }),
    output: PurchaseView,
  },
  returnAcceptance: {
    method: 'POST',
    path: '/purchases/:purchaseId/acceptances/return',
    summary: '退回验收单',
    input: z.object({ ...step, opinion: opinion.min(1, '请写明退回的理由。') }),
    output: PurchaseView,
  },
  /** Cards of what was accepted; all but serial number and place comes from contract and acceptance (A12-2). */
  registerReceived: {
    method: 'POST',
    path: '/purchases/:purchaseId/cards',
    summary: '按验收建立资产卡片',
    input: z.object({
      ...step,
      itemId: z.uuid(),
      /** One for each piece, or none. */
      serialNumbers: z.array(text(100)).max(500, '一次最多建立500张卡片。').default([]),
      /** Cards to make where no serial numbers are given; all that was accepted when left out. */
      pieces: z.number().int().min(1).max(500).optional(),
      /** One card for all pieces: furniture in a batch. */
      together: z.boolean().default(false),
      place: text(120).default(''),
      department: text(80).default(''),
      custodianName: text(40).default(''),
    }),
    output: PurchaseView,
  },
  requestPayment: {
    method: 'POST',
    path: '/purchases/:purchaseId/payments',
    summary: '申请采购付款',
    input: z.object({
      ...step,
      amountFen: FenSchema.min(1, '金额应大于零。').max(1_000_000_000_000, '金额过大，请核对单位是否为元。'),
      invoiceNumber: text(60).min(1, '请填写发票号码。'),
      invoiceOn: LocalDateSchema,
      note: text(300).default(''),
    }),
    output: PaymentView,
  },
  viewPayment: {
    method: 'GET',
    path: '/payments/:paymentId',
    summary: '查看采购付款',
    input: z.object({ paymentId: z.uuid() }),
    output: PaymentView,
  },
  approvePayment: {
    method: 'POST',
    path: '/payments/:paymentId/approval',
    summary: '同意采购付款',
    stepUp: true,
    input: z.object({ ...payment, voucher: text(60).default(''), opinion: opinion.optional() }),
    output: PaymentView,
  },
  returnPayment: {
    method: 'POST',
    path: '/payments/:paymentId/return',
    summary: '退回采购付款',
    input: z.object({ ...payment, opinion: opinion.min(1, '请写明退回的理由。') }),
    output: PaymentView,
  },
  /** A payment that came back from the bank, or was wrong: its money is held by the purchase again, and may be paid anew. */
  reversePayment: {
    method: 'POST',
    path: '/payments/:paymentId/reversal',
    summary: '冲销采购付款',
    stepUp: true,
    input: z.object({ ...payment, opinion: opinion.min(1, '请写明冲销的理由。') }),
    output: PaymentView,
  },
  closePurchase: {
    method: 'POST',
    path: '/purchases/:purchaseId/closing',
    summary: '办结采购',
    input: z.object({ ...step, opinion: opinion.optional() }),
    output: PurchaseView,
  },
} as const satisfies Record<string, OperationDeclaration>
