import { allOf } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { found, insist } from '#kernel/server/errors.ts'
import { happen } from './actions/events.ts'
import { mayRemove } from './rules/card.ts'
import { bookOf, lockBook, lockCards } from './store/card.ts'

/* What later modules stand on: disposal and warehouse move cards through here, land, rooms and vehicles register their detail. */
export { registerDetailKind, type DetailKind } from './model/detail.ts'
export { registerCards } from './actions/registering.ts'
/* What plans read at demand and review instead of asking organs again. */
export { carriedItems, holdingsByItem, idleByItem, type RegisteredHolding } from './actions/holdings.ts'
export { organsWithBook, registerDigest } from './store/holdings.ts'

/**
 * Takes a card off the register for good, on the consent of finance (A12-3; AST-R07, AST-R08); for the procedure of disposal.
 * @throws Refused without consent, in a closed month, or when it is gone already
 */
export async function removeCard(
  act: Act,
  cardId: string,
  removal: {
    effectiveOn: string
    consentDocument: string
    consentedOn: string | null
    appliedOn: string
    form: string
    caseId: string | null
  },
): Promise<void> {
  const [card] = await lockCards(act.tx, [cardId])
  const there = found(card, '资产卡片')
  await lockBook(act.tx, there, removal.effectiveOn.slice(0, 7), 'share')
  const book = await bookOf(act.tx, there.organId)
  insist(allOf(mayRemove({ number: there.number, closedThrough: book?.closedThrough ?? null }, removal)))
  await happen(
    act,
    [
      {
        card: there,
        kind: 'removed',
        effectiveOn: removal.effectiveOn,
        reason: removal.form,
        document: removal.consentDocument,
        caseId: removal.caseId,
        changes: { state: 'disposed' },
      },
    ],
    'assets.card-removed',
  )
}
