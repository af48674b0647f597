import { allOf } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { Conflict, insist } from '#kernel/server/errors.ts'
import type { Engagement, Procedure } from '../model.ts'
import { maySeeCards } from '../policy.ts'
import { mayEngage, notHeld } from '../rules/engagement.ts'
import { cardsById, type CardRow } from '../store/card.ts'
import { deleteEngagements, engagementsOf, insertEngagements } from '../store/engagement.ts'
import { lockedCards } from './access.ts'

/**
 * Enters cards into a procedure; while it runs no other takes them, and their state is not set by hand.
 * @param link where the record of the procedure is opened
 * @throws Missing when a card is not there or not the actor's to know of; Refused naming the procedure that holds one, or
 *   when one is disposed of
 */
export async function engage(
  act: Act,
  cardIds: readonly string[],
  procedure: Procedure,
  recordId: string,
  link: string,
): Promise<void> {
  const cards = await lockedCards(act, cardIds)
  const held = await engagementsOf(act.tx, cardIds)
  insist(allOf(...cards.map((card) => mayEngage(card, held.get(card.id)))))
  const entered = await insertEngagements(act.tx, cardIds, { procedure, recordId, link, engagedOn: act.today })
  if (entered !== cards.length) throw new Conflict('资产卡片')
}

/** Refuses what a procedure decides, while one holds a card: its state and its value (AST-R20). */
export async function insistFree({ tx }: Pick<Act, 'tx'>, cards: readonly CardRow[]): Promise<void> {
  const held = await engagementsOf(
    tx,
    cards.map(({ id }) => id),
  )
  insist(allOf(...cards.map((card) => notHeld(card, held.get(card.id)))))
}

/** A card as a procedure meets it, with the procedure that holds it already. */
export type MetCard = Readonly<{ card: CardRow; engagement: Engagement | null }>

/**
 * Cards with the procedures that hold them, to be judged before a procedure begins; those that are not there, or not the
 * actor's to know of, are not among them.
 */
export async function metCards(act: Act, cardIds: readonly string[]): Promise<MetCard[]> {
  const cards = await cardsById(act.tx, cardIds)
  const held = await engagementsOf(act.tx, cardIds)
  return cards
    .filter((card) => maySeeCards(act.actor, card))
    .map((card) => ({ card, engagement: held.get(card.id) ?? null }))
}

/** Lets cards out of the procedure they are in; cards that are in none stay as they are. */
export async function release({ tx }: Pick<Act, 'tx'>, cardIds: readonly string[]): Promise<void> {
  await deleteEngagements(tx, cardIds)
}
