import { isDeepStrictEqual } from 'node:util'
import type { Act } from '#kernel/server/context.ts'
import { together, type Sending } from '#kernel/server/database.ts'
import type { EventKind } from '../model.ts'
import { firstBase } from '../rules/depreciation.ts'
import { heldPeriods, type HeldPeriod } from '../rules/history.ts'
import { insertCards, insertCardTexts, type CardToSave } from '../store/card.ts'
import { insertEvents, insertHoldings } from '../store/event.ts'

/** How cards come into the register: entered, or formed of others that end. */
export type Beginning = Readonly<{
  kind: Extract<EventKind, 'registered' | 'formed'>
  /** The day of entry in the books where left out. */
  effectiveOn?: string
  reason?: string
  document?: string
}>

/**
 * Brings new cards into the register, in a few statements however many: the card, the event it begins with, its first holder.
 * @throws Conflict when a number is taken meanwhile
 */
export async function enterCards(act: Act, cards: readonly CardToSave[], beginning: Beginning): Promise<void> {
  await entryOf(act, cards, beginning)(act.tx)
}

/** What {@link enterCards} sends, put together now and sent when called. */
export function entryOf(
  { actor, now }: Pick<Act, 'actor' | 'now'>,
  cards: readonly CardToSave[],
  beginning: Beginning,
): Sending {
  const { kind, reason = '', document = '' } = beginning
  const begun = cards.map(({ id, state: { facts, base } }) => ({
    cardId: id,
    organId: facts.organId,
    jurisdictionCode: facts.jurisdictionCode,
    kind,
    effectiveOn: beginning.effectiveOn ?? facts.bookedOn,
    corrects: null,
    changes: facts,
    reason,
    document,
    caseId: null,
    ...(kind === 'formed' || !isDeepStrictEqual(base, firstBase(facts)) ? { base } : {}),
  }))
  const held = begun.map((event): [string, HeldPeriod[]] => [
    event.cardId,
    heldPeriods([{ ...event, id: 1, recordedAt: now }]),
  ])
  const by = { personId: actor.personId, name: actor.name, at: now }
  const statements = [
    insertCards(cards),
    insertCardTexts(cards),
    insertEvents(begun, by),
    insertHoldings(new Map(held)),
  ]
  return async (tx) => {
    await together(tx, (direct) => statements.map((send) => send(direct)))
  }
}
