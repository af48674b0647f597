import type { Role, StatutoryPart } from '#kernel/pure/actor.ts'
import { authorityRoles, roleLabels, supervisingParts } from '#kernel/pure/actor.ts'
import { daysBetween } from '#kernel/pure/local-date.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { isAdministrator, type Settings } from '../model.ts'

type Period = { validFrom: string; validUntil: string | null }
type Grant = Period & {
  role: Role
  organ: { name: string; parts: readonly StatutoryPart[] }
  /** On what it rests; for an audit the number of its task. */
  document?: string | null
}
type Held = Period & { role: Role; organId: string }

/**
 * Whether a role fits organ and period, and keeps the three administrators apart from everything else. Who looks in from outside
 * for a task or a contract does so until it ends (ROLE-R04, ROLE-R08): at the end of that day the role counts no more.
 */
export function mayHold(grant: Grant, held: readonly Held[], today: string): Verdict {
  const { role, organ, validFrom, validUntil, document } = grant
  const atAuthority = (authorityRoles as readonly Role[]).includes(role)
  const clashing = held.filter((other) => overlaps(other, grant) && dutyOf(other.role) !== dutyOf(role))
  return allOf(
    provided(validUntil === null || validUntil >= validFrom, {
      code: 'period',
      message: '截止日期早于起始日期。',
      remedy: '请核对任职期间。',
    }),
    provided(validUntil === null || validUntil >= today, {
      code: 'period-past',
      message: '任职期间已经过去。',
      remedy: '请核对任职期间。',
    }),
    provided(!atAuthority || organ.parts.includes('authority'), {
      code: 'role-organ',
      message: `“${roleLabels[role]}”只能在机关事务管理部门担任，${organ.name}不是。`,
      basis: law.authority,
    }),
    provided(!isAdministrator(role) || organ.parts.includes('authority'), {
      code: 'role-organ',
      message: `三员由本级机关事务管理部门的人员担任，${organ.name}不是机关事务管理部门。`,
      basis: law.separation,
      remedy: '请选择本级机关事务管理部门为任职机关。',
    }),
    provided(role !== 'finance-reviewer' || organ.parts.includes('finance'), {
      code: 'role-organ',
      message: `“${roleLabels[role]}”只能在财政部门担任，${organ.name}不是。`,
      basis: law.finance,
    }),
    provided(role !== 'supervisor' || organ.parts.some((part) => supervisingParts.includes(part)), {
      code: 'role-organ',
      message: `“${roleLabels[role]}”只能在发展改革、财政、自然资源、住房城乡建设、审计等部门担任，${organ.name}不是。`,
      basis: law.supervisors,
    }),
    provided(role !== 'supervisor' || !organ.parts.includes('audit') || (validUntil !== null && isWritten(document)), {
      code: 'ROLE-R04',
      message: '审计人员在审计任务期间查阅业务，须填写审计任务文号和截止日期。',
      basis: law.supervisors,
      remedy: '请在“依据文件”填写任务文号，并填写截止日期；任务延长的，期满前重新授予。',
    }),
    provided(role !== 'provider' || validUntil !== null, {
      code: 'ROLE-R08',
      message: '服务商人员的角色到合同期满为止，须填写截止日期。',
      basis: law.accounts,
      remedy: '请以合同期满日为截止日期；续签的，重新授予。',
    }),
    provided(clashing.length === 0, {
      code: 'separation',
      message: `三员应当分立：本人同期已担任“${clashing[0] ? roleLabels[clashing[0].role] : ''}”，不能再担任“${roleLabels[role]}”。`,
      basis: law.separation,
      remedy: '请由另一人担任，或先收回原角色。',
    }),
  )
}

/**
 * The roles that count at an organ: the three administrators look after a level from its authority alone (facts 9.1 R09–R11),
 * also where an organ has ceased to be it.
 */
export function rolesInForce(roles: readonly Role[], parts: readonly StatutoryPart[]): Role[] {
  return roles.filter((role) => !isAdministrator(role) || parts.includes('authority'))
}

/** A role may be exercised by a colleague, for a limited time, and not handed on; administrators never delegate. */
export function mayDelegate(
  holding: Period & { role: Role; delegatedFrom: string | null; organId: string; personId: string },
  delegation: { personId: string; validFrom: string; validUntil: string; sameOrgan: boolean },
  settings: Pick<Settings, 'delegation-days'>,
  today: string,
): Verdict {
  const days = daysBetween(delegation.validFrom, delegation.validUntil) + 1
  return allOf(
    provided(!isAdministrator(holding.role), {
      code: 'administrator',
      message: '三员的职责不得委托他人。',
      basis: law.separation,
    }),
    provided(holding.delegatedFrom === null, {
      code: 'delegated',
      message: '受托的角色不能再委托他人。',
      basis: law.leastPrivilege,
    }),
    provided(delegation.personId !== holding.personId, { code: 'self', message: '不能委托给本人。' }),
    provided(delegation.sameOrgan, {
      code: 'other-organ',
      message: '只能委托给本单位的人员。',
      basis: law.leastPrivilege,
    }),
    provided(delegation.validFrom >= today, { code: 'past', message: '委托起始日不能早于今天。' }),
    provided(delegation.validUntil >= delegation.validFrom, {
      code: 'period',
      message: '截止日期早于起始日期。',
      remedy: '请核对委托期间。',
    }),
    provided(days <= settings['delegation-days'], {
      code: 'too-long',
      message: `一次委托最长${settings['delegation-days']}天，现为${days}天。`,
      basis: law.projectDefault,
      remedy: '请缩短委托期间。',
    }),
    provided(holding.validUntil === null || delegation.validUntil <= holding.validUntil, {
      code: 'beyond',
      message: '委托期间超出本人任职期间。',
      remedy: '请缩短委托期间。',
    }),
  )
}

const isWritten = (text: string | null | undefined): boolean => (text ?? '').trim() !== ''

function dutyOf(role: Role): string {
  return isAdministrator(role) ? role : 'business'
}

function overlaps(a: Period, b: Period): boolean {
  return (
    (a.validUntil === null || a.validUntil >= b.validFrom) && (b.validUntil === null || b.validUntil >= a.validFrom)
  )
}
