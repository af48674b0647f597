import { z } from 'zod'
import { FenSchema, Instant } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { withoutPersonalNumbers } from '#kernel/pure/personal-numbers.ts'
import { slot } from '#kernel/pure/slot.ts'
import { Finding, Outcome } from '#kernel/pure/verdict.ts'
import { Quantity } from '#modules/ledger/model.ts'
import { NeedKind } from '#modules/standards/model.ts'

export { Quantity }

/** Calendar of a cycle 年度保障计划周期; windows are parameters of the authority (Art. 32 "within the set time"). */
export const CycleCalendar = z.object({
  demandOpensOn: LocalDateSchema,
  demandClosesOn: LocalDateSchema,
  reviewUntil: LocalDateSchema,
  planUntil: LocalDateSchema,
})
export type CycleCalendar = z.infer<typeof CycleCalendar>

export const cycleStates = ['open', 'planned', 'in-force', 'closed'] as const
export const cycleStateLabels = {
  open: '申报审核中',
  planned: '计划草案',
  'in-force': '计划执行中',
  closed: '已结束',
} as const
export const Cycle = z.object({
  id: z.uuid(),
  jurisdictionCode: z.string(),
  jurisdictionName: z.string(),
  year: z.number().int().min(2021).max(2100),
  state: z.enum(cycleStates),
  calendar: CycleCalendar,
  /** Day whose standards the review uses. */
  standardsOn: LocalDateSchema,
  openedOn: LocalDateSchema,
  version: z.number().int(),
})
export type Cycle = z.infer<typeof Cycle>

export const demandStates = ['draft', 'submitted', 'returned', 'reviewed'] as const
export type DemandState = (typeof demandStates)[number]
export const demandStateLabels: Record<DemandState, string> = {
  draft: '填报中',
  submitted: '审核中',
  returned: '退回补正',
  reviewed: '已审结',
}

/** Evidence that a thing may be replaced before its minimum life: a damage report (PLAN-R04). */
export const Replacement = z.object({
  /** Day the old thing was taken into use. */
  acquiredOn: LocalDateSchema,
  beyondRepair: z.boolean(),
  appraisalDocument: z.string().max(200).nullable(),
})
export type Replacement = z.infer<typeof Replacement>

/** The answer of the public warehouse and the idle register to "is there one already?" (PLAN-R05, R06). */
export const StoreQuery = z.object({ number: z.string(), askedOn: LocalDateSchema, usableQuantity: z.number() })
export type StoreQuery = z.infer<typeof StoreQuery>

export const fundSourceLabels = {
  'general-budget': '一般公共预算',
  'fund-budget': '政府性基金',
  other: '其他',
} as const
export const FundSource = z.enum(['general-budget', 'fund-budget', 'other'])

/** What the organ fills in on a line; drafts may be incomplete, so almost everything is nullable (PLAN-R01 is judged at submission). */
export const DemandLineDraft = z.object({
  /** Null for a new line. */
  id: z.uuid().nullable(),
  needKind: NeedKind.nullable(),
  itemName: z.string().max(200),
  /** Code of the item standard, e.g. `item.desktop`; null where none applies. */
  standardCode: z.string().max(60).nullable(),
  economicCode: z.string().max(5).nullable(),
  quantity: Quantity.nullable(),
  unit: z.string().max(20),
  unitPriceFen: FenSchema.nullable(),
  amountFen: FenSchema.nullable(),
  fundSource: FundSource.default('general-budget'),
  neededMonth: z.number().int().min(1).max(12).nullable(),
  existingQuantity: Quantity.nullable(),
  usableQuantity: Quantity.nullable(),
  disposingQuantity: Quantity.nullable(),
  replacement: Replacement.nullable(),
  reason: z.string().max(1000),
  note: z.string().max(500),
  /** The organ wants it in its own budget (PLAN-R07 blocks that for centralised matters). */
  inOwnBudget: z.boolean().default(false),
})
export type DemandLineDraft = z.infer<typeof DemandLineDraft>

export const DemandLine = DemandLineDraft.extend({
  id: z.uuid(),
  lineNo: z.number().int(),
  storeQuery: StoreQuery.nullable(),
  carriedFrom: z.string().nullable(),
  findings: z.array(Finding),
  outcome: Outcome,
})
export type DemandLine = z.infer<typeof DemandLine>

