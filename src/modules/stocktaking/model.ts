import { z } from 'zod'
import { Instant } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'

/** What is found of one thing when it is counted 盘点结果 (facts 2.5). */
export const resultLabels = {
  same: '一致',
  mismatch: '信息不符',
  surplus: '盘盈',
  missing: '盘亏',
  idle: '闲置',
  damaged: '损坏待报废',
  duplicate: '重复卡',
} as const
export type Result = keyof typeof resultLabels
export const results = Object.keys(resultLabels) as [Result, ...Result[]]
/** Of a thing that stands in the book; only what does not is surplus. */
export const bookResults = ['same', 'mismatch', 'missing', 'idle', 'damaged', 'duplicate'] as const

export const countStateLabels = {
  counting: '盘点中',
  settling: '差异处理',
  'at-head': '待机关审定',
  'at-authority': '待主管部门审核',
  'at-finance': '待财政部门同意',
  finished: '已办结',
  withdrawn: '已撤销',
} as const
export type CountState = keyof typeof countStateLabels
export const countStates = Object.keys(countStateLabels) as [CountState, ...CountState[]]

const text = (longest: number) => z.string().trim().max(longest)

/** Which cards of the organ are counted; all of them where nothing is said. Each word is the beginning of what the card says. */
export const CountScope = z.object({
  places: z.array(text(120).min(1)).max(50).default([]),
  departments: z.array(text(80).min(1)).max(50).default([]),
  custodians: z.array(text(40).min(1)).max(50).default([]),
  classPrefix: z
    .string()
    .regex(/^A\d{0,14}$/, '分类代码应以A开头，后接数字。')
    .nullable()
    .default(null),
})
export type CountScope = z.infer<typeof CountScope>

/** How much was counted, and how it came out. */
export const Tally = z.object({
  items: z.number().int(),
  costFen: z.number().int(),
  counted: z.number().int(),
  disputed: z.number().int(),
  same: z.number().int(),
  mismatch: z.number().int(),
  missing: z.number().int(),
  idle: z.number().int(),
  damaged: z.number().int(),
  duplicate: z.number().int(),
  surplus: z.number().int(),
  missingFen: z.number().int(),
})
export type Tally = z.infer<typeof Tally>

/** Rates of a count in basis points (万分之), null of nothing counted: 9975 is 99.75 %. */
export const Rates = z.object({
  /** 盘点进度 counted of the book. */
  progress: z.number().int().nullable(),
  /** 账实相符率: what is there as booked, of the book. */
  agreement: z.number().int().nullable(),
  /** 盘亏率: what is missing, of the book. */
  shortage: z.number().int().nullable(),
})
export type Rates = z.infer<typeof Rates>

export const Count = z.object({
  id: z.uuid(),
  organId: z.uuid(),
  organName: z.string(),
  number: z.string(),
  title: z.string(),
  year: z.number().int(),
  baseOn: z.string(),
  scope: CountScope,
  /** The whole register of the organ, as the yearly count asks for (AST-R06). */
  whole: z.boolean(),
  state: z.enum(countStates),
  note: z.string(),
  conclusion: z.string(),
  openedOn: z.string(),
  openedByName: z.string(),
  endedOn: z.string().nullable(),
  finishedOn: z.string().nullable(),
  items: z.number().int(),
  counted: z.number().int(),
  costFen: z.number().int(),
  caseId: z.uuid(),
  version: z.number().int(),
})
export type Count = z.infer<typeof Count>

/** What differs between book and thing, as the counter saw it; only fields that differ. */
export const Found = z.object({
  place: text(120).optional(),
  department: text(80).optional(),
  custodianName: text(40).optional(),
  userName: text(40).optional(),
  serialNumber: text(100).optional(),
  model: text(200).optional(),
  /** Of a duplicate card: the number of the card that stays. */
  keptNumber: text(60).optional(),
})
export type Found = z.infer<typeof Found>
export const correctableFields = ['place', 'department', 'custodianName', 'userName', 'serialNumber', 'model'] as const
export const foundLabels: Readonly<Record<keyof Found, string>> = {
  place: '存放地点',
  department: '使用部门',
  custodianName: '保管人',
  userName: '使用人',
  serialNumber: '序列号',
  model: '规格型号',
  keptNumber: '保留卡片',
}

/** A thing that has no card. */
export const SurplusThing = z.object({
  name: text(120).min(1, '请填写资产名称。'),
  model: text(200).default(''),
  serialNumber: text(100).default(''),
  place: text(120).min(1, '请填写存放地点。'),
  quantity: z.number().int().min(1, '数量应为正整数。').max(1_000_000, '数量过大，请核对。').default(1),
})
export type SurplusThing = z.infer<typeof SurplusThing>

