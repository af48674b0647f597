import chineseDays from 'chinese-days'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInNotices, type CalendarNotice } from './calendar-notices.ts'
import {
  addWorkdays,
  dayOf,
  isProvisional,
  isWorkday,
  lastWorkdayUpTo,
  makeCalendar,
  workdaysBetween,
  type CalendarOverride,
} from './calendar.ts'
import { addDays, dayNumber, daysBetween, datesFrom, localDateOf, weekdayOf } from './local-date.ts'
import { statutoryDays } from './statutory-days.ts'

const calendar = makeCalendar(builtInNotices)
const years = [2020, 2021, 2022, 2023, 2024, 2025, 2026]
const datesOf = (year: number) => datesFrom(`${year}-01-01`, `${year}-12-31`)
const someDate = fc
  .integer({ min: dayNumber('2019-06-01'), max: dayNumber('2028-12-31') })
  .map((n) => addDays('1970-01-01', n))

describe('working days of the published years', () => {
  it.each([
    ['2026-01-04', true],
    ['2026-02-14', true],
    ['2026-02-20', false],
    ['2026-09-20', true],
    ['2026-10-10', true],
  ])('CAL-T01 %s is a working day: %s', (date, expected) => expect(isWorkday(date, calendar)).toBe(expected))

  it.each([
    [2020, 249],
    [2021, 250],
    [2022, 249],
    [2023, 249],
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])('CAL-T02 %i has %i working days', (year, expected) =>
    expect(datesOf(year).filter((date) => isWorkday(date, calendar))).toHaveLength(expected),
  )

  it.each([
    [2020, '17 20 22 22 19 21 23 21 23 17 21 23'],
    [2021, '20 17 23 22 19 21 22 22 22 17 22 23'],
    [2022, '21 16 23 21 20 21 21 23 21 18 22 22'],
    [2023, '18 20 23 20 21 21 21 23 20 19 22 21'],
    [2024, '22 18 21 22 21 19 23 22 21 19 21 22'],
    [2025, '19 19 21 22 19 20 23 21 23 18 20 23'],
    [2026, '21 16 22 21 19 21 23 21 22 18 21 23'],
  ])('the months of %i have the working days the facts list', (year, expected) => {
    const counts = Array.from(
      { length: 12 },
      (_, month) =>
        datesOf(year).filter((date) => Number(date.slice(5, 7)) === month + 1 && isWorkday(date, calendar)).length,
    )
    expect(counts.join(' ')).toBe(expected)
  })

  it.each(years)('every day of %i agrees with an independent source', (year) => {
    const differing = datesOf(year).filter((date) => isWorkday(date, calendar) !== chineseDays.isWorkday(date))
    expect(differing).toEqual([])
  })
})

describe('adding working days', () => {
  it.each([
    ['CAL-T04', '2026-09-30', 1, '2026-10-08'],
    ['CAL-T05', '2026-09-24', 3, '2026-09-30'],
    ['CAL-T07', '2022-01-21', 15, '2022-02-16'],
    ['CAL-T08', '2021-09-17', 15, '2021-10-14'],
    ['2020 after the extension', '2020-01-17', 15, '2020-02-14'],
  ])('%s: %s + %i = %s', (_, from, count, expected) => expect(addWorkdays(from, count, calendar)).toBe(expected))

  it('CAL-R04 the first day never counts, be it a working day or not', () => {
    expect(addWorkdays('2026-03-09', 1, calendar)).toBe('2026-03-10')
    expect(addWorkdays('2026-03-08', 1, calendar)).toBe('2026-03-09')
    expect(addWorkdays('2026-03-08', 0, calendar)).toBe('2026-03-08')
  })

  it('lands on a working day and counts back to n', () =>
    fc.assert(
      fc.property(someDate, fc.integer({ min: 1, max: 60 }), (from, count) => {
        const due = addWorkdays(from, count, calendar)
        expect(isWorkday(due, calendar)).toBe(true)
        expect(workdaysBetween(from, due, calendar)).toBe(count)
        expect(workdaysBetween(due, from, calendar)).toBe(-count)
      }),
    ))

  it('agrees with an independent source on any start and count within the published years', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: dayNumber('2020-01-01'), max: dayNumber('2026-10-01') }),
        fc.integer({ min: 1, max: 40 }),
        (start, count) => {
          const from = addDays('1970-01-01', start)
          expect(addWorkdays(from, count, calendar)).toBe(chineseDays.findWorkday(count, from))
        },
      ),
    ))

  it('a later start never ends earlier', () =>
    fc.assert(
      fc.property(
        someDate,
        fc.nat(90),
        fc.integer({ min: 1, max: 30 }),
        (from, later, count) =>
          addWorkdays(addDays(from, later), count, calendar) >= addWorkdays(from, count, calendar),
      ),
    ))

  it('refuses to count backwards, and a calendar without working days', () => {
    expect(() => addWorkdays('2026-03-09', -1, calendar)).toThrow(RangeError)
    const closed: CalendarNotice = {
      year: 2026,
      document: '测试〔2026〕1号',
      issuedOn: '2025-11-04',
      holidays: [{ name: '停', from: '2026-01-01', to: '2026-12-31' }],
    }
    expect(() => addWorkdays('2026-03-09', 1, makeCalendar([closed]))).toThrow(RangeError)
  })

  it('PLAN-T19 the reminder of Sunday 2024-06-30 goes out on Friday 2024-06-28', () => {
    expect(lastWorkdayUpTo('2024-06-30', calendar)).toBe('2024-06-28')
    expect(lastWorkdayUpTo('2026-03-31', calendar)).toBe('2026-03-31')
  })
})

