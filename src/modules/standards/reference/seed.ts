import type { Level } from '#kernel/pure/actor.ts'
import type { Rank } from '#modules/organs/model.ts'
import type { Confidence, Standard } from '../model.ts'
import { definitionOf } from '../model/definitions.ts'
import type { Bound, StandardValue, TermUnit } from '../model/value.ts'

/** A row as the reference data give it; title, kind and norms follow from the definition of its code. */
export type StandardSeed = Readonly<{
  code: string
  value: StandardValue
  citation: string
  from: string
  confidence: Confidence
  level?: Level
  rank?: Rank
  until?: string
  note?: string
  restsOn?: readonly string[]
}>

/** The province whose standards the reference data are; national documents hold there until it sets its own. */
export const province = '140000'

/** What makes the id of a row: code, whose, and first day. */
export function seedKey({ code, level, rank, from }: StandardSeed): string {
  return ['standard', code, level, rank, from].filter((part) => part !== undefined).join('.')
}

/**
 * The full row of a seed.
 * @throws for a code without a definition
 */
export function seedRow(seed: StandardSeed, id: string): Standard {
  const definition = definitionOf(seed.code)
  if (!definition) throw new Error(`reference row ${seed.code} has no definition`)
  const {
    code,
    value,
    citation,
    from,
    confidence,
    level = null,
    rank = null,
    until = null,
    note = '',
    restsOn = [],
  } = seed
  return {
    id,
    code,
    kind: definition.kind,
    title: definition.title,
    jurisdictionCode: province,
    level,
    rank,
    value,
    from,
    until,
    citation,
    confidence,
    note,
    norms: [...definition.norms],
    restsOn: [...restsOn],
  }
}

type More = Pick<Partial<StandardSeed>, 'level' | 'rank' | 'until' | 'note' | 'restsOn' | 'confidence' | 'from'>

/**
 * Rows of one document: what is said once holds for each unless the row says otherwise.
 * @param document title and number as cited to people
 */
export function rowsOf(document: string, from: string, confidence: Confidence) {
  return (code: string, value: StandardValue, article = '', more: More = {}): StandardSeed => ({
    code,
    value,
    citation: `${document}${article}`,
    from,
    confidence,
    ...more,
  })
}

/** Figures that no document names: chosen by the project, to be confirmed by whoever uses them (项目默认值). */
export const projectDefault = rowsOf('项目默认值', '2021-01-01', 'D')

export const area = (areaM2: number, per: string, bound: Bound = 'at-most'): StandardValue => ({
  form: 'area',
  areaM2,
  per,
  bound,
})
export const percent = (share: number, of: string, bound: Bound = 'at-most'): StandardValue => ({
  form: 'percent',
  percent: share,
  of,
  bound,
})
export const amountYuan = (yuan: number, per: string, bound: Bound = 'at-most'): StandardValue => ({
  form: 'amount',
  amountFen: yuan * 100,
  per,
  bound,
})
export const quantity = (amount: number, unit: string, bound: Bound = 'at-most'): StandardValue => ({
  form: 'quantity',
  amount,
  unit,
  bound,
})
export const term = (amount: number, unit: TermUnit): StandardValue => ({ form: 'term', amount, unit })
export const texts = (...lines: string[]): StandardValue => ({ form: 'texts', texts: lines })
export const years = (
  minimumYears: number,
  maximumYears: number | null = null,
  mustBeExceeded = false,
): StandardValue => ({ form: 'years', minimumYears, maximumYears, mustBeExceeded })
/** A day of the year or a window; `yearOffset` counts from the budget year. */
export const yearly = (lastDay: string, yearOffset: number, fromDay: string | null = null): StandardValue => ({
  form: 'yearly-date',
  fromDay,
  lastDay,
  yearOffset,
})
