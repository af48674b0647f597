import type { ActingOrgan } from '#kernel/pure/actor.ts'
import type { Act } from '#kernel/server/context.ts'
import { Conflict, found, Missing } from '#kernel/server/errors.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { maySeeAsCounter, maySeeCount } from '../policy.ts'
import { countById, isCounter, type CountRow } from '../store/count.ts'

/** The organ the actor acts for, with the question answered whether they look after business there at all. */
export function ownOrgan({ actor }: Pick<Act, 'actor'>): ActingOrgan {
  return officeOrgan(actor, '资产盘点')
}

/** The count, unless the actor may not know of it. */
export async function seenCount({ tx, actor }: Act, id: string, lock?: 'update' | 'share'): Promise<CountRow> {
  const row = found(await countById(tx, id, lock), '资产盘点')
  if (!maySeeCount(actor, row)) throw new Missing('资产盘点')
  return row
}

/** As {@link seenCount}, also for those on the team without an office; says whether the actor is on it. */
export async function countToCount(
  { tx, actor }: Act,
  id: string,
  lock?: 'share',
): Promise<{ row: CountRow; onTeam: boolean }> {
  const row = found(await countById(tx, id, lock), '资产盘点')
  const onTeam = await isCounter(tx, row.id, actor.personId)
  if (!maySeeAsCounter(actor, row, onTeam)) throw new Missing('资产盘点')
  return { row, onTeam }
}

/** @throws Conflict when it is not the version the actor saw */
export async function lockedCount(act: Act, given: { countId: string; version: number }): Promise<CountRow> {
  const row = await seenCount(act, given.countId, 'update')
  if (row.version !== given.version) throw new Conflict('资产盘点')
  return row
}

export const subjectOf = (row: Pick<CountRow, 'id' | 'organId'>) => ({
  subject: { kind: 'stocktaking.count', id: row.id },
  organId: row.organId,
})
