import type { ActionsOf } from '#kernel/server/context.ts'
import { adjustmentActions } from './actions/adjustment.ts'
import { closingActions } from './actions/closing.ts'
import { cycleActions } from './actions/cycle.ts'
import { demandActions } from './actions/demand.ts'
import { importActions } from './actions/demand-import.ts'
import { noticeActions } from './actions/notice.ts'
import { planActions } from './actions/plan.ts'
import { reportActions } from './actions/report.ts'
import { reviewActions } from './actions/review.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = {
  ...cycleActions,
  ...closingActions,
  ...demandActions,
  ...importActions,
  ...reviewActions,
  ...noticeActions,
  ...planActions,
  ...adjustmentActions,
  ...reportActions,
}
