import type { ActionsOf } from '#kernel/server/context.ts'
import { appraisingActions } from './actions/appraising.ts'
import { bodyActions } from './actions/bodies.ts'
import { clearanceActions } from './actions/clearances.ts'
import { handingActions } from './actions/handing.ts'
import { holdingActions } from './actions/holding.ts'
import { intakeActions } from './actions/intaking.ts'
import { levelActions } from './actions/levels.ts'
import { measuringActions } from './actions/measuring.ts'
import { overStandardActions } from './actions/over-standard.ts'
import { readingActions } from './actions/reading.ts'
import { requestActions } from './actions/requests.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = {
  ...readingActions,
  ...appraisingActions,
  ...holdingActions,
  ...intakeActions,
  ...requestActions,
  ...handingActions,
  ...measuringActions,
  ...bodyActions,
  ...clearanceActions,
  ...levelActions,
  ...overStandardActions,
}
