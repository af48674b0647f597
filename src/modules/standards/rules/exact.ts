/**
 * Exact numbers as fractions: 30.8 ÷ 28 − 1 is exactly 10 %, which floating point misses. Comparisons of limits are made
 * here; rounding happens once, when a figure is shown or stored.
 */
export type Exact = Readonly<{ numerator: bigint; denominator: bigint }>

/** The exact value of a decimal figure as it is written, e.g. 3.7 → 37/10. */
export function exact(figure: number): Exact {
  if (Number.isInteger(figure)) return { numerator: BigInt(figure), denominator: 1n }
  const [digits = '0', exponent = '0'] = String(figure).split('e')
  const [whole = '0', decimals = ''] = digits.split('.')
  const places = decimals.length - Number(exponent)
  const numerator = BigInt(`${whole}${decimals}`)
  return places >= 0
    ? { numerator, denominator: 10n ** BigInt(places) }
    : { numerator: numerator * 10n ** BigInt(-places), denominator: 1n }
}

const of = (value: Exact | number): Exact => (typeof value === 'number' ? exact(value) : value)

export function plus(...values: readonly (Exact | number)[]): Exact {
  return values.map(of).reduce((a, b) => ({
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  }))
}

export function minus(a: Exact | number, b: Exact | number): Exact {
  const subtrahend = of(b)
  return plus(a, { ...subtrahend, numerator: -subtrahend.numerator })
}

export function times(...values: readonly (Exact | number)[]): Exact {
  return values.map(of).reduce((a, b) => ({
    numerator: a.numerator * b.numerator,
    denominator: a.denominator * b.denominator,
  }))
}

/** @throws RangeError when `b` is 0 */
export function over(a: Exact | number, b: Exact | number): Exact {
  const [dividend, divisor] = [of(a), of(b)]
  if (divisor.numerator === 0n) throw new RangeError('division by zero')
  const sign = divisor.numerator < 0n ? -1n : 1n
  return {
    numerator: sign * dividend.numerator * divisor.denominator,
    denominator: sign * dividend.denominator * divisor.numerator,
  }
}

export function percentOf(percent: number, value: Exact | number): Exact {
  return over(times(percent, value), 100)
}

/** Below 0 when a < b, 0 when they are the same, above 0 when a > b. */
export function compare(a: Exact | number, b: Exact | number): number {
  const { numerator } = minus(a, b)
  return numerator < 0n ? -1 : numerator > 0n ? 1 : 0
}

export const exceeds = (a: Exact | number, b: Exact | number): boolean => compare(a, b) > 0

export function floorOf(value: Exact | number): number {
  const { numerator, denominator } = of(value)
  const quotient = numerator / denominator
  return Number(numerator % denominator < 0n ? quotient - 1n : quotient)
}

export function ceilOf(value: Exact | number): number {
  const { numerator, denominator } = of(value)
  return -floorOf({ numerator: -numerator, denominator })
}

/** Half up to whole units, for 分. */
export function roundedOf(value: Exact | number): number {
  return floorOf(plus(value, { numerator: 1n, denominator: 2n }))
}

/** For people, half up, at most two decimals and no needless zeros: `9191.22`, `2400`, `9.25`. */
export function textOf(value: Exact | number, decimals = 2): string {
  const scale = 10 ** decimals
  return String(roundedOf(times(value, scale)) / scale)
}

/** Half up to two decimals: an area or a rate as it is stored. */
export function hundredthsOf(value: Exact | number): number {
  return roundedOf(times(value, 100)) / 100
}
