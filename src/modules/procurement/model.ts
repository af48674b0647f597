import { z } from 'zod'
import { FenSchema } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Finding } from '#kernel/pure/verdict.ts'
import { Quantity } from '#modules/ledger/model.ts'

/** What is bought; services and works differ by the standards they are held against, not by another procedure. */
export const purchaseKindLabels = { goods: '货物', services: '服务', works: '工程' } as const
export type PurchaseKind = keyof typeof purchaseKindLabels
export const purchaseKinds = Object.keys(purchaseKindLabels) as [PurchaseKind, ...PurchaseKind[]]

/** How a purchase is organised, in short; `purchaseClassLabels` of the standards say it in full. */
export const classLabels = {
  centralised: '集中采购',
  dispersed: '分散采购',
  internal: '自行采购',
  tendering: '依法招标',
} as const

/** Methods 采购方式 (facts 4.3); `internal` is for what lies below every limit. */
export const methodLabels = {
  'open-tender': '公开招标',
  'invited-tender': '邀请招标',
  negotiation: '竞争性谈判',
  consultation: '竞争性磋商',
  inquiry: '询价',
  'single-source': '单一来源',
  framework: '框架协议（电子卖场）',
  innovation: '合作创新采购',
  internal: '单位自行采购',
} as const
export type Method = keyof typeof methodLabels
export const methods = Object.keys(methodLabels) as [Method, ...Method[]]

export const organisationLabels = { agency: '委托集中采购机构', self: '自行组织或委托社会代理机构' } as const
export type Organisation = keyof typeof organisationLabels
export const organisations = Object.keys(organisationLabels) as [Organisation, ...Organisation[]]

export const exemptionLabels = {
  framework: '框架协议、电子卖场重复采购',
  emergency: '不可预见的紧急采购',
} as const
export type IntentionExemption = keyof typeof exemptionLabels
export const exemptions = Object.keys(exemptionLabels) as [IntentionExemption, ...IntentionExemption[]]

/** For whom a purchase is reserved (财库〔2020〕46号). */
export const reservedLabels = { none: '不预留', small: '预留给中小企业', micro: '预留给小微企业' } as const
export type Reserved = keyof typeof reservedLabels
export const reservedFor = Object.keys(reservedLabels) as [Reserved, ...Reserved[]]

export const purchaseStateLabels = {
  draft: '编制申请',
  submitted: '待单位审批',
  'finance-review': '待财政审批方式',
  purchasing: '组织采购',
  awarded: '待签合同',
  contracted: '履约中',
  accepting: '待验收复核',
  accepted: '已验收',
  closed: '已办结',
  withdrawn: '已撤回',
  terminated: '已终止',
} as const
export type PurchaseState = keyof typeof purchaseStateLabels
export const purchaseStates = Object.keys(purchaseStateLabels) as [PurchaseState, ...PurchaseState[]]

export const paymentStateLabels = {
  requested: '待审批',
  paid: '已支付',
  returned: '已退回',
  reversed: '已冲销',
} as const
export type PaymentState = keyof typeof paymentStateLabels
export const paymentStates = Object.keys(paymentStateLabels) as [PaymentState, ...PaymentState[]]

export const acceptanceStateLabels = { drafted: '待复核', signed: '已签字', returned: '已退回' } as const
export type AcceptanceState = keyof typeof acceptanceStateLabels
export const acceptanceStates = Object.keys(acceptanceStateLabels) as [AcceptanceState, ...AcceptanceState[]]

/** Levels whose finance may let a purchase depart from open tender: the city's and above (政府采购法第二十七条). */
export const approvingLevels = ['city', 'province'] as const

const text = (longest: number) => z.string().trim().max(longest)
/** More than any office buys at once; sums of it stay exact. 分 */
const mostFen = 1_000_000_000_000
const Price = FenSchema.max(mostFen, '金额过大，请核对单位是否为元。')
const amountOf = (items: readonly { quantity: number; unitPriceFen: number }[]) =>
  items.reduce((sum, { quantity, unitPriceFen }) => sum + quantity * unitPriceFen, 0)
const Pieces = Quantity.refine((quantity) => quantity > 0, '数量应大于零。')

/** A thing asked for, from a plan line. */
export const RequestedItem = z.object({
  ledgerLineId: z.uuid(),
  name: text(120).min(1, '请填写名称。'),
  /** Technical or service requirement 技术、服务要求. */
  requirement: text(500).default(''),
  unit: text(20).min(1, '请填写计量单位。'),
  quantity: Pieces,
  unitPriceFen: Price.min(1, '单价应大于零。'),
  /** Standard item the things are held against, e.g. `item.desktop`; null where no standard fixes them. */
  standardCode: text(60).nullable().default(null),
  /** Asset class of their cards where no standard says it; null for what gets no card. */
  classCode: text(20).nullable().default(null),
  /** How many old things are given up for these. */
  replaces: z.number().int().min(0).max(1_000_000).default(0),
})
export type RequestedItem = z.infer<typeof RequestedItem>

