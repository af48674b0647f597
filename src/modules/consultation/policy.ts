import {
  actsAs,
  authorityRoles,
  holdsAny,
  officeRoles,
  readsLevel,
  readsOfOrgan,
  type Actor,
  type Role,
} from '#kernel/pure/actor.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'

/** Who asks, answers the opinions and closes, at the department whose draft it is. */
export const leadRoles: readonly Role[] = [...authorityRoles, 'finance-reviewer']
/** Who says what an organ thinks; the same people who send its demand. */
export const answerRoles: readonly Role[] = ['organ-clerk', 'organ-head', 'plan-reviewer']

type Asked = { organId: string; jurisdictionCode: string }

/** Reads every opinion: authority, finance and audit of the level (Art. 6, 40). Everybody else sees their own organ's. */
export function seesAll(actor: Actor, { jurisdictionCode }: Pick<Asked, 'jurisdictionCode'>): boolean {
  return readsLevel(actor, jurisdictionCode)
}

/** May the actor know of the consultation: those who read the level, and people in office of an invited organ. */
export function maySeeConsultation(
  actor: Actor,
  asked: Pick<Asked, 'jurisdictionCode'>,
  invitedOrganIds: readonly string[],
): boolean {
  return (
    seesAll(actor, asked) ||
    (actor.organ !== null && holdsAny(actor, officeRoles) && invitedOrganIds.includes(actor.organ.id))
  )
}

/** May the actor read what one organ says. */
export function maySeeOpinion(actor: Actor, opinion: Asked): boolean {
  return readsOfOrgan(actor, opinion)
}

export const can = {
  /** Art. 9: the authority asks on quotas and service standards, finance on expenditure quotas and spending standards. */
  open: (actor: Actor, jurisdictionCode: string): Verdict =>
    allOf(
      provided(
        actor.organ !== null &&
          (actsAs(actor, 'authority', jurisdictionCode) || actsAs(actor, 'finance', jurisdictionCode)),
        {
          code: 'not-department',
          message: '征求意见由本级机关事务管理部门或财政部门发起。',
          basis: law.ownLevel,
        },
      ),
      provided(holdsAny(actor, leadRoles), {
        code: 'role',
        message: '发起征求意见须为机关事务管理部门的局领导或审核人员，或者财政审核人员。',
        remedy: '请联系本部门负责人授予角色。',
      }),
    ),

  /** Answers opinions, reminds, closes, withdraws: the department that asked, and no other. */
  lead: (actor: Actor, { organId }: Pick<Asked, 'organId'>, what: string): Verdict =>
    allOf(
      provided(actor.organ?.id === organId, {
        code: 'not-own-consultation',
        message: `${what}由发起征求意见的部门办理。`,
      }),
      provided(holdsAny(actor, leadRoles), {
        code: 'role',
        message: `${what}须为本部门的局领导或审核人员。`,
        remedy: '请联系本部门负责人授予角色。',
      }),
    ),

  answer: (actor: Actor, { organId }: Pick<Asked, 'organId'>): Verdict =>
    allOf(
      provided(actor.organ?.id === organId, { code: 'not-own-organ', message: '答复由被征求意见的机关自己办理。' }),
      provided(holdsAny(actor, answerRoles), {
        code: 'role',
        message: '答复征求意见须具有“机关经办人”或“机关负责人”角色。',
        remedy: '请联系本机关负责人授予角色。',
      }),
    ),
}
