import { holds, holdsAny, type Actor } from '#kernel/pure/actor.ts'
import type { Basis } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { isAuthorityOffice } from '../policy.ts'
import { personalFieldForms, type PersonalField } from '../model/personal-data.ts'

/**
 * How far somebody sees a field of somebody: whole; masked, with the whole number for a purpose that is recorded; masked
 * only; or not at all, which does not say either whether there is a value.
 */
export type Sight = 'whole' | 'on-purpose' | 'masked' | 'none'
export type Sighted = { sight: Sight; reason: string; basis: Basis }

type Subject = { personId: string; organId: string; jurisdictionCode: string }

/**
 * The one place that decides who sees which personal number. Everything that shows them asks here: list, detail, search,
 * export.
 */
export function sightOf(actor: Actor, subject: Subject, field: PersonalField): Sighted {
  if (actor.personId !== null && actor.personId === subject.personId)
    return { sight: 'whole', reason: '本人有权查阅自己的个人信息。', basis: law.ownData }
  const ofOrgan = actor.organ?.id === subject.organId
  const ofLevel = actor.organ?.jurisdictionCode === subject.jurisdictionCode
  if (ofLevel && holds(actor, 'system-administrator'))
    return field === 'officePhone'
      ? { sight: 'whole', reason: '办公电话用于工作联系。', basis: law.leastData }
      : { sight: 'masked', reason: '系统管理员登记号码，核对时只需遮蔽后的号码。', basis: law.leastData }
  const authority = ofLevel && isAuthorityOffice(actor)
  switch (field) {
    case 'officePhone':
      return ofOrgan || authority
        ? { sight: 'whole', reason: '办公电话用于工作联系。', basis: law.leastData }
        : { sight: 'none', reason: '只有同一机关和本级机关事务管理部门的工作人员需要。', basis: law.leastData }
    case 'mobile':
      return authority || (ofOrgan && holdsAny(actor, ['organ-head', 'organ-clerk']))
        ? { sight: 'on-purpose', reason: '因保障工作需要联系本人时查看，并记录目的。', basis: law.strictProtection }
        : { sight: 'none', reason: '您的角色办理业务不需要手机号码。', basis: law.leastData }
    case 'identityNumber':
      return { sight: 'none', reason: '办理业务不需要公民身份号码，只有本人可以查看。', basis: law.strictProtection }
  }
}

/** The value as somebody may see it without saying a purpose; null where nothing is shown, or there is none. */
export function shownValue(sight: Sight, field: PersonalField, value: string | null): string | null {
  if (value === null || sight === 'none') return null
  return sight === 'whole' ? value : personalFieldForms[field].masked(value)
}
