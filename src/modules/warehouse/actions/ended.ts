import type { Act } from '#kernel/server/context.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import type { RequestRow } from '../store/request.ts'

/** An allotment that came to nothing: finance declined it, or the organ does not want it any more. */
export type EndedAllotment = Readonly<
  Pick<RequestRow, 'id' | 'number' | 'organId' | 'organName' | 'jurisdictionCode'> & {
    sourceId: string
    by: 'finance' | 'organ'
    reason: string
  }
>
export type EndedHandler = (act: Act, allotment: EndedAllotment) => Promise<void>

const handlers = new Map<string, EndedHandler>()

/**
 * Lets a module that had things allotted say what follows when they do not come. Called once where the module is put
 * together, since this module knows none of those above it.
 * @param sourceKind what the module gives as `source.kind` to `allotItems`: `matching.line`
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
  await beyondScope(act, 'what was decided on an allotment is undone by whoever ends it (Art. 12, 23)', () =>
    handler(act, { id, number, organId, organName, jurisdictionCode, sourceId, by, reason }),
  )
}
