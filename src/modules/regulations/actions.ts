import type { ActionsOf } from '#kernel/server/context.ts'
import { importActions } from './actions/import.ts'
import { keepingActions } from './actions/keeping.ts'
import { readingActions } from './actions/reading.ts'
import { systemActions } from './actions/system.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = {
  ...readingActions,
  ...importActions,
  ...keepingActions,
  ...systemActions,
}
