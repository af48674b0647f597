import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkFunding, lifeCost, mayPay } from './funding.ts'

const thing = { organId: 'own', classCode: 'A02010105', year: 2026 }
const line = { holderOrganId: 'own', year: 2026, itemName: '设备维修费', economicCode: '30213', remainingFen: 100_000 }
const codes = (verdict: ReturnType<typeof checkFunding>) => (verdict.ok ? [] : verdict.refusals.map(({ code }) => code))

it('A34-2 a repair that costs money needs a plan line of upkeep with that much left; one that costs none needs none', () => {
  expect(codes(checkFunding(0, null, thing))).toEqual([])
  expect(codes(checkFunding(1, null, thing))).toEqual(['A34-2'])
  expect(codes(checkFunding(100_000, line, thing))).toEqual([])
  expect(codes(checkFunding(100_001, line, thing))).toEqual(['A34-2'])
  expect(codes(checkFunding(1, { ...line, economicCode: '30201' }, thing))).toEqual(['not-upkeep'])
  expect(codes(checkFunding(1, { ...line, holderOrganId: 'other' }, thing))).toEqual(['not-upkeep'])
  expect(codes(checkFunding(1, { ...line, year: 2025 }, thing))).toEqual(['other-budget-year'])
})

it('a vehicle is kept up from its own code, other things are not', () => {
  const car = { ...thing, classCode: 'A02030500' }
  expect(codes(checkFunding(1, { ...line, economicCode: '30231' }, car))).toEqual([])
  expect(codes(checkFunding(1, line, car))).toEqual(['not-upkeep'])
})

it('A34-1 a repair is paid once, after it is finished, not before that day nor in the future', () => {
  const done = { heldFen: 5, finishedOn: '2026-11-20', paidOn: null }
  expect(codes(mayPay(done, { paidOn: '2026-11-21', today: '2026-11-23' }))).toEqual([])
  expect(codes(mayPay(done, { paidOn: '2026-11-19', today: '2026-11-23' }))).toEqual(['paid-on'])
  expect(codes(mayPay(done, { paidOn: '2026-11-24', today: '2026-11-23' }))).toEqual(['paid-on'])
  expect(codes(mayPay({ ...done, finishedOn: null }))).toEqual(['not-finished'])
  expect(codes(mayPay({ ...done, heldFen: 0, paidOn: '2026-11-21' }))).toEqual(['paid'])
  expect(codes(mayPay({ ...done, heldFen: 0 }))).toEqual(['nothing-owed'])
})

it('A12-2 the cost over a life is what the thing cost and what was spent on keeping it', () => {
  expect(lifeCost(480_000, 120_000)).toEqual({ totalFen: 600_000, percentOfCost: 25 })
  expect(lifeCost(0, 5)).toEqual({ totalFen: 5, percentOfCost: null })
  fc.assert(
    fc.property(fc.nat(1e9), fc.nat(1e9), (costFen, upkeepFen) => {
      expect(lifeCost(costFen, upkeepFen).totalFen - upkeepFen).toBe(costFen)
    }),
  )
})
