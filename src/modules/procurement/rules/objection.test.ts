import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { makeCalendar, isWorkday, workdaysBetween } from '#kernel/pure/calendar.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import type { Verdict } from '#kernel/pure/verdict.ts'
import { tableOn } from '#modules/standards/testing/table.ts'
import { purchaseStates } from '../model.ts'
import {
  checkSuspension,
  complainFrom,
  fits,
  isSuspended,
  lastDay,
  mayComplain,
  mayDecline,
  mayFollow,
  mayGoOn,
  mayRedo,
  nothingWaits,
} from './objection.ts'

const calendar = makeCalendar(builtInNotices)
const table = tableOn('2026-09-21')
const codes = (verdict: Verdict) => (verdict.ok ? [] : verdict.refusals.map(({ code }) => code))
const due = (code: string, from: string) => lastDay(calendar, '140100', table, code, from).dueOn

describe('A11-2 terms of questions and complaints, over Mid-Autumn and National Day of 2026', () => {
  test.each([
    // 25 September and 1 to 7 October are off, 20 September and 10 October are worked.
    ['procurement.question', '2026-09-21', '2026-10-08'],
    ['procurement.question-answer', '2026-09-28', '2026-10-13'],
    ['procurement.enquiry-answer', '2026-09-28', '2026-10-08'],
    ['procurement.complaint', '2026-10-13', '2026-11-03'],
    ['procurement.complaint-review', '2026-09-28', '2026-10-10'],
    ['procurement.complaint-decision', '2026-09-28', '2026-11-13'],
  ])('%s from %s ends on %s', (code, from, last) => expect(due(code, from)).toBe(last))

  it('the last day is a workday, and seven of them lie up to it', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (days) => {
        const from = addDays('2026-01-05', days)
        const last = due('procurement.question-answer', from)
        expect(isWorkday(last, calendar, '140100')).toBe(true)
        expect(workdaysBetween(from, last, calendar, '140100')).toBe(7)
      }),
    ))

  it('a complaint counts from the end of the term of the answer, or from a later answer', () => {
    expect(complainFrom('2026-10-13', null)).toBe('2026-10-13')
    expect(complainFrom('2026-10-13', '2026-10-09')).toBe('2026-10-13')
    expect(complainFrom('2026-10-13', '2026-10-20')).toBe('2026-10-20')
  })
})

const question = { kind: 'question', state: 'answered', answerUntil: '2026-10-13', settledOn: '2026-10-09' } as const
describe('who may complain of what', () => {
  it('of an answer, and of silence once the term is over; not of an enquiry or what was taken back', () => {
    const on = (changes: object, received = '2026-10-15') =>
      codes(mayComplain({ ...question, ...changes }, received, '2026-10-15'))
    expect(on({})).toEqual([])
    expect(on({ state: 'declined' })).toEqual([])
    expect(on({ state: 'received', settledOn: null })).toEqual([])
    expect(on({ state: 'received', settledOn: null }, '2026-10-13')).toEqual(['question-first'])
    expect(on({ state: 'withdrawn' })).toEqual(['question-first'])
    expect(on({ kind: 'enquiry' })).toEqual(['enquiry-first'])
    expect(on({}, '2026-10-08')).toEqual(['date-order'])
    expect(on({}, '2026-10-16')).toEqual(['date-order'])
  })
  it('a question is declined only when it came too late', () => {
    expect(codes(mayDecline({ receivedOn: '2026-10-08', askUntil: '2026-09-30' }))).toEqual([])
    expect(codes(mayDecline({ receivedOn: '2026-09-30', askUntil: '2026-09-30' }))).toEqual(['in-time'])
    expect(codes(mayDecline({ receivedOn: '2026-09-30', askUntil: null }))).toEqual(['in-time'])
  })
  it('an enquiry is explained, a question is founded or not; a signed contract is not undone by the organ', () => {
    expect(codes(fits('enquiry', 'explained'))).toEqual([])
    expect(codes(fits('enquiry', 'unfounded'))).toEqual(['outcome-of-kind'])
    expect(codes(fits('question', 'explained'))).toEqual(['outcome-of-kind'])
    for (const state of purchaseStates)
      expect([state, mayRedo('redo', state).ok]).toEqual([
        state,
        ['purchasing', 'awarded', 'terminated'].includes(state),
      ])
  })
})

const open = {
  number: 'TS-2026-0001',
  state: 'accepted',
  suspendedFrom: '2026-10-10',
  suspendedUntil: '2026-11-09',
  resumedOn: null,
  suspensionReason: '可能影响成交结果',
} as const
describe('what stands still meanwhile', () => {
  it('A11-2 a suspension holds on its days, not before, not after, not once lifted or decided', () => {
    const on = (day: string, changes: object = {}) => isSuspended({ ...open, ...changes }, day)
    expect(['2026-10-09', '2026-10-10', '2026-11-09', '2026-11-10'].map((day) => on(day))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(on('2026-10-12', { resumedOn: '2026-10-11' })).toBe(false)
    expect(on('2026-10-12', { state: 'rejected' })).toBe(false)
  })
  it('A11-2 it lasts thirty days at most', () => {
    const to = (until: string) => codes(checkSuspension(table, { from: '2026-10-10', until, today: '2026-10-10' }))
    expect(to('2026-11-09')).toEqual([])
    expect(to('2026-11-10')).toEqual(['suspension-too-long'])
    expect(to('2026-10-09')).toEqual(['suspension-days'])
  })
  it('a purchase goes on only past every suspension, every question that may change who wins, every answer to repeat it', () => {
    const asked = {
      number: 'ZY-2026-0001',
      state: 'received',
      kind: 'question',
      bearsOnResult: true,
      outcome: null,
    } as const
    expect(codes(mayGoOn([asked], [open], '2026-10-12'))).toEqual(['suspended', 'question-waits'])
    expect(codes(mayGoOn([{ ...asked, bearsOnResult: false }], [], '2026-10-12'))).toEqual([])
    expect(codes(mayGoOn([{ ...asked, state: 'answered', outcome: 'redo' }], [], '2026-10-12'))).toEqual([
      'to-be-repeated',
    ])
    expect(codes(mayGoOn([{ ...asked, state: 'answered', outcome: 'unfounded' }], [], '2026-10-12'))).toEqual([])
    expect(codes(nothingWaits([asked], []))).toEqual(['objection-open'])
    expect(codes(nothingWaits([{ ...asked, state: 'withdrawn' }], [{ ...open, state: 'upheld' }]))).toEqual([])
  })
})

describe('what a decision may do', () => {
  it('A11-2 nothing that was accepted or paid is annulled, and nobody is liable before', () =>
    fc.assert(
      fc.property(fc.constantFrom(...purchaseStates), fc.nat(2), fc.nat(2), (state, acceptedFen, paidFen) => {
        const progress = { state, acceptedFen, paidFen }
        expect(mayFollow('go-on', progress).ok).toBe(true)
        expect(mayFollow('liability', progress).ok).toBe(acceptedFen > 0)
        if (mayFollow('annul', progress).ok) expect([acceptedFen, paidFen]).toEqual([0, 0])
        if (['accepting', 'accepted', 'closed'].includes(state)) expect(mayFollow('annul', progress).ok).toBe(false)
      }),
    ))
})
