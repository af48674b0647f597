import type { z } from 'zod'
import { allOf, verdictOf } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { attachAlso, type AttachmentRow } from '#kernel/server/attachments.ts'
import { insist } from '#kernel/server/errors.ts'
import { recordAll } from '#kernel/server/record.ts'
import { NewCard } from '../contract/cards.ts'
import type { CardChanges, CardFacts, CardState } from '../model.ts'
import { classOf } from '../model/classes.ts'
import { cardFindings, checkFacts, checkSecrecy } from '../rules/card.ts'
import { stateOn } from '../rules/history.ts'
import { cardById, lockCards, type CardRow } from '../store/card.ts'
import { cardsWithEventsAfter, eventsOf } from '../store/event.ts'
import { eventSubject, standardsOfCard } from './access.ts'
import { differing } from './changing.ts'
import { happen } from './events.ts'
import { factsOfNew, registerCards } from './registering.ts'

/**
 * Cards of an organ that something happened to after a day, as they were on it; null where they were not registered yet. In
 * the order of their ids, so many at a time: all of 200,000 cards may have moved since.
 * @param after id of the last card seen
 */
export async function statesBefore(
  { tx }: Pick<Act, 'tx'>,
  organId: string,
  day: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<Map<string, CardState | null>> {
  const ids = await cardsWithEventsAfter(tx, organId, day, after, limit)
  const events = Map.groupBy(await eventsOf(tx, ids), ({ cardId }) => cardId)
  return new Map(ids.map((id) => [id, stateOn(events.get(id) ?? [], day)]))
}

/** What counting found of a card: `booked` is what its card said of these fields when the book was frozen. */
export type CountedChange = Readonly<{ cardId: string; booked: CardChanges; found: CardChanges }>
/** `newer`: the card says something else since then, which stays; `gone`: it was removed or went to another organ meanwhile. */
export type CountedOutcome = 'corrected' | 'newer' | 'gone'

/**
 * Brings cards in line with what was counted, as events of the day (A12-4). What was entered after the book was frozen is
 * never written over, and a card that is gone stays so.
 */
export async function correctCounted(
  act: Act,
  organId: string,
  changes: readonly CountedChange[],
  how: { reason: string; document: string; caseId: string },
): Promise<Map<string, CountedOutcome>> {
  const cards = new Map(
    (
      await lockCards(
        act.tx,
        changes.map(({ cardId }) => cardId),
      )
    ).map((card) => [card.id, card]),
  )
  const outcomes = new Map<string, CountedOutcome>()
  const happenings = changes.flatMap(({ cardId, booked, found }) => {
    const card = cards.get(cardId)
    if (!card || card.removedOn !== null || card.organId !== organId) {
      outcomes.set(cardId, 'gone')
      return []
    }
    const newer = (Object.keys(found) as (keyof CardFacts)[]).some((key) => card[key] !== booked[key])
    outcomes.set(cardId, newer ? 'newer' : 'corrected')
    return newer ? [] : differing(card, found, { ...how, effectiveOn: laterOf(act.today, card) })
  })
  if (happenings.length > 0) await happen(act, happenings, 'assets.card-counted')
  return outcomes
}

const laterOf = (today: string, { bookedOn }: CardRow) => (bookedOn > today ? bookedOn : today)

/**
 * Registers what was found and had no card (盘盈), judged as any other new card; in the order given.
 * @returns ids of the cards
 * @throws Refused with every reason against one of them
 */
export async function registerFound(
  act: Act,
  whose: { organId: string; jurisdictionCode: string },
  entered: readonly z.input<typeof NewCard>[],
): Promise<string[]> {
  const facts: CardFacts[] = []
  for (const given of entered) {
    const one = NewCard.parse(given)
    const standards = await standardsOfCard(act, { ...one, jurisdictionCode: whose.jurisdictionCode })
    const fact = factsOfNew(one, whose, standards)
    const assetClass = classOf(fact.classEdition, fact.classCode)
    const findings = assetClass ? cardFindings(standards, assetClass, fact) : []
    insist(allOf(checkSecrecy(fact), checkFacts(fact, act.today), verdictOf(findings)))
    facts.push(fact)
  }
  const ids = await registerCards(act, facts, null)
  await recordAll(
    act,
    ids.map((id, at) => ({
      fact: 'assets.card-registered',
      subject: { kind: 'assets.card', id },
      organId: whose.organId,
      after: facts[at],
    })),
  )
  return ids
}

/** A picture taken while counting goes to the files of the card too, unless the card went to another organ meanwhile (A12-2). */
export async function pictureCard(
  act: Act,
  cardId: string,
  picture: Pick<AttachmentRow, 'fileName' | 'sha256' | 'organId'>,
): Promise<void> {
  const card = await cardById(act.tx, cardId)
  if (card === undefined || card.organId !== picture.organId || card.removedOn !== null) return
  await attachAlso(act, picture, { ...eventSubject(card), jurisdictionCode: card.jurisdictionCode })
}
