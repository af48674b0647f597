import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CardFacts } from '../model.ts'
import { cardFacts } from '../testing/card-facts.ts'
import { accumulatedThrough, baseAfter, firstBase, monthsLater } from './depreciation.ts'
import { mayMerge, mayRegroup, maySplit, mergedOf, partsOf, sharesOf, type Formed, type Whole } from './regrouping.ts'

const codes = (verdict: ReturnType<typeof maySplit>) => (verdict.ok ? [] : verdict.refusals.map(({ code }) => code))
const total = <T>(all: readonly T[], of: (one: T) => number) => all.reduce((sum, one) => sum + of(one), 0)

/** A card charged through the month before, as its book says; sometimes after a change of value. */
const wholes = fc
  .record({
    costFen: fc.integer({ min: 1, max: 50_000_000 }),
    fiscal: fc.double({ min: 0, max: 1, noNaN: true }),
    months: fc.option(fc.integer({ min: 1, max: 240 }), { nil: null }),
    used: fc.integer({ min: 0, max: 260 }),
    dearer: fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: undefined }),
  })
  .map(({ costFen, fiscal, months, used, dearer }) => {
    const before = cardFacts({ costFen, depreciationMonths: months, bookedOn: '2020-01-10' })
    const month = monthsLater('2020-01', used)
    const facts = { ...before, costFen: costFen + (dearer ?? 0), fiscalFen: Math.floor(costFen * fiscal) }
    facts.otherFen = facts.costFen - facts.fiscalFen
    const changedIn = monthsLater('2020-01', Math.floor(used / 2))
    const base = dearer === undefined ? firstBase(facts) : baseAfter(firstBase(before), before, facts, changedIn)
    const accumulatedFen = Math.min(facts.costFen, accumulatedThrough(base, monthsLater(month, -1)))
    return { whole: { facts, base, accumulatedFen } satisfies Whole, month }
  })

const cut = (costFen: number, weights: readonly number[]) =>
  sharesOf(costFen, weights).map((share) => ({ costFen: share }))
const weightsOf = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 12 })

describe('A12-2 a sum shared out', () => {
  it('a bench of three seats: the last takes what is left', () => {
    expect(sharesOf(100_000, [1, 1, 1])).toEqual([33_333, 33_334, 33_333])
    expect(sharesOf(0, [0, 0])).toEqual([0, 0])
    expect(sharesOf(7, [0, 0])).toEqual([0, 7])
  })

  it('shares make the sum, and each is its exact part rounded down or up', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), weightsOf, (whole, weights) => {
        const shares = sharesOf(whole, weights)
        expect(total(shares, (share) => share)).toBe(whole)
        const all = BigInt(total(weights, (weight) => weight))
        for (const [at, share] of shares.entries()) {
          const floor = (BigInt(whole) * BigInt(weights[at] ?? 0)) / all
          expect([floor, floor + 1n]).toContain(BigInt(share))
        }
      }),
    ))
})

