import { z } from 'zod'
import { FenSchema } from '#kernel/pure/contract.ts'

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
  z.object({ basis: z.literal('per-room'), pieces: z.number().int().positive() }),
  /** Decided by an approved record (vehicle quota), never computed. */
  z.object({ basis: z.literal('approved-quota') }),
  z.object({ basis: z.literal('none') }),
])
export type QuantityLimit = z.infer<typeof QuantityLimit>

const assetClass = z.object({ code: z.string(), edition: z.enum(['2010', '2013', '2022']) })

/** What a standard for things fixes: how many, how dear, how long. */
export const ItemStandardValue = z.object({
  form: z.literal('item'),
  unit: z.string(),
  limit: QuantityLimit,
  /** Highest price of one piece, 分; null where the standard sets none. */
  priceCapFen: FenSchema.nullable(),
  /** Years before a piece may be replaced; null where none. */
  minimumYears: z.number().int().nullable(),
  /** Years must be exceeded, not only reached (vehicles: 超过8年). */
  yearsMustBeExceeded: z.boolean().default(false),
  /** Asset class of the edition named, leaf codes to be verified (confidence C in the facts). */
  assetClass: assetClass.nullable(),
  /** The standard itself allows more or dearer with approval. */
  exceptionAllowed: z.boolean(),
})
export type ItemStandardValue = z.infer<typeof ItemStandardValue>

/** Which way a figure binds: 不超过, 不少于, or a figure to reckon with. */
export const Bound = z.enum(['at-most', 'at-least', 'exactly'])
export type Bound = z.infer<typeof Bound>

/** At most two decimals: areas and rates compare exactly in hundredths. */
const hundredths = z
  .number()
  .min(0)
  .max(1_000_000_000)
  .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, '最多保留两位小数。')
const persons = z.number().int().min(0).max(1_000_000)

/** 使用面积 or 建筑面积 in ㎡ of one person, space, room … */
const AreaValue = z.object({ form: z.literal('area'), areaM2: hundredths, per: z.string().min(1), bound: Bound })

/**
 * ㎡ per person that fall with the headcount x: `areaM2AtLower` up to `lowerPersons`, (minuend − x) ÷ divisor between,
 * `areaM2AtUpper` from `upperPersons` on. The pieces must meet at both ends.
 */
const LinearPerPersonValue = z.object({
  form: z.literal('linear-per-person'),
  lowerPersons: persons,
  upperPersons: persons,
  minuend: persons,
  divisor: persons.min(1),
  areaM2AtLower: hundredths,
  areaM2AtUpper: hundredths,
})

const PercentValue = z.object({ form: z.literal('percent'), percent: hundredths, of: z.string(), bound: Bound })
const AmountValue = z.object({ form: z.literal('amount'), amountFen: FenSchema, per: z.string().min(1), bound: Bound })
const QuantityValue = z.object({
  form: z.literal('quantity'),
  amount: hundredths,
  unit: z.string().min(1),
  bound: Bound,
})

/** Least and most years of life or depreciation; `maximumYears` null where the standard names one figure. */
const YearsValue = z.object({
  form: z.literal('years'),
  minimumYears: z.number().int().min(1).max(100),
  maximumYears: z.number().int().min(1).max(100).nullable(),
  mustBeExceeded: z.boolean(),
})

/** A span of time; days and working days are different units and never mixed (CAL-R05). */
export const termUnits = { day: '天', workday: '工作日', month: '个月', year: '年', hour: '小时' } as const
export const TermUnit = z.enum(['day', 'workday', 'month', 'year', 'hour'])
export type TermUnit = z.infer<typeof TermUnit>
const TermValue = z.object({ form: z.literal('term'), amount: z.number().int().min(0).max(10_000), unit: TermUnit })

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, '月日应为 03-31 这样的格式。')
/** A day of the year, or a window when `fromDay` is given; `yearOffset` counts from the plan or budget year. */
const YearlyDateValue = z.object({
  form: z.literal('yearly-date'),
  fromDay: monthDay.nullable(),
  lastDay: monthDay,
  yearOffset: z.number().int().min(-2).max(2),
})

/** What a bracket yields: 分 per ㎡, or ㎡ per unit. */
const bracket = z.object({
  /** Upper end, included; null for the last bracket. */
  upTo: hundredths.nullable(),
  figure: hundredths,
})
/** A figure by size; `whole` takes the bracket's figure for all of it, `marginal` each part at its own figure. */
const BracketsValue = z.object({
  form: z.literal('brackets'),
  measure: z.enum(['areaM2', 'persons', 'vehicles']),
  figureUnit: z.enum(['fenPerM2', 'areaM2PerUnit']),
  applies: z.enum(['whole', 'marginal']),
  rows: z.array(bracket).min(1),
})

