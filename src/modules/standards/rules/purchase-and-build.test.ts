import { describe, expect, it } from 'vitest'
import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { makeCalendar } from '#kernel/pure/calendar.ts'
import { tableOn, testTable } from '../testing/table.ts'
import { afterAcceptance, checkApprover, checkEstimate, checkTender, permitNeeded } from './construction.ts'
import { figureFor } from './in-force.ts'
import {
  checkIntention,
  checkServiceYears,
  checkSmallShare,
  checkSplitting,
  checkSupplement,
  purchaseMethod,
} from './procurement.ts'
import { monthsLater, termEnd, yearsLater } from './terms.ts'

const calendar = makeCalendar(builtInNotices)
const term = (code: string, from: string) => termEnd(figureFor(testTable, code, 'term').value, from, calendar)
const yuan = (amount: number) => amount * 100

describe('A11-2 procurement', () => {
  it.each([
    [
      'PRO-T01: 25 chairs at a county, furniture is in the catalogue',
      'county',
      'goods',
      '家具用具',
      20_000,
      'centralised',
      false,
    ],
    ['PRO-T02: legal advice of 180,000 at a city', 'city', 'services', null, 180_000, 'internal', false],
    ['at the limit of a city', 'city', 'services', null, 300_000, 'dispersed', false],
    ['below the limit of the province', 'province', 'services', null, 499_999, 'internal', false],
    ['open tender figure', 'province', 'services', null, 2_000_000, 'dispersed', true],
    ['works below their limit', 'county', 'works', null, 599_999, 'internal', false],
    ['works at the limit', 'county', 'works', null, 600_000, 'dispersed', false],
    ['works at the tender line', 'county', 'works', null, 4_000_000, 'tendering', false],
  ] as const)('%s', (_, level, kind, catalogueItem, amount, expected, openTender) => {
    const method = purchaseMethod(testTable, { level, kind, catalogueItem, amountFen: yuan(amount) })
    expect([method.class, method.openTender]).toEqual([expected, openTender])
  })

  it('PRO-T07, PRO-R04: the fourth repair of the year makes 2,060,000 and is splitting', () => {
    const repairs = [390_000, 420_000, 610_000, 640_000].map(yuan)
    expect(checkSplitting(testTable, repairs.slice(0, 3)).outcome).toBe('ok')
    expect(checkSplitting(testTable, repairs)).toMatchObject({ rule: 'PRO-R04', outcome: 'block' })
  })

  it.each([
    ['2026-05-06', 'ok'],
    ['2026-05-05', 'block'],
  ])('PRO-T04: intention of 2026-04-06, start on %s: %s', (startOn, outcome) =>
    expect(checkIntention(testTable, { publishedOn: '2026-04-06', startOn }).outcome).toBe(outcome),
  )

  it('PRO-T05: award 2026-09-21, contract 2026-09-29: signed, public and filed in time', () => {
    expect(term('procurement.contract-signing', '2026-09-21')).toBe('2026-10-21')
    expect(term('procurement.contract-publication', '2026-09-29')).toBe('2026-10-08')
    expect(term('procurement.contract-filing', '2026-09-29')).toBe('2026-10-14')
  })

  it('PRO-T08, PRO-R11: second supplement of 40,000 makes 10.4 %, 36,000 would be the most', () => {
    const contract = { contractFen: yuan(960_000), earlierFen: yuan(60_000) }
    const finding = checkSupplement(testTable, { ...contract, supplementFen: yuan(40_000) })
    expect(finding.outcome).toBe('block')
    expect(finding.message).toContain('10.4%')
    expect(finding.message).toContain('36,000.00元')
    expect(checkSupplement(testTable, { ...contract, supplementFen: yuan(36_000) }).outcome).toBe('ok')
  })

  it('PRO-R12, PRO-R17: service contracts of three years; 30 % for small firms, 60 % of it for the smallest', () => {
    expect(checkServiceYears(testTable, 3).outcome).toBe('ok')
    expect(checkServiceYears(testTable, 4).outcome).toBe('block')
    expect(checkSmallShare(testTable, { totalFen: 1000, reservedFen: 300, microFen: 180 }).outcome).toBe('ok')
    expect(checkSmallShare(testTable, { totalFen: 1000, reservedFen: 299, microFen: 299 }).outcome).toBe('warn')
    expect(checkSmallShare(testTable, { totalFen: 1000, reservedFen: 300, microFen: 179 }).outcome).toBe('warn')
  })
})

