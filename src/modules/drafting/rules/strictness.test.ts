import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StandardValue } from '#modules/standards/model/value.ts'
import { itemValue } from '../testing/facts.ts'
import { strictnessOf } from './strictness.ts'

const amount = (amountFen: number, bound: 'at-most' | 'at-least' | 'exactly' = 'at-most'): StandardValue => ({
  form: 'amount',
  amountFen,
  per: '人天',
  bound,
})
const term = (days: number): StandardValue => ({ form: 'term', amount: days, unit: 'workday' })
const years = (minimumYears: number): StandardValue => ({
  form: 'years',
  minimumYears,
  maximumYears: null,
  mustBeExceeded: false,
})
const limit = (percent: number) => ({ limit: { basis: 'percent-of-staff' as const, percent } })
const group = (each: number, beyondEach: number, first = 100) => ({
  limit: { basis: 'one-per-group' as const, each, first, beyondEach },
})

describe('A6-2 a lower level may be stricter, never looser', () => {
  it.each([
    ['lower cap', itemValue(), itemValue({ priceCapFen: 400_000 }), 'stricter'],
    ['higher cap', itemValue(), itemValue({ priceCapFen: 500_001 }), 'looser'],
    ['no cap where there is one', itemValue(), itemValue({ priceCapFen: null }), 'looser'],
    ['a cap where none was', itemValue({ priceCapFen: null }), itemValue(), 'stricter'],
    ['fewer pieces', itemValue(), itemValue(limit(80)), 'stricter'],
    ['more pieces', itemValue(limit(50)), itemValue(limit(51)), 'looser'],
    ['no limit where there is one', itemValue(), itemValue({ limit: { basis: 'none' } }), 'looser'],
    ['a limit where none was', itemValue({ limit: { basis: 'none' } }), itemValue(), 'stricter'],
    ['another way of counting', itemValue(), itemValue({ limit: { basis: 'per-person', pieces: 1 } }), 'different'],
    ['more people to a piece', itemValue(group(20, 30)), itemValue(group(25, 30)), 'stricter'],
    ['fewer people to a piece beyond', itemValue(group(20, 30)), itemValue(group(25, 20)), 'looser'],
    ['longer life', itemValue(), itemValue({ minimumYears: 8 }), 'stricter'],
    ['shorter life', itemValue(), itemValue({ minimumYears: 5 }), 'looser'],
    ['life reached instead of exceeded', itemValue({ yearsMustBeExceeded: true }), itemValue(), 'looser'],
    ['exceptions where none were', itemValue(), itemValue({ exceptionAllowed: true }), 'looser'],
    ['stricter and looser at once is looser', itemValue(), itemValue({ priceCapFen: 1, minimumYears: 1 }), 'looser'],
    ['the same', itemValue(), itemValue(), 'same'],
    ['cap of money', amount(30_000), amount(25_000), 'stricter'],
    ['floor of money', amount(30_000, 'at-least'), amount(25_000, 'at-least'), 'looser'],
    ['exact figure', amount(30_000, 'exactly'), amount(25_000, 'exactly'), 'different'],
    ['a cap made a floor', amount(30_000), amount(30_000, 'at-least'), 'different'],
    ['shorter term', term(15), term(10), 'stricter'],
    ['longer term', term(15), term(20), 'looser'],
    ['other unit of time', term(15), { form: 'term', amount: 15, unit: 'day' } as StandardValue, 'different'],
    ['longer years', years(6), years(7), 'stricter'],
    ['another form', term(15), years(6), 'different'],
  ] as const)('%s', (_, above, own, how) => {
    expect(strictnessOf(above, own).how).toBe(how)
  })

  it('names what is looser', () => {
    expect(strictnessOf(itemValue(), itemValue({ priceCapFen: 600_000, minimumYears: 8 })).freer).toEqual(['价格上限'])
  })

  it('is antisymmetric in one figure: stricter one way is looser the other', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (one, other) => {
        const there = strictnessOf(amount(one), amount(other)).how
        const back = strictnessOf(amount(other), amount(one)).how
        expect(back).toBe(there === 'stricter' ? 'looser' : there === 'looser' ? 'stricter' : 'same')
      }),
    )
  })
})
