import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testFacts, testHolding, testLine, testOrgan, testStandards } from '../testing/standards.ts'
import { indexStandards } from './facts.ts'
import { mayAcceptUnseen, mayCloseReview, mayDecide, proposeReview } from './review.ts'

const today = '2026-11-01'
const propose = (line = testLine(), more = {}, organ = testOrgan) =>
  proposeReview(testFacts(line, more), organ, testStandards, today)

describe('proposals (A33-1)', () => {
  test('within the standard: agreed for centralised kinds, own plan for the rest', () => {
    const repair = testLine({
      needKind: 'N03',
      standardCode: null,
      economicCode: '30213',
      itemName: '屋面维修',
      unitPriceFen: null,
      quantity: 1,
      unit: '项',
    })
    expect(propose(repair).opinion).toBe('O1')
    expect(
      propose(testLine({ needKind: 'N01', standardCode: null, economicCode: '30201', unitPriceFen: null })).opinion,
    ).toBe('O6')
  })
  test('beyond a standard with exceptions: cut to the room, at most the capped price', () => {
    const laptops = testLine({ standardCode: 'item.laptop', quantity: 10, unitPriceFen: 700_000, amountFen: 7_000_000 })
    const proposal = propose(laptops, {
      holding: testHolding({ standardCode: 'item.laptop', quantity: 26, usableQuantity: 26 }),
    })
    expect(proposal).toMatchObject({ opinion: 'O2', quantity: 4, amountFen: 2_800_000 })
    expect(proposal.reason).toContain('50%')
  })
  test('the warehouse has all of it: no new money', () => {
    expect(
      propose(
        testLine({ quantity: 2, amountFen: 960_000, storeQuery: { number: 'q', askedOn: today, usableQuantity: 5 } }),
      ),
    ).toMatchObject({ opinion: 'O3', amountFen: 0 })
  })
  test('A22-2 A33-2 what the level provides centrally goes into the authority’s plan, thing by thing; the rest stays the organ’s', () => {
    const central = (items: string[], provided = true) =>
      indexStandards({
        ...testStandards,
        catalogue: testStandards.catalogue.map((entry) =>
          entry.needKind === 'N09' ? { ...entry, provided, items } : entry,
        ),
      })
    const of = (standards: typeof testStandards, changes = {}) =>
      proposeReview(testFacts(testLine({ quantity: 2, amountFen: 960_000, ...changes })), testOrgan, standards, today)
    const laptop = { standardCode: 'item.laptop', unitPriceFen: 480_000 }
    expect(of(central(['item.desktop']))).toMatchObject({ opinion: 'O1', centralised: true })
    expect(of(central(['item.desktop']), laptop)).toMatchObject({ opinion: 'O6', centralised: false })
    expect(of(central([]), laptop)).toMatchObject({ opinion: 'O1', centralised: true })
    expect(of(central(['item.desktop'], false))).toMatchObject({ opinion: 'O6', centralised: false })
    // Its money is in the authority's budget, never in the organ's own (PLAN-R07).
    const own = of(central(['item.desktop']), { inOwnBudget: true })
    expect(own.findings.filter(({ outcome }) => outcome === 'block').map(({ rule }) => rule)).toEqual(['PLAN-R07'])
    expect(
      of(central(['item.desktop']), { ...laptop, inOwnBudget: true }).findings.map(({ rule }) => rule),
    ).not.toContain('PLAN-R07')
  })
  test('land goes its own way', () => {
    expect(propose(testLine({ needKind: 'N02', standardCode: null, economicCode: '31005' })).opinion).toBe('O7')
  })
  test('never more than asked, whatever is asked', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...testStandards.items),
        fc.nat(300),
        fc.nat(2_000_000),
        fc.nat(300),
        fc.nat(20),
        (standard, quantity, unitPriceFen, stock, idle) => {
          const line = testLine({
            standardCode: standard.code,
            quantity,
            unitPriceFen,
            amountFen: quantity * unitPriceFen,
            storeQuery: { number: 'q', askedOn: today, usableQuantity: idle },
          })
          const proposal = propose(line, {
            holding: testHolding({
              standardCode: standard.code,
              quantity: stock,
              usableQuantity: stock,
              quotaQuantity: 5,
            }),
          })
          expect(proposal.quantity).toBeLessThanOrEqual(quantity)
          expect(proposal.amountFen).toBeLessThanOrEqual(quantity * unitPriceFen)
          const cap = standard.value.priceCapFen
          if (cap !== null && proposal.quantity > 0 && proposal.amountFen > 0)
            expect(proposal.amountFen).toBeLessThanOrEqual(proposal.quantity * cap)
        },
      ),
    )
  })
  test('a proposal is always a decision one may take, with a word of reason where one is needed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('N01', 'N03', 'N06', 'N08', 'N09') as fc.Arbitrary<'N01'>,
        fc.integer({ min: 1, max: 100 }),
        (needKind, quantity) => {
          const line = testLine({
            needKind,
            standardCode: needKind === ('N09' as string) ? 'item.desktop' : null,
            quantity,
            amountFen: quantity * 480_000,
          })
          const proposal = propose(line)
          expect(mayDecide({ quantity, amountFen: quantity * 480_000 }, proposal, proposal).ok).toBe(true)
        },
      ),
    )
  })
})