describe('A12-2 a card is split', () => {
  it('ten chairs of 5,000.00 over 180 months: 27.78 a month before and after, whoever has the fen', () => {
    const facts = cardFacts({ costFen: 500_000, quantity: 10, depreciationMonths: 180, bookedOn: '2019-09-02' })
    const whole = { facts, base: firstBase(facts), accumulatedFen: 87 * 2778 }
    const parts = partsOf(
      whole,
      Array.from({ length: 10 }, () => ({ costFen: 50_000, depreciationMonths: 180 })),
      '2026-12',
    )
    expect(total(parts, ({ base }) => base.monthlyFen ?? 0)).toBe(2778)
    expect(new Set(parts.map(({ base }) => base.monthlyFen))).toEqual(new Set([277, 278]))
    expect(new Set(parts.map(({ base }) => base.months))).toEqual(new Set([93]))
    expect(total(parts, ({ accumulatedFen }) => accumulatedFen)).toBe(87 * 2778)
  })

  it('a computer with its furniture: each part goes on over what its own life leaves', () => {
    const facts = cardFacts({ costFen: 720_000, depreciationMonths: 72, bookedOn: '2024-12-01' })
    const whole = { facts, base: firstBase(facts), accumulatedFen: 24 * 10_000 }
    const [computer, desk] = partsOf(
      whole,
      [
        { costFen: 540_000, depreciationMonths: 72 },
        { costFen: 180_000, depreciationMonths: 180 },
      ],
      '2026-12',
    )
    expect(computer?.base).toEqual({
      fen: 360_000,
      months: 48,
      inMonth: '2026-12',
      beforeFen: 180_000,
      monthlyFen: null,
    })
    expect(desk?.base).toMatchObject({ fen: 120_000, months: 156, beforeFen: 60_000 })
  })

  it('cost, funding, accumulated depreciation and what is left are the same before and after, to the fen', () =>
    fc.assert(
      fc.property(wholes, weightsOf, ({ whole, month }, weights) => {
        const life = whole.facts.depreciationMonths
        const entered = cut(whole.facts.costFen, weights).map((part) => ({ ...part, depreciationMonths: life }))
        const parts = partsOf(whole, entered, month)
        expect(total(parts, ({ accumulatedFen }) => accumulatedFen)).toBe(whole.accumulatedFen)
        expect(total(parts, ({ fiscalFen }) => fiscalFen)).toBe(whole.facts.fiscalFen)
        expect(total(parts, ({ otherFen }) => otherFen)).toBe(whole.facts.otherFen)
        expect(total(parts, ({ base }) => base.fen + base.beforeFen)).toBe(whole.facts.costFen)
        for (const [at, { accumulatedFen, base, fiscalFen }] of parts.entries()) {
          const costFen = entered[at]?.costFen ?? 0
          expect(accumulatedFen).toBeLessThanOrEqual(costFen)
          expect(fiscalFen).toBeLessThanOrEqual(costFen)
          expect(accumulatedThrough(base, monthsLater(month, -1))).toBe(base.beforeFen)
          expect(accumulatedThrough(base, monthsLater(month, 300))).toBe(life === null ? base.beforeFen : costFen)
        }
      }),
    ))

  it('every month charges the parts together what it would have charged the whole, until one of them is charged in full', () =>
    fc.assert(
      fc.property(wholes, weightsOf, ({ whole, month }, weights) => {
        const life = whole.facts.depreciationMonths
        const entered = cut(whole.facts.costFen, weights).map((part) => ({ ...part, depreciationMonths: life }))
        const parts = partsOf(whole, entered, month)
        for (let later = 0; later < 12; later++) {
          const then = monthsLater(month, later)
          const spent = parts.some(({ base }) => base.monthlyFen !== null && (later + 1) * base.monthlyFen > base.fen)
          if (spent) break
          expect(total(parts, ({ base }) => accumulatedThrough(base, then))).toBe(accumulatedThrough(whole.base, then))
        }
      }),
    ))

  it('the parts make up the whole in money, and in number where one card told of several', () => {
    const whole = cardFacts({ costFen: 500_000, quantity: 10, name: '办公椅' })
    const parts = (changes: Partial<CardFacts>[]) =>
      changes.map((change) => ({ ...whole, costFen: 250_000, quantity: 5, ...change }))
    expect(codes(maySplit(whole, parts([{}, {}])))).toEqual([])
    expect(codes(maySplit(whole, parts([{ costFen: 250_001 }, { quantity: 4 }])))).toEqual([
      'cost-differs',
      'quantity-differs',
    ])
    // A set entered as one thing becomes as many as it is of.
    expect(codes(maySplit({ ...whole, quantity: 1 }, parts([{ quantity: 1 }, { quantity: 1 }])))).toEqual([])
  })
})

