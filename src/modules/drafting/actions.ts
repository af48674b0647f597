import type { ActionsOf } from '#kernel/server/context.ts'
import { approvalActions } from './actions/approval.ts'
import { impactActions } from './actions/impact.ts'
import { makingActions } from './actions/making.ts'
import { readingActions } from './actions/reading.ts'
import { reviewActions } from './actions/review.ts'
import { stepActions } from './actions/steps.ts'
import { upkeepActions } from './actions/upkeep.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = {
  ...readingActions,
  ...makingActions,
  ...stepActions,
  ...approvalActions,
  ...impactActions,
  ...reviewActions,
  ...upkeepActions,
}
