import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#kernel/pure/local-date.ts'
import type { Verdict } from '#kernel/pure/verdict.ts'
import { testTable } from '#modules/standards/testing/table.ts'
import { monthsLater } from '#modules/standards/rules/terms.ts'
import { assetStates } from '../model.ts'
import { checkLoanTerm, mayExtend, mayLend, mayTakeBack, stateAfterReturn } from './loan.ts'

const codes = (verdict: Verdict) => (verdict.ok ? [] : verdict.refusals.map(({ code }) => code))
const from = '2026-11-23'

describe('loans (A12-4)', () => {
  it('AST-R17 a year to the day, whatever the months are long', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 1, max: 800 }), (start, days) => {
        const begins = addDays('2020-02-29', start)
        const dueOn = addDays(begins, days)
        expect([begins, dueOn, checkLoanTerm(testTable, { from: begins, dueOn }).outcome]).toEqual([
          begins,
          dueOn,
          dueOn <= monthsLater(begins, 12) ? 'ok' : 'block',
        ])
      }),
    ))

  it('only what is at hand and usable is lent', () =>
    expect(assetStates.filter((state) => mayLend({ number: '1', state }).ok)).toEqual(['in-use', 'idle']))

  it.each([
    ['once, in time, within the year', {}, []],
    ['a second time', { extended: true }, ['extended']],
    ['after it is late', { today: '2026-12-24' }, ['overdue']],
    ['to an earlier day', { until: '2026-12-23' }, ['due-past']],
    ['past the year', { until: '2027-11-24' }, ['AST-R17']],
  ])('extended %s', (_, given, refusals) =>
    expect(
      codes(
        mayExtend(testTable, {
          lentOn: from,
          dueOn: '2026-12-23',
          until: '2027-03-01',
          today: from,
          extended: false,
          ...given,
        }),
      ),
    ).toEqual(refusals),
  )

  it('every thing is looked over once, and what is not sound is explained', () => {
    const cards = ['a', 'b'].map((cardId) => ({ cardId, number: cardId }))
    const sound = (cardId: string) => ({ cardId, condition: 'sound' as const, note: '' })
    expect(codes(mayTakeBack(cards, [sound('a'), sound('b')]))).toEqual([])
    for (const returned of [[sound('a')], [sound('a'), sound('a')], [sound('a'), sound('c')], []])
      expect(codes(mayTakeBack(cards, returned))).toContain('not-all')
    expect(codes(mayTakeBack(cards, [sound('a'), { cardId: 'b', condition: 'lost', note: ' ' }]))).toEqual([
      'return-note',
    ])
    expect((['sound', 'damaged', 'lost'] as const).map((condition) => stateAfterReturn(condition, 'idle'))).toEqual([
      'idle',
      'repair',
      'missing',
    ])
  })
})
