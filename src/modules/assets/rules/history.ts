import type { CardChanges, CardFacts, CardState, DepreciationBase, EventKind } from '../model.ts'
import { baseAfter, baseOf, firstBase, monthOf } from './depreciation.ts'

/** An event as the fold reads it. */
export type HistoryEvent = Readonly<{
  id: number
  kind: EventKind
  effectiveOn: string
  recordedAt: Date | string
  corrects: number | null
  changes: CardChanges
  /** What depreciation goes on from: of a card that was formed by split or merge, or that came in with what earlier books charged. */
  base?: DepreciationBase | null
}>

/** Events that a card begins with. */
const beginning: readonly EventKind[] = ['registered', 'formed']

/**
 * The events that count: those known at a moment, each corrected one replaced by its last correction, in the order in which
 * they took effect. A correction keeps the place of what it corrects among the events of one day.
 */
export function eventsThatCount(events: readonly HistoryEvent[], knownAt: Date | null = null): HistoryEvent[] {
  const known = events.filter(({ recordedAt }) => knownAt === null || new Date(recordedAt) <= knownAt)
  const byId = new Map(known.map((event) => [event.id, event]))
  const rootOf = (event: HistoryEvent): number => {
    const corrected = event.corrects === null ? undefined : byId.get(event.corrects)
    return corrected === undefined ? event.id : rootOf(corrected)
  }
  const replaced = new Set(known.map(({ corrects }) => corrects))
  return known
    .filter(({ id }) => !replaced.has(id))
    .map((event) => ({ event, root: rootOf(event) }))
    .sort(
      (a, b) =>
        Number(beginning.includes(b.event.kind)) - Number(beginning.includes(a.event.kind)) ||
        (a.event.effectiveOn < b.event.effectiveOn
          ? -1
          : a.event.effectiveOn > b.event.effectiveOn
            ? 1
            : a.root - b.root),
    )
    .map(({ event }) => event)
}

/**
 * A card on a day, as it is known now or was known at a moment (A12-2): the events that had taken effect, one upon another.
 * @returns null before it was registered
 */
export function stateOn(
  events: readonly HistoryEvent[],
  on: string | null,
  knownAt: Date | null = null,
): CardState | null {
  let state: CardState | null = null
  for (const event of eventsThatCount(events, knownAt)) {
    if (on !== null && event.effectiveOn > on) continue
    state = applied(state, event)
  }
  return state
}

function applied(state: CardState | null, event: HistoryEvent): CardState | null {
  if (event.kind === 'registered') {
    const facts = event.changes as CardFacts
    return { facts, base: event.base ? baseOf(event.base) : firstBase(facts), takenOverOn: null, removedOn: null }
  }
  if (event.kind === 'formed') {
    if (!event.base) throw new Error('a card was formed without what its depreciation goes on from')
    const facts = event.changes as CardFacts
    return { facts, base: baseOf(event.base), takenOverOn: event.effectiveOn, removedOn: null }
  }
  // What happened before the card was known to be there, or after it went, changes nothing.
  if (state === null || state.removedOn !== null) return state
  const facts = { ...state.facts, ...event.changes }
  if (event.kind === 'removed')
    return { ...state, facts: { ...facts, state: 'disposed' }, removedOn: event.effectiveOn }
  // What came in by mistake was never there.
  if (event.kind === 'withdrawn')
    return { ...state, facts: { ...facts, state: 'withdrawn' }, removedOn: event.effectiveOn }
  // Other cards go on in its place.
  if (event.kind === 'split' || event.kind === 'merged')
    return { ...state, facts: { ...facts, state: 'replaced' }, removedOn: event.effectiveOn }
  // Cost and depreciation go with the card as they are (AST-R20).
  if (event.kind === 'organ') return { ...state, facts, takenOverOn: event.effectiveOn }
  if (event.kind !== 'value') return { ...state, facts }
  return { ...state, facts, base: baseAfter(state.base, state.facts, facts, monthOf(event.effectiveOn)) }
}

export type HeldPeriod = Readonly<{
  organId: string
  jurisdictionCode: string
  custodianId: string | null
  custodianName: string
  from: string
  /** The day it went on; null while it is held. */
  until: string | null
}>

/** Who held the card when, by what is known now: periods that follow one another without a gap or an overlap. */
export function heldPeriods(events: readonly HistoryEvent[]): HeldPeriod[] {
  const periods: HeldPeriod[] = []
  let state: CardState | null = null
  for (const event of eventsThatCount(events)) {
    const next = applied(state, event)
    if (next === null) continue
    const { organId, jurisdictionCode, custodianId, custodianName } = next.facts
    const last = periods.at(-1)
    const same = last?.organId === organId && last.custodianId === custodianId && last.custodianName === custodianName
    if (next.removedOn !== null) {
      if (last?.until === null) periods[periods.length - 1] = { ...last, until: next.removedOn }
    } else if (!same) {
      if (last) periods[periods.length - 1] = { ...last, until: event.effectiveOn }
      periods.push({ organId, jurisdictionCode, custodianId, custodianName, from: event.effectiveOn, until: null })
    }
    state = next
  }
  // Two changes of one day leave the later; the earlier held it for no day.
  return periods.filter(({ from, until }) => until === null || from < until)
}
