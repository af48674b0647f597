import { readsOfOrgan, keeperRoles, type Actor, type OfficeScope } from '#kernel/pure/actor.ts'
import { byOwnOrgan, readScope } from '#kernel/pure/own-organ.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'

type OfOrgan = { organId: string; jurisdictionCode: string }

/** Stock of an organ is read by its people in office and by those who read the level (A12-1, A12-4). */
export const maySeeStock = (actor: Actor, subject: OfOrgan): boolean => readsOfOrgan(actor, subject)

const keeps = (actor: Actor, { organId }: OfOrgan, what: string): Verdict =>
  byOwnOrgan(actor, organId, {
    what,
    whose: '持有物品的机关',
    roles: keeperRoles,
    who: '“资产管理员”或“机关经办人”',
    basis: law.dailyCare,
  })

/** Who may do what with the stock. */
export const can = {
  keep: (actor: Actor, subject: OfOrgan) => keeps(actor, subject, '管理库存'),
  issue: (actor: Actor, subject: OfOrgan) => keeps(actor, subject, '办理领用'),
  /** Only the receiver signs for what they took (A12-4). */
  answer: (actor: Actor, subject: OfOrgan & { toPersonId: string }): Verdict =>
    provided(actor.personId === subject.toPersonId && actor.organ?.id === subject.organId, {
      code: 'not-receiver',
      message: '领用由领用人本人签收或退回。',
      basis: law.dailyCare,
    }),
}

/** Whose stock a list shows: the level for who reads it and keeps none, else the own organ. */
export function listScope(actor: Actor): OfficeScope | null {
  return readScope(actor, keeperRoles)
}