/** What a purchase request 采购申请 says. */
export const PurchaseRequest = z.object({
  title: text(120).min(2, '请填写采购项目名称。'),
  kind: z.enum(purchaseKinds),
  /** Overview of what is needed 采购需求概况, as it is published. */
  requirement: text(1000).min(4, '请填写采购需求概况。'),
  /** When buying is to begin. */
  expectedOn: LocalDateSchema,
  /** Name in the central purchasing catalogue, where the standards do not say it; null for none. */
  catalogueItem: text(60).nullable().default(null),
  method: z.enum(methods),
  organisation: z.enum(organisations),
  /** Why another method than the one proposed, or a single source. */
  methodGround: text(500).default(''),
  intentionExemption: z.enum(exemptions).nullable().default(null),
  /** Why things in the public warehouse or idle things of the organ do not do. */
  stockReason: text(500).default(''),
  /** Number of the consent to a price above the standard. */
  priceApproval: text(100).default(''),
  /** Number of the consent of the head of asset management to colour printers. */
  colourConsent: text(100).default(''),
  /** Why a service body may be chosen without open competition: security or secrecy, without its content (Art. 13). */
  securityGround: text(300).default(''),
  reservedFor: z.enum(reservedFor).default('none'),
  items: z
    .array(RequestedItem)
    .min(1, '请至少填写一项采购内容。')
    .max(100, '一次申请最多100项。')
    .refine((items) => amountOf(items) <= mostFen, '采购金额合计过大，请核对数量，并核对单价的单位是否为元。'),
})
export type PurchaseRequest = z.infer<typeof PurchaseRequest>

/** A bidder 供应商 as the award record names it. */
export const Bidder = z.object({
  name: text(120).min(2, '请填写供应商名称。'),
  creditCode: text(18).regex(/^[0-9A-HJ-NPQRTUWXY]{18}$/, '统一社会信用代码应为18位数字或大写字母。'),
  priceFen: Price,
  /** Met the requirements: a valid response 有效响应. */
  valid: z.boolean(),
  size: z.enum(['large', 'medium', 'small', 'micro']),
})
export type Bidder = z.infer<typeof Bidder>
export const bidderSizeLabels = { large: '大型', medium: '中型', small: '小型', micro: '微型' } as const

/** An item as the purchase file keeps it: asked for, contracted, accepted, registered. */
export const PurchaseItem = RequestedItem.extend({
  id: z.uuid(),
  itemNo: z.number().int(),
  servedOrganId: z.uuid(),
  amountFen: FenSchema,
  contractQuantity: Quantity.nullable(),
  contractPriceFen: FenSchema.nullable(),
  /** Model and maker of the contract, as the card will have them. */
  model: z.string(),
  acceptedQuantity: Quantity,
  registeredQuantity: Quantity,
})
export type PurchaseItem = z.infer<typeof PurchaseItem>

/** Money of a purchase from plan to payment, 分. */
export const PurchaseMoney = z.object({
  requestedFen: FenSchema,
  committedFen: FenSchema,
  contractedFen: FenSchema,
  acceptedFen: FenSchema,
  paidFen: FenSchema,
})
export type PurchaseMoney = z.infer<typeof PurchaseMoney>

export const ListedPurchase = z.object({
  id: z.uuid(),
  number: z.string(),
  title: z.string(),
  organId: z.uuid(),
  organName: z.string(),
  year: z.number().int(),
  kind: z.enum(purchaseKinds),
  method: z.enum(methods),
  state: z.enum(purchaseStates),
  requestedOn: z.string(),
  amountFen: FenSchema,
  contractedFen: FenSchema,
  paidFen: FenSchema,
})
export type ListedPurchase = z.infer<typeof ListedPurchase>

/** What the rules say of a request: findings, the method proposed, the money by plan line. */
export const Judgement = z.object({
  class: z.enum(['centralised', 'dispersed', 'internal', 'tendering']),
  proposedMethod: z.enum(methods),
  proposedOrganisation: z.enum(organisations),
  intentionNeeded: z.boolean(),
  /** Finance must let it depart from open tender. */
  needsFinance: z.boolean(),
  amountFen: FenSchema,
  findings: z.array(Finding),
})
export type Judgement = z.infer<typeof Judgement>
