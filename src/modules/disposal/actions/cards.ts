import type { Act } from '#kernel/server/context.ts'
import { engage, release, setCardState } from '#modules/assets/offers.ts'
import type { PresentState } from '#modules/assets/model.ts'
import { itemsOf, type ApplicationRow } from '../store/application.ts'
import { linkOf } from './access.ts'

const idsOf = (items: readonly { cardId: string }[]) => items.map(({ cardId }) => cardId)

/** The things are in this disposal and no other procedure, 待处置 from today on. */
export async function takeCards(act: Act, row: ApplicationRow): Promise<void> {
  const ids = idsOf(await itemsOf(act.tx, row.id))
  await engage(act, ids, 'disposal', row.id, linkOf(row))
  await setCardState(act, ids, 'disposal-pending', stepOf(act, row, '申请处置'))
}

/** 已批复: consented to and not yet carried out. */
export async function approveCards(act: Act, row: ApplicationRow): Promise<void> {
  const ids = idsOf(await itemsOf(act.tx, row.id))
  await setCardState(act, ids, 'disposal-approved', stepOf(act, row, '处置已批复'))
}

/** Nothing comes of the disposal: the things are what they were before, and free for other procedures. */
export async function giveCardsBack(act: Act, row: ApplicationRow, why: string): Promise<void> {
  const items = await itemsOf(act.tx, row.id)
  for (const [state, ofState] of Map.groupBy(items, ({ stateBefore }) => stateBefore))
    await setCardState(act, idsOf(ofState), state as PresentState, stepOf(act, row, why))
  await release(act, idsOf(items))
}

function stepOf({ today }: Act, row: ApplicationRow, reason: string) {
  return {
    effectiveOn: today,
    reason: `${reason} ${row.number ?? ''}`.trim(),
    document: row.consentDocument ?? row.number ?? '',
    caseId: row.caseId,
  }
}
