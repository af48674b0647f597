import type { Act } from '#kernel/server/context.ts'
import { Conflict, found, Missing } from '#kernel/server/errors.ts'
import { maySeeRepairs } from '../policy.ts'
import { requestById, type RequestRow } from '../store.ts'

/** @throws Missing when there is none, or none the actor may know of */
export async function seenRequest(
  { tx, actor }: Pick<Act, 'tx' | 'actor'>,
  id: string,
  lock = false,
): Promise<RequestRow> {
  const row = found(await requestById(tx, id, lock), '维修申请')
  if (!maySeeRepairs(actor, row)) throw new Missing('维修申请')
  return row
}

/** The request, held until the act is done, as the person saw it. */
export async function lockedRequest(ctx: Act & { input: { requestId: string; version: number } }): Promise<RequestRow> {
  const row = await seenRequest(ctx, ctx.input.requestId, true)
  if (row.version !== ctx.input.version) throw new Conflict('维修申请')
  return row
}

export const subjectOf = ({ id, organId }: Pick<RequestRow, 'id' | 'organId'>) => ({
  subject: { kind: 'repairs.request', id },
  organId,
})
