import {
  holdsAny,
  officeRoles,
  readsOfOrgan,
  keeperRoles,
  type Actor,
  type Role,
  type OfficeScope,
} from '#kernel/pure/actor.ts'
import { byOwnOrgan, readScope } from '#kernel/pure/own-organ.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'

type OfOrgan = { organId: string; jurisdictionCode: string }

/** Whoever works at the organ may be on the team. */
export const counterRoles: readonly Role[] = [...officeRoles, 'staff', 'driver']

/** A count is read by the people in office of its organ and by those who read the level (Art. 6, 12). */
export function maySeeCount(actor: Actor, subject: OfOrgan): boolean {
  return readsOfOrgan(actor, subject)
}

/** Who is on the team sees what is to be counted, office or not. */
export function maySeeAsCounter(actor: Actor, subject: OfOrgan, onTeam: boolean): boolean {
  return maySeeCount(actor, subject) || (onTeam && actor.organ?.id === subject.organId && holdsAny(actor, counterRoles))
}

function byKeeper(actor: Actor, { organId }: OfOrgan, what: string): Verdict {
  return byOwnOrgan(actor, organId, {
    what,
    whose: '持有资产的机关',
    roles: keeperRoles,
    who: '“资产管理员”或“机关经办人”',
    basis: law.dailyCare,
  })
}

/** Who may do what with a count. Steps of the approval are judged by the case. */
export const can = {
  open: (actor: Actor, subject: OfOrgan) => byKeeper(actor, subject, '组织盘点'),
  lead: (actor: Actor, subject: OfOrgan, what: string) => byKeeper(actor, subject, what),
  /** The team and the keepers of the organ. */
  count: (actor: Actor, subject: OfOrgan, onTeam: boolean): Verdict =>
    provided(
      actor.organ?.id === subject.organId &&
        (onTeam ? holdsAny(actor, counterRoles) : holdsAny(actor, keeperRoles)) &&
        actor.personId !== null,
      {
        code: 'not-on-team',
        message: '盘点由盘点小组成员或本机关资产管理员进行。',
        basis: law.dailyCare,
        remedy: '请本机关资产管理员将您加入盘点小组。',
      },
    ),
  /** What one person counted is never taken under another's name, whoever holds the phone now (A12-4). */
  speakFor: (actor: Actor, countedBy: string | null): Verdict =>
    provided(countedBy === actor.personId, {
      code: 'not-counter',
      message: '盘点结果和照片只能由清点的人本人上传。',
      basis: law.dailyCare,
      remedy: '请由清点的人重新登录后上传。',
    }),
}

/** Whose counts a list shows: the level's for who reads it, else the own organ's; null for those without office. */
export function listScope(actor: Actor): OfficeScope | null {
  return readScope(actor, keeperRoles)
}
