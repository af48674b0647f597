import { holds, levelLabels, type Actor, type Level } from '#kernel/pure/actor.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'

type OfLevel = { jurisdictionCode: string }

/** One function a verb: rights are given by the security administrator of the level (三员), to machines as to people. */
export const can = {
  see: (actor: Actor): Verdict =>
    provided(holds(actor, 'security-administrator') && actor.organ !== null, {
      code: 'not-security-administrator',
      message: '接口令牌由安全保密管理员管理。',
      basis: law.securityAdministrator,
      remedy: '请联系本级安全保密管理员。',
    }),
  /** For organs of the own level only (Art. 6). */
  issue: (actor: Actor, organ: OfLevel): Verdict => ofOwnLevel(actor, organ, '签发'),
  revoke: (actor: Actor, organ: OfLevel): Verdict => ofOwnLevel(actor, organ, '撤销'),
  /**
   * The figures hold for the whole system: the security administrator of its highest level sets them, as the security policy.
   * @param highestLevel the highest level that has a security administrator
   */
  changeSettings: (actor: Actor, highestLevel: Level | null): Verdict =>
    provided(holds(actor, 'security-administrator') && actor.organ?.level === highestLevel, {
      code: 'not-highest-security-administrator',
      message: `接口令牌的期限和频率对全系统生效，由最高一级（${highestLevel === null ? '' : levelLabels[highestLevel]}）的安全保密管理员设定。`,
      basis: law.securityAdministrator,
    }),
}

function ofOwnLevel(actor: Actor, { jurisdictionCode }: OfLevel, act: string): Verdict {
  return provided(holds(actor, 'security-administrator') && actor.organ?.jurisdictionCode === jurisdictionCode, {
    code: 'not-security-administrator',
    message: `${act}接口令牌由机关所在一级的安全保密管理员办理。`,
    basis: law.securityAdministrator,
    remedy: '请联系该级安全保密管理员。',
  })
}
