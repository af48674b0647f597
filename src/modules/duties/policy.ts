import { actsAs, authorityRoles, holdsAny, officeScope, type Actor, type Role } from '#kernel/pure/actor.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'
import type { DutyReach } from './model.ts'

type OfJurisdiction = { jurisdictionCode: string }

/** Roles with which the authority supervises its level (Art. 39). */
const supervisingRoles: readonly Role[] = ['supervision-reviewer', 'authority-leader']

/** Roles whose calendar tells of the whole level, day by day and without names. */
export const levelRoles: readonly Role[] = ['supervision-reviewer', 'authority-leader', 'supervisor']

/** Widest reach of the actor: the level for those who manage or supervise it, the organ for others in office. */
export function reachesOf(actor: Actor): DutyReach[] {
  const scope = officeScope(actor)
  if (scope === null) return []
  return scope.organId === null ? ['mine', 'organ', 'level'] : ['mine', 'organ']
}

export const can = {
  /** Anybody in office sees duties within reach. */
  see: (actor: Actor): Verdict =>
    provided(officeScope(actor) !== null, {
      code: 'no-office-role',
      message: '只有办理运行保障事项的人员可以查看法定时限。',
      remedy: '确需查看的，请由本单位系统管理员授予相应角色。',
    }),

  /** Duties of the whole level: those who manage or supervise it (Art. 6, 40). */
  seeLevel: (actor: Actor): Verdict =>
    provided(officeScope(actor)?.organId === null, {
      code: 'not-level',
      message: '本级各机关的时限由机关事务管理部门、财政部门和监督部门查看。',
    }),

  /** May know of the duty of an organ; no other level (Art. 6). */
  seeDuty: (actor: Actor, { organId, jurisdictionCode }: { organId: string; jurisdictionCode: string }): boolean => {
    const scope = officeScope(actor)
    return scope !== null && scope.jurisdictionCode === jurisdictionCode && (scope.organId ?? organId) === organId
  },

  /** Only the authority of the same level reminds and urges (Art. 6, 39). */
  supervise: (actor: Actor, { jurisdictionCode }: OfJurisdiction): Verdict =>
    allOf(
      provided(actsAs(actor, 'authority', jurisdictionCode), {
        code: 'not-authority',
        message: '督办提醒由同级机关事务管理部门发出。',
        basis: law.supervision,
      }),
      provided(holdsAny(actor, supervisingRoles), {
        code: 'role',
        message: '督办须具有“监督检查”或者“局领导”角色。',
        remedy: '请联系本部门负责人授予角色。',
      }),
    ),

  /** Totals of the levels below, and nothing but totals: the higher level guides, it does not act there (Art. 6). */
  seeBelow: (actor: Actor): Verdict =>
    provided(
      actor.organ !== null &&
        actor.organ.level !== 'county' &&
        actor.organ.parts.includes('authority') &&
        holdsAny(actor, authorityRoles),
      { code: 'not-authority', message: '下级汇总由上级机关事务管理部门查看。' },
    ),

  /** A calendar of a role that the actor holds here. */
  subscribe: (actor: Actor, role: Role): Verdict =>
    provided(officeScope(actor) !== null && actor.roles.includes(role), {
      code: 'not-own-role',
      message: '只能订阅本人在本机关所任角色的日历。',
    }),
}
