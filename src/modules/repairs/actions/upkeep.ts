import type { ActionsOf } from '#kernel/server/context.ts'
import { Missing } from '#kernel/server/errors.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { metCards } from '#modules/assets/offers.ts'
import type { contract } from '../contract.ts'
import { lifeCost } from '../rules/funding.ts'
import { requestsOfCard, upkeepOfCard } from '../store.ts'

type UpkeepActions = Pick<ActionsOf<typeof contract>, 'cardUpkeep'>

export const upkeepActions: UpkeepActions = {
  /** What keeping a thing has cost over its life (A12-2, A12-4), whichever organ held it; single repairs as the reader may know them. */
  async cardUpkeep(ctx) {
    const { cardId } = ctx.input
    const [met] = await metCards(ctx, [cardId])
    if (met === undefined) throw new Missing('资产卡片')
    const { repairs, upkeepFen } = await beyondScope(ctx, '资产在各持有机关期间的维修费用合计', () =>
      upkeepOfCard(ctx.tx, cardId),
    )
    const { costFen } = met.card
    return {
      costFen,
      repairs,
      upkeepFen,
      ...lifeCost(costFen, upkeepFen),
      requests: await requestsOfCard(ctx.tx, cardId),
    }
  },
}
