import { holdsAny, officeRoles, readsLevel, readsOfOrgan, type Actor, type Role } from '#kernel/pure/actor.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'

type OfOrgan = { organId: string; jurisdictionCode: string }

export const keeperRoles: readonly Role[] = ['asset-keeper', 'organ-clerk']

/** Stock of an organ is read by its people in office and by those who read the level (A12-1, A12-4). */
export const maySeeStock = (actor: Actor, subject: OfOrgan): boolean => readsOfOrgan(actor, subject)

const keeps = (actor: Actor, { organId }: OfOrgan, what: string): Verdict =>
  allOf(
    provided(actor.organ?.id === organId, {
      code: 'not-own-organ',
      message: `${what}由持有物品的机关自己办理。`,
      basis: law.dailyCare,
    }),
    provided(holdsAny(actor, keeperRoles), {
      code: 'role',
      message: `${what}须具有“资产管理员”或“机关经办人”角色。`,
      remedy: '请联系本机关负责人授予角色。',
    }),
  )

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
export function listScope(actor: Actor): { jurisdictionCode: string; organId: string | null } | null {
  const { organ } = actor
  if (organ === null || !holdsAny(actor, officeRoles)) return null
  const level = readsLevel(actor, organ.jurisdictionCode) && !holdsAny(actor, keeperRoles)
  return { jurisdictionCode: organ.jurisdictionCode, organId: level ? null : organ.id }
}
