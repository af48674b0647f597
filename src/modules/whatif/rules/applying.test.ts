import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testLine, testStandards } from '#modules/plans/testing/standards.ts'
import type { Change, HeadcountChange } from '../model.ts'
import {
  appliedToStandards,
  headcountChangeFor,
  priceChangeFor,
  pricedLine,
  staffAfter,
  type OrganTraits,
} from './applying.ts'

const item = (standards: typeof testStandards, code: string) => standards.items.find((one) => one.code === code)
const desktop: Change = { kind: 'standard', code: 'item.desktop', level: null, priceCapFen: 450_000 }

describe('changes applied to standards', () => {
  it('gives the figure changed and leaves every other one, and the standards in force, as they are', () => {
    const before = JSON.stringify(testStandards)
    const after = appliedToStandards(testStandards, [desktop], 'city')
    expect(item(after as typeof testStandards, 'item.desktop')?.value).toMatchObject({
      priceCapFen: 450_000,
      minimumYears: 6,
      limit: { basis: 'percent-of-staff', percent: 100 },
    })
    expect(after.items.filter(({ code }) => code !== 'item.desktop')).toEqual(
      testStandards.items.filter(({ code }) => code !== 'item.desktop'),
    )
    expect(after.catalogue).toEqual(testStandards.catalogue)
    expect(JSON.stringify(testStandards)).toBe(before)
  })
  it('never puts an assumed figure under the name of the law alone', () => {
    const after = appliedToStandards(testStandards, [desktop], 'city')
    expect(after.items.find(({ code }) => code === 'item.desktop')?.citation).toMatch(/^模拟测算的假设（现行：.+）$/)
  })
  it('a change for one level stands over one for all, in whatever order', () => {
    const forCity: Change = { kind: 'standard', code: 'item.desktop', level: 'city', priceCapFen: 400_000 }
    for (const changes of [
      [desktop, forCity],
      [forCity, desktop],
    ]) {
      const capAt = (level: 'city' | 'county') =>
        appliedToStandards(testStandards, changes, level).items.find(({ code }) => code === 'item.desktop')?.value
          .priceCapFen
      expect([capAt('city'), capAt('county')]).toEqual([400_000, 450_000])
    }
  })
  it('changes the catalogue and parameters', () => {
    const after = appliedToStandards(
      testStandards,
      [
        { kind: 'catalogue', needKind: 'N01', centralised: 'yes', provided: true },
        { kind: 'parameter', code: 'plan.growth-warn-percent', value: 5 },
      ],
      'city',
    )
    expect(after.catalogue.find(({ needKind }) => needKind === 'N01')).toMatchObject({ centralised: 'yes' })
    expect(after.parameters['plan.growth-warn-percent']).toMatchObject({ value: 5, unit: '%' })
  })
  it('no change gives equal standards', () => {
    expect(appliedToStandards(testStandards, [], 'city')).toEqual({ ...testStandards })
  })
})

describe('people in post', () => {
  const headcount = (changes: Partial<HeadcountChange>): HeadcountChange => ({
    kind: 'headcount',
    level: null,
    organKind: null,
    organIds: [],
    percent: null,
    people: 1,
    ...changes,
  })
  it.each([
    [60, { percent: 10, people: null }, 66],
    [9, { percent: 10, people: null }, 9],
    [60, { percent: -10, people: null }, 54],
    [60, { percent: null, people: -70 }, 0],
    [60, { percent: null, people: 5 }, 65],
    [1000, { percent: 10.1, people: null }, 1101],
  ])('%i with %o', (before, change, after) => expect(staffAfter(before, change)).toBe(after))
  it('the narrowest change that meets an organ is the one that counts', () => {
    const organ: OrganTraits = { id: 'a', level: 'city', kind: 'K03' }
    const all = headcount({})
    const level = headcount({ level: 'city' })
    const kind = headcount({ organKind: 'K03' })
    const both = headcount({ organKind: 'K03', level: 'city' })
    const chosen = headcount({ organIds: ['a'] })
    expect(headcountChangeFor(organ, [chosen, both, kind, level, all])).toBe(0)
    expect(headcountChangeFor(organ, [all, level, both, kind])).toBe(2)
    expect(headcountChangeFor(organ, [all, level, kind])).toBe(2)
    expect(headcountChangeFor({ ...organ, kind: 'K01' }, [all, level, kind])).toBe(1)
    expect(headcountChangeFor({ id: 'b', kind: 'K01', level: 'county' }, [chosen, level])).toBe(-1)
  })
})

describe('prices', () => {
  const line = testLine({ quantity: 12, unitPriceFen: 480_000, amountFen: 5_760_000 })
  it('price and money move together', () => {
    expect(pricedLine(line, { percent: 10, addFen: null })).toMatchObject({
      unitPriceFen: 528_000,
      amountFen: 6_336_000,
    })
    expect(pricedLine(line, { percent: null, addFen: -80_000 })).toMatchObject({
      unitPriceFen: 400_000,
      amountFen: 4_800_000,
    })
  })
  it('where no price stands the money moves', () => {
    const sum = testLine({ unitPriceFen: null, quantity: 1, amountFen: 1_000_000 })
    expect(pricedLine(sum, { percent: -5, addFen: null }).amountFen).toBe(950_000)
    expect(pricedLine(sum, { percent: null, addFen: 500 }).amountFen).toBe(1_000_500)
    expect(pricedLine({ ...sum, quantity: null }, { percent: null, addFen: 500 }).amountFen).toBe(1_000_000)
    expect(pricedLine({ ...sum, amountFen: null }, { percent: 5, addFen: null }).amountFen).toBeNull()
  })
  it('the thing’s own price goes before its kind’s', () => {
    const byKind: Change = { kind: 'price', standardCode: null, needKind: 'N09', percent: 1, addFen: null }
    const byThing: Change = { kind: 'price', standardCode: 'item.desktop', needKind: null, percent: 2, addFen: null }
    expect(priceChangeFor(line, [byKind, byThing])).toBe(1)
    expect(priceChangeFor({ ...line, standardCode: 'item.laptop' }, [byKind, byThing])).toBe(0)
    expect(priceChangeFor({ ...line, standardCode: null, needKind: 'N01' }, [byKind, byThing])).toBe(-1)
  })
  it('a line that agreed with quantity × price agrees afterwards, and no price falls below one fen', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: -9000, max: 30_000 }),
        (quantity, unitPriceFen, hundredths) => {
          const asked = testLine({ quantity, unitPriceFen, amountFen: quantity * unitPriceFen })
          const moved = pricedLine(asked, { percent: hundredths / 100, addFen: null })
          expect(moved.unitPriceFen).toBeGreaterThan(0)
          expect(moved.amountFen).toBe(Math.round(quantity * (moved.unitPriceFen ?? 0)))
          if (hundredths === 0) expect(moved).toEqual(asked)
        },
      ),
    ))
})