describe('A20-1 projects', () => {
  it.each([
    ['30.8 over 28 is exactly 10 %', 30_800_000, 'ok'],
    ['30.9 over 28 is 10.357 %', 30_900_000, 'needs-approval'],
    ['one 分 above 10 %', 30_800_000.01, 'needs-approval'],
  ])('PJ case 1, PJ-05: %s', (_, budget, outcome) => {
    const finding = checkEstimate(testTable, { estimateFen: yuan(28_000_000), budgetFen: Math.round(budget * 100) })
    expect(finding.outcome).toBe(outcome)
    if (budget === 30_900_000) expect(finding.message).toContain('10.357%')
  })

  it.each([
    ['its own government', 'county-unit', 'county-government', null, 'block'],
    ['the city with a delegation', 'county-unit', 'city-government', '晋政函〔2026〕2号', 'ok'],
    ['the city without one', 'county-unit', 'city-government', null, 'block'],
    ['the province', 'county-unit', 'province-government', null, 'ok'],
    ['a city may not delegate for itself', 'city', 'city-government', '晋政函〔2026〕2号', 'block'],
    ['the provincial organ proper', 'province', 'state-council', null, 'ok'],
    ['the provincial organ proper by the province', 'province', 'province-government', null, 'block'],
  ] as const)('PJ case 2, PJ-03: approved by %s (%s)', (_, owner, approver, delegation, outcome) =>
    expect(checkApprover(testTable, { owner, approver, delegation }).outcome).toBe(outcome),
  )

  it.each([
    [280_000, 900, false],
    [310_000, 290, false],
    [310_000, 301, true],
    [300_000, 301, false],
    [310_000, 300, false],
  ])('PJ case 4, PJ-09: cost %i, %i ㎡: permit %s', (cost, areaM2, needed) =>
    expect(permitNeeded(testTable, { costFen: yuan(cost), areaM2 }).needed).toBe(needed),
  )

  it('PJ case 5, PJ-10, PJ-11: accepted 2026-04-10', () => {
    const small = { acceptedOn: '2026-04-10', investmentFen: yuan(20_000_000) }
    expect(afterAcceptance(testTable, { ...small, extended: false })).toEqual({
      filingDue: '2026-04-25',
      finalAccountDue: '2026-07-10',
      hardStop: '2027-04-10',
    })
    expect(afterAcceptance(testTable, { ...small, extended: true }).finalAccountDue).toBe('2026-09-10')
    const large = { ...small, investmentFen: yuan(30_000_000), extended: true }
    expect(afterAcceptance(testTable, large).finalAccountDue).toBe('2027-01-10')
  })

  it('PJ case 7, PJ case 8: 15 working days from Friday 2026-07-03 is 2026-07-24', () =>
    expect(term('plan.filing-workdays', '2026-07-03')).toBe('2026-07-24'))

  it.each([
    ['above the line without a number', 4_000_000, 0, null, 'block'],
    ['above the line, tendered', 4_000_000, 0, 'ZB-2026-1', 'ok'],
    ['below the line', 3_999_999, 0, null, 'ok'],
    ['several that together pass it', 2_000_000, 2_000_000, null, 'warn'],
  ])('PJ-08 works: %s', (_, contract, sameKind, tenderNumber, outcome) => {
    const facts = { part: 'works', budgetMoneyFen: yuan(5_000_000), investmentFen: yuan(10_000_000) } as const
    const given = { ...facts, contractFen: yuan(contract), sameKindFen: yuan(sameKind), tenderNumber }
    expect(checkTender(testTable, given).outcome).toBe(outcome)
    expect(checkTender(testTable, { ...given, budgetMoneyFen: yuan(1_999_999) }).outcome).toBe('ok')
    expect(checkTender(testTable, { ...given, investmentFen: yuan(50_000_001) }).outcome).toBe('ok')
  })
})

describe('A37-1 disclosure', () => {
  it('PUB-T01: 20 natural days from 2026-02-05, the holiday inside does not stop them', () =>
    expect(term('disclosure.budget', '2026-02-05')).toBe('2026-02-25'))
  it('PUB-T02: 20 working days from 2026-02-05', () =>
    expect(term('disclosure.own-motion', '2026-02-05')).toBe('2026-03-11'))
  it('PUB-T04: an application of 2025-01-22 is answered by 2025-02-25; the edition of 2007 had 15 working days', () => {
    expect(term('disclosure.answer', '2025-01-22')).toBe('2025-02-25')
    const before = figureFor(tableOn('2019-05-14'), 'disclosure.answer', 'term').value.amount
    const after = figureFor(tableOn('2019-05-15'), 'disclosure.answer', 'term').value.amount
    expect([before, after]).toEqual([15, 20])
  })
})

describe('months and years', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-05-31', 12, '2027-05-31'],
  ])('%s and %i months: %s', (date, months, expected) => expect(monthsLater(date, months)).toBe(expected))
  it('29 February becomes 28 February', () => expect(yearsLater('2024-02-29', 6)).toBe('2030-02-28'))
})
