import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#kernel/pure/local-date.ts'
import { mayOpenCycle } from '../../rules/cycle.ts'
import { usualCalendar } from './usual-calendar.ts'

describe('PLAN-R10 dates to begin a year with', () => {
  it('are June to September of the year before, while that is to come', () => {
    expect(usualCalendar(2027, '2026-03-02')).toEqual({
      demandOpensOn: '2026-06-01',
      demandClosesOn: '2026-06-30',
      reviewUntil: '2026-08-15',
      planUntil: '2026-09-30',
    })
  })

  it('can be used as they are on any day of the year before', () =>
    fc.assert(
      fc.property(fc.integer({ min: 2026, max: 2060 }), fc.nat(364), (year, day) => {
        const today = addDays(`${year - 1}-01-01`, day)
        expect(mayOpenCycle(year, usualCalendar(year, today), today)).toEqual({ ok: true })
      }),
    ))
})
