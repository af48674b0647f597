import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInNotices } from './calendar-notices.ts'
import { isWorkday, makeCalendar } from './calendar.ts'
import { daysLeft, isOverdue, reminderDates, statutoryDeadline } from './deadline.ts'
import { addDays, dayNumber, localDateOf } from './local-date.ts'

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
