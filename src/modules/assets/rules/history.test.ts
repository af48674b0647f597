import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '#kernel/pure/local-date.ts'
import type { CardChanges } from '../model.ts'
import { cardFacts } from '../testing/card-facts.ts'
import { heldPeriods, stateOn, type HistoryEvent } from './history.ts'

const event = (
  id: number,
  kind: HistoryEvent['kind'],
  effectiveOn: string,
  changes: CardChanges,
  more: { recordedAt?: string; corrects?: number } = {},
): HistoryEvent => ({
  id,
  kind,
  effectiveOn,
  changes,
  recordedAt: more.recordedAt ?? `${effectiveOn}T09:00:00+08:00`,
  corrects: more.corrects ?? null,
})
const registered = event(1, 'registered', '2024-03-12', cardFacts())

describe('A12-2 the history of a card', () => {
  it('tells a card as it was on a day, and as it was known', () => {
    const events = [
      registered,
      event(2, 'place', '2025-02-01', { place: '附楼102' }),
      event(3, 'place', '2025-01-15', { place: '附楼201' }, { corrects: 2, recordedAt: '2026-05-01T09:00:00+08:00' }),
    ]
    expect(stateOn(events, '2024-03-11')).toBeNull()
    expect(stateOn(events, '2025-01-20')?.facts.place).toBe('附楼201')
    const then = new Date('2026-01-01T00:00:00+08:00')
    expect(stateOn(events, '2025-01-20', then)?.facts.place).toBe('主楼301')
    expect(stateOn(events, '2025-03-01', then)?.facts.place).toBe('附楼102')
    expect(stateOn(events, null)?.facts.place).toBe('附楼201')
  })

  it('a back-dated event does not undo a later one', () => {
    const events = [
      registered,
      event(2, 'custody', '2025-06-01', { custodianName: '李晓东' }),
      event(3, 'custody', '2025-01-01', { custodianName: '张海燕' }, { recordedAt: '2026-01-01T09:00:00+08:00' }),
    ]
    expect(stateOn(events, null)?.facts.custodianName).toBe('李晓东')
    expect(stateOn(events, '2025-03-01')?.facts.custodianName).toBe('张海燕')
    expect(heldPeriods(events).map(({ custodianName, from, until }) => [custodianName, from, until])).toEqual([
      ['王丽娟', '2024-03-12', '2025-01-01'],
      ['张海燕', '2025-01-01', '2025-06-01'],
      ['李晓东', '2025-06-01', null],
    ])
  })

  it('a corrected registration replaces the first, events on top stay', () => {
    const events = [
      registered,
      event(2, 'place', '2025-02-01', { place: '附楼102' }),
      event(3, 'registered', '2024-02-20', cardFacts({ bookedOn: '2024-02-20', costFen: 510_000 }), {
        corrects: 1,
        recordedAt: '2026-01-01T09:00:00+08:00',
      }),
    ]
    const state = stateOn(events, null)
    expect(state?.facts).toMatchObject({ costFen: 510_000, place: '附楼102', bookedOn: '2024-02-20' })
    expect(state?.base).toEqual({ fen: 510_000, months: 72, inMonth: '2024-02', beforeFen: 0, monthlyFen: null })
  })

  it('a removal ends everything: nothing that comes after changes or brings back', () => {
    const events = [
      registered,
      event(2, 'removed', '2026-03-01', { state: 'disposed' }),
      event(3, 'state', '2026-04-01', { state: 'in-use' }),
    ]
    expect(stateOn(events, null)).toMatchObject({ removedOn: '2026-03-01', facts: { state: 'disposed' } })
    expect(heldPeriods(events).at(-1)?.until).toBe('2026-03-01')
  })

  const day = fc.integer({ min: 0, max: 900 }).map((count) => addDays('2024-03-12', count))
  const change = fc.record({
    kind: fc.constantFrom('place', 'custody', 'state', 'removed') as fc.Arbitrary<
      'place' | 'custody' | 'state' | 'removed'
    >,
    on: day,
    who: fc.constantFrom('王丽娟', '李晓东', '张海燕', ''),
    correctsPrevious: fc.boolean(),
  })
  const histories = fc.array(change, { maxLength: 12 }).map((changes) => {
    const events: HistoryEvent[] = [registered]
    for (const { kind, on, who, correctsPrevious } of changes) {
      const previous = events.at(-1) as HistoryEvent
      const corrects = correctsPrevious && previous.kind === kind && kind !== 'removed' ? previous.id : undefined
      const changesOf: CardChanges =
        kind === 'custody'
          ? { custodianName: who }
          : kind === 'place'
            ? { place: who }
            : kind === 'state'
              ? { state: 'idle' }
              : { state: 'disposed' }
      events.push(event(events.length + 1, kind, on, changesOf, corrects === undefined ? {} : { corrects }))
    }
    return events
  })

  it('no card has two holders on one day, whatever happened in whatever order', () =>
    fc.assert(
      fc.property(histories, (events) => {
        const periods = heldPeriods(events)
        for (const [at, { from, until }] of periods.entries()) {
          expect(until === null || from < until).toBe(true)
          if (until === null) expect(at).toBe(periods.length - 1)
          else if (periods[at + 1]) expect(periods[at + 1]?.from).toBe(until)
        }
      }),
    ))

  it('who holds it by the periods is who holds it by the state of the day', () =>
    fc.assert(
      fc.property(histories, day, (events, on) => {
        const state = stateOn(events, on)
        const held = heldPeriods(events).find(({ from, until }) => from <= on && (until === null || on < until))
        if (state === null || state.removedOn !== null) expect(held).toBeUndefined()
        else expect(held?.custodianName).toBe(state.facts.custodianName)
      }),
    ))

  it('disposed things never come back', () =>
    fc.assert(
      fc.property(histories, (events) => {
        const gone = stateOn(events, null)?.removedOn ?? null
        if (gone === null) return
        for (const days of [0, 1, 100, 2000]) expect(stateOn(events, addDays(gone, days))?.facts.state).toBe('disposed')
      }),
    ))
})
