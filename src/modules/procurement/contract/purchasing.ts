import { z } from 'zod'
import { FenSchema, type OperationDeclaration } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Quantity } from '#modules/ledger/model.ts'
import { Bidder } from '../model.ts'
import { opinion, step } from './requests.ts'
import { PurchaseView } from './view.ts'

const text = (longest: number) => z.string().trim().max(longest)

/** From intention to contract: Yunbao keeps the record, it does not run the tender. */
export const purchasingOperations = {
  publishIntention: {
    method: 'POST',
    path: '/purchases/:purchaseId/intention',
    summary: '登记采购意向公开',
    input: z.object({
      ...step,
      publishedOn: LocalDateSchema,
      address: text(300).min(4, '请填写公开的网址。'),
    }),
    output: PurchaseView,
  },
  startPurchase: {
    method: 'POST',
    path: '/purchases/:purchaseId/start',
    summary: '登记采购开始',
    input: z.object({
      ...step,
      projectNumber: text(60).min(1, '请填写采购项目编号。'),
      startedOn: LocalDateSchema,
      noticeOn: LocalDateSchema.nullable().default(null),
      publicityFrom: LocalDateSchema.nullable().default(null),
      publicityUntil: LocalDateSchema.nullable().default(null),
    }),
    output: PurchaseView,
  },
  recordAward: {
    method: 'POST',
    path: '/purchases/:purchaseId/award',
    summary: '登记中标、成交结果',
    input: z.object({
      ...step,
      openedOn: LocalDateSchema,
      awardedOn: LocalDateSchema,
      bidders: z.array(Bidder).min(1, '请至少登记一家供应商。').max(50, '最多登记50家供应商。'),
      /** Place of the winner in the list, from zero. */
      winner: z.number().int().min(0).max(49),
      amountFen: FenSchema.min(1, '金额应大于零。').max(1_000_000_000_000, '金额过大，请核对单位是否为元。'),
      reason: text(500).min(4, '请填写定标、成交的理由。'),
    }),
    output: PurchaseView,
  },
  terminatePurchase: {
    method: 'POST',
    path: '/purchases/:purchaseId/termination',
    summary: '终止采购',
    input: z.object({ ...step, opinion: opinion.min(1, '请写明终止的原因。') }),
    output: PurchaseView,
  },
  publishResult: {
    method: 'POST',
    path: '/purchases/:purchaseId/result-publication',
    summary: '登记结果公告',
    input: z.object({ ...step, publishedOn: LocalDateSchema }),
    output: PurchaseView,
  },
  signContract: {
    method: 'POST',
    path: '/purchases/:purchaseId/contract',
    summary: '登记采购合同',
    input: z.object({
      ...step,
      number: text(60).min(1, '请填写合同编号。'),
      signedOn: LocalDateSchema,
      deliverBy: LocalDateSchema,
      termFrom: LocalDateSchema.nullable().default(null),
      termUntil: LocalDateSchema.nullable().default(null),
      bondFen: FenSchema.max(1_000_000_000_000, '金额过大，请核对单位是否为元。').default(0),
      warrantyMonths: z.number().int().min(0).max(600).default(0),
      paymentTerms: text(500).min(2, '请填写付款约定。'),
      qualityTerms: text(500).min(2, '请填写质量、服务标准。'),
      acceptanceTerms: text(500).min(2, '请填写验收方式。'),
      breachTerms: text(500).min(2, '请填写违约责任。'),
      disputeTerms: text(500).min(2, '请填写争议解决方式。'),
      subcontracted: z.boolean().default(false),
      items: z
        .array(
          z.object({
            itemId: z.uuid(),
            quantity: Quantity,
            unitPriceFen: FenSchema.min(1, '单价应大于零。').max(1_000_000_000_000, '金额过大，请核对单位是否为元。'),
            model: text(200).default(''),
          }),
        )
        .min(1)
        .max(100),
    }),
    output: PurchaseView,
  },
  publishContract: {
    method: 'POST',
    path: '/purchases/:purchaseId/contract/publication',
    summary: '登记合同公告',
    input: z.object({ ...step, publishedOn: LocalDateSchema }),
    output: PurchaseView,
  },
  fileContract: {
    method: 'POST',
    path: '/purchases/:purchaseId/contract/filing',
    summary: '登记合同备案',
    input: z.object({ ...step, filedOn: LocalDateSchema }),
    output: PurchaseView,
  },
  /** More of the same at the same price, at most a tenth of the contract (政府采购法第四十九条). */
  supplementContract: {
    method: 'POST',
    path: '/purchases/:purchaseId/contract/supplements',
    summary: '登记补充合同',
    input: z.object({
      ...step,
      number: text(60).min(1, '请填写补充合同编号。'),
      signedOn: LocalDateSchema,
      reason: text(500).min(4, '请填写增加的理由。'),
      items: z
        .array(
          z.object({
            itemId: z.uuid(),
            quantity: Quantity.refine((quantity) => quantity > 0, '数量应大于零。'),
            /** Plan line of this year that pays for it, where the year of the item's own is over. */
            ledgerLineId: z.uuid().optional(),
          }),
        )
        .min(1, '请填写增加的数量。')
        .max(100),
    }),
    output: PurchaseView,
  },
} as const satisfies Record<string, OperationDeclaration>
