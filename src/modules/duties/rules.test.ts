import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { makeCalendar } from '#kernel/pure/calendar.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import { opinionCase } from '#modules/consultation/cases.ts'
import { adjustmentCase, demandCase } from '#modules/plans/cases.ts'
import { dutyStates, type StatutoryTerm } from './model.ts'
import { termOf } from './reference/terms.ts'
import { dutyCases, excusedMoves } from './rules/duty-cases.ts'
import { dutyEvent, levelEvent } from './rules/events.ts'
import { calendarText, escaped, folded, type CalendarEvent } from './rules/ical.ts'
import { daysToLast, dutyStateOf, nearDay, reckoningOf, reminderDaysOf, reminderDue } from './rules/reckoning.ts'
import { mayRemind } from './rules/reminding.ts'
import { lateWords, leftWords } from './rules/wording.ts'

const calendar = makeCalendar(builtInNotices)
const filing = termOf('adjustment-filing') as StatutoryTerm
const report = termOf('organ-report') as StatutoryTerm
const duty = {
  year: null,
  countedFrom: '2026-02-13',
  dueOn: '2026-03-12',
  provisional: false,
  fulfilledOn: null as string | null,
  jurisdictionCode: '140100',
}

describe('where a duty stands', () => {
  const on = (today: string, more: Partial<typeof duty> = {}) =>
    dutyStateOf({ ...duty, ...more }, { today, near: nearDay(today, calendar) })
  it.each([
    ['2026-03-06', 'coming'], // four working days are left
    ['2026-03-09', 'near'],
    ['2026-03-12', 'near'],
    ['2026-03-13', 'overdue'],
  ])('on %s it is %s', (today, state) => expect(on(today)).toBe(state))
  it('a Saturday after the third working day is as near as that day', () =>
    expect(
      dutyStateOf({ ...duty, dueOn: '2026-03-14' }, { today: '2026-03-10', near: nearDay('2026-03-10', calendar) }),
    ).toBe('near'))
  it('CAL-R01 a date that may still move is never late', () => {
    expect(on('2026-06-01', { provisional: true })).toBe('near')
    expect(on('2026-06-01', { provisional: true, fulfilledOn: '2026-05-01' })).toBe('done')
  })
  it('PLAN-T13 what was done on the last day is in time, on the day after late, and stays so', () => {
    expect(on('2026-12-01', { fulfilledOn: '2026-03-12' })).toBe('done')
    expect(on('2026-12-01', { fulfilledOn: '2026-03-13' })).toBe('done-late')
    expect(daysToLast({ ...duty, fulfilledOn: '2026-03-13' }, filing, '2026-12-01', calendar)).toBe(-1)
  })
  it('a day off after the last day is late by one all the same', () =>
    expect(daysToLast({ ...duty, dueOn: '2026-03-13' }, filing, '2026-03-14', calendar)).toBe(-1))
  it('is exactly one of the five, and never goes back from done', () =>
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.option(fc.nat(60)), fc.boolean(), (due, now, done, provisional) => {
        const day = (offset: number) => addDays('2026-03-01', offset)
        const facts = { ...duty, dueOn: day(due), fulfilledOn: done === null ? null : day(done), provisional }
        const state = on(day(now), facts)
        expect(dutyStates).toContain(state)
        expect(state.startsWith('done')).toBe(done !== null)
        if (state === 'overdue' || state === 'done-late') expect(provisional).toBe(false)
      }),
    ))
})

describe('how the last day was counted', () => {
  it('A35-2 names the days left out, then the arithmetic', () => {
    const { explanation, steps } = reckoningOf(duty, filing, calendar)
    expect(explanation).toContain('第15个工作日为2026年3月12日')
    expect(steps.at(-1)).toEqual({ label: '期限', expression: '2026-02-13 + 15个工作日', result: '2026-03-12' })
  })
  it('says when the calendar has moved since and the certain day was kept', () =>
    expect(reckoningOf({ ...duty, dueOn: '2026-03-13' }, filing, calendar).explanation).toContain(
      '按当时的放假安排确定为2026年3月13日',
    ))
  it('A36-1 tells the fixed date and its last reminder', () => {
    const yearly = { ...duty, year: 2025, countedFrom: null, dueOn: '2026-03-31' }
    expect(reckoningOf(yearly, report, calendar).steps.at(-1)?.result).toBe('2026-03-31')
    expect(reminderDaysOf(yearly, report, calendar)).toEqual(['2026-02-28', '2026-03-13', '2026-03-31'])
  })
  it('A32-1 a window is by the calendar of the year', () =>
    expect(
      reckoningOf({ ...duty, countedFrom: null }, termOf('demand-window') as StatutoryTerm, calendar).explanation,
    ).toBe('由年度周期日程的申报截止日确定，最后一日为2026年3月12日。'))
})

describe('reminders', () => {
  const days = ['2026-02-28', '2026-03-13', '2026-03-31']
  it('one goes out for the latest date reached, and once', () => {
    expect(reminderDue(days, [], '2026-02-27')).toBeNull()
    expect(reminderDue(days, [], '2026-02-28')).toBe('2026-02-28')
    expect(reminderDue(days, ['2026-02-28'], '2026-03-12')).toBeNull()
    expect(reminderDue(days, [], '2026-03-20')).toBe('2026-03-13')
    expect(reminderDue(days, ['2026-03-13'], '2026-03-31')).toBe('2026-03-31')
  })
  it('A39-1 supervision reminds of what is late or near, once a day', () => {
    for (const state of dutyStates)
      expect([state, mayRemind({ state, remindedToday: false }).ok]).toEqual([
        state,
        state === 'near' || state === 'overdue',
      ])
    expect(mayRemind({ state: 'overdue', remindedToday: true })).toMatchObject({
      refusals: [{ code: 'reminded-today' }],
    })
  })
})

