import type { ActionsOf } from '#kernel/server/context.ts'
import { answeringActions } from './actions/answering.ts'
import { closingActions } from './actions/closing.ts'
import { openingActions } from './actions/opening.ts'
import { readingActions } from './actions/reading.ts'
import { replyingActions } from './actions/replying.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = {
  ...readingActions,
  ...openingActions,
  ...answeringActions,
  ...replyingActions,
  ...closingActions,
}
