import type { ActionsOf } from '#kernel/server/context.ts'
import { makingActions } from './actions/making.ts'
import { stepActions } from './actions/steps.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = { ...makingActions, ...stepActions }
