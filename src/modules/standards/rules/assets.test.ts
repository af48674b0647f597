import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { makeCalendar } from '#kernel/pure/calendar.ts'
import { testTable } from '../testing/table.ts'
import { checkDepreciationMonths, depreciationAt } from './depreciation.ts'
import { checkLeaseTerm, checkTradePrice, disposalTier, type DisposalBatch } from './disposal.ts'
import { figureFor } from './in-force.ts'
import { termEnd } from './terms.ts'
import { checkLoanTerm, repairGrade } from './warehouse.ts'

const calendar = makeCalendar(builtInNotices)
const term = (code: string, from: string) => termEnd(figureFor(testTable, code, 'term').value, from, calendar)

describe('A12-2 depreciation', () => {
  it('AST-T01: desktop 4,998.00 from 2024-03 over 72 months', () => {
    const desktop = depreciationAt(499_800, 72, '2024-03', '2026-10')
    expect(desktop).toEqual({
      monthlyFen: 6_942,
      lastMonthFen: 6_918,
      monthsCharged: 32,
      accumulatedFen: 222_144,
      netFen: 277_656,
    })
  })
  it('AST-T02: car 178,900.00 from 2021-05 over 96 months', () =>
    expect(depreciationAt(17_890_000, 96, '2021-05', '2026-11')).toEqual({
      monthlyFen: 186_354,
      lastMonthFen: 186_370,
      monthsCharged: 67,
      accumulatedFen: 12_485_718,
      netFen: 5_404_282,
    }))
  it('AST-T04: laptop 6,800 from 2019-12, fully charged and no further', () =>
    expect(depreciationAt(680_000, 72, '2019-12', '2026-11')).toMatchObject({ accumulatedFen: 680_000, netFen: 0 }))
  it('AST-T05: desk 2,800 from 2019-09 over 180 months', () =>
    expect(depreciationAt(280_000, 180, '2019-09', '2026-11')).toMatchObject({
      monthlyFen: 1_556,
      monthsCharged: 87,
      accumulatedFen: 135_372,
      netFen: 144_628,
    }))

  it('AST-R05: what is charged grows month by month, never passes the cost and reaches it in the last month', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000_000 }),
        fc.integer({ min: 1, max: 600 }),
        fc.integer({ min: 0, max: 700 }),
        (cost, months, passed) => {
          const at = (index: number) => {
            const month = 2000 * 12 + index
            return depreciationAt(
              cost,
              months,
              '2000-01',
              `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`,
            )
          }
          const [now, next] = [at(passed), at(passed + 1)]
          expect(now.accumulatedFen).toBeLessThanOrEqual(cost)
          expect(now.netFen).toBe(cost - now.accumulatedFen)
          expect(next.accumulatedFen).toBeGreaterThanOrEqual(now.accumulatedFen)
          expect(at(months - 1).accumulatedFen).toBe(cost)
        },
      ),
    ))

  it('nothing is charged before the month of entry', () =>
    expect(depreciationAt(499_800, 72, '2024-03', '2024-02')).toMatchObject({ monthsCharged: 0, accumulatedFen: 0 }))

  it.each([
    ['computer', 72, 'ok'],
    ['computer', 71, 'block'],
    ['vehicle', 96, 'ok'],
    ['brick-concrete-building', 360, 'ok'],
    ['concrete-building', 360, 'block'],
    ['medical', 120, 'ok'],
    ['medical', 121, 'block'],
    ['furniture', 180, 'ok'],
  ] as const)('AST-R03: %s over %i months: %s', (kind, months, outcome) =>
    expect(checkDepreciationMonths(testTable, kind, months).outcome).toBe(outcome),
  )
})

