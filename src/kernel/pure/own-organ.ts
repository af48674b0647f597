import { holdsAny, officeRoles, readsLevel, type Actor, type OfficeScope, type Role } from './actor.ts'
import { allOf, provided, type Basis, type Verdict } from './verdict.ts'

/**
 * What only the organ itself does, and there only certain people (Art. 6, Art. 12 para 3).
 * @param of.what the act, as a sentence begins: 登记资产卡片
 * @param of.whose the organ in question: 持有资产的机关
 * @param of.who the roles in words: “资产管理员”或“机关经办人”
 */
export function byOwnOrgan(
  actor: Actor,
  organId: string,
  of: { what: string; whose: string; roles: readonly Role[]; who: string; basis: Basis },
): Verdict {
  return allOf(
    provided(actor.organ?.id === organId, {
      code: 'not-own-organ',
      message: `${of.what}由${of.whose}自己办理。`,
      basis: of.basis,
    }),
    provided(holdsAny(actor, of.roles), {
      code: 'role',
      message: `${of.what}须具有${of.who}角色。`,
      remedy: '请联系本机关负责人授予角色。',
    }),
  )
}

/** Whose records a list shows: the level's for who reads it and has none of them to do, else the own organ's; null without office. */
export function readScope(actor: Actor, doing: readonly Role[]): OfficeScope | null {
  const { organ } = actor
  if (organ === null || !holdsAny(actor, officeRoles)) return null
  const level = readsLevel(actor, organ.jurisdictionCode) && !holdsAny(actor, doing)
  return { jurisdictionCode: organ.jurisdictionCode, organId: level ? null : organ.id }
}