/** Body of a vehicle 车身类型 (GA 802). */
export const vehicleBodyLabels = {
  sedan: '轿车',
  'small-other': '其他小型客车',
  medium: '中型客车',
  large: '大型客车',
} as const
export type VehicleBody = keyof typeof vehicleBodyLabels
export const VehicleBody = z.enum(Object.keys(vehicleBodyLabels) as [VehicleBody, ...VehicleBody[]])
const vehicleCap = z.object({
  bodies: z.array(VehicleBody).min(1),
  /** Bare price without 车辆购置税. */
  priceCapFen: FenSchema,
  /** Null where displacement is not limited. */
  displacementCapMl: z.number().int().positive().nullable(),
})
export type VehicleCap = z.infer<typeof vehicleCap>
/** Caps at purchase: the base, a step that needs a work reason, and what special circumstances admit with approval. */
const VehicleCapValue = z.object({
  form: z.literal('vehicle-cap'),
  base: vehicleCap,
  workNeed: vehicleCap.nullable(),
  special: z.array(vehicleCap),
})

/** Fit-out grades 装修标准, plainest first. */
export const fitOutGradeLabels = { basic: '基本装修', medium: '中级装修', 'medium-high': '中高级装修' } as const
export type FitOutGrade = keyof typeof fitOutGradeLabels
export const FitOutGrade = z.enum(Object.keys(fitOutGradeLabels) as [FitOutGrade, ...FitOutGrade[]])
const GradesValue = z.object({
  form: z.literal('grades'),
  rooms: z.array(z.object({ room: z.string(), title: z.string(), allowed: z.array(FitOutGrade).min(1) })).min(1),
})

/** Steps by amount: a step holds from `fromFen` (included) up to the next step. */
const TiersValue = z.object({
  form: z.literal('tiers'),
  rows: z.array(z.object({ key: z.string(), title: z.string(), fromFen: FenSchema, path: z.string() })).min(1),
})

const TextsValue = z.object({ form: z.literal('texts'), texts: z.array(z.string().min(1)).min(1) })
const SwitchValue = z.object({ form: z.literal('switch'), on: z.boolean() })

/** Columns of the furniture table that a rank falls into. */
export const FurnitureColumn = z.enum(['separate', 'bureau', 'division'])
export type FurnitureColumn = z.infer<typeof FurnitureColumn>
/** One step of the rank ladder 职务职级对应: which 职级 stand beside it, which furniture column it has. */
const LadderValue = z.object({
  form: z.literal('ladder'),
  sequence: z.number().int().min(1),
  grades: z.string(),
  zhiji: z.array(z.string()),
  furniture: FurnitureColumn,
})

/** Governments that approve building 审批机关, nearest first. */
export const approverLabels = {
  'county-government': '县级人民政府',
  'city-government': '设区的市人民政府',
  'province-government': '省级人民政府',
  'state-council': '国务院',
} as const
export type Approver = keyof typeof approverLabels
export const Approver = z.enum(Object.keys(approverLabels) as [Approver, ...Approver[]])
const AuthorityValue = z.object({
  form: z.literal('authority'),
  approver: Approver,
  /** Who examines before the approver decides; empty where nobody is named. */
  reviewedBy: z.string(),
  /** To whom the approver may hand the approval down; null where it may not. */
  delegableTo: Approver.nullable(),
})

/** What a standard says, by form; units are in the names, money in 分, areas in ㎡ with two decimals at most. */
export const StandardValue = z.discriminatedUnion('form', [
  ItemStandardValue,
  AreaValue,
  LinearPerPersonValue,
  PercentValue,
  AmountValue,
  QuantityValue,
  YearsValue,
  TermValue,
  YearlyDateValue,
  BracketsValue,
  VehicleCapValue,
  GradesValue,
  TiersValue,
  TextsValue,
  SwitchValue,
  LadderValue,
  AuthorityValue,
])
export type StandardValue = z.infer<typeof StandardValue>
export type StandardForm = StandardValue['form']
export type ValueOf<F extends StandardForm> = Extract<StandardValue, { form: F }>

export const standardFormLabels: Record<StandardForm, string> = {
  item: '配置标准（数量、价格、年限）',
  area: '面积',
  'linear-per-person': '人均面积公式',
  percent: '比例',
  amount: '金额',
  quantity: '数量',
  years: '年限',
  term: '期限',
  'yearly-date': '每年日期',
  brackets: '分档',
  'vehicle-cap': '车辆价格与排量',
  grades: '装修等级',
  tiers: '限额分级',
  texts: '条款清单',
  switch: '开关',
  ladder: '职务层次对应',
  authority: '审批权限',
}
