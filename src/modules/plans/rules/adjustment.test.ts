import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addWorkdays, makeCalendar } from '#kernel/pure/calendar.ts'
import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { daysLeft, isOverdue, statutoryDeadline } from '#kernel/pure/deadline.ts'
import type { AdjustmentChange } from '../model.ts'
import { testStandards } from '../testing/standards.ts'
import { adjustmentCase } from '../cases.ts'
import { beyondPlan, checkAdjustment, mayReduce, needsFinance } from './adjustment.ts'
import { cutToTotal, mayEnterIntoForce } from './plan.ts'
import { checkThreePublic, checkTotals, executionRateBp, maySendConsolidated, reportDueOn } from './report.ts'

const change = (
  economicCode: string,
  beforeFen: number,
  afterFen: number,
  lineId: string | null = crypto.randomUUID(),
): AdjustmentChange => ({
  lineId,
  needKind: 'N01',
  itemName: `科目${economicCode}`,
  economicCode,
  unit: '项',
  beforeFen,
  afterFen,
  beforeQuantity: 1,
  afterQuantity: 1,
})
const check = (changes: AdjustmentChange[], more = {}) =>
  checkAdjustment({
    type: 'emergency',
    cause: '防汛抢险支出',
    basisDocument: '防汛令〔2026〕3号',
    adjustedOn: '2026-02-13',
    today: '2026-02-20',
    year: 2026,
    changes,
    economicCodes: testStandards.economicByCode,
    ...more,
  })
const rules = (findings: { rule: string; outcome: string }[]) =>
  findings.map(({ rule, outcome }) => `${rule} ${outcome}`)

describe('PLAN-R12 ground of an adjustment (A35-1)', () => {
  const moved = [change('30201', 500_000, 400_000), change('30211', 100_000, 200_000)]
  test('an emergency with its document and two lines that balance passes', () => expect(check(moved)).toEqual([]))
  test.each([
    ['no document', { basisDocument: ' ' }],
    ['no cause', { cause: '急' }],
    ['a day to come', { adjustedOn: '2026-03-01' }],
    ['a day of another year', { adjustedOn: '2025-12-31' }],
  ])('%s blocks', (_, more) => expect(rules(check(moved, more))).toContain('PLAN-R12 block'))
  test('nothing changed, or a line twice, blocks', () => {
    expect(rules(check([]))).toContain('PLAN-R12 block')
    expect(rules(check([change('30201', 1, 1)]))).toContain('PLAN-R12 block')
    expect(rules(check([change('30201', 5, 6, 'a'), change('30201', 6, 5, 'a')]))).toContain('PLAN-R12 block')
  })
})

describe('PLAN-R15, R16 what finance must approve', () => {
  test('PLAN-T20 30,000 yuan from office money to reception needs finance by both rules', () => {
    const findings = check([change('30201', 10_000_000, 7_000_000), change('30217', 2_000_000, 5_000_000)])
    expect(rules(findings)).toEqual(expect.arrayContaining(['PLAN-R15 needs-approval', 'PLAN-R16 needs-approval']))
    expect(needsFinance(findings)).toBe(true)
  })
  test('from consumption to capital needs finance; within 302 it does not', () => {
    expect(needsFinance(check([change('30201', 900, 800), change('31002', 100, 200)]))).toBe(true)
    expect(needsFinance(check([change('30201', 900, 800), change('30211', 100, 200)]))).toBe(false)
  })
  test('any change of the total needs finance', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.nat(1_000_000), (before, after) => {
        fc.pre(before !== after)
        expect(needsFinance(check([change('30201', before, after)]))).toBe(true)
      }),
    )
  })
})

