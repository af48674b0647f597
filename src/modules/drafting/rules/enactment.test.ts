import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, datesFrom } from '#kernel/pure/local-date.ts'
import { enactmentOf, type Dated, type PlannedChange } from './enactment.ts'

const row = (id: string, from: string, until: string | null = null, key = 'k'): Dated => ({ id, key, from, until })
const change = (changes: Partial<PlannedChange> = {}): PlannedChange => ({
  key: 'k',
  act: 'revise',
  replacesId: 'a',
  until: null,
  ...changes,
})
const faults = (rows: Dated[], changes: PlannedChange[], on: string) =>
  enactmentOf(rows, changes, on).faults.map(({ code }) => code)

describe('A9-2 what approval writes', () => {
  it('ends the old row the day before and begins the new one', () => {
    expect(enactmentOf([row('a', '2020-01-01')], [change()], '2027-01-01')).toEqual({
      closings: [{ id: 'a', until: '2026-12-31' }],
      openings: [{ key: 'k', from: '2027-01-01', until: null }],
      faults: [],
    })
  })
  it('an end without successor, a row of its own, a row on trial', () => {
    const rows = [row('a', '2020-01-01')]
    expect(enactmentOf(rows, [change({ act: 'end' })], '2027-03-01').openings).toEqual([])
    expect(enactmentOf([], [change({ act: 'add', replacesId: null })], '2027-01-01').closings).toEqual([])
    expect(enactmentOf(rows, [change({ until: '2027-12-31' })], '2027-01-01').openings[0]?.until).toBe('2027-12-31')
  })
  it.each([
    ['replaced row is not there', [], change(), 'replaced-gone'],
    ['replaced row is of another key', [row('a', '2020-01-01', null, 'other')], change(), 'replaced-gone'],
    ['from the day the old one began: would overwrite', [row('a', '2027-01-01')], change(), 'not-later'],
    ['before the old one began', [row('a', '2027-06-01')], change(), 'not-later'],
    [
      'another document was quicker',
      [row('a', '2020-01-01', '2026-06-30'), row('b', '2026-07-01')],
      change(),
      'already-changed',
    ],
    ['ended before without successor: a gap', [row('a', '2020-01-01', '2026-06-30')], change(), 'already-changed'],
    [
      'a row of its own beside one in force',
      [row('a', '2020-01-01')],
      change({ act: 'add', replacesId: null }),
      'key-taken',
    ],
    [
      'a row of its own before one to come',
      [row('b', '2028-01-01')],
      change({ act: 'add', replacesId: null }),
      'key-taken',
    ],
    [
      'on trial until before it begins',
      [row('a', '2020-01-01')],
      change({ until: '2026-12-31' }),
      'ends-before-it-begins',
    ],
  ] as const)('%s: refused', (_, rows, planned, fault) => {
    expect(faults([...rows], [planned], '2027-01-01')).toEqual([fault])
  })
})

/** Applies what was planned, as the database does. */
function applied(rows: readonly Dated[], planned: ReturnType<typeof enactmentOf>, id: () => string): Dated[] {
  const ends = new Map(planned.closings.map((closing) => [closing.id, closing.until]))
  return [
    ...rows.map((one) => ({ ...one, until: ends.get(one.id) ?? one.until })),
    ...planned.openings.map(({ key, from, until }) => ({ id: id(), key, from, until })),
  ]
}
const inForce = (rows: readonly Dated[], day: string) =>
  rows.filter(({ from, until }) => from <= day && (until === null || until >= day)).map(({ id }) => id)

it('A9-2 after any sequence of approved drafts: one row a day at most, no gap, and old days answer the old figure', () => {
  const first = '2026-01-01'
  fc.assert(
    fc.property(fc.array(fc.nat(40), { maxLength: 12 }), (days) => {
      let serial = 0
      let rows: Dated[] = [row('r0', first)]
      for (const day of days) {
        const on = addDays(first, day)
        const current = rows.at(-1) as Dated
        const answers = new Map(
          datesFrom(first, on)
            .slice(0, -1)
            .map((date) => [date, inForce(rows, date)]),
        )
        const planned = enactmentOf(rows, [change({ replacesId: current.id })], on)
        // What would overwrite is refused whole; then nothing changes.
        expect(planned.faults.length === 0).toBe(on > current.from)
        if (planned.faults.length === 0) rows = applied(rows, planned, () => `r${++serial}`)
        for (const [date, ids] of answers) expect(inForce(rows, date)).toEqual(ids)
      }
      for (const date of datesFrom(first, addDays(first, 50))) expect(inForce(rows, date)).toHaveLength(1)
    }),
  )
})
