import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { builtInNotices } from '#kernel/pure/calendar-notices.ts'
import { makeCalendar } from '#kernel/pure/calendar.ts'
import type { CaseKind } from '#kernel/pure/case-kind.ts'
import { statutoryDeadline, yearlyDeadline, yearlyReminders } from '#kernel/pure/deadline.ts'
import * as budgetCases from '#modules/budget/cases.ts'
import * as consultationCases from '#modules/consultation/cases.ts'
import { disposalCase } from '#modules/disposal/cases.ts'
import * as draftingCases from '#modules/drafting/cases.ts'
import * as planCases from '#modules/plans/cases.ts'
import { clearanceCases } from '#modules/warehouse/cases.ts'
import { norms } from '../../norms/reference/catalogue.ts'
import { standardSeeds } from '#modules/standards/reference/standards.ts'
import type { TermRule } from '../model.ts'
import { figuresOfTerms } from './figures.ts'
import { clockUnder, dutiesWithoutTerm, termOf, termOfState, terms } from './terms.ts'

const calendar = makeCalendar(builtInNotices)
const kinds: CaseKind[] = [
  ...Object.values(planCases),
  ...Object.values(consultationCases),
  ...Object.values(draftingCases),
  budgetCases.budgetCase,
  disposalCase,
  ...Object.values(clearanceCases),
]
const source = join(import.meta.dirname, '..', '..', '..')
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.(db\.test|test|e2e)\.tsx?$|\/testing\//.test(file))
  .map((file) => ({ file, text: readFileSync(join(source, file), 'utf8') }))

/** A term's figure in words that a row of the standards can be put into as well. */
function figureOf(rule: TermRule): string {
  if (rule.kind === 'after-event') return `${rule.duration.count} ${rule.duration.unit}`
  if (rule.kind === 'periodic') return `${rule.everyMonths} months`
  if (rule.kind === 'window') return rule.setBy
  return `${String(rule.date.month).padStart(2, '0')}-${String(rule.date.day).padStart(2, '0')}`
}

/** The last day of a term counted from an event. */
function dueUnder(id: string, from: string, extended = 0): string {
  const rule = termOf(id)?.rule
  if (rule?.kind !== 'after-event') throw new Error(`${id} is not counted from an event`)
  const { duration, strict = false } = rule
  return statutoryDeadline({ from, duration: { ...duration, count: duration.count + extended }, calendar, strict })
    .dueOn
}

