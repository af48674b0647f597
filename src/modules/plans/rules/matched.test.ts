import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testFacts, testHolding, testLine, testOrgan, testStandards } from '../testing/standards.ts'
import { neededPieces, notMatched, settlementOf } from './matched.ts'

const desktops = (quantity: number, inUse: number, more: Parameters<typeof testLine>[0] = {}) =>
  testFacts(
    testLine({
      needKind: 'N09',
      standardCode: 'item.desktop',
      quantity,
      unitPriceFen: 480_000,
      amountFen: quantity * 480_000,
      storeQuery: { number: 'GWC-1', askedOn: '2026-10-28', usableQuantity: 0 },
      ...more,
    }),
    { holding: testHolding({ standardCode: 'item.desktop', quantity: inUse, usableQuantity: inUse }) },
  )
const needed = (facts: ReturnType<typeof desktops>) => neededPieces(facts, testOrgan, testStandards, '2026-11-01')

describe('PLAN-R06, A23-2 what of a demand line could be met by things there are', () => {
  it('GWC-T07, GWC-R11: an organ of 60 with 58 desktops asks for 5: two at most', () => {
    expect(testOrgan.staffInPost).toBe(60)
    expect(needed(desktops(5, 58))).toEqual({ pieces: 2, priceFen: 480_000 })
    expect(needed(desktops(5, 60))).toBe(null)
  })

  it('is reckoned at no more than the price of the standard', () => {
    expect(needed(desktops(1, 0, { unitPriceFen: 900_000, amountFen: 900_000 }))?.priceFen).toBe(500_000)
  })

  it('leaves out what has no standard, is no thing, or would be refused or sent back', () => {
    expect(needed(desktops(5, 0, { standardCode: null }))).toBe(null)
    expect(needed(desktops(5, 0, { needKind: 'N01' }))).toBe(null)
    expect(needed(desktops(5, 0, { quantity: null }))).toBe(null)
    expect(needed(desktops(5, 0, { storeQuery: null }))).toBe(null)
  })
})

describe('opinion O3 what a line comes to', () => {
  it('all of it is O3 with no money, a part leaves the rest to be bought (O2)', () => {
    const asked = { amountFen: 9_600_000 }
    expect(settlementOf(asked, { needed: 20, matched: 20, priceFen: 480_000 })).toEqual({
      opinion: 'O3',
      quantity: 20,
      amountFen: 0,
    })
    expect(settlementOf(asked, { needed: 20, matched: 12, priceFen: 480_000 })).toEqual({
      opinion: 'O2',
      quantity: 8,
      amountFen: 3_840_000,
    })
  })

  it('pieces bought and matched make up what the standard admits, and money never passes what was asked', () =>
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.nat(50),
        fc.nat(900_000),
        fc.nat(10_000_000),
        (bought, matched, priceFen, amountFen) => {
          const settled = settlementOf({ amountFen }, { needed: bought + matched, matched, priceFen })
          expect(settled.amountFen).toBeLessThanOrEqual(amountFen)
          expect(settled.opinion === 'O3' ? settled.quantity : settled.quantity + matched).toBe(bought + matched)
        },
      ),
    ))

  it('is not undone by the review while things are kept for it', () => {
    expect(notMatched([{ lineNo: 1, matchedQuantity: 0 }]).ok).toBe(true)
    expect(notMatched([{ lineNo: 3, matchedQuantity: 12 }])).toMatchObject({ refusals: [{ code: 'line-matched' }] })
  })
})
