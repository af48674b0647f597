import { z } from 'zod'
import { FenSchema } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { disposalFormLabels, type DisposalForm } from '#modules/standards/rules/disposal.ts'

export { disposalFormLabels, type DisposalForm }
/** Tiers of the path by amount (facts 2.5): by monthly list, case by case, by the government. */
export const tierLabels: Readonly<Record<string, string>> = { T1: '小额', T2: '中额', T3: '大额' }

export const disposalForms = Object.keys(disposalFormLabels) as [DisposalForm, ...DisposalForm[]]

/** Words for the forms in addresses: `/disposal/applications/new?form=scrap`. */
export const formWords = {
  transfer: 'D1',
  donation: 'D2',
  sale: 'D3',
  exchange: 'D4',
  scrap: 'D5',
  loss: 'D6',
} as const satisfies Record<string, DisposalForm>

export const applicationStateLabels = {
  draft: '拟稿',
  applied: '待审核',
  reviewed: '待财政同意',
  government: '待政府批准',
  approved: '已批复，待实施',
  proceeds: '待上缴收入',
  closed: '已办结',
  refused: '不予同意',
  withdrawn: '已撤回',
  abandoned: '已终止',
} as const
export type ApplicationState = keyof typeof applicationStateLabels
export const applicationStates = Object.keys(applicationStateLabels) as [ApplicationState, ...ApplicationState[]]

/** What a thing is still good for; decides what must be shown before it goes (AST-R11, AST-R12). */
export const conditionLabels = {
  usable: '可用',
  repairable: '损坏可修复',
  broken: '损坏不能修复',
  gone: '盘亏、毁损或者灭失',
} as const
export type Condition = keyof typeof conditionLabels
export const conditions = Object.keys(conditionLabels) as [Condition, ...Condition[]]

/** Papers that forms of disposal need (facts 2.5). */
export const paperLabels = {
  decision: '单位集体决策纪要',
  'receiver-consent': '接收意向函',
  'receiver-level': '接收方同级主管部门和财政部门同意文件',
  qualification: '受赠方公益资格证明',
  counterpart: '置换方案和对方意向函',
  technical: '技术鉴定意见',
  warehouse: '公物仓不接收的答复',
  cause: '损失情况说明',
  responsibility: '责任认定意见',
  evidence: '公安、保险或者第三方证明',
} as const
export type PaperKind = keyof typeof paperLabels
export const paperKinds = Object.keys(paperLabels) as [PaperKind, ...PaperKind[]]

const text = (longest: number) => z.string().trim().max(longest)
/** A sum of at most ten billion yuan; more is a slip of the pen. */
export const Sum = FenSchema.max(1_000_000_000_000, '金额过大，请核对单位是否为元。')

/** 文号 or number of a paper, who gave it, and when. */
export const Paper = z.object({
  kind: z.enum(paperKinds),
  number: text(120).min(1, '请填写材料的文号或编号。'),
  issuer: text(120).default(''),
  issuedOn: LocalDateSchema,
})
export type Paper = z.infer<typeof Paper>

/** A thing of an application, as its card said when it was applied for. */
export const Item = z.object({
  cardId: z.uuid(),
  number: z.string(),
  name: z.string(),
  model: z.string(),
  className: z.string(),
  place: z.string(),
  quantity: z.number().int(),
  costFen: z.number().int(),
  accumulatedFen: z.number().int(),
  netFen: z.number().int(),
  acquiredOn: z.string(),
  condition: z.enum(conditions),
  storesData: z.boolean(),
})
export type Item = z.infer<typeof Item>

/** How it was carried out 处置实施; what is null does not belong to the form. */
export const CarriedOut = z.object({
  carriedOutOn: LocalDateSchema,
  /** Hand-over sheet, donation receipt, contract: the paper of the transfer. */
  transferDocument: text(120).default(''),
  /** Number of the record that data were erased (AST-R13). */
  erasureRecord: text(120).default(''),
  appraisalReport: text(120).default(''),
  appraiser: text(120).default(''),
  appraisedFen: Sum.nullable().default(null),
  tradingPlatform: text(120).default(''),
  tradeNumber: text(120).default(''),
  priceFen: Sum.nullable().default(null),
  /** Consent to a price below the appraised value (AST-R10). */
  repriceDocument: text(120).default(''),
  /** Appraised value of what is received in exchange. */
  receivedFen: Sum.nullable().default(null),
  /** 报废机动车回收证明. */
  scrapCertificate: text(120).default(''),
  /** Whether money comes in: residual value, price, balance, compensation. */
  proceedsExpected: z.boolean().default(false),
})
export type CarriedOut = z.infer<typeof CarriedOut>

/** Proceeds 处置收入: what came in, what it cost, what is paid to the treasury. */
export const Proceeds = z.object({
  grossFen: z.number().int(),
  taxesFen: z.number().int(),
  appraisalFen: z.number().int(),
  tradeFen: z.number().int(),
  otherFen: z.number().int(),
  netFen: z.number().int(),
  receivedOn: z.string(),
  dueOn: z.string(),
  paidOn: z.string().nullable(),
  voucherNumber: z.string().nullable(),
  revenueCode: z.string(),
  late: z.boolean(),
})
export type Proceeds = z.infer<typeof Proceeds>

/** An application for disposal 资产处置申请. */
export const Application = z.object({
  id: z.uuid(),
  organId: z.uuid(),
  organName: z.string(),
  number: z.string().nullable(),
  form: z.enum(disposalForms),
  state: z.enum(applicationStates),
  reason: z.string(),
  encumbered: z.boolean(),
  receiverOrganId: z.uuid().nullable(),
  receiverName: z.string().nullable(),
  counterparty: z.string(),
  items: z.number().int(),
  costFen: z.number().int(),
  netFen: z.number().int(),
  appliedOn: z.string().nullable(),
  appliedBy: z.string().nullable(),
  tier: z.string().nullable(),
  path: z.string().nullable(),
  consentDocument: z.string().nullable(),
  consentedOn: z.string().nullable(),
  governmentDocument: z.string().nullable(),
  governmentOn: z.string().nullable(),
  receivedOn: z.string().nullable(),
  receivedBy: z.string().nullable(),
  carriedOutOn: z.string().nullable(),
  proceedsFen: z.number().int().nullable(),
  proceedsDueOn: z.string().nullable(),
  paidOn: z.string().nullable(),
  caseId: z.uuid(),
  version: z.number().int(),
})
export type Application = z.infer<typeof Application>

/** Consent of finance to many small disposals at once 按月清单同意. */
export const ConsentList = z.object({
  id: z.uuid(),
  document: z.string(),
  consentedOn: z.string(),
  applications: z.number().int(),
  costFen: z.number().int(),
  consentedBy: z.string(),
})
export type ConsentList = z.infer<typeof ConsentList>