describe('terms are declared once', () => {
  it('ids are plain and none is given twice', () => {
    expect(terms.length).toBeGreaterThan(50)
    expect(new Set(terms.map(({ id }) => id)).size).toBe(terms.length)
    for (const { id } of terms) expect(id).toMatch(/^[a-z][a-z-]+$/)
  })
  it('each names a norm of the catalogue, or a citation of its own; words are full-width Chinese', () => {
    const known = new Set(norms.map(({ id }) => id))
    for (const { id, norm, title, citation, whenPassed } of terms) {
      if (norm !== null) expect([id, known.has(norm)]).toEqual([id, true])
      for (const words of [title, citation, whenPassed])
        expect([id, words]).toEqual([id, expect.not.stringMatching(/[,;:?!()]/)])
      expect(citation.length).toBeGreaterThan(5)
    }
  })
  it('a project default says so in its citation', () => {
    const silent = terms.filter(
      ({ confidence, citation, rule }) =>
        confidence === 'D' && rule.kind !== 'window' && !/项目默认值|确定|核定/.test(citation),
    )
    expect(silent.map(({ id }) => id)).toEqual([])
  })
  it('every clock of every kind of case refers to a declared term, in the code and in the tables', () => {
    const clocks = files.flatMap(({ file, text }) =>
      [...text.matchAll(/^\s+clock: (.*)$/gm)]
        .filter(() => /cases\.ts$|defineCaseKind/.test(file + text) && !file.startsWith('kernel/'))
        .map(([, said = '']) => ({ file, said })),
    )
    expect(clocks.length).toBeGreaterThan(3)
    for (const { file, said } of clocks) expect([file, said]).toEqual([file, expect.stringMatching(/^clockUnder\('/)])
    for (const { kind, states } of kinds)
      for (const [state, { clock }] of Object.entries(states))
        if (clock) expect(termOfState(kind, state)).toMatchObject({ id: clock.term, norm: clock.norm })
  })
  it('what is said to run in a case is there, counts by the term, and reminds within it', () => {
    for (const { id, carrier, rule } of terms)
      if (carrier.by === 'case') {
        const kind = kinds.find((one) => one.kind === carrier.kind)
        for (const state of carrier.states) {
          const declared = kind?.states[state]
          expect([id, state, declared?.final]).toEqual([id, state, undefined])
          if (rule.kind === 'after-event')
            expect(declared?.clock).toMatchObject({ duration: rule.duration, remindOnDays: rule.remindOnDays })
          else expect([id, declared?.clock]).toEqual([id, undefined])
        }
      }
    for (const { rule } of terms)
      if (rule.kind === 'after-event' && rule.duration.unit !== 'months')
        for (const day of rule.remindOnDays) expect(day).toBeLessThanOrEqual(rule.duration.count)
  })
  it('no other file of the plan year says a number of days that a term declares', () => {
    const own = files.filter(({ file }) => /^modules\/(plans|budget|calendar|consultation|drafting)\//.test(file))
    const literal = own.flatMap(({ file, text }) =>
      /unit: 'workdays', count: \d|\+ 1\}-0(3-31|6-30)`/.test(text) ? [file] : [],
    )
    expect(literal).toEqual([])
  })
  it('the library of standards tells the same figures', () => {
    const units = {
      workday: ['workdays', 1],
      day: ['calendar-days', 1],
      month: ['months', 1],
      year: ['months', 12],
    } as const
    const days = new Map(terms.map(({ id, rule }) => [id, figureOf(rule)]))
    for (const [id, code] of Object.entries(figuresOfTerms)) {
      const rows = standardSeeds.filter((seed) => seed.code === code && !seed.until)
      expect([id, rows.length > 0]).toEqual([id, true])
      for (const { value } of rows) {
        const said =
          value.form === 'term'
            ? `${value.amount * units[value.unit as keyof typeof units][1]} ${units[value.unit as keyof typeof units][0]}`
            : value.form === 'yearly-date'
              ? value.lastDay
              : value.form
        expect([id, days.get(id)]).toEqual([id, said])
      }
    }
  })
  it('a clock cannot be made of a yearly date', () => expect(() => clockUnder('organ-report')).toThrow('organ-report'))
  it('every duty of the Regulation with a word on time has a term, or is listed with the area that brings it', () => {
    const timed = norms.filter(({ kind, deadline }) => kind === 'duty' && deadline !== null)
    expect(timed.length).toBeGreaterThan(20)
    const missing = timed.filter(({ id }) => !terms.some(({ norm }) => norm === id) && !(id in dutiesWithoutTerm))
    expect(missing.map(({ id }) => id)).toEqual([])
    const idle = Object.keys(dutiesWithoutTerm).filter((id) => !timed.some((norm) => norm.id === id))
    expect(idle).toEqual([])
  })
})

describe('the cases of the facts, by the terms as declared', () => {
  it.each([
    ['PLAN-T01', 'adjustment-filing', '2026-02-06', '2026-03-05'],
    ['PLAN-T02', 'adjustment-filing', '2026-02-13', '2026-03-12'],
    ['PLAN-T04', 'adjustment-filing', '2026-09-18', '2026-10-15'],
    ['PLAN-T05', 'adjustment-filing', '2026-09-30', '2026-10-27'],
    ['PLAN-T07', 'adjustment-filing', '2025-09-26', '2025-10-23'],
    ['PLAN-T08', 'adjustment-filing', '2025-01-24', '2025-02-20'],
    ['PLAN-T10', 'adjustment-filing', '2025-12-31', '2026-01-22'],
    ['PLAN-T11', 'adjustment-filing', '2023-09-22', '2023-10-19'],
    ['PJ case 7 (2.5)', 'adjustment-filing', '2026-07-03', '2026-07-24'],
    ['PJ case 5 (2.5), filing', 'acceptance-filing', '2026-04-10', '2026-04-25'],
    ['PJ case 5 (2.5), final account', 'final-account', '2026-04-10', '2026-07-10'],
    ['PJ case 5 (2.5), outer limit', 'final-account-limit', '2026-04-10', '2027-04-10'],
    ['OF case 7 (1.9)', 'side-post-room', '2026-03-10', '2026-05-10'],
    ['OF case 8 (1.9)', 'leaver-room', '2026-01-31', '2026-02-28'],
    ['AST-T10', 'disposal-proceeds', '2026-09-28', '2026-10-16'],
    ['PUB-T01', 'budget-publication', '2026-02-05', '2026-02-25'],
    ['PUB-T02', 'standards-publication', '2026-02-05', '2026-03-11'],
    ['PUB-T04', 'disclosure-answer', '2025-01-22', '2025-02-25'],
    ['CAL-T07', 'adjustment-filing', '2022-01-21', '2022-02-16'],
    ['CAL-T08', 'adjustment-filing', '2021-09-17', '2021-10-14'],
  ])('%s: %s from %s is due on %s', (_, id, from, dueOn) => expect(dueUnder(id, from)).toBe(dueOn))
  it('PJ case 5 (2.5): a small project extended by two months is due on 2026-09-10', () => {
    const rule = termOf('final-account')?.rule
    const extension = rule?.kind === 'after-event' ? rule.extension : undefined
    expect(extension?.by).toEqual({ unit: 'months', count: 2 })
    expect(dueUnder('final-account', '2026-04-10', extension?.by.count)).toBe('2026-09-10')
  })
  it('an answer to an application for disclosure may be put off by as many working days again', () =>
    expect(termOf('disclosure-answer')?.rule).toMatchObject({ extension: { by: { unit: 'workdays', count: 20 } } }))
  it('A36-1 A36-2 PLAN-T19 PJ case 8: reports by their yearly dates, with the reminders of PLAN-R17', () => {
    const yearly = (id: string) => {
      const rule = termOf(id)?.rule
      if (rule?.kind !== 'yearly') throw new Error(id)
      return rule
    }
    expect(yearlyDeadline(yearly('organ-report').date, { year: 2026, calendar }).dueOn).toBe('2027-03-31')
    expect(yearlyDeadline(yearly('consolidated-report').date, { year: 2026, calendar }).dueOn).toBe('2027-06-30')
    expect(yearlyDeadline(yearly('consolidated-report').date, { year: 2023, calendar })).toMatchObject({
      dueOn: '2024-06-30',
      remindOn: '2024-06-28',
    })
    expect(yearlyReminders(yearly('organ-report').remindOn, { year: 2025, calendar })).toEqual([
      '2026-02-28',
      '2026-03-13',
      '2026-03-31',
    ])
  })
})
