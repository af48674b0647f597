import type { ActionsOf } from '#kernel/server/context.ts'
import { issueActions } from './actions/issuing.ts'
import { itemActions } from './actions/items.ts'
import { workbookActions } from './actions/workbook.ts'
import type { contract } from './contract.ts'

export const actions: ActionsOf<typeof contract> = { ...itemActions, ...issueActions, ...workbookActions }
