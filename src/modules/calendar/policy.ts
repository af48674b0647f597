import { actsAs, holds, holdsAny, type Actor } from '#kernel/pure/actor.ts'
import { allOf, allowed, provided, refused, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'
import type { Notice, Override } from './model.ts'

type Proposed = Pick<Notice | Override, 'state' | 'proposedBy' | 'proposedByName'>

/** One function a verb: who may do it, with the reason where not. Everybody signed in may read the calendar. */
export const can = {
  /**
   * The national calendar is kept on the highest level of the installation: by its system administrator or a leader of its
   * authority.
   * @param top code of that level; null before any authority is registered
   */
  loadNotice: (actor: Actor, top: string | null): Verdict => keepsNationalCalendar(actor, top, '录入放假安排通知'),

  confirmNotice: (actor: Actor, top: string | null, notice: Proposed): Verdict =>
    allOf(keepsNationalCalendar(actor, top, '复核放假安排通知'), waits(notice, '通知'), anotherPerson(actor, notice)),

  withdrawNotice: (actor: Actor, top: string | null, notice: Proposed): Verdict =>
    allOf(keepsNationalCalendar(actor, top, '撤回放假安排通知'), waits(notice, '通知')),

  /** A local exception is its own level's matter (Art. 6): its authority, or its administrator; no level above. */
  addOverride: (actor: Actor, jurisdictionCode: string): Verdict =>
    keepsLocalCalendar(actor, '登记本地安排', jurisdictionCode),

  confirmOverride: (actor: Actor, override: Proposed & { jurisdictionCode: string }): Verdict =>
    allOf(
      keepsLocalCalendar(actor, '复核本地安排', override.jurisdictionCode),
      waits(override, '本地安排'),
      anotherPerson(actor, override),
    ),

  /** One in force is changed by another one, with its document and two persons; it is never simply taken away. */
  withdrawOverride: (actor: Actor, override: Proposed & { jurisdictionCode: string }): Verdict =>
    allOf(keepsLocalCalendar(actor, '撤回本地安排', override.jurisdictionCode), waits(override, '本地安排')),
}

function keepsNationalCalendar(actor: Actor, top: string | null, act: string): Verdict {
  const ofTop = top !== null && actor.organ?.jurisdictionCode === top
  const leader = ofTop && holds(actor, 'authority-leader') && actor.organ?.parts.includes('authority') === true
  if (actor.kind === 'system' || leader || (ofTop && holds(actor, 'system-administrator'))) return allowed
  return refused({
    code: 'not-calendar-keeper',
    message: `${act}由本系统最高一级的系统管理员或机关事务管理部门的局领导办理。`,
    remedy: '请联系最高一级的系统管理员。',
  })
}

function keepsLocalCalendar(actor: Actor, act: string, jurisdictionCode: string): Verdict {
  const official =
    actsAs(actor, 'authority', jurisdictionCode) && holdsAny(actor, ['authority-leader', 'plan-reviewer'])
  const administrator = holds(actor, 'system-administrator') && actor.organ?.jurisdictionCode === jurisdictionCode
  if (official || administrator) return allowed
  return refused({
    code: 'not-local-calendar-keeper',
    message: `${act}由安排所适用的一级办理：其机关事务管理部门的局领导、保障计划审核人员或系统管理员。`,
    basis: law.ownLevel,
    remedy: '请联系该级机关事务管理部门。',
  })
}

function waits({ state }: Proposed, what: string): Verdict {
  return provided(state === 'proposed', {
    code: 'not-waiting',
    message: `这份${what}不在待复核状态，可能刚被他人处理。`,
    remedy: '请刷新后查看。',
  })
}

/** CAL-R02: a calendar counts only once a second person has confirmed it. */
function anotherPerson(actor: Actor, { proposedBy, proposedByName }: Proposed): Verdict {
  return provided(actor.personId !== null && actor.personId !== proposedBy, {
    code: 'CAL-R02',
    message: `录入人（${proposedByName}）不能自己复核。`,
    basis: law.twoPersons,
    remedy: '请另一位有权限的人员核对通知原文后复核。',
  })
}
