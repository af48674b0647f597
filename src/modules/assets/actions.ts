import type { ActionsOf } from '#kernel/server/context.ts'
import { changingActions } from './actions/changing.ts'
import { customFieldActions } from './actions/custom-fields.ts'
import { depreciationActions } from './actions/depreciating.ts'
import { fileActions } from './actions/files.ts'
import { forecastActions } from './actions/forecasting.ts'
import { handoverActions } from './actions/handover.ts'
import { importActions } from './actions/importing.ts'
import { leavingActions } from './actions/leaving.ts'
import { lendingActions } from './actions/lending.ts'
import { loanReadingActions } from './actions/loans.ts'
import { readingActions } from './actions/reading.ts'
import { registeringActions } from './actions/registering.ts'
import { regroupingActions } from './actions/regrouping.ts'
import { scanningActions } from './actions/scanning.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = {
  ...readingActions,
  ...registeringActions,
  ...changingActions,
  ...fileActions,
  ...importActions,
  ...handoverActions,
  ...leavingActions,
  ...depreciationActions,
  ...forecastActions,
  ...customFieldActions,
  ...regroupingActions,
  ...loanReadingActions,
  ...lendingActions,
  ...scanningActions,
}
