import type { ActionsOf } from '#kernel/server/context.ts'
import { feedActions } from './actions/feed.ts'
import { listActions } from './actions/list.ts'
import { overdueActions } from './actions/overdue.ts'
import { remindActions } from './actions/remind.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = {
  ...listActions,
  ...overdueActions,
  ...remindActions,
  ...feedActions,
}
