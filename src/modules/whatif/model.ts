import { z } from 'zod'
import { Level } from '#kernel/pure/actor.ts'
import { FenSchema, Instant, SignedFenSchema } from '#kernel/pure/contract.ts'
import { LocalDateSchema } from '#kernel/pure/local-date.ts'
import { OrganKind } from '#modules/organs/model.ts'
import { Opinion } from '#modules/plans/model.ts'
import { Centralised, NeedKind } from '#modules/standards/model.ts'
import { QuantityLimit } from '#modules/standards/model/value.ts'

/** Whose demands a scenario 测算方案 recomputes: the own jurisdiction's, or for the province those of all below it too. */
export const scopeLabels = { jurisdiction: '本级', province: '全省（本级和各市县）' } as const
export type Scope = keyof typeof scopeLabels
export const Scope = z.enum(['jurisdiction', 'province'])

const percent = z
  .number()
  .min(-90, '幅度应在-90%至300%之间。')
  .max(300, '幅度应在-90%至300%之间。')
  .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, '幅度至多两位小数。')

/** A standard for things given other figures; what is left out stays as it is in force. */
export const StandardChange = z
  .object({
    kind: z.literal('standard'),
    code: z.string().min(1, '请选择标准。').max(60),
    /** Null for every level; a change for one level goes before one for all. */
    level: Level.nullable(),
    /** Null: no cap at all. */
    priceCapFen: FenSchema.min(1, '单价上限应大于0。').nullable().optional(),
    minimumYears: z.number().int('使用年限应为整数。').min(0).max(50, '使用年限不超过50年。').nullable().optional(),
    limit: QuantityLimit.optional(),
  })
  .refine(
    ({ priceCapFen, minimumYears, limit }) => [priceCapFen, minimumYears, limit].some((one) => one !== undefined),
    {
      message: '请至少改动单价上限、数量标准、使用年限中的一项。',
      path: ['code'],
    },
  )

/** Other prices for what is asked: of one standard's things, or of a whole kind of need (those of a standard go first). */
export const PriceChange = z
  .object({
    kind: z.literal('price'),
    standardCode: z.string().min(1).max(60).nullable(),
    needKind: NeedKind.nullable(),
    percent: percent.nullable(),
    /** Added to the price of one piece, 分; below zero takes off. */
    addFen: SignedFenSchema.nullable(),
  })
  .refine(({ standardCode, needKind }) => (standardCode === null) !== (needKind === null), {
    message: '请选择一项标准或一个需求类别。',
    path: ['standardCode'],
  })
  .refine(({ percent: by, addFen }) => (by === null) !== (addFen === null), {
    message: '请填写涨跌幅度或涨跌金额中的一项。',
    path: ['percent'],
  })

/** More or fewer people in post; of all organs, one level, one kind, or chosen organs (the narrowest goes first). */
export const HeadcountChange = z
  .object({
    kind: z.literal('headcount'),
    level: Level.nullable(),
    organKind: OrganKind.nullable(),
    organIds: z.array(z.uuid()).max(200, '一项变化最多选200个机关。'),
    percent: percent.nullable(),
    people: z.number().int('人数应为整数。').min(-10_000).max(10_000).nullable(),
  })
  .refine(({ percent: by, people }) => (by === null) !== (people === null), {
    message: '请填写增减幅度或增减人数中的一项。',
    path: ['percent'],
  })
  .refine(({ organIds, level, organKind }) => organIds.length === 0 || (level === null && organKind === null), {
    message: '选定机关的，不再选层级和机关类别。',
    path: ['organIds'],
  })

/** A kind of need managed centrally, or no longer. */
export const CatalogueChange = z.object({
  kind: z.literal('catalogue'),
  needKind: NeedKind,
  centralised: Centralised,
  provided: z.boolean(),
})

/** The procedure parameters that bear on what a review proposes. */
export const reviewParameters = ['plan.store-query-days', 'plan.growth-warn-percent'] as const
export const ParameterChange = z.object({
  kind: z.literal('parameter'),
  code: z.enum(reviewParameters),
  value: z.number().int('应为整数。').min(0).max(1000, '不超过1000。'),
})

