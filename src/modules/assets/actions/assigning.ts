import type { Act } from '#kernel/server/context.ts'
import { Missing } from '#kernel/server/errors.ts'
import type { AssetState } from '../model.ts'
import { lockCards } from '../store/card.ts'
import { differing } from './changing.ts'
import { happen } from './events.ts'

/** Where a thing is used from now on; its state as far as the use changes it. */
export type CardUse = Readonly<{
  cardId: string
  department: string
  state?: Extract<AssetState, 'in-use' | 'idle' | 'lent'>
}>

/**
 * Notes on cards which part of an organ, or which temporary body, uses them, as an event of today (A12-2); holder and
 * custodian stay. The procedure that calls has asked who may.
 * @throws Missing when a card is not there
 */
export async function assignUse(
  act: Act,
  uses: readonly CardUse[],
  step: { reason: string; document: string; caseId: string | null },
): Promise<void> {
  const wanted = new Map(uses.map((use) => [use.cardId, use]))
  const cards = await lockCards(act.tx, [...wanted.keys()])
  if (cards.length !== wanted.size) throw new Missing('资产卡片')
  const happenings = cards.flatMap((card) => {
    const { department, state } = wanted.get(card.id) as CardUse
    const effectiveOn = card.bookedOn > act.today ? card.bookedOn : act.today
    return differing(card, { department, ...(state === undefined ? {} : { state }) }, { ...step, effectiveOn })
  })
  if (happenings.length > 0) await happen(act, happenings, 'assets.card-assigned')
}
