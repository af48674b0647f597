import { actsAs, holds, holdsAny, levelLabels, type Actor, type Level, type Role } from '#kernel/pure/actor.ts'
import { allOf, allowed, provided, refused, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'
import { administratorRoles, isAdministrator, organRoles } from './model.ts'

type OfOrgan = { organId: string; jurisdictionCode: string }

/**
 * Whose names an actor may list: own organ; account administrators and the authority, their level. A provider sees nobody
 * (facts 9.1 R24), nor does who holds no role, such as before the first password is changed.
 */
export type PeopleScope =
  | { kind: 'none' }
  | { kind: 'organ'; organId: string }
  | { kind: 'level'; jurisdictionCode: string }

export function peopleScope(actor: Actor): PeopleScope {
  if (actor.organ === null || !actor.roles.some((role) => role !== 'provider')) return { kind: 'none' }
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

const managesSessions = {
  code: 'not-system-administrator',
  message: '本级的登录由系统管理员管理。',
  basis: law.sessions,
}

type Reason = Parameters<typeof provided>[1]

/** What an administrator of the level does for others, and nobody for themselves (GB/T 22239 8.1.4.2 d). */
function forOthers(roles: readonly Role[], { own, ...whose }: Reason & { own: Reason }) {
  return (actor: Actor, subject: Partial<OfOrgan> & { jurisdictionCode: string; personId: string }): Verdict =>
    allOf(
      provided(holdsAny(actor, roles) && sameLevel(actor, subject), whose),
      provided(subject.personId !== actor.personId, own),
    )
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
  disable: forOthers(['system-administrator', 'security-administrator'], {
    code: 'not-administrator',
    message: '停用账号由本级系统管理员或安全保密管理员办理。',
    basis: law.accounts,
    own: { code: 'own-account', message: '不能停用自己的账号。' },
  }),
  resetPassword: forOthers(['system-administrator'], {
    code: 'not-system-administrator',
    message: '重置密码由本级系统管理员办理。',
    basis: law.accounts,
    own: { code: 'own-account', message: '自己的密码请用“修改密码”。' },
  }),
  /** Numbers are registered by the system administrator; one's own telephone numbers one changes oneself. */
  registerNumbers: forOthers(['system-administrator'], {
    code: 'not-system-administrator',
    message: '人员的号码由本级系统管理员登记；本人的联系方式在“我的个人信息”中更新。',
    basis: law.leastData,
    own: { code: 'own-data', message: '自己的联系方式请在“我的个人信息”中更新。' },
  }),
  /** Looking for a person by a whole number: whoever would see that number of the people looked through, masked at least. */
  findByNumber: (actor: Actor): Verdict =>
    provided(holdsAny(actor, ['system-administrator', 'organ-head', 'organ-clerk']) || isAuthorityOffice(actor), {
      code: 'no-need',
      message: '您的角色办理业务不需要按号码查找人员。',
      basis: law.leastData,
      remedy: '请按姓名查找。',
    }),
  corrections: (actor: Actor): Verdict =>
    provided(holds(actor, 'system-administrator'), {
      code: 'not-system-administrator',
      message: '更正申请由本级系统管理员办理。',
      basis: law.ownData,
      remedy: '本人的申请在“我的个人信息”中查看。',
    }),
  decideCorrection: forOthers(['system-administrator'], {
    code: 'not-system-administrator',
    message: '更正申请由本级系统管理员办理。',
    basis: law.ownData,
    own: {
      code: 'own-case',
      message: '不能办理自己的更正申请。',
      basis: law.separation,
      remedy: '请由本级其他系统管理员办理。',
    },
  }),
  /** A lock ends by itself; who keeps accounts may end it before. */
  unlock: forOthers(['system-administrator'], {
    code: 'not-system-administrator',
    message: '解除锁定由本级系统管理员办理。',
    basis: law.accounts,
    own: { code: 'own-account', message: '不能解除自己账号的锁定。' },
  }),
  /** Apart from the password: one administrator alone must not be able to take an account over. */
  resetSecondFactor: forOthers(['security-administrator'], {
    code: 'not-security-administrator',
    message: '重置第二因素由本级安全保密管理员办理。',
    basis: law.separation,
    own: { code: 'own-account', message: '自己的第二因素请在“第二因素”页更换。' },
  }),
  /** The list of sessions of a level, and a session in it. */
  seeSessions: (actor: Actor, subject?: { jurisdictionCode: string }): Verdict =>
    provided(
      holds(actor, 'system-administrator') && (subject === undefined || sameLevel(actor, subject)),
      managesSessions,
    ),
  endSessions: forOthers(['system-administrator'], {
    ...managesSessions,
    own: { code: 'own-account', message: '自己的登录请在“我的登录”中结束。' },
  }),
  /** Who holds which role: the level for its security administrator, the own organ for its head. */
  seeHoldings: (actor: Actor): Verdict =>
    provided(holdingsScope(actor).kind !== 'none', {
      code: 'not-granter',
      message: '角色台账由本级安全保密管理员和机关负责人查看。',
      basis: law.leastPrivilege,
    }),
  seePolicy: (actor: Actor): Verdict =>
    provided(holdsAny(actor, administratorRoles), {
      code: 'not-administrator',
      message: '安全策略由三员查看。',
      basis: law.separation,
    }),
  /** @param highestLevel the highest level that has a security administrator: the policy holds for the whole system */
  changePolicy: (actor: Actor, highestLevel: Level | null): Verdict =>
    allOf(
      provided(holds(actor, 'security-administrator'), {
        code: 'not-security-administrator',
        message: '安全策略由安全保密管理员修改。',
        basis: law.separation,
      }),
      provided(!holds(actor, 'security-administrator') || actor.organ?.level === highestLevel, {
        code: 'not-highest-level',
        message: `安全策略对全系统生效，由最高一级（${highestLevel === null ? '' : levelLabels[highestLevel]}）的安全保密管理员修改，本级只可查看。`,
        basis: law.leastPrivilege,
      }),
    ),
  endDelegation: (actor: Actor, delegation: { giverId: string; over: boolean }): Verdict =>
    allOf(
      provided(delegation.giverId === actor.personId, {
        code: 'not-own',
        message: '委托由委托人提前结束。',
        remedy: '请联系委托人。',
      }),
      provided(!delegation.over, { code: 'over', message: '委托已经结束。' }),
    ),
  delegate: (actor: Actor, holding: { personId: string }): Verdict =>
    provided(holding.personId === actor.personId, { code: 'not-own', message: '只能委托自己的角色。' }),
}

/** Whose roles an actor may list whole. */
export function holdingsScope(actor: Actor): PeopleScope {
  if (actor.organ === null) return { kind: 'none' }
  if (holds(actor, 'security-administrator')) return { kind: 'level', jurisdictionCode: actor.organ.jurisdictionCode }
  return holdsAny(actor, ['organ-head', 'authority-leader'])
    ? { kind: 'organ', organId: actor.organ.id }
    : { kind: 'none' }
}

function keepsAccounts(actor: Actor): boolean {
  return holdsAny(actor, ['system-administrator', 'security-administrator'])
}

/** Those of the authority who see the people of the whole level. */
export function isAuthorityOffice(actor: Actor): boolean {
  return (
    actor.organ !== null &&
    actsAs(actor, 'authority', actor.organ.jurisdictionCode) &&
    holdsAny(actor, ['authority-leader', 'plan-reviewer'])
  )
}

function sameLevel(actor: Actor, subject: { jurisdictionCode: string }): boolean {
  return actor.organ?.jurisdictionCode === subject.jurisdictionCode
}