export const Change = z.discriminatedUnion('kind', [
  StandardChange,
  PriceChange,
  HeadcountChange,
  CatalogueChange,
  ParameterChange,
])
export type Change = z.infer<typeof Change>
export type ChangeKind = Change['kind']
export type StandardChange = z.infer<typeof StandardChange>
export type PriceChange = z.infer<typeof PriceChange>
export type HeadcountChange = z.infer<typeof HeadcountChange>
export const changeKindLabels: Record<ChangeKind, string> = {
  standard: '标准',
  price: '价格',
  headcount: '人数',
  catalogue: '集中统一管理目录',
  parameter: '办理参数',
}
export const Changes = z.array(Change).max(40, '一个方案最多40项变化。')

export const Scenario = z.object({
  id: z.uuid(),
  organId: z.uuid(),
  jurisdictionCode: z.string(),
  title: z.string(),
  year: z.number().int(),
  scope: Scope,
  changes: Changes,
  madeBy: z.string(),
  changedAt: Instant,
  version: z.number().int(),
})
export type Scenario = z.infer<typeof Scenario>

const count = z.number().int()

/** Sums over lines: as asked, as the review would approve under the standards in force, and in the scenario. Money in 分. */
export const Sums = z.object({
  lines: count,
  /** Lines whose outcome differs. */
  changedLines: count,
  askedFen: count,
  scenarioAskedFen: count,
  baseFen: count,
  scenarioFen: count,
  /** Of that, what goes into the authority's plan. */
  centralisedBaseFen: count,
  centralisedScenarioFen: count,
  /** Pieces of things that have a standard. */
  baseQuantity: z.number(),
  scenarioQuantity: z.number(),
})
export type Sums = z.infer<typeof Sums>

export const KindSums = Sums.extend({ needKind: NeedKind })
export const ItemSums = Sums.extend({ standardCode: z.string(), title: z.string(), unit: z.string() })
export const OpinionSums = z.object({
  opinion: Opinion,
  baseLines: count,
  scenarioLines: count,
  baseFen: count,
  scenarioFen: count,
})
export const JurisdictionSums = Sums.extend({ code: z.string(), name: z.string(), organs: count })
export type JurisdictionSums = z.infer<typeof JurisdictionSums>
/** `organId` is null where several organs stand together 其他, because the reader may not see each. */
export const OrganSums = Sums.extend({
  organId: z.uuid().nullable(),
  organName: z.string(),
  jurisdictionCode: z.string(),
  jurisdictionName: z.string(),
})
export type OrganSums = z.infer<typeof OrganSums>

/** A line whose outcome differs, with both outcomes and why. */
export const ChangedLine = z.object({
  lineId: z.uuid(),
  organId: z.uuid(),
  organName: z.string(),
  needKind: NeedKind.nullable(),
  itemName: z.string(),
  unit: z.string(),
  askedQuantity: z.number(),
  askedFen: count,
  scenarioAskedFen: count,
  base: z.object({ opinion: Opinion, quantity: z.number(), amountFen: count }),
  scenario: z.object({ opinion: Opinion, quantity: z.number(), amountFen: count }),
  reason: z.string(),
  /** Which changes bear on it, counted from 1. */
  causes: z.array(count),
})
export type ChangedLine = z.infer<typeof ChangedLine>

/** One change in words, with what is in force instead and its source, as it stood when the run was made. */
export const Assumption = z.object({
  kind: z.enum(['standard', 'price', 'headcount', 'catalogue', 'parameter']),
  subject: z.string(),
  from: z.string(),
  to: z.string(),
  citation: z.string(),
})
export type Assumption = z.infer<typeof Assumption>

/** What a run rested on. */
export const RunBasis = z.object({
  digest: z.string(),
  demands: count,
  lines: count,
  notSubmitted: count,
  cycles: z.array(
    z.object({
      cycleId: z.uuid(),
      jurisdictionCode: z.string(),
      version: count,
      standardsOn: LocalDateSchema,
      lines: count,
    }),
  ),
})
export type RunBasis = z.infer<typeof RunBasis>

export const Result = z.object({
  basis: RunBasis,
  totals: Sums,
  organsMore: count,
  organsLess: count,
  kinds: z.array(KindSums),
  items: z.array(ItemSums),
  opinions: z.array(OpinionSums),
  /** Empty where only one jurisdiction counts. */
  jurisdictions: z.array(JurisdictionSums),
  assumptions: z.array(Assumption),
  /** Changed lines that can be looked at one by one: those of the own level, the largest first. */
  linesKept: count,
})
export type Result = z.infer<typeof Result>

/** Largest number of changed lines that a run keeps for looking at. */
export const keptLines = 5000
/** Up to here a scope is computed at once, while a person moves a figure; above, as a job. */
export const linesAtOnce = 3000
