import type { ActionsOf } from '#kernel/server/context.ts'
import { answeringActions } from './actions/answering.ts'
import { cycleActions } from './actions/cycle.ts'
import { lapsingActions } from './actions/lapsing.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = { ...cycleActions, ...answeringActions, ...lapsingActions }