describe('PLAN-R09 decisions', () => {
  const proposal = propose(testLine({ needKind: 'N03', standardCode: null, economicCode: '30213', unitPriceFen: null }))
  const asked = { quantity: 12, amountFen: 5_760_000 }
  const decide = (change: object) =>
    mayDecide(asked, { opinion: 'O1', quantity: 12, amountFen: 5_760_000, reason: '', ...change }, proposal)
  test('a cut or refusal without reason is refused', () => {
    expect(decide({ opinion: 'O2', amountFen: 5_000_000 }).ok).toBe(false)
    expect(decide({ opinion: 'O2', amountFen: 5_000_000, reason: '单价偏高' }).ok).toBe(true)
    expect(decide({ opinion: 'O5', quantity: 0, amountFen: 0 }).ok).toBe(false)
  })
  test('what an organ plans for itself is not lessened without a reason either', () => {
    const own = propose(testLine({ needKind: 'N01', standardCode: null, economicCode: '30201', unitPriceFen: null }))
    expect(mayDecide(asked, { opinion: 'O6', quantity: 12, amountFen: 100, reason: '' }, own).ok).toBe(false)
    expect(mayDecide(asked, { opinion: 'O6', quantity: 12, amountFen: 5_760_000, reason: '' }, own).ok).toBe(true)
  })
  test('there is no "more than asked"', () => {
    expect(decide({ opinion: 'O2', amountFen: 5_760_001, reason: '增加预算' }).ok).toBe(false)
  })
  test('a centralised matter is not handed back to the organ (A33-2)', () => {
    expect(decide({ opinion: 'O6' }).ok).toBe(false)
  })
})

test('PLAN-R08 a review closes only with every line decided and none sent back', () => {
  expect(mayCloseReview([{ decided: true, opinion: 'O1' }]).ok).toBe(true)
  expect(mayCloseReview([{ decided: false, opinion: null }]).ok).toBe(false)
  expect(mayCloseReview([{ decided: true, opinion: 'O4' }]).ok).toBe(false)
})

test('only clean lines are taken over unseen', () => {
  const clean = propose(testLine(), { holding: testHolding() })
  expect(mayAcceptUnseen(clean)).toBe(clean.findings.every(({ outcome }) => outcome === 'ok'))
  expect(mayAcceptUnseen(propose(testLine({ storeQuery: { number: 'q', askedOn: today, usableQuantity: 3 } })))).toBe(
    false,
  )
})
