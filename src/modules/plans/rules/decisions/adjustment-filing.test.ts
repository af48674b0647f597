import { describe, expect, test } from 'vitest'
import { makeCalendar } from '#kernel/pure/calendar.ts'
import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { calendarSlice } from '#kernel/pure/calendar-slice.ts'
import { testStandards } from '../../testing/standards.ts'
import { adjustmentFilingKind, type AdjustmentFilingInputs } from './adjustment-filing.ts'
import { demandAcceptanceKind } from './demand-acceptance.ts'
import { planInForceKind } from './plan-in-force.ts'

const calendar = makeCalendar(builtInNotices)
const filed = (adjustedOn: string, filedOn: string, changes: Partial<AdjustmentFilingInputs> = {}) =>
  adjustmentFilingKind.evaluate(
    {
      type: 'emergency',
      cause: '强降雨造成办公区进水',
      basisDocument: '市防汛抗旱指挥部第3号令',
      adjustedOn,
      filedOn,
      year: 2026,
      changes: [
        {
          lineId: '00000000-0000-7000-8000-000000000001',
          needKind: 'N03',
          itemName: '办公用房日常维修',
          economicCode: '30213',
          unit: '项',
          beforeFen: 1_000_000,
          afterFen: 1_000_000,
          beforeQuantity: 1,
          afterQuantity: 2,
        },
      ],
      calendar: calendarSlice(calendar, adjustedOn, '2027-03-31', '140100'),
      ...changes,
    },
    testStandards,
  )

describe('the judgement of a filing', () => {
  // Fifteen working days after 20 November 2026 end on 11 December 2026.
  test.each([
    ['2026-11-20', '2026-12-11', 'ok', false],
    ['2026-11-20', '2026-12-12', 'warn', true],
    ['2026-11-20', '2026-11-20', 'ok', false],
    // Spring festival lies in between: 13 February counts from the 14th, which is worked.
    ['2026-02-13', '2026-03-12', 'ok', false],
    ['2026-02-13', '2026-03-13', 'warn', true],
  ] as const)('A35-2 PLAN-R13 adjusted on %s, filed on %s: %s', (adjustedOn, filedOn, outcome, late) => {
    const { findings, conclusion } = filed(adjustedOn, filedOn)
    expect(findings[0]).toMatchObject({ rule: 'PLAN-R13', outcome, basis: { norm: 'A35-2' } })
    expect(conclusion.values['逾期']).toBe(late)
  })
  test('CAL-R01 a term over a year without a notice makes nothing late', () => {
    const { findings } = filed('2026-12-25', '2027-03-01')
    expect(findings[0]).toMatchObject({ outcome: 'ok', facts: { 暂定: true } })
  })
  test('PLAN-R15 more money than before goes to finance', () => {
    const [change] = [
      {
        lineId: null,
        needKind: 'N03' as const,
        itemName: '抢修',
        economicCode: '30213',
        unit: '项',
        beforeFen: 0,
        afterFen: 500_000,
        beforeQuantity: 0,
        afterQuantity: 1,
      },
    ]
    const { conclusion, findings } = filed('2026-11-20', '2026-11-23', { changes: [change] })
    expect(conclusion.values).toMatchObject({ 须财政批准: true, '调增（分）': 500_000 })
    expect(findings.map(({ rule }) => rule)).toEqual(['PLAN-R13', 'PLAN-R15'])
  })
})

describe('the acceptance of an application', () => {
  const window = {
    demandOpensOn: '2026-06-01',
    demandClosesOn: '2026-07-15',
    reviewUntil: '2026-08-31',
    planUntil: '2026-09-30',
  }
  test.each([
    ['2026-06-01', 'ok', 0],
    ['2026-07-15', 'ok', 0],
    ['2026-07-16', 'needs-approval', 1],
    ['2026-08-01', 'needs-approval', 17],
    ['2026-05-31', 'block', 0],
  ] as const)('A32-1 PLAN-R10 handed in on %s: %s, %i days late', (submittedOn, outcome, daysLate) => {
    const { findings, conclusion } = demandAcceptanceKind.evaluate(
      { calendar: window, submittedOn, lines: 3, askedFen: 100 },
      null,
    )
    expect(findings.map((one) => one.outcome)).toEqual([outcome])
    expect(conclusion.values['逾期天数']).toBe(daysLate)
  })
})

test.each([
  [100, 100, 'ok'],
  [100, 99, 'block'],
  [100, null, 'block'],
] as const)('A33-4 a plan of %s with a reply of %s: %s', (totalFen, approvedFen, outcome) => {
  const { findings, conclusion } = planInForceKind.evaluate({ totalFen, approvedFen, lines: 1 }, null)
  expect(findings[0]?.outcome).toBe(outcome)
  expect(conclusion.values['可以生效']).toBe(outcome === 'ok')
})
