import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  accumulatedThrough,
  baseAfter,
  firstBase,
  monthlySchedule,
  monthsBetween,
  monthsLater,
  schedule,
} from './depreciation.ts'

const base = (costYuan: number, bookedOn: string, depreciationMonths: number | null) =>
  firstBase({ costFen: Math.round(costYuan * 100), bookedOn, depreciationMonths })

describe('depreciation of a card (A12-2; S10)', () => {
  it('AST-T01 desktop 4,998.00 from 2024-03 over 72 months', () => {
    const desktop = base(4998, '2024-03-12', 72)
    expect(accumulatedThrough(desktop, '2024-02')).toBe(0)
    expect(accumulatedThrough(desktop, '2024-03')).toBe(69_42)
    expect(accumulatedThrough(desktop, '2026-10')).toBe(2_221_44)
    expect(499_800 - accumulatedThrough(desktop, '2026-10')).toBe(2_776_56)
    expect(accumulatedThrough(desktop, '2030-02') - accumulatedThrough(desktop, '2030-01')).toBe(69_18)
    expect(accumulatedThrough(desktop, '2030-02')).toBe(499_800)
  })

  it('AST-T02 car 178,900.00 from 2021-05 over 96 months', () => {
    const car = base(178_900, '2021-05-20', 96)
    expect(accumulatedThrough(car, '2021-05')).toBe(1_863_54)
    expect(accumulatedThrough(car, '2026-11')).toBe(124_857_18)
    expect(17_890_000 - accumulatedThrough(car, '2026-11')).toBe(54_042_82)
    expect(accumulatedThrough(car, '2029-04') - accumulatedThrough(car, '2029-03')).toBe(1_863_70)
  })

  it('AST-T04, AST-T05 after the life nothing is charged; a desk over 180 months', () => {
    expect(accumulatedThrough(base(6800, '2019-12-01', 72), '2026-11')).toBe(680_000)
    const desk = base(2800, '2019-09-10', 180)
    expect(accumulatedThrough(desk, '2026-11')).toBe(1_353_72)
    expect(280_000 - accumulatedThrough(desk, '2026-11')).toBe(1_446_28)
  })

  it('what is not depreciated keeps its cost', () =>
    expect(accumulatedThrough(base(1, '2020-01-01', null), '2099-12')).toBe(0))

  const cost = fc.integer({ min: 1, max: 50_000_000_00 })
  const life = fc.integer({ min: 1, max: 600 })
  const month = fc.integer({ min: 0, max: 900 }).map((count) => monthsLater('1990-01', count))

  it('AST-R05 never falls, never passes the cost, and ends at it', () =>
    fc.assert(
      fc.property(cost, life, month, month, (fen, months, booked, at) => {
        const one = { fen, months, inMonth: booked, beforeFen: 0, monthlyFen: null }
        const now = accumulatedThrough(one, at)
        expect(now).toBeGreaterThanOrEqual(accumulatedThrough(one, monthsLater(at, -1)))
        expect(now).toBeLessThanOrEqual(fen)
        expect(accumulatedThrough(one, monthsLater(booked, months - 1))).toBe(fen)
        if (at < booked) expect(now).toBe(0)
      }),
    ))

  it('a changed value goes on from what was charged, over the months that are left, to the new cost', () =>
    fc.assert(
      fc.property(cost, cost, life, fc.integer({ min: 0, max: 700 }), (before, after, months, passed) => {
        const bookedOn = '2015-01-10'
        const change = monthsLater('2015-01', passed)
        const old = firstBase({ costFen: before, bookedOn, depreciationMonths: months })
        const facts = { costFen: after, bookedOn, depreciationMonths: months }
        const now = baseAfter(old, { depreciationMonths: months }, facts, change)
        const charged = Math.min(after, accumulatedThrough(old, monthsLater(change, -1)))
        expect(accumulatedThrough(now, monthsLater(change, -1))).toBe(passed === 0 ? 0 : charged)
        const last = monthsLater('2015-01', Math.max(months - 1, passed))
        expect(accumulatedThrough(now, last)).toBe(after)
        expect(now.fen + now.beforeFen).toBe(after)
      }),
    ))

  it('the table by year adds up to the cost', () =>
    fc.assert(
      fc.property(cost, life, month, (fen, months, inMonth) => {
        const years = schedule({ fen, months, inMonth, beforeFen: 0, monthlyFen: null }, fen)
        expect(years.reduce((sum, { chargedFen }) => sum + chargedFen, 0)).toBe(fen)
        expect(years.at(-1)?.netFen).toBe(0)
      }),
    ))

  it('the table by month is the table by year, month by month', () =>
    fc.assert(
      fc.property(cost, life, month, fc.integer({ min: 0, max: 600 }), (fen, months, inMonth, passed) => {
        const one = { fen, months, inMonth, beforeFen: 0, monthlyFen: null }
        const from = monthsLater(inMonth, passed)
        const told = monthlySchedule(one, fen, from)
        expect(told).toHaveLength(Math.max(0, months - passed))
        const before = accumulatedThrough(one, monthsLater(from, -1))
        expect(before + told.reduce((sum, { chargedFen }) => sum + chargedFen, 0)).toBe(fen)
        for (const { year, accumulatedFen } of schedule(one, fen)) {
          const december = told.find(({ month: at }) => at === `${year}-12`)
          if (december) expect(december.accumulatedFen).toBe(accumulatedFen)
        }
      }),
    ))

  it('months are counted over the turns of years', () => {
    expect(monthsLater('2026-11', 2)).toBe('2027-01')
    expect(monthsLater('2026-01', -1)).toBe('2025-12')
    expect(monthsBetween('2024-03', '2026-10')).toBe(31)
  })
})
