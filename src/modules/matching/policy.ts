import { actsAs, holdsAny, readsLevel, type Actor, type Role } from '#kernel/pure/actor.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'

type OfJurisdiction = { jurisdictionCode: string }

/** Who proposes and answers: those who review the plan; things are moved by the warehouse's own procedure. */
export const matchingRoles: readonly Role[] = ['plan-reviewer']

/** What could meet a level's demands is read by those who read the level (Art. 6, 40); organs see what was decided on theirs. */
export function maySee(actor: Actor, { jurisdictionCode }: OfJurisdiction): boolean {
  return readsLevel(actor, jurisdictionCode)
}

function ofAuthority(actor: Actor, { jurisdictionCode }: OfJurisdiction, what: string): Verdict {
  return allOf(
    provided(actsAs(actor, 'authority', jurisdictionCode), {
      code: 'not-authority',
      message: `${what}由同级机关事务管理部门办理。`,
      basis: law.guidance,
    }),
    provided(holdsAny(actor, matchingRoles), {
      code: 'role',
      message: `${what}须具有“保障计划审核”角色。`,
      remedy: '请联系本部门负责人授予角色。',
    }),
  )
}

/** Who may do what with proposals of matching. State and law are judged by the rules, not here. */
export const can = {
  propose: (actor: Actor, subject: OfJurisdiction) => ofAuthority(actor, subject, '测算调剂建议'),
  answer: (actor: Actor, subject: OfJurisdiction) => ofAuthority(actor, subject, '采纳调剂建议'),
}