describe('years without a notice', () => {
  it('CAL-R01 are provisional: weekends and statutory days only', () => {
    expect(isProvisional('2026-12-31', calendar)).toBe(false)
    expect(isProvisional('2027-01-04', calendar)).toBe(true)
    expect(dayOf('2027-01-01', calendar)).toMatchObject({ kind: 'holiday', name: '元旦', provisional: true })
    expect(dayOf('2027-02-05', calendar)).toMatchObject({ kind: 'holiday', name: '春节', provisional: true })
    expect(dayOf('2027-02-09', calendar)).toMatchObject({ kind: 'workday', provisional: true })
    expect(dayOf('2027-05-02', calendar).kind).toBe('holiday')
  })

  it('a year beyond the lunar table keeps its fixed days', () =>
    expect([...statutoryDays(2090).keys()]).toEqual([
      '2090-01-01',
      '2090-05-01',
      '2090-05-02',
      '2090-10-01',
      '2090-10-02',
      '2090-10-03',
    ]))

  it.each(Array.from({ length: 21 }, (_, index) => 2020 + index))(
    'lunar days of %i agree with an independent computation',
    (year) => {
      const days = statutoryDays(year)
      const solar = (monthDay: string) => chineseDays.getSolarDateFromLunar(`${year}-${monthDay}`).date
      const tombs = chineseDays.getSolarTerms(`${year}-04-01`, `${year}-04-10`).find(({ name }) => name === '清明')
      expect(days.get(solar('01-01'))).toBe('春节')
      expect(days.get(solar('05-05'))).toBe('端午节')
      expect(days.get(solar('08-15'))).toMatch('中秋节')
      expect(days.get(tombs?.date ?? '')).toBe('清明节')
      const coinciding = [...days.values()].filter((name) => name.includes('、')).length
      expect(days.size + coinciding).toBe(year >= 2025 ? 13 : 11)
    },
  )

  it.each(years)('every statutory day of %i is off in its notice', (year) =>
    expect([...statutoryDays(year).keys()].filter((date) => isWorkday(date, calendar))).toEqual([]),
  )
})

describe('local exceptions', () => {
  const county: CalendarOverride = {
    jurisdictionCode: '140121',
    daysOff: ['2026-07-20'],
    workdays: ['2026-07-25'],
    reason: '暴雨停止办公',
    citation: '清政办发〔2026〕9号',
  }
  const city: CalendarOverride = {
    ...county,
    jurisdictionCode: '140100',
    daysOff: ['2026-07-21'],
    workdays: ['2026-07-20'],
  }
  const local = makeCalendar(builtInNotices, [city, county])

  it('count in their jurisdiction and below, the nearest first, and nowhere else', () => {
    expect(dayOf('2026-07-20', local, '140121')).toMatchObject({ kind: 'local-day-off', source: county.citation })
    expect(isWorkday('2026-07-21', local, '140121')).toBe(false)
    expect(isWorkday('2026-07-20', local, '140100')).toBe(true)
    expect(isWorkday('2026-07-21', local, '140200')).toBe(true)
    expect(isWorkday('2026-07-21', local)).toBe(true)
    expect(addWorkdays('2026-07-17', 4, local, '140121')).toBe('2026-07-25')
  })
})

describe('dates', () => {
  it('weekdays and ranges agree with the platform', () =>
    fc.assert(
      fc.property(someDate, fc.nat(400), (date, days) => {
        expect(weekdayOf(date) % 7).toBe(new Date(`${date}T00:00:00Z`).getUTCDay())
        const dates = datesFrom(date, addDays(date, days))
        expect(dates).toHaveLength(days + 1)
        expect(daysBetween(date, dates.at(-1) ?? '')).toBe(days)
        expect(dates.at(-1)).toBe(new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10))
      }),
    ))

  it('an instant belongs to its day in Asia/Shanghai', () => {
    expect(localDateOf(new Date('2026-03-12T15:59:59Z'))).toBe('2026-03-12')
    expect(localDateOf(new Date('2026-03-12T16:00:00Z'))).toBe('2026-03-13')
  })
})
