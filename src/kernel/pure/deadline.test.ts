import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInNotices } from './calendar-notices.ts'
import { addWorkdays, isWorkday, makeCalendar } from './calendar.ts'
import {
  daysLeft,
  isOverdue,
  reminderDates,
  statutoryDeadline,
  yearlyDate,
  yearlyDeadline,
  yearlyReminders,
} from './deadline.ts'
import { addDays, addMonths, dayNumber, localDateOf } from './local-date.ts'

const calendar = makeCalendar(builtInNotices)
const filing = { unit: 'workdays', count: 15 } as const

describe('15 working days to file an adjustment (A35-2, PLAN-R13)', () => {
  it.each([
    ['PLAN-T01', '2026-02-06', '2026-03-05'],
    ['PLAN-T02', '2026-02-13', '2026-03-12'],
    ['PLAN-T04', '2026-09-18', '2026-10-15'],
    ['PLAN-T05', '2026-09-30', '2026-10-27'],
    ['PLAN-T07', '2025-09-26', '2025-10-23'],
    ['PLAN-T08', '2025-01-24', '2025-02-20'],
    ['PLAN-T10', '2025-12-31', '2026-01-22'],
    ['PLAN-T11', '2023-09-22', '2023-10-19'],
  ])('%s: adjusted on %s, file by %s', (_, from, dueOn) =>
    expect(statutoryDeadline({ from, duration: filing, calendar })).toMatchObject({ dueOn, provisional: false }),
  )

  it('PLAN-T02 the explanation names the days left out and the make-up days counted', () => {
    const { explanation, exceptions } = statutoryDeadline({ from: '2026-02-13', duration: filing, calendar })
    expect(explanation).toBe(
      '2026年2月13日起15个工作日：当日不计，春节放假2月16日至2月20日、2月23日（6天）不计，春节调休上班2月14日、2月28日计入，第15个工作日为2026年3月12日。',
    )
    expect(exceptions.map(({ date }) => date)).toEqual([
      '2026-02-14',
      '2026-02-16',
      '2026-02-17',
      '2026-02-18',
      '2026-02-19',
      '2026-02-20',
      '2026-02-23',
      '2026-02-28',
    ])
  })

  it('PLAN-T13 filed on 2026-03-12 at 23:10 is in time, at 00:05 of the 13th late by 1 working day', () => {
    const due = statutoryDeadline({ from: '2026-02-13', duration: filing, calendar })
    const inTime = localDateOf(new Date('2026-03-12T23:10:00+08:00'))
    const late = localDateOf(new Date('2026-03-13T00:05:00+08:00'))
    expect([isOverdue(inTime, due), daysLeft(inTime, due.dueOn, calendar)]).toEqual([false, 0])
    expect([isOverdue(late, due), daysLeft(late, due.dueOn, calendar)]).toEqual([true, -1])
  })

  it('PLAN-R14 reminders fall on working days 10, 13, 15 and 16 of the count', () =>
    expect(reminderDates({ from: '2026-02-13', duration: filing, calendar }, [10, 13, 15, 16])).toEqual([
      '2026-03-05',
      '2026-03-10',
      '2026-03-12',
      '2026-03-13',
    ]))

  it('CAL-R01 a count that enters a year without notice is provisional and never late by itself', () => {
    const due = statutoryDeadline({ from: '2026-12-20', duration: filing, calendar })
    expect(due).toMatchObject({ dueOn: '2027-01-11', provisional: true })
    expect(due.explanation).toContain('暂定：2027年')
    expect(isOverdue('2027-02-01', due)).toBe(false)
    expect(statutoryDeadline({ from: '2026-12-10', duration: filing, calendar }).provisional).toBe(false)
  })

  it('a local day off moves the last day there only', () => {
    const local = makeCalendar(builtInNotices, [
      {
        jurisdictionCode: '140121',
        daysOff: ['2026-03-11'],
        workdays: [],
        reason: '大雪停止办公',
        citation: '清政办发〔2026〕3号',
      },
    ])
    const there = statutoryDeadline({ from: '2026-02-13', duration: filing, calendar: local, region: '140121' })
    expect(there.dueOn).toBe('2026-03-13')
    expect(there.explanation).toContain('大雪停止办公本地放假3月11日（1天）不计')
    expect(statutoryDeadline({ from: '2026-02-13', duration: filing, calendar: local, region: '140100' }).dueOn).toBe(
      '2026-03-12',
    )
  })
})

describe('calendar days (CAL-R05)', () => {
  it('count every day', () =>
    expect(
      statutoryDeadline({ from: '2026-03-02', duration: { unit: 'calendar-days', count: 20 }, calendar }).dueOn,
    ).toBe('2026-03-23'))

  it('that end on a day off end on the next working day (Civil Code Art. 203)', () => {
    const due = statutoryDeadline({ from: '2026-09-12', duration: { unit: 'calendar-days', count: 20 }, calendar })
    expect(due.dueOn).toBe('2026-10-08')
    expect(due.explanation).toContain('第20天为2026年10月2日，该日为休息日，顺延至2026年10月8日')
  })

  it('never end on a day off, nor before their count', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: dayNumber('2020-01-01'), max: dayNumber('2027-06-01') }),
        fc.integer({ min: 1, max: 90 }),
        (start, count) => {
          const from = addDays('1970-01-01', start)
          const { dueOn } = statutoryDeadline({ from, duration: { unit: 'calendar-days', count }, calendar })
          expect(dueOn >= addDays(from, count)).toBe(true)
          expect(isWorkday(dueOn, calendar)).toBe(true)
        },
      ),
    ))
})

