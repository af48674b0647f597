import type { ActionsOf } from '#kernel/server/context.ts'
import { acceptingActions } from './actions/accepting.ts'
import { cardingActions } from './actions/carding.ts'
import { contractingActions } from './actions/contracting.ts'
import { payingActions } from './actions/paying.ts'
import { complaintActions } from './actions/complaining.ts'
import { questionActions } from './actions/questioning.ts'
import { purchasingActions } from './actions/purchasing.ts'
import { figureActions } from './actions/figures.ts'
import { progressActions } from './actions/progress.ts'
import { readingActions } from './actions/reading.ts'
import { requestingActions } from './actions/requesting.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = {
  ...readingActions,
  ...progressActions,
  ...figureActions,
  ...requestingActions,
  ...purchasingActions,
  ...contractingActions,
  ...acceptingActions,
  ...cardingActions,
  ...payingActions,
  ...questionActions,
  ...complaintActions,
}