/** One card of the frozen book, and what was found of it. */
export const Item = z.object({
  cardId: z.uuid(),
  number: z.string(),
  name: z.string(),
  model: z.string(),
  serialNumber: z.string(),
  unit: z.string(),
  quantity: z.number().int(),
  costFen: z.number().int(),
  department: z.string(),
  place: z.string(),
  userName: z.string(),
  custodianName: z.string(),
  bookState: z.string(),
  result: z.enum(bookResults).nullable(),
  disputed: z.boolean(),
  found: Found,
  remark: z.string(),
  countedByName: z.string().nullable(),
  countedAt: Instant.nullable(),
})
export type Item = z.infer<typeof Item>

/** What one person said of one thing once; never changed. */
export const Mark = z.object({
  id: z.uuid(),
  cardId: z.uuid().nullable(),
  result: z.enum(results),
  found: Found,
  thing: SurplusThing.nullable(),
  remark: z.string(),
  personId: z.uuid().nullable(),
  personName: z.string(),
  countedAt: Instant,
  /** Settles what two counters said differently. */
  settles: z.boolean(),
})
export type Mark = z.infer<typeof Mark>

/** How a difference is dealt with 处理方式, and for which results. */
export const resolutionLabels = {
  correct: '按实物更正卡片',
  restore: '账面无误，实物已归位',
  register: '登记新卡片',
  dismiss: '不入账（重复上报或非本机关资产）',
  pursue: '转盘亏待查，按损失核销办理',
  recovered: '已找回，账实相符',
  'mark-idle': '卡片转为闲置',
  'to-disposal': '卡片转为待处置',
  repair: '送修，卡片转为待修',
  keep: '维持现状',
} as const
export type Resolution = keyof typeof resolutionLabels
export const resolutions = Object.keys(resolutionLabels) as [Resolution, ...Resolution[]]
export const resolutionsOf: Readonly<Record<Exclude<Result, 'same'>, readonly Resolution[]>> = {
  mismatch: ['correct', 'restore'],
  surplus: ['register', 'dismiss'],
  missing: ['pursue', 'recovered'],
  idle: ['mark-idle', 'keep'],
  damaged: ['to-disposal', 'repair', 'keep'],
  duplicate: ['to-disposal', 'keep'],
}

/** What the value of a surplus thing rests on, in this order (facts 2.5). */
export const valueBasisLabels = {
  evidence: '凭据金额',
  appraisal: '评估价值',
  replacement: '重置成本',
  nominal: '名义金额（1元）',
} as const
export type ValueBasis = keyof typeof valueBasisLabels
export const valueBases = Object.keys(valueBasisLabels) as [ValueBasis, ...ValueBasis[]]

/** What the card of a surplus thing will say. */
export const SurplusCard = SurplusThing.extend({
  classCode: text(20).min(1, '请选择资产分类。'),
  department: text(80).default(''),
  custodianName: text(40).default(''),
  acquiredOn: LocalDateSchema,
  valueBasis: z.enum(valueBases),
  valueFen: z.number().int().min(1).max(1_000_000_000_000, '金额过大，请核对单位是否为元。'),
  /** Paper that the value rests on: 发票号、评估报告号、询价记录. */
  evidence: text(200).default(''),
})
export type SurplusCard = z.infer<typeof SurplusCard>

export const outcomeLabels = {
  corrected: '已更正卡片',
  registered: '已登记卡片',
  unchanged: '未变动卡片',
  newer: '卡片已有新变动，未覆盖',
  gone: '卡片已注销，未变动',
} as const
export type Outcome = keyof typeof outcomeLabels

export const Difference = z.object({
  id: z.uuid(),
  result: z.enum(results),
  cardId: z.uuid().nullable(),
  number: z.string(),
  name: z.string(),
  place: z.string(),
  costFen: z.number().int(),
  booked: z.record(z.string(), z.string()),
  found: Found,
  thing: SurplusThing.nullable(),
  remark: z.string(),
  cause: z.string(),
  responsible: z.string(),
  resolution: z.enum(resolutions).nullable(),
  card: SurplusCard.nullable(),
  outcome: z.enum(Object.keys(outcomeLabels) as [Outcome, ...Outcome[]]).nullable(),
  /** The card that was made of a surplus thing. */
  madeCardId: z.uuid().nullable(),
  version: z.number().int(),
})
export type Difference = z.infer<typeof Difference>
