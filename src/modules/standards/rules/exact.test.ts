import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ceilOf,
  compare,
  exact,
  exceeds,
  floorOf,
  hundredthsOf,
  minus,
  over,
  percentOf,
  plus,
  roundedOf,
  textOf,
  times,
} from './exact.ts'

const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })

describe('exact numbers', () => {
  it('30.8 ÷ 28 − 1 is exactly 10 %, which floating point misses', () => {
    expect(30.8 / 28 - 1).not.toBe(0.1)
    const excess = times(minus(over(30.8, 28), 1), 100)
    expect(compare(excess, 10)).toBe(0)
    expect(exceeds(excess, 10)).toBe(false)
  })
  it('0.1 + 0.2 is 0.3', () => expect(compare(plus(0.1, 0.2), 0.3)).toBe(0))
  it('takes figures as they are written, with exponents too', () => {
    expect(exact(3.7)).toEqual({ numerator: 37n, denominator: 10n })
    expect(compare(1e-7, { numerator: 1n, denominator: 10_000_000n })).toBe(0)
    expect(compare(1.5e21, { numerator: 15n * 10n ** 20n, denominator: 1n })).toBe(0)
    expect(compare(-0.5, { numerator: -1n, denominator: 2n })).toBe(0)
  })
  it('rounds half up, down and up at the whole', () => {
    expect([roundedOf(0.5), roundedOf(1.49), roundedOf(-0.5)]).toEqual([1, 1, 0])
    expect([floorOf(68.8), floorOf(-0.1), ceilOf(4.3), ceilOf(3)]).toEqual([68, -1, 5, 3])
    expect(textOf(over(2, 3))).toBe('0.67')
    expect(hundredthsOf(over(1, 3))).toBe(0.33)
    expect(textOf(percentOf(9, 5481))).toBe('493.29')
  })
  it('dividing by 0 is refused', () => expect(() => over(1, 0)).toThrow(RangeError))

  it('agrees with whole 分', () =>
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        expect(compare(plus(a / 100, b / 100), over(a + b, 100))).toBe(0)
        expect(Math.sign(compare(a / 100, b / 100))).toBe(Math.sign(a - b))
        expect(floorOf(over(a, 100))).toBe(Math.floor(a / 100))
      }),
    ))
  it('multiplying and dividing undo each other', () =>
    fc.assert(
      fc.property(
        cents,
        cents.filter((b) => b !== 0),
        (a, b) => {
          expect(compare(times(over(a, b), b), a)).toBe(0)
        },
      ),
    ))
})
