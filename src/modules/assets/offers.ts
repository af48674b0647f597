import { allOf } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { insist, Missing } from '#kernel/server/errors.ts'
import { happen } from './actions/events.ts'
import type { PresentState } from './model.ts'
import { mayRemove } from './rules/card.ts'
import { bookOf, lockBook, lockCards, type CardRow } from './store/card.ts'

/* What later modules stand on: disposal and warehouse move cards through here. Classes and details are registered by model.ts. */
export { registerCards } from './actions/registering.ts'
export { moveToOrgan, type Move } from './actions/moving.ts'
/* A card is in one procedure at a time; whoever opens one engages its cards and lets them out when it ends. */
export { engage, metCards, release, type MetCard } from './actions/engaging.ts'
/* Which department or temporary body uses things. */
export { assignUse, type CardUse } from './actions/assigning.ts'
/* Cards as they are, locked for this act, for procedures that judge them. */
export { lockedCards } from './actions/access.ts'
export type { CardRow } from './store/card.ts'
/* Which class and which item of the standards a card is of. */
export { classNameOf, classOf, presentClasses } from './model/classes.ts'
export { itemCodeOf } from './rules/card.ts'
export { thingOf, type Thing } from './rules/thing.ts'
/* For the module `procurement`: cards of what was bought, from its file. */
export { factsOfPurchase, mayRegister, type Purchased } from './actions/from-purchase.ts'
/* What plans read at demand and review instead of asking organs again. */
export {
  bookedByItem,
  carriedItems,
  holdingsByItem,
  idleByItem,
  idleCards,
  type IdleCard,
  type RegisteredHolding,
} from './actions/holdings.ts'
export { longIdle, longIdleCards, organsWithBook, registerDigest } from './store/holdings.ts'
/* What stocktaking freezes and brings in line. */
export { correctCounted, pictureCard, registerFound, statesBefore, type CountedChange } from './actions/counting.ts'

/** What a procedure writes into the history of the cards it concerns. */
export type CardStep = Readonly<{ effectiveOn: string; reason: string; document?: string; caseId: string | null }>

/**
 * Sets the state of cards by a step of a procedure (A12-2); a card that has it already stays as it is.
 * @throws Missing when a card is not there; Refused when one is disposed of or the day is to come
 */
export async function setCardState(
  act: Act,
  cardIds: readonly string[],
  state: PresentState,
  step: CardStep,
): Promise<void> {
  const cards = await thereCards(act, cardIds)
  const others = cards.filter((card) => card.state !== state)
  if (others.length === 0) return
  await happen(
    act,
    others.map((card) => ({
      card,
      kind: 'state' as const,
      ...step,
      // What happens today to a thing booked today or corrected to a later day happens on that day.
      effectiveOn: step.effectiveOn < card.bookedOn ? card.bookedOn : step.effectiveOn,
      changes: { state },
    })),
    'assets.card-state-set',
  )
}

/**
 * Takes cards off the register for good, on the consent of finance (A12-3; AST-R07, AST-R08); for the procedure of disposal.
 * @throws Refused without consent, in a closed month, or when one is gone already
 */
export async function removeCards(
  act: Act,
  cardIds: readonly string[],
  removal: {
    effectiveOn: string
    consentDocument: string
    consentedOn: string | null
    appliedOn: string
    form: string
    caseId: string | null
  },
): Promise<void> {
  const cards = await thereCards(act, cardIds)
  for (const organ of new Map(cards.map((card) => [card.organId, card])).values()) {
    await lockBook(act.tx, organ, removal.effectiveOn.slice(0, 7), 'share')
    const book = await bookOf(act.tx, organ.organId)
    const ofOrgan = cards.filter(({ organId }) => organId === organ.organId)
    insist(
      allOf(...ofOrgan.map(({ number }) => mayRemove({ number, closedThrough: book?.closedThrough ?? null }, removal))),
    )
  }
  await happen(
    act,
    cards.map((card) => ({
      card,
      kind: 'removed' as const,
      effectiveOn: removal.effectiveOn,
      reason: removal.form,
      document: removal.consentDocument,
      caseId: removal.caseId,
      changes: { state: 'disposed' as const },
    })),
    'assets.card-removed',
  )
}

async function thereCards({ tx }: Act, cardIds: readonly string[]): Promise<CardRow[]> {
  const cards = await lockCards(tx, cardIds)
  if (cards.length !== new Set(cardIds).size) throw new Missing('资产卡片')
  return cards
}
