import type { ActionsOf } from '#kernel/server/context.ts'
import { answeringActions } from './actions/answering.ts'
import { closingActions } from './actions/closing.ts'
import { improvingActions } from './actions/improving.ts'
import { openingActions } from './actions/opening.ts'
import { ratingActions } from './actions/rating.ts'
import { readingActions } from './actions/reading.ts'
import { replyingActions } from './actions/replying.ts'
import { surveyActions } from './actions/surveys.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = {
  ...readingActions,
  ...openingActions,
  ...answeringActions,
  ...replyingActions,
  ...closingActions,
  ...surveyActions,
  ...ratingActions,
  ...improvingActions,
}
