import type { ActionsOf } from '#kernel/server/context.ts'
import { carryingOutActions } from './actions/carrying-out.ts'
import { consentingActions } from './actions/consenting.ts'
import { draftingActions } from './actions/drafting.ts'
import { figureActions } from './actions/figures.ts'
import { proceedsActions } from './actions/proceeds.ts'
import { reviewingActions } from './actions/reviewing.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = {
  ...draftingActions,
  ...reviewingActions,
  ...consentingActions,
  ...carryingOutActions,
  ...proceedsActions,
  ...figureActions,
}
