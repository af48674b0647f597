import type { ActionsOf } from '#kernel/server/context.ts'
import { administrationActions } from './actions/administration.ts'
import { sessionActions } from './actions/session.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = { ...sessionActions, ...administrationActions }
