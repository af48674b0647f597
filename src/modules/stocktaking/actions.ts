import type { ActionsOf } from '#kernel/server/context.ts'
import { closingActions } from './actions/closing.ts'
import { countingActions } from './actions/counting.ts'
import { decidingActions } from './actions/deciding.ts'
import { openingActions } from './actions/opening.ts'
import { readingActions } from './actions/reading.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = {
  ...readingActions,
  ...openingActions,
  ...countingActions,
  ...closingActions,
  ...decidingActions,
}
