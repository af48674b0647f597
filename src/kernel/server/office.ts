import { holdsAny, officeRoles, type ActingOrgan, type Actor } from '#kernel/pure/actor.ts'
import { provided } from '#kernel/pure/verdict.ts'
import { Forbidden, permit } from './errors.ts'

/**
 * The organ that somebody in office acts for; the first question of every list of business (ROLE-R03).
 * @param what is not shown to others, e.g. 计划台账
 * @throws Forbidden for whoever acts for no organ, or holds no office role there
 */
export function officeOrgan(actor: Actor, what: string): ActingOrgan {
  const { organ } = actor
  if (organ === null)
    throw new Forbidden([{ code: 'no-organ', message: '请先选择所代表的机关。', basis: null, facts: {}, remedy: null }])
  permit(
    provided(holdsAny(actor, officeRoles), {
      code: 'role',
      message: `您的角色不能查看${what}。`,
      remedy: '确需查看的，请联系本机关负责人授予角色。',
    }),
  )
  return organ
}