/** Whom to ask at the office. Mobile and identity numbers stand sealed with their person and nowhere in clear (decision 43). */
export const contactNumbersMessage =
  '请填写办公电话。手机号码和身份证号码不写入申请，需要联系本人的，在人员名单中按目的查看。'
export const DemandContact = z
  .string()
  .max(100)
  .refine((text) => withoutPersonalNumbers(text) === text, contactNumbersMessage)

export const Demand = z.object({
  id: z.uuid(),
  cycleId: z.uuid(),
  caseId: z.uuid().nullable(),
  organId: z.uuid(),
  organName: z.string(),
  year: z.number().int(),
  number: z.string(),
  state: z.enum(demandStates),
  contact: z.string(),
  declaredNotSecret: z.boolean(),
  submittedOn: LocalDateSchema.nullable(),
  late: z.boolean(),
  lineCount: z.number().int(),
  askedFen: FenSchema,
  approvedFen: FenSchema.nullable(),
  version: z.number().int(),
})
export type Demand = z.infer<typeof Demand>

/** What an organ has of one kind of thing 配置现状 (Art. 31 para 2). */
/** Where a count of what an organ has comes from. */
export const holdingSources = { register: '资产台账', reported: '单位填报', both: '资产台账、单位填报' } as const

export const Holding = z.object({
  standardCode: z.string(),
  title: z.string(),
  unit: z.string(),
  quantity: z.number(),
  usableQuantity: z.number(),
  /** In use beyond the minimum years. */
  overLifeQuantity: z.number(),
  idleQuantity: z.number(),
  /** Approved quota where the standard is a quota on record (vehicles); null else. */
  quotaQuantity: z.number().nullable(),
  source: z.enum(Object.keys(holdingSources) as [keyof typeof holdingSources]),
  /** Class of the cards that were counted; null where the count was reported. */
  classCode: z.string().nullable(),
})
export type Holding = z.infer<typeof Holding>

/** Review opinions 审核意见. There is deliberately no "more than asked". */
export const opinionLabels = {
  O1: '同意',
  O2: '核减',
  O3: '调剂解决（公物仓）',
  O4: '退回补正',
  O5: '不予同意',
  O6: '不属集中统一管理，自行制定',
  O7: '转专项',
  O8: '暂缓，列入备选',
} as const
export type Opinion = keyof typeof opinionLabels
export const Opinion = z.enum(Object.keys(opinionLabels) as [Opinion, ...Opinion[]])

/** What the engine proposes for a line, with all it rests on. */
export const Proposal = z.object({
  opinion: Opinion,
  quantity: z.number(),
  amountFen: FenSchema,
  /** Pre-written reason for the decision, Chinese. */
  reason: z.string(),
  /** Goes into the authority's plan (true) or the organ's own plan (false). */
  centralised: z.boolean(),
  findings: z.array(Finding),
  /** 0…100, how much a reviewer should look at it: deviation from standard, last year and similar organs. */
  oddness: z.number(),
})
export type Proposal = z.infer<typeof Proposal>

export const Decision = z.object({
  opinion: Opinion,
  quantity: z.number(),
  amountFen: FenSchema,
  reason: z.string(),
  centralised: z.boolean(),
  /** Differs from the proposal. */
  deviates: z.boolean(),
  /** Pieces met by matching instead of buying (A23-2), all of O3 or beside those that O2 still buys. */
  matchedQuantity: z.number(),
  decidedBy: z.string(),
  decidedAt: Instant,
  /** The decision as it is kept for good; null for those from before decisions were kept. */
  decisionId: z.uuid().nullable(),
  decisionNumber: z.string().nullable(),
})
export type Decision = z.infer<typeof Decision>

export const planStates = ['draft', 'consulting', 'issued', 'in-force', 'superseded'] as const
export const planStateLabels = {
  draft: '草案',
  consulting: '待签发',
  issued: '已下达',
  'in-force': '执行中',
  superseded: '已被新版本替代',
} as const

