import { actsAs, holds, holdsAny, type Actor, type Role } from '#kernel/pure/actor.ts'
import { allOf, allowed, provided, refused, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'
import { isAdministrator, organRoles } from './model.ts'

type OfOrgan = { organId: string; jurisdictionCode: string }

/** Whose names an actor may list: own organ; account administrators and the authority, their level. */
export type PeopleScope =
  | { kind: 'none' }
  | { kind: 'organ'; organId: string }
  | { kind: 'level'; jurisdictionCode: string }

export function peopleScope(actor: Actor): PeopleScope {
  if (actor.organ === null) return { kind: 'none' }
  if (keepsAccounts(actor) || isAuthorityOffice(actor))
    return { kind: 'level', jurisdictionCode: actor.organ.jurisdictionCode }
  return { kind: 'organ', organId: actor.organ.id }
}

export function maySee(actor: Actor, subject: OfOrgan): boolean {
  const scope = peopleScope(actor)
  return scope.kind === 'level'
    ? scope.jurisdictionCode === subject.jurisdictionCode
    : scope.kind === 'organ' && scope.organId === subject.organId
}

/** One function a verb: accounts are opened by the system administrator, roles given by the security administrator or the organ's head. */
export const can = {
  create: (actor: Actor, subject: OfOrgan): Verdict =>
    provided(holds(actor, 'system-administrator') && sameLevel(actor, subject), {
      code: 'not-system-administrator',
      message: '开通账号由本级系统管理员办理。',
      basis: law.accounts,
      remedy: '请联系本级系统管理员。',
    }),
  /** The organ's head gives the organ's own roles; all others, and administrators, are given by the security administrator. */
  grant(actor: Actor, subject: OfOrgan & { role?: Role; personId?: string }): Verdict {
    if (subject.personId !== undefined && subject.personId === actor.personId)
      return refused({
        code: 'own-role',
        message: '不能给自己授予角色。',
        basis: law.leastPrivilege,
        remedy: '请由其他有权人员办理。',
      })
    if (holds(actor, 'security-administrator') && sameLevel(actor, subject)) return allowed
    const ordinary = subject.role === undefined || (organRoles as readonly Role[]).includes(subject.role)
    if (actor.organ?.id === subject.organId && holdsAny(actor, ['organ-head', 'authority-leader']) && ordinary)
      return allowed
    return refused({
      code: 'not-granter',
      basis: law.leastPrivilege,
      message:
        subject.role !== undefined && isAdministrator(subject.role)
          ? '三员角色由安全保密管理员授予。'
          : '角色由本级安全保密管理员授予；机关自己的角色可由机关负责人授予。',
    })
  },
  disable: (actor: Actor, subject: OfOrgan & { personId: string }): Verdict =>
    allOf(
      provided(holdsAny(actor, ['system-administrator', 'security-administrator']) && sameLevel(actor, subject), {
        code: 'not-administrator',
        message: '停用账号由本级系统管理员或安全保密管理员办理。',
        basis: law.accounts,
      }),
      provided(subject.personId !== actor.personId, { code: 'own-account', message: '不能停用自己的账号。' }),
    ),
  resetPassword: (actor: Actor, subject: OfOrgan & { personId: string }): Verdict =>
    allOf(
      provided(holds(actor, 'system-administrator') && sameLevel(actor, subject), {
        code: 'not-system-administrator',
        message: '重置密码由本级系统管理员办理。',
        basis: law.accounts,
      }),
      provided(subject.personId !== actor.personId, { code: 'own-account', message: '自己的密码请用“修改密码”。' }),
    ),
  delegate: (actor: Actor, holding: { personId: string }): Verdict =>
    provided(holding.personId === actor.personId, { code: 'not-own', message: '只能委托自己的角色。' }),
}

function keepsAccounts(actor: Actor): boolean {
  return holdsAny(actor, ['system-administrator', 'security-administrator'])
}

function isAuthorityOffice(actor: Actor): boolean {
  return (
    actor.organ !== null &&
    actsAs(actor, 'authority', actor.organ.jurisdictionCode) &&
    holdsAny(actor, ['authority-leader', 'plan-reviewer'])
  )
}

function sameLevel(actor: Actor, subject: OfOrgan): boolean {
  return actor.organ?.jurisdictionCode === subject.jurisdictionCode
}
