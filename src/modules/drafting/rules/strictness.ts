import type { QuantityLimit, StandardValue } from '#modules/standards/model/value.ts'

/** How a figure stands to that of the level above: only stricter ones may be set below (Art. 6 para 2; A6-2). */
export type Strictness = 'same' | 'stricter' | 'looser' | 'different'

/** One figure of two values compared; `different` where neither binds more. */
type Compared = { name: string; how: Strictness }

/** @returns the whole comparison, and by name what is looser or cannot be compared */
export function strictnessOf(above: StandardValue, own: StandardValue): { how: Strictness; freer: string[] } {
  const compared = comparisons(above, own)
  const freer = compared.filter(({ how }) => how === 'looser' || how === 'different').map(({ name }) => name)
  const all = compared.map(({ how }) => how)
  if (all.includes('looser')) return { how: 'looser', freer }
  if (all.includes('different')) return { how: 'different', freer }
  return { how: all.includes('stricter') ? 'stricter' : 'same', freer: [] }
}

function comparisons(above: StandardValue, own: StandardValue): Compared[] {
  if (above.form !== own.form) return [{ name: '形式', how: 'different' }]
  switch (above.form) {
    case 'item':
      return itemFigures(above, own as typeof above)
    case 'area':
      return bounded('面积', above.areaM2, (own as typeof above).areaM2, above, own as typeof above)
    case 'percent':
      return bounded('比例', above.percent, (own as typeof above).percent, above, own as typeof above)
    case 'amount':
      return bounded('金额', above.amountFen, (own as typeof above).amountFen, above, own as typeof above)
    case 'quantity':
      return bounded('数量', above.amount, (own as typeof above).amount, above, own as typeof above)
    case 'years': {
      const mine = own as typeof above
      return [
        { name: '最低年限', how: atLeast(above.minimumYears, mine.minimumYears) },
        { name: '最高年限', how: same(above.maximumYears, mine.maximumYears) },
        { name: '是否须超过', how: atLeast(Number(above.mustBeExceeded), Number(mine.mustBeExceeded)) },
      ]
    }
    case 'term': {
      const mine = own as typeof above
      if (above.unit !== mine.unit) return [{ name: '期限单位', how: 'different' }]
      return [{ name: '期限', how: atMost(above.amount, mine.amount) }]
    }
    default:
      return [{ name: '内容', how: same(above, own) }]
  }
}

type Item = Extract<StandardValue, { form: 'item' }>

function itemFigures(above: Item, own: Item): Compared[] {
  return [
    { name: '单位', how: same(above.unit, own.unit) },
    { name: '数量上限', how: limitStrictness(above.limit, own.limit) },
    { name: '价格上限', how: capStrictness(above.priceCapFen, own.priceCapFen) },
    { name: '最低使用年限', how: atLeast(above.minimumYears ?? 0, own.minimumYears ?? 0) },
    { name: '须超过年限', how: atLeast(Number(above.yearsMustBeExceeded), Number(own.yearsMustBeExceeded)) },
    { name: '允许例外', how: atMost(Number(above.exceptionAllowed), Number(own.exceptionAllowed)) },
  ]
}

/** No cap is the loosest cap: a level below may fill what the province leaves open. */
function capStrictness(above: number | null, own: number | null): Strictness {
  return atMost(above ?? Number.MAX_SAFE_INTEGER, own ?? Number.MAX_SAFE_INTEGER)
}

function limitStrictness(above: QuantityLimit, own: QuantityLimit): Strictness {
  if (above.basis === 'none') return own.basis === 'none' ? 'same' : 'stricter'
  if (own.basis === 'none') return 'looser'
  if (above.basis !== own.basis) return 'different'
  switch (above.basis) {
    case 'percent-of-staff':
      return atMost(above.percent, (own as typeof above).percent)
    case 'per-person':
    case 'per-room':
      return atMost(above.pieces, (own as typeof above).pieces)
    case 'one-per-group': {
      const mine = own as typeof above
      // More people to a piece is stricter; where the steps lie is a matter of both, so only equal ones compare.
      if (above.first !== mine.first) return 'different'
      return both(atLeast(above.each, mine.each), atLeast(above.beyondEach, mine.beyondEach))
    }
    case 'approved-quota':
      return 'same'
  }
}

function both(one: Strictness, other: Strictness): Strictness {
  if (one === 'looser' || other === 'looser') return 'looser'
  return one === 'stricter' || other === 'stricter' ? 'stricter' : 'same'
}

type Bounded = { bound: 'at-most' | 'at-least' | 'exactly' }

function bounded(name: string, above: number, own: number, aboveValue: Bounded, ownValue: Bounded): Compared[] {
  if (aboveValue.bound !== ownValue.bound) return [{ name: '约束方向', how: 'different' }]
  const how =
    aboveValue.bound === 'at-most'
      ? atMost(above, own)
      : aboveValue.bound === 'at-least'
        ? atLeast(above, own)
        : same(above, own)
  return [{ name, how }, ...('per' in aboveValue ? [{ name: '计量对象', how: samePer(aboveValue, ownValue) }] : [])]
}

function samePer(above: Bounded, own: Bounded): Strictness {
  return same((above as { per?: string }).per, (own as { per?: string }).per)
}

/** A cap: less is stricter. */
function atMost(above: number, own: number): Strictness {
  return own === above ? 'same' : own < above ? 'stricter' : 'looser'
}

/** A floor: more is stricter. */
function atLeast(above: number, own: number): Strictness {
  return own === above ? 'same' : own > above ? 'stricter' : 'looser'
}

function same(above: unknown, own: unknown): Strictness {
  return JSON.stringify(above ?? null) === JSON.stringify(own ?? null) ? 'same' : 'different'
}