it('the explanation accounts for every day between start and end', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: dayNumber('2020-01-01'), max: dayNumber('2026-11-01') }),
      fc.integer({ min: 1, max: 40 }),
      (start, count) => {
        const from = addDays('1970-01-01', start)
        const { dueOn, exceptions } = statutoryDeadline({ from, duration: { unit: 'workdays', count }, calendar })
        const plainWeekdays = Array.from(
          { length: dayNumber(dueOn) - start },
          (_, index) => (start + index + 4) % 7,
        ).filter((weekday) => weekday < 5).length
        const off = exceptions.filter(({ kind }) => kind === 'holiday').length
        const made = exceptions.filter(({ kind }) => kind === 'make-up-workday').length
        expect(plainWeekdays - off + made).toBe(count)
      },
    ),
  ))

describe('terms in months (《民法典》 Art. 202)', () => {
  const months = (count: number) => ({ unit: 'months', count }) as const
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-03-31', 3, '2026-06-30'],
    ['2026-03-10', -3, '2025-12-10'],
  ])('%s and %i months is %s', (from, count, expected) => expect(addMonths(from, count)).toBe(expected))

  it('a month that is too short ends on its last day, and the explanation says so', () => {
    const due = statutoryDeadline({ from: '2026-01-31', duration: months(1), calendar })
    expect(due.dueOn).toBe('2026-02-28') // a Saturday that is worked 调休上班
    expect(due.explanation).toBe('2026年1月31日起1个月：当日不计，1个月后没有对应日，以月末日2026年2月28日为最后一日。')
  })

  it('end on the next working day when the day is off, and on the day itself when taken strictly', () => {
    const term = { from: '2026-03-10', duration: months(2), calendar }
    expect(statutoryDeadline(term).dueOn).toBe('2026-05-11')
    const strict = statutoryDeadline({ ...term, strict: true })
    expect(strict.dueOn).toBe('2026-05-10')
    expect(strict.explanation).toContain('该日为休息日，从严掌握不顺延，最迟的工作日为2026年5月9日')
  })

  const anyDay = fc.integer({ min: dayNumber('2020-01-01'), max: dayNumber('2026-06-01') })
  const dayFrom = (number: number) => addDays('1970-01-01', number)
  it('never leave the month counted to, and keep the day where there is one', () =>
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 60 }), (start, count) => {
        const from = dayFrom(start)
        const to = addMonths(from, count)
        const monthOf = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7))
        expect(monthOf(to) - monthOf(from)).toBe(count)
        if (to.slice(8) !== from.slice(8)) {
          expect(to.slice(8) < from.slice(8)).toBe(true)
          expect(addDays(to, 1).slice(8)).toBe('01')
        }
      }),
    ))

  it('a later start or a longer count never ends earlier, whatever the unit', () =>
    fc.assert(
      fc.property(
        anyDay,
        fc.nat(40),
        fc.integer({ min: 1, max: 24 }),
        fc.constantFrom('workdays', 'calendar-days', 'months'),
        fc.boolean(),
        (start, later, count, unit, strict) => {
          const due = (from: string, of: number) =>
            statutoryDeadline({ from, duration: { unit, count: of }, calendar, strict }).dueOn
          expect(due(dayFrom(start + later), count) >= due(dayFrom(start), count)).toBe(true)
          expect(due(dayFrom(start), count + 1) >= due(dayFrom(start), count)).toBe(true)
        },
      ),
    ))

  it('working days left undo the count', () =>
    fc.assert(
      fc.property(anyDay, fc.nat(60), (start, count) => {
        const from = dayFrom(start)
        expect(daysLeft(from, addWorkdays(from, count, calendar), calendar)).toBe(count)
      }),
    ))
})

describe('dates of every year', () => {
  const march = { month: 3, day: 31, of: 'year-after' } as const
  const june = { month: 6, day: 30, of: 'year-after' } as const
  it('PLAN-T19 the consolidated report on 2023 is due on Sunday 2024-06-30 all the same; Friday 2024-06-28 is when to remind', () => {
    const due = yearlyDeadline(june, { year: 2023, calendar })
    expect(due).toMatchObject({ dueOn: '2024-06-30', remindOn: '2024-06-28', provisional: false })
    expect(due.explanation).toBe(
      '2023年度，最后一日为次年6月30日：2024年6月30日为休息日，固定日期不顺延，之前最后一个工作日为2024年6月28日。',
    )
  })
  it('PJ case 8 (2.5): the report on 2026 is due on 2027-03-31, the summary on 2027-06-30', () => {
    expect(yearlyDate(march, 2026)).toBe('2027-03-31')
    expect(yearlyDate(june, 2026)).toBe('2027-06-30')
    expect(yearlyDeadline(march, { year: 2026, calendar }).explanation).toContain('最后一个工作日为推算')
  })
  it('PLAN-R17 reminders of 1 March, 15 March and the last of March 2026 go out on working days', () =>
    // 1 March 2026 is a Sunday after a worked Saturday, 15 March a Sunday.
    expect(
      yearlyReminders(
        [
          { month: 3, day: 1, of: 'year-after' },
          { month: 3, day: 15, of: 'year-after' },
          { month: 3, day: 31, of: 'year-after' },
        ],
        { year: 2025, calendar },
      ),
    ).toEqual(['2026-02-28', '2026-03-13', '2026-03-31']))
  it('the reminder is a working day and never after the hard date', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 2020, max: 2030 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
        fc.constantFrom('year', 'year-after'),
        (year, month, day, of) => {
          const { dueOn, remindOn } = yearlyDeadline({ month, day, of }, { year, calendar })
          expect(remindOn <= dueOn).toBe(true)
          expect(isWorkday(remindOn, calendar)).toBe(true)
          for (const between of [1, 2, 3].map((days) => addDays(remindOn, days)).filter((date) => date <= dueOn))
            expect(isWorkday(between, calendar)).toBe(false)
        },
      ),
    ))
})