/** The four parts of a plan (Art. 31 para 2, norm A31-2): text by part, tables are drawn from data. */
export const PlanTexts = z.object({
  present: z.string().max(20_000),
  needs: z.string().max(20_000),
  equipping: z.string().max(20_000),
  disposal: z.string().max(20_000),
})
export type PlanTexts = z.infer<typeof PlanTexts>
export const planPartLabels = {
  present: '资源配置现状',
  needs: '需求内容',
  equipping: '配备使用',
  disposal: '处置利用',
} as const

export const PlanLine = z.object({
  id: z.uuid(),
  lineNo: z.number().int(),
  number: z.string(),
  demandLineId: z.uuid().nullable(),
  /** Set once the plan is in force and the line stands on the ledger. */
  ledgerLineId: z.uuid().nullable(),
  centralised: z.boolean(),
  servedOrganId: z.uuid(),
  servedOrganName: z.string(),
  needKind: NeedKind,
  itemName: z.string(),
  economicCode: z.string(),
  unit: z.string(),
  quantity: z.number(),
  amountFen: FenSchema,
  fromMonth: z.number().int(),
  toMonth: z.number().int(),
})
export type PlanLine = z.infer<typeof PlanLine>

export const Plan = z.object({
  id: z.uuid(),
  cycleId: z.uuid(),
  year: z.number().int(),
  jurisdictionCode: z.string(),
  /** The organ that carries it out; for the authority's plan, the authority. */
  organId: z.uuid(),
  organName: z.string(),
  kind: z.enum(['authority', 'organ']),
  planVersion: z.number().int(),
  state: z.enum(planStates),
  caseId: z.uuid().nullable(),
  documentNumber: z.string().nullable(),
  issuedOn: LocalDateSchema.nullable(),
  totalFen: FenSchema,
  lineCount: z.number().int(),
  version: z.number().int(),
})
export type Plan = z.infer<typeof Plan>

export const Notice = z.object({
  id: z.uuid(),
  number: z.string(),
  cycleId: z.uuid(),
  demandId: z.uuid(),
  organId: z.uuid(),
  organName: z.string(),
  lineCount: z.number().int(),
  amountFen: FenSchema,
  issuedOn: LocalDateSchema,
  dueOn: LocalDateSchema,
  deliveredAt: Instant.nullable(),
  acknowledgedAt: Instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  documentId: z.uuid().nullable(),
})
export type Notice = z.infer<typeof Notice>

export const adjustmentTypeLabels = {
  emergency: '突发事件',
  'policy-change': '政策变化',
  'other-special': '其他特殊情况',
} as const
export const AdjustmentType = z.enum(['emergency', 'policy-change', 'other-special'])
export type AdjustmentType = z.infer<typeof AdjustmentType>

export const adjustmentStates = [
  'made',
  'awaiting-finance',
  'filed',
  'returned',
  'received',
  'objected',
  'withdrawn',
] as const
export type AdjustmentState = (typeof adjustmentStates)[number]
export const adjustmentStateLabels: Record<AdjustmentState, string> = {
  made: '已调整待备案',
  'awaiting-finance': '待财政批准',
  filed: '已提交备案',
  returned: '退回补正',
  received: '已收讫',
  objected: '提出异议',
  withdrawn: '已撤销',
}

/** One change of an adjustment: a ledger line before and after, or a new line (lineId null). Money in 分. */
export const AdjustmentChange = z.object({
  lineId: z.uuid().nullable(),
  needKind: NeedKind,
  itemName: z.string().max(200),
  economicCode: z.string(),
  unit: z.string().max(20),
  beforeFen: FenSchema,
  afterFen: FenSchema,
  beforeQuantity: Quantity,
  afterQuantity: Quantity,
})
export type AdjustmentChange = z.infer<typeof AdjustmentChange>

/** Places of the review workbench for modules that know more of a demand line than the plan does. */
export const reviewSlots = {
  /** Over the queue of organs. */
  queue: slot('plans.review-queue', 'cycleId'),
  /** In the row of a line, beside its name. */
  row: slot('plans.review-row', 'cycleId', 'organId', 'lineId'),
  /** With the ground of the selected line. */
  ground: slot('plans.review-ground', 'cycleId', 'organId', 'lineId'),
}

export const reportStates = ['draft', 'signed', 'sent', 'returned', 'received'] as const
export const reportStateLabels = {
  draft: '编制中',
  signed: '已签发',
  sent: '已报送',
  returned: '退回补正',
  received: '已收到',
} as const