describe('A12-2 cards are merged', () => {
  const merging = fc.array(wholes, { minLength: 2, maxLength: 6 }).map((all) => ({
    month: all.reduce((latest, { month }) => (month > latest ? month : latest), ''),
    wholes: all.map(({ whole }) => whole),
  }))
  const charged = (whole: Whole, month: string): Whole => ({
    ...whole,
    accumulatedFen: Math.min(whole.facts.costFen, accumulatedThrough(whole.base, monthsLater(month, -1))),
  })

  it('the sums are the same, and no part is depreciated quicker than before (AST-R03)', () =>
    fc.assert(
      fc.property(merging, ({ wholes: all, month }) => {
        const cards = all.filter(({ base }) => base.months !== null).map((whole) => charged(whole, month))
        const [main] = cards
        if (cards.length < 2 || !main) return
        const merged = mergedOf(cards, main, month)
        expect(merged.costFen).toBe(total(cards, ({ facts }) => facts.costFen))
        expect(merged.fiscalFen + merged.otherFen).toBe(merged.costFen)
        expect(merged.accumulatedFen).toBe(total(cards, ({ accumulatedFen }) => accumulatedFen))
        expect(merged.base.fen + merged.base.beforeFen).toBe(merged.costFen)
        expect(accumulatedThrough(merged.base, monthsLater(month, 600))).toBe(merged.costFen)
        for (const { base, facts } of cards)
          if (facts.costFen > accumulatedThrough(base, monthsLater(month, -1)))
            expect(merged.base.months).toBeGreaterThanOrEqual(
              Math.max(1, (base.months ?? 0) - monthsBetweenOf(base, month)),
            )
      }),
    ))

  it('what was split and is merged again is what it was', () =>
    fc.assert(
      fc.property(wholes, weightsOf, ({ whole, month }, weights) => {
        const life = whole.facts.depreciationMonths
        const entered = cut(whole.facts.costFen, weights).map((part) => ({ ...part, depreciationMonths: life }))
        const parts = partsOf(whole, entered, month).map((part: Formed, at): Whole => ({
          facts: { ...whole.facts, ...part, costFen: entered[at]?.costFen ?? 0 },
          base: part.base,
          accumulatedFen: part.accumulatedFen,
        }))
        const merged = mergedOf(parts, parts[0] as Whole, month)
        expect(merged).toMatchObject({
          costFen: whole.facts.costFen,
          fiscalFen: whole.facts.fiscalFen,
          accumulatedFen: whole.accumulatedFen,
        })
        for (const later of [0, 1, 5, 300])
          expect(accumulatedThrough(merged.base, monthsLater(month, later))).toBe(
            accumulatedThrough(whole.base, monthsLater(month, later)),
          )
      }),
    ))

  it('only what is of one organ, measured and depreciated alike, and no more things than there are', () => {
    const card = cardFacts({})
    const other = { organId: '00000000-0000-7000-8000-000000000002', valueKind: 'provisional' as const }
    expect(codes(mayMerge([card, card], { quantity: 2 }))).toEqual([])
    expect(codes(mayMerge([card, { ...card, ...other, depreciationMonths: null }], { quantity: 3 }))).toEqual([
      'other-organ',
      'value-kind',
      'depreciation-differs',
      'quantity-differs',
    ])
  })
})

const monthsBetweenOf = ({ inMonth }: { inMonth: string }, month: string) =>
  (Number(month.slice(0, 4)) - Number(inMonth.slice(0, 4))) * 12 + Number(month.slice(5)) - Number(inMonth.slice(5))

describe('when cards may end', () => {
  const card = { ...cardFacts({}), lastEventOn: '2026-11-05' }
  const book = { openedIn: '2026-01', closedThrough: '2026-10' }
  it.each([
    ['at hand in the open month', {}, '2026-11-10', []],
    ['lent', { state: 'lent' as const }, '2026-11-10', ['card-away']],
    ['in the warehouse', { state: 'in-warehouse' as const }, '2026-11-10', ['card-away']],
    ['waiting for disposal', { state: 'disposal-pending' as const }, '2026-11-10', ['card-away']],
    ['nominal value', { valueKind: 'nominal' as const }, '2026-11-10', ['nominal-value']],
    ['before its last event', {}, '2026-11-04', ['later-events']],
    ['in a closed month', { lastEventOn: '2026-10-01' }, '2026-10-31', ['month-closed']],
    ['a month too early', {}, '2026-12-01', ['month-open']],
  ])('%s', (_, given, on, refusals) =>
    expect(codes(mayRegroup({ ...card, ...given }, 'split', on, book))).toEqual(refusals),
  )
})