describe('cases as duties', () => {
  it('every state in which somebody acts, with its term', () => {
    const cases = dutyCases([adjustmentCase])
    expect(cases.find(({ state }) => state === 'made')).toMatchObject({ term: 'adjustment-filing', party: 'applicant' })
    expect(cases.find(({ state }) => state === 'awaiting-finance')).toMatchObject({ term: null, party: 'finance' })
    expect(cases.some(({ state }) => state === 'received')).toBe(false)
  })
  it('taking back is no dealing with, nor is what others do', () => {
    expect(excusedMoves([demandCase, adjustmentCase])).toEqual([
      'plans.demand submitted withdraw',
      'plans.adjustment made withdraw',
      'plans.adjustment returned withdraw',
      'plans.adjustment objected withdraw',
    ])
    expect(excusedMoves([opinionCase])).toContain('consultation.opinion waiting lapse')
  })
})

describe('words', () => {
  it('say how late, and what is left', () => {
    expect(lateWords({ left: -3, unit: 'workdays', state: 'overdue' })).toBe('逾期3个工作日')
    expect(lateWords({ left: -1, unit: 'calendar-days', state: 'done-late' })).toBe('迟1天')
    expect(leftWords({ left: 0, unit: 'workdays', state: 'near' })).toBe('今日到期')
    expect(leftWords({ left: 5, unit: 'workdays', state: 'coming' })).toBe('剩5个工作日')
  })
})

const octets = (text: string) => new TextEncoder().encode(text).length
const event: CalendarEvent = {
  uid: 'case:1:made:2@duties.yunbao',
  on: '2026-03-12',
  summary: '计划调整备案',
  description: '最后一日：2026年3月12日',
  category: '临近',
  alarmDaysBefore: [3, 0],
}

describe('iCalendar (RFC 5545)', () => {
  it('an all-day event with alarms, line by line', () => {
    const text = calendarText({ name: '法定时限', stampedOn: '2026-03-01', events: [event] })
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(text.split('\r\n').slice(8)).toEqual([
      'BEGIN:VEVENT',
      'UID:case:1:made:2@duties.yunbao',
      'DTSTAMP:20260301T000000Z',
      'DTSTART;VALUE=DATE:20260312',
      'DTEND;VALUE=DATE:20260313',
      'SUMMARY:计划调整备案',
      'DESCRIPTION:最后一日：2026年3月12日',
      'CATEGORIES:临近',
      'TRANSP:TRANSPARENT',
      'CLASS:PRIVATE',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:计划调整备案',
      'TRIGGER:-P2DT15H',
      'END:VALARM',
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'DESCRIPTION:计划调整备案',
      'TRIGGER:PT9H',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ])
  })
  it('the same content on the same day is the same text; a month end has its next day', () => {
    const of = () => calendarText({ name: '法', stampedOn: '2026-03-01', events: [{ ...event, on: '2026-02-28' }] })
    expect(of()).toBe(of())
    expect(of()).toContain('DTEND;VALUE=DATE:20260301')
  })
  it('text is written out so that nothing in it ends a property', () => {
    expect(escaped('甲,乙;丙\\丁\n戊')).toBe('甲\\,乙\\;丙\\\\丁\\n戊')
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('法', 'n', ',', ';', '\\', '\n', '\r'), maxLength: 60 }),
        (text) => {
          const value = escaped(text)
          expect(value).not.toMatch(/[\r\n]/)
          expect(value.replace(/\\[\\;,n]/g, '')).not.toMatch(/[\\;,]/)
        },
      ),
    )
  })
  it('no line is longer than 75 octets, no character is cut, and unfolding gives the line back', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('法', 'a', 'é', '𠮷', '，', ' '), maxLength: 400 }), (line) => {
        const text = folded(line)
        for (const part of text.split('\r\n')) expect(octets(part)).toBeLessThanOrEqual(75)
        expect(text.replaceAll('\r\n ', '')).toBe(line)
      }),
    ))
  it('a duty tells what and until when, and marks what is late or may move', () => {
    const told = {
      key: 'organ-report:2025:x',
      term: 'organ-report',
      title: '2025年度计划执行情况报告',
      fulfilledOn: null,
    }
    const days = { today: '2026-04-01', near: '2026-04-08' }
    expect(dutyEvent({ ...told, dueOn: '2026-03-31', provisional: false }, days)).toMatchObject({
      uid: 'organ-report:2025:x@duties.yunbao',
      summary: '【逾期】报送执行情况报告',
      alarmDaysBefore: [],
    })
    expect(dutyEvent({ ...told, dueOn: '2026-06-30', provisional: true }, days).summary).toBe(
      '报送执行情况报告（暂定）',
    )
  })
  it('a level is told in numbers, one event for a term and a day', () => {
    const count = {
      dueOn: '2026-03-31',
      term: 'organ-report',
      state: 'overdue' as const,
      count: 12,
      provisional: false,
    }
    expect(levelEvent(count, '140100')).toMatchObject({ summary: '【逾期】本级报送执行情况报告：12件' })
  })
})
