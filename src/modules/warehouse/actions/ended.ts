import type { Act } from '#kernel/server/context.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import type { LevelRequestRow } from '../store/level.ts'
import type { RequestRow } from '../store/request.ts'

/**
 * Who ended it: finance or the organ that was to have the things; of another level's things its authority or its finance,
 * or the authority that asked.
 */
export type EndedBy = 'finance' | 'organ' | 'level' | 'level-finance' | 'asker'

/** An allotment, or a request to another level, that came to nothing. */
export type EndedAllotment = Readonly<
  Pick<RequestRow, 'id' | 'number' | 'organId' | 'organName' | 'jurisdictionCode'> & {
    sourceId: string
    /** Whose warehouse the things are in. */
    from: 'own-level' | 'other-level'
    by: EndedBy
    reason: string
  }
>
export type EndedHandler = (act: Act, allotment: EndedAllotment) => Promise<void>

const handlers = new Map<string, EndedHandler>()
const undoing = 'what was decided on an allotment is undone by whoever ends it (Art. 12, 23)'

/**
 * Lets a module that had things allotted, or another level asked, say what follows when they do not come. Called once where
 * the module is put together, since this module knows none of those above it.
 * @param sourceKind what the module gives as `source.kind` to `allotItems` and `askOtherLevel`: `matching.line`
 */
export function onAllotmentEnded(sourceKind: string, handler: EndedHandler): void {
  handlers.set(sourceKind, handler)
}

export async function tellSource(
  act: Act,
  request: RequestRow,
  { by, reason }: Pick<EndedAllotment, 'by' | 'reason'>,
): Promise<void> {
  const handler = request.sourceKind === null ? undefined : handlers.get(request.sourceKind)
  if (handler === undefined || request.sourceId === null || request.kind !== 'allotment') return
  const { id, number, organId, organName, jurisdictionCode, sourceId } = request
  await beyondScope(act, undoing, () =>
    handler(act, { id, number, organId, organName, jurisdictionCode, sourceId, from: 'own-level', by, reason }),
  )
}

/** The same of a request to another level, told to the level that asked. */
export async function tellLevelSource(act: Act, row: LevelRequestRow, by: EndedBy, reason: string): Promise<void> {
  const handler = row.sourceKind === null ? undefined : handlers.get(row.sourceKind)
  if (handler === undefined || row.sourceId === null) return
  const { id, number, receiverOrganId: organId, receiverName: organName, jurisdictionCode, sourceId } = row
  await beyondScope(act, undoing, () =>
    handler(act, { id, number, organId, organName, jurisdictionCode, sourceId, from: 'other-level', by, reason }),
  )
}
