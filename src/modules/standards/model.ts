import { z } from 'zod'
import { Level } from '#kernel/pure/actor.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { Rank } from '#modules/organs/model.ts'
import { StandardValue, type ValueOf } from './model/value.ts'

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

/** Six-digit code of the jurisdiction whose standards are asked for. */
export const JurisdictionScope = z.string().regex(/^\d{6}$/, '行政区划代码应为6位数字。')

/**
 * A dated row of a standard; a change is a new row, never an overwrite (norm A9-2). Code, level, rank and jurisdiction
 * are its key: periods of one key never overlap.
 */
export const Standard = z.object({
  id: z.uuid(),
  /** Stable over versions, e.g. `item.desktop`, `office.area-cap`. */
  code: z.string(),
  kind: StandardKind,
  title: z.string(),
  /** Whose standard: a lower jurisdiction overrides its parent. */
  jurisdictionCode: z.string(),
  /** For organs of this level only; null for all. */
  level: Level.nullable(),
  /** For people of this rank only; null for all. */
  rank: Rank.nullable(),
  value: StandardValue,
  from: LocalDateSchema,
  until: LocalDateSchema.nullable(),
  /** Source document, number and article, as cited to people. */
  citation: z.string(),
  confidence: Confidence,
  /** What a reader must know of the figure: ambiguities, other sources, what is still to be confirmed. */
  note: z.string(),
  /** Norms of the Regulation that the row serves, e.g. `A22-1`. */
  norms: z.array(z.string()),
  /** Codes of the quotas and service standards that a quota of money rests on (A9-3). */
  restsOn: z.array(z.string()),
})
export type Standard = z.infer<typeof Standard>

/** A row whose value has one form. */
export type StandardOf<F extends StandardValue['form']> = Omit<Standard, 'value'> & { value: ValueOf<F> }
/** An item standard ready for rules: the row and its checked value. */
export type ItemStandard = StandardOf<'item'>
/** Figures C and D are shown as 暂定 and 项目默认值: a person must confirm them before they bind. */
export function isProvisional({ confidence }: Pick<Standard, 'confidence'>): boolean {
  return confidence === 'C' || confidence === 'D'
}

/** Centralised by the guidance catalogue 集中统一管理事项指导目录 (Art. 6, 10, 17–24, 33)? */
export const Centralised = z.enum(['yes', 'no', 'in-compound', 'important-only', 'where-provided'])
export type Centralised = z.infer<typeof Centralised>

/** How far a kind of need is managed centrally, in words. */
export const centralisedLabels: Readonly<Record<Centralised, string>> = {
  yes: '集中统一管理',
  'in-compound': '集中办公区内集中统一管理',
  'important-only': '重要事项集中统一管理',
  'where-provided': '具备条件的集中统一管理',
  no: '各机关自行管理',
}

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
  /** Codes of the item standards it provides; empty: everything of the kind. */
  items: z.array(z.string()).default([]),
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
