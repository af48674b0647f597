import { describe, expect, it } from 'vitest'
import { builtInNotices, type CalendarNotice } from '#kernel/pure/calendar-notices.ts'
import { makeCalendar } from '#kernel/pure/calendar.ts'
import type { Holiday, NoticeDraft } from './model.ts'
import { missingYear, noticeFindings, overrideFindings, workdaysOf } from './rules.ts'

const today = '2026-11-23'
const draftOf = (year: number): NoticeDraft => {
  const [notice] = builtInNotices.filter((one) => one.year === year) as [CalendarNotice]
  return {
    year,
    document: notice.document,
    issuedOn: notice.issuedOn,
    holidays: notice.holidays.map(({ makeUp = [], ...rest }) => ({ ...rest, makeUp: [...makeUp] })),
  }
}
type Change = (holidays: [Holiday, ...Holiday[]]) => void
const changed = (change: Change): NoticeDraft => {
  const draft = draftOf(2026)
  change(draft.holidays as [Holiday, ...Holiday[]])
  return draft
}
const rulesOf = (draft: NoticeDraft) => noticeFindings(draft, today).map(({ rule, outcome }) => `${rule} ${outcome}`)

describe('a notice as entered', () => {
  it.each(builtInNotices.map(({ year }) => year))('that of %i has nothing wrong or odd', (year) =>
    expect(noticeFindings(draftOf(year), today)).toEqual([]),
  )

  it('CAL-R02 needs its full document number, and to have been issued', () => {
    expect(rulesOf({ ...draftOf(2026), document: '国办通知' })).toEqual(['CAL-R02 block'])
    expect(rulesOf({ ...draftOf(2026), issuedOn: '2026-11-24' })).toEqual(['CAL-R02 block'])
  })

  it.each<[string, string, Change]>([
    ['a make-up day inside the holiday', '不能又是调休上班日', ([first]) => first.makeUp.push('2026-01-03')],
    ['a weekday as make-up day', '不是周六或周日', ([first]) => first.makeUp.push('2026-01-06')],
    ['a make-up day named twice', '列了两次', ([first]) => first.makeUp.push('2026-01-04')],
    ['a make-up day of another year', '不在2026年', ([first]) => first.makeUp.push('2027-01-03')],
    [
      'a day in two holidays',
      '同时列入',
      (holidays) => holidays.push({ name: '补', from: '2026-10-07', to: '2026-10-07', makeUp: [] }),
    ],
    ['a holiday that ends before it begins', '不合理', ([first]) => void (first.to = '2025-12-31')],
    ['a holiday of a month', '不合理', ([first]) => void (first.to = '2026-01-31')],
    [
      'a holiday of another year',
      '不在2026年',
      (holidays) => holidays.push({ name: '元旦', from: '2027-01-01', to: '2027-01-01', makeUp: [] }),
    ],
  ])('CAL-R03 %s blocks', (_, words, change) => {
    const findings = noticeFindings(changed(change), today)
    expect(findings.some(({ outcome, message }) => outcome === 'block' && message.includes(words))).toBe(true)
  })

  it('CAL-R03 a statutory day left out blocks', () => {
    const [left, ...rest] = noticeFindings(
      changed((holidays) => void holidays.splice(6, 1)),
      today,
    )
    expect(left).toMatchObject({
      outcome: 'block',
      message: '法定节假日10月1日（国庆节）、10月2日（国庆节）没有列为放假。',
    })
    expect(rest).toEqual([])
  })

  it('an unusual number of working days is pointed out, and left to the second person', () => {
    const meagre = changed((holidays) => {
      holidays[1] = {
        name: '春节',
        from: '2026-02-15',
        to: '2026-02-19',
        makeUp: ['2026-02-14', '2026-02-28', '2026-03-07'],
      }
      holidays[6] = { name: '国庆节', from: '2026-10-01', to: '2026-10-03', makeUp: ['2026-09-20', '2026-10-10'] }
    })
    const findings = noticeFindings(meagre, today)
    expect(findings).toMatchObject([
      { rule: 'CAL-R02', outcome: 'warn', message: expect.stringContaining('254个工作日') },
    ])
  })
})

describe('a local exception as entered', () => {
  const calendar = makeCalendar(builtInNotices)
  const draft = {
    jurisdictionCode: '140121',
    daysOff: ['2026-07-20'],
    workdays: ['2026-07-25'],
    reason: '暴雨',
    citation: '清政办发〔2026〕9号',
  }
  it('that changes something has nothing wrong', () => expect(overrideFindings(draft, calendar)).toEqual([]))
  it.each([
    ['no day at all', { daysOff: [], workdays: [] }],
    ['a day off that is one already', { daysOff: ['2026-07-19'] }],
    ['a working day that is one already', { workdays: ['2026-07-24'] }],
    ['a day named twice', { workdays: ['2026-07-25', '2026-07-25'] }],
    ['a make-up day of the State Council', { workdays: ['2026-10-10'] }],
  ])('%s blocks', (_, change) =>
    expect(overrideFindings({ ...draft, ...change }, calendar).map(({ outcome }) => outcome)).toContain('block'),
  )

  it('counts in its jurisdiction', () => {
    const local = makeCalendar(builtInNotices, [{ ...draft, workdays: [] }])
    expect([workdaysOf(2026, local), workdaysOf(2026, local, '140121')]).toEqual([248, 247])
  })
})

describe('when the coming year is asked for', () => {
  const known = makeCalendar(builtInNotices)
  it.each([
    ['2026-10-26', null],
    ['2026-11-01', null],
    ['2026-11-02', { year: 2027, urgent: false }],
    ['2026-11-03', null],
    ['2026-12-19', null],
    ['2026-12-20', { year: 2027, urgent: true }],
    ['2027-01-01', { year: 2027, urgent: true }],
    ['2025-12-31', null],
  ])('on %s: %o', (date, expected) => expect(missingYear(date, known)).toEqual(expected))
})
