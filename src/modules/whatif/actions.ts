import type { ActionsOf } from '#kernel/server/context.ts'
import { resultActions } from './actions/result.ts'
import { scenarioActions } from './actions/scenario.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = { ...scenarioActions, ...resultActions }