describe('A12-3 path of a disposal', () => {
  const batch: DisposalBatch = {
    level: 'county',
    form: 'D5',
    appliedOn: '2026-03-20',
    batchFen: 3_100_000,
    earlier: [],
    landBuildingVehicle: false,
    crossLevel: false,
    underLife: false,
  }
  const keyOf = (changes: Partial<DisposalBatch>) => disposalTier(testTable, { ...batch, ...changes }).key

  it('AST-T07: nine laptops of 61,200 元 at a county take the second path', () =>
    expect(keyOf({ batchFen: 6_120_000 })).toBe('T2'))

  it('AST-T08, AST-R22: 30,000 and then 31,000 within 30 days are taken together', () => {
    const earlier = [{ appliedOn: '2026-03-03', batchFen: 3_000_000 }]
    const tier = disposalTier(testTable, { ...batch, earlier })
    expect(tier.key).toBe('T2')
    expect(tier.finding).toMatchObject({ rule: 'AST-R22', outcome: 'warn' })
    expect(keyOf({ earlier: [{ appliedOn: '2026-02-17', batchFen: 3_000_000 }] })).toBe('T1')
  })

  it.each([
    ['province', 19_999_999, 'T1'],
    ['province', 20_000_000, 'T2'],
    ['province', 499_999_999, 'T2'],
    ['province', 500_000_000, 'T3'],
    ['city', 9_999_999, 'T1'],
    ['city', 200_000_000, 'T3'],
    ['county', 5_000_000, 'T2'],
    ['county', 100_000_000, 'T3'],
  ] as const)('%s, %i 分: %s', (level, batchFen, key) => expect(keyOf({ level, batchFen })).toBe(key))

  it.each([
    ['a vehicle', { landBuildingVehicle: true }],
    ['sale', { form: 'D3' }],
    ['exchange', { form: 'D4' }],
    ['loss', { form: 'D6' }],
    ['donation', { form: 'D2' }],
    ['transfer to another level', { form: 'D1', crossLevel: true }],
    ['not yet at its least life', { underLife: true }],
  ] as [string, Partial<DisposalBatch>][])('never the smallest path: %s', (_, changes) =>
    expect(keyOf({ ...changes, batchFen: 100_000 })).toBe('T2'),
  )

  it('splitting a batch within the period never lowers its path', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 600_000_000 }),
        fc.integer({ min: 1, max: 99 }),
        fc.constantFrom('province', 'city', 'county'),
        (total, part, level) => {
          const first = Math.floor((total * part) / 100)
          const split = keyOf({
            level,
            batchFen: total - first,
            earlier: [{ appliedOn: '2026-03-01', batchFen: first }],
          })
          expect(split).toBe(keyOf({ level, batchFen: total }))
        },
      ),
    ))

  it.each([
    [100, 'ok'],
    [99, 'needs-approval'],
    [90, 'needs-approval'],
    [89, 'block'],
  ])('AST-R10: sold at %i against 100 appraised: %s', (priceFen, outcome) =>
    expect(checkTradePrice(testTable, { appraisedFen: 100, priceFen }).outcome).toBe(outcome),
  )

  it.each([
    ['three years', 36, false, null, 'ok'],
    ['four years', 48, false, null, 'needs-approval'],
    ['four years with finance approval', 48, false, '晋财〔2026〕9号', 'ok'],
    ['five years and a month', 61, false, '晋财〔2026〕9号', 'block'],
    ['loan of a year', 12, true, null, 'ok'],
    ['loan of thirteen months', 13, true, '晋财〔2026〕9号', 'block'],
  ])('AST-R17: lease or loan, %s', (_, months, loan, financeApproval, outcome) =>
    expect(checkLeaseTerm(testTable, { months, loan, financeApproval }).outcome).toBe(outcome),
  )

  it('AST-T10: money received 2026-09-28 is due by 2026-10-16, 10 October being a working day', () =>
    expect(term('asset.proceeds-payment', '2026-09-28')).toBe('2026-10-16'))
})

describe('A23-1 public warehouse', () => {
  it('GWC-T05: temporary body ended 2026-06-30, assets in by 2026-07-30', () =>
    expect(term('warehouse.intake-temporary-body', '2026-06-30')).toBe('2026-07-30'))

  it.each([
    ['GWC-T04: 1,300 of 4,800 is 27.1 %', 130_000, false, 'B', 'ok'],
    ['GWC-T04: 2,900 of 4,800 is 60.4 %', 290_000, false, 'D', 'block'],
    ['exactly 30 %', 144_000, false, 'B', 'ok'],
    ['31 %', 148_800, false, 'C', 'needs-approval'],
    ['exactly 60 %', 288_000, false, 'C', 'needs-approval'],
    ['nothing to repair', 0, false, 'A', 'ok'],
    ['unsafe', 0, true, 'D', 'block'],
  ])('GWC-R09 %s', (_, repairFen, unsafe, grade, outcome) => {
    const result = repairGrade(testTable, { repairFen, replacementFen: 480_000, unsafe })
    expect([result.grade, result.finding.outcome]).toEqual([grade, outcome])
  })

  it('GWC-R06: a loan has an end, twelve months away at most', () => {
    expect(checkLoanTerm(testTable, null).outcome).toBe('block')
    expect(checkLoanTerm(testTable, 12).outcome).toBe('ok')
    expect(checkLoanTerm(testTable, 13).outcome).toBe('block')
  })
})