describe('PLAN-R13, R14 the filing term of 15 working days (A35-2)', () => {
  const calendar = makeCalendar(builtInNotices)
  const due = (from: string) => statutoryDeadline({ from, duration: { unit: 'workdays', count: 15 }, calendar }).dueOn
  test.each([
    ['PLAN-T01', '2026-02-06', '2026-03-05'],
    ['PLAN-T02', '2026-02-13', '2026-03-12'],
    ['PLAN-T04', '2026-09-18', '2026-10-15'],
    ['PLAN-T05', '2026-09-30', '2026-10-27'],
    ['PLAN-T07', '2025-09-26', '2025-10-23'],
    ['PLAN-T08', '2025-01-24', '2025-02-20'],
    ['PLAN-T10', '2025-12-31', '2026-01-22'],
    ['PLAN-T11', '2023-09-22', '2023-10-19'],
  ])('%s adjusted on %s: file by %s', (_, from, last) => expect(due(from)).toBe(last))
  test('PLAN-T13 in time on the last day, overdue by one working day on the next', () => {
    const term = { dueOn: due('2026-02-13'), provisional: false }
    expect(isOverdue('2026-03-12', term)).toBe(false)
    expect(isOverdue('2026-03-13', term)).toBe(true)
    expect(daysLeft('2026-03-13', term.dueOn, calendar)).toBe(-1)
  })
  test('PLAN-R14 reminders go out on working days 10, 13 and 15', () => {
    expect(adjustmentCase.states.made.clock?.remindOnDays).toEqual([10, 13, 15])
    expect(addWorkdays('2026-02-13', 15, calendar)).toBe(due('2026-02-13'))
  })
})

describe('PLAN-R11 nothing beyond the plan (A34-2)', () => {
  test('PLAN-T16 the bill that passes the plan by 3,700 yuan is refused, and says by how much', () => {
    const { beyondFen, verdict } = beyondPlan(
      { plannedFen: 48_000_000, committedFen: 0, executedFen: 47_130_000 },
      1_240_000,
    )
    expect(beyondFen).toBe(370_000)
    expect(verdict.ok).toBe(false)
  })
  test('a line is not reduced below what is spent or committed', () => {
    expect(mayReduce({ committedFen: 100, executedFen: 200, itemName: '办公费' }, 299).ok).toBe(false)
    expect(mayReduce({ committedFen: 100, executedFen: 200, itemName: '办公费' }, 300).ok).toBe(true)
  })
})

describe('plan, budget and report', () => {
  test('cutting to a total: sums to it, nothing grows, order kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(10_000_000), { minLength: 1, maxLength: 40 }),
        fc.nat(400_000_000),
        (amounts, total) => {
          const shares = cutToTotal(amounts, total)
          const sum = amounts.reduce((a, b) => a + b, 0)
          expect(shares.reduce((a, b) => a + b, 0)).toBe(Math.min(sum, total))
          shares.forEach((share, index) => expect(share).toBeLessThanOrEqual(amounts[index] as number))
        },
      ),
    )
  })
  test('a plan comes into force only with the money finance approved (A33-4)', () => {
    expect(mayEnterIntoForce({ totalFen: 100, approvedFen: null }).ok).toBe(false)
    expect(mayEnterIntoForce({ totalFen: 100, approvedFen: 90 }).ok).toBe(false)
    expect(mayEnterIntoForce({ totalFen: 90, approvedFen: 90 }).ok).toBe(true)
  })
  test('PLAN-R17, R18 due on 31 March and 30 June of the next year (A36-1, A36-2)', () => {
    expect(reportDueOn('organ', 2026)).toBe('2027-03-31')
    expect(reportDueOn('consolidated', 2026)).toBe('2027-06-30')
  })
  test('PLAN-R18 no sending without the copy to finance', () => {
    expect(maySendConsolidated(false, true).ok).toBe(false)
    expect(maySendConsolidated(true, false).ok).toBe(false)
    expect(maySendConsolidated(true, true).ok).toBe(true)
  })
  test('PLAN-R19 a report 0.01 万元 off passes, more does not', () => {
    expect(checkTotals({ plannedFen: 1_000_000, executedFen: 0 }, { plannedFen: 1_010_000, executedFen: 0 })).toEqual(
      [],
    )
    expect(
      rules(checkTotals({ plannedFen: 1_000_000, executedFen: 0 }, { plannedFen: 1_010_001, executedFen: 0 })),
    ).toEqual(['PLAN-R19 block'])
  })
  test('PLAN-T17, PLAN-R20 parts within 0.05 万元 of the total pass', () => {
    expect(
      checkThreePublic({
        totalFen: 262_000_000,
        abroadFen: 181_760_000,
        vehiclesFen: 57_060_000,
        receptionFen: 23_170_000,
      })[0]?.outcome,
    ).toBe('ok')
    expect(
      checkThreePublic({
        totalFen: 262_050_001,
        abroadFen: 181_760_000,
        vehiclesFen: 57_060_000,
        receptionFen: 23_170_000,
      })[0]?.outcome,
    ).toBe('block')
  })
  test('execution rate in basis points, none without a plan', () => {
    expect(executionRateBp(0, 5)).toBeNull()
    expect(executionRateBp(300, 200)).toBe(6667)
  })
})
