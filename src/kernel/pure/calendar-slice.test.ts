import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeCalendar } from './calendar.ts'
import { builtInNotices } from './calendar-notices.ts'
import { calendarOfSlice, calendarSlice } from './calendar-slice.ts'
import { statutoryDeadline } from './deadline.ts'
import { addDays } from './local-date.ts'

const calendar = makeCalendar(builtInNotices, [
  {
    jurisdictionCode: '140000',
    daysOff: ['2026-11-25'],
    workdays: [],
    reason: '全省活动',
    citation: '晋政办发〔2026〕9号',
  },
  { jurisdictionCode: '140100', daysOff: [], workdays: ['2026-11-28'], reason: '调整', citation: '并政发〔2026〕3号' },
])

test('A35-2 property: a term counted on the kept slice, read back from JSON, ends as on the whole calendar', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: 0, max: 40 }),
      fc.constantFrom('140000', '140100', '140121', '150000'),
      (offset, count, region) => {
        const from = addDays('2025-01-01', offset)
        const duration = { unit: 'workdays', count } as const
        const whole = statutoryDeadline({ from, duration, calendar, region })
        const kept = JSON.parse(JSON.stringify(calendarSlice(calendar, from, whole.dueOn, region)))
        expect(statutoryDeadline({ from, duration, calendar: calendarOfSlice(kept) })).toEqual(whole)
      },
    ),
  )
})
