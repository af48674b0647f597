import type { ActionsOf } from '#kernel/server/context.ts'
import { found, Missing } from '#kernel/server/errors.ts'
import { metCards } from '#modules/assets/offers.ts'
import { ledgerLine } from '#modules/ledger/offers.ts'
import { organNames } from '#modules/organs/offers.ts'
import type { contract } from '../contract.ts'
import { maySeeProgress, maySeePurchase } from '../policy.ts'
import { progressOfLine } from '../store/progress.ts'

type ProgressActions = Pick<ActionsOf<typeof contract>, 'lineProgress'>

export const progressActions: ProgressActions = {
  /** Where what a plan line asks for is: who buys it carries the file, who it is for sees how far it is (A22-2). */
  async lineProgress(ctx) {
    const line = found(await ledgerLine(ctx.tx, ctx.input.ledgerLineId), '计划台账行')
    if (!maySeeProgress(ctx.actor, line)) throw new Missing('计划台账行')
    const rows = await progressOfLine(ctx.tx, line.id)
    const names = await organNames(ctx.tx, [...new Set(rows.map(({ organId }) => organId))])
    const cards = new Map(
      (
        await metCards(
          ctx,
          rows.flatMap(({ cardIds }) => cardIds),
        )
      ).map(({ card }) => [card.id, card]),
    )
    return {
      items: rows.map(({ cardIds, organId, ...row }) => ({
        ...row,
        buyerName: names.get(organId) ?? '',
        fileOpen: maySeePurchase(ctx.actor, { organId, jurisdictionCode: line.jurisdictionCode }),
        cards: cardIds.flatMap((id) => {
          const card = cards.get(id)
          return card ? [{ id, number: card.number, place: card.place }] : []
        }),
      })),
    }
  },
}
