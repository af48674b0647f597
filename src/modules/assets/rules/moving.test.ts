import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { monthsLater } from './depreciation.ts'
import { mayMove, openMonth, type BookMonths } from './moving.ts'

const card = { number: 'ZC-1', organId: 'a', state: 'in-use' as const }
const move = { receiverOrganId: 'b', effectiveOn: '2026-11-20' }
const book = (closedThrough: string | null, openedIn = '2026-01'): BookMonths => ({ openedIn, closedThrough })
const codes = (verdict: ReturnType<typeof mayMove>) => (verdict.ok ? [] : verdict.refusals.map(({ code }) => code))

describe('cards go over to another organ (A12-2; AST-R20)', () => {
  it.each([
    ['both books stand at the month before', card, move, book('2026-10'), book('2026-10'), []],
    ['the receiver’s book is new', card, move, book('2026-10'), book(null, '2026-11'), []],
    ['the receiver is months behind: it goes on from there', card, move, book('2026-10'), book('2026-06'), []],
    ['the giver has closed the month', card, move, book('2026-11'), book('2026-10'), ['month-closed']],
    ['the giver has months to charge', card, move, book('2026-08'), book('2026-10'), ['month-open']],
    ['the receiver has closed the month', card, move, book('2026-10'), book('2026-11'), ['receiver-month-closed']],
    ['it stays where it is', card, { ...move, receiverOrganId: 'a' }, book('2026-10'), book('2026-10'), ['same-organ']],
    ['it is lent', { ...card, state: 'lent' as const }, move, book('2026-10'), book('2026-10'), ['card-away']],
    ['it is missing', { ...card, state: 'missing' as const }, move, book('2026-10'), book('2026-10'), ['card-away']],
  ] as const)('%s', (_, what, how, giver, receiver, expected) =>
    expect(codes(mayMove(what, how, { giver, receiver }))).toEqual(expected),
  )

  const month = fc.integer({ min: 0, max: 40 }).map((count) => monthsLater('2024-01', count))
  const books = fc
    .tuple(month, fc.option(fc.nat(30), { nil: null }))
    .map(([openedIn, closed]) => book(closed === null ? null : monthsLater(openedIn, closed), openedIn))
  it('is taken over in the giver’s open month alone, and never in a month that the receiver has closed', () =>
    fc.assert(
      fc.property(books, books, month, (giver, receiver, at) => {
        const verdict = mayMove(card, { ...move, effectiveOn: `${at}-15` }, { giver, receiver })
        const fits = at === openMonth(giver) && (receiver.closedThrough === null || at > receiver.closedThrough)
        if (verdict.ok) expect(fits).toBe(true)
        if (fits && at >= receiver.openedIn) expect(verdict.ok).toBe(true)
      }),
    ))
})
