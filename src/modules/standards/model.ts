import { z } from 'zod'
import { Level } from '#kernel/pure/actor.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { FenSchema } from '#kernel/pure/contract.ts'

/** The four kinds of standard of Art. 9, and parameters of procedure (windows, terms) that are no standard. */
export const standardKindLabels = {
  'physical-quota': '实物定额',
  'service-standard': '服务标准',
  'expenditure-quota': '预算支出定额',
  'spending-standard': '开支标准',
  parameter: '办理参数',
} as const
export type StandardKind = keyof typeof standardKindLabels
export const StandardKind = z.enum(Object.keys(standardKindLabels) as [StandardKind, ...StandardKind[]])

/** How sure the figure is: A seen in the source, B certain, C doubtful, D chosen by the project (项目默认值). */
export const Confidence = z.enum(['A', 'B', 'C', 'D'])
export type Confidence = z.infer<typeof Confidence>

/** How a quantity limit follows from the headcount `n` (people in post within approved posts). */
export const QuantityLimit = z.discriminatedUnion('basis', [
  /** Percent of n, part pieces dropped (EQ-01: limits in % round down). */
  z.object({ basis: z.literal('percent-of-staff'), percent: z.number().int().positive() }),
  /** One per `each` people up to `first`, then one per `beyondEach`; a started group counts whole (copier rule). */
  z.object({
    basis: z.literal('one-per-group'),
    each: z.number().int().positive(),
    first: z.number().int().positive(),
    beyondEach: z.number().int().positive(),
  }),
  z.object({ basis: z.literal('per-person'), pieces: z.number().int().positive() }),
  /** Decided by an approved record (vehicle quota), never computed. */
  z.object({ basis: z.literal('approved-quota') }),
  z.object({ basis: z.literal('none') }),
])
export type QuantityLimit = z.infer<typeof QuantityLimit>

/** What a standard for things fixes: how many, how dear, how long. */
export const ItemStandardValue = z.object({
  unit: z.string(),
  limit: QuantityLimit,
  /** Highest price of one piece, 分; null where the standard sets none. */
  priceCapFen: FenSchema.nullable(),
  /** Years before a piece may be replaced; null where none. */
  minimumYears: z.number().int().nullable(),
  /** Years must be exceeded, not only reached (vehicles: 超过8年). */
  yearsMustBeExceeded: z.boolean().default(false),
  /** Asset class of the edition named, leaf codes to be verified (confidence C in the facts). */
  assetClass: z.object({ code: z.string(), edition: z.enum(['2010', '2013', '2022']) }).nullable(),
  /** The standard itself allows more or dearer with approval. */
  exceptionAllowed: z.boolean(),
})
export type ItemStandardValue = z.infer<typeof ItemStandardValue>

/** Six-digit code of the jurisdiction whose standards are asked for. */
export const JurisdictionScope = z.string().regex(/^\d{6}$/, '行政区划代码应为6位数字。')

/** A dated row of a standard; a change is a new row, never an overwrite (norm A9-2). */
export const Standard = z.object({
  id: z.uuid(),
  /** Stable over versions, e.g. `item.desktop`, `plan.demand-window`. */
  code: z.string(),
  kind: StandardKind,
  title: z.string(),
  /** Whose standard: code prefix of the jurisdiction; a lower one overrides its parent. */
  jurisdictionCode: z.string(),
  level: Level.nullable(),
  value: z.unknown(),
  from: LocalDateSchema,
  until: LocalDateSchema.nullable(),
  /** Source document, number and article, as cited to people. */
  citation: z.string(),
  confidence: Confidence,
})
export type Standard = z.infer<typeof Standard>

/** An item standard ready for rules: the row and its checked value. */
export type ItemStandard = Omit<Standard, 'value'> & { value: ItemStandardValue }

/** Centralised by the guidance catalogue 集中统一管理事项指导目录 (Art. 6, 10, 17–24, 33)? */
export const Centralised = z.enum(['yes', 'no', 'in-compound', 'important-only', 'where-provided'])
export type Centralised = z.infer<typeof Centralised>

/** The nine kinds of need of Art. 31 para 3 (norm A31-3). */
export const needKindLabels = {
  N01: '机关运行经费',
  N02: '机关用地规划利用',
  N03: '办公用房配置维修',
  N04: '周转住房建设维修',
  N05: '公务用车配备更新',
  N06: '公务接待',
  N07: '节能改造',
  N08: '后勤服务购买',
  N09: '通用资产配置',
} as const
export type NeedKind = keyof typeof needKindLabels
export const needKinds = Object.keys(needKindLabels) as [NeedKind, ...NeedKind[]]
export const NeedKind = z.enum(needKinds)

export const CatalogueEntry = z.object({
  id: z.uuid(),
  needKind: NeedKind,
  centralised: Centralised,
  /** The authority provides common equipment centrally here (Art. 22 "where conditions allow"). */
  provided: z.boolean(),
  note: z.string(),
  jurisdictionCode: z.string(),
  from: LocalDateSchema,
  until: LocalDateSchema.nullable(),
  citation: z.string(),
})
export type CatalogueEntry = z.infer<typeof CatalogueEntry>

/** Parts of the three public expenses 三公经费: abroad, vehicle purchase, vehicle running, reception. */
export const ThreePublicPart = z.enum(['SG1', 'SG2a', 'SG2b', 'SG3'])
export type ThreePublicPart = z.infer<typeof ThreePublicPart>

/** Economic classification 部门预算支出经济分类科目 of a budget year. */
export const EconomicCode = z.object({
  code: z.string().regex(/^3\d{4}$/, '部门经济科目应为5位数字，例如 30201。'),
  title: z.string(),
  governmentCode: z.string(),
  /** Counts as running funds 机关运行经费. */
  running: z.boolean(),
  threePublic: ThreePublicPart.nullable(),
  needKinds: z.array(NeedKind),
  fromYear: z.number().int(),
  untilYear: z.number().int().nullable(),
  note: z.string(),
})
export type EconomicCode = z.infer<typeof EconomicCode>

/** All that rules on plan lines need of the standards in force on one day in one jurisdiction; plain data, so it travels to the browser. */
export type StandardsInForce = {
  on: string
  jurisdictionCode: string
  items: readonly ItemStandard[]
  catalogue: readonly CatalogueEntry[]
  economicCodes: readonly EconomicCode[]
  /** Procedure parameters by code, e.g. `plan.store-query-days` → 30. */
  parameters: Readonly<Record<string, { value: number; unit: string; row: Standard }>>
}
