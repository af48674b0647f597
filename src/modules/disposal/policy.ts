import {
  actsAs,
  holdsAny,
  officeRoles,
  readsLevel,
  readsOfOrgan,
  type Actor,
  type Role,
  type OfficeScope,
} from '#kernel/pure/actor.ts'
import { byOwnOrgan, readScope } from '#kernel/pure/own-organ.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { authority, finance, keeper } from './cases.ts'
import { law } from './law.ts'

type OfOrgan = { organId: string; jurisdictionCode: string }
type OfApplication = OfOrgan & { receiverOrganId: string | null; approvedOn: string | null }

/** An application is read by the organ in office and by who reads its level; the receiver sees what it is to sign for. */
export function maySeeApplication(actor: Actor, application: OfApplication): boolean {
  return readsOfOrgan(actor, application) || isReceiver(actor, application)
}

function isReceiver(actor: Actor, { receiverOrganId, approvedOn }: OfApplication): boolean {
  return (
    approvedOn !== null &&
    receiverOrganId !== null &&
    actor.organ?.id === receiverOrganId &&
    holdsAny(actor, officeRoles)
  )
}

function ofOrgan(actor: Actor, { organId }: { organId: string }, what: string): Verdict {
  return byOwnOrgan(actor, organId, {
    what,
    whose: '持有资产的机关',
    roles: keeper.roles,
    who: '“资产管理员”或“机关经办人”',
    basis: law.dailyCare,
  })
}

function ofPart(
  actor: Actor,
  { jurisdictionCode }: { jurisdictionCode: string },
  part: 'authority' | 'finance',
  roles: readonly Role[],
  what: string,
): Verdict {
  const who = part === 'authority' ? '机关事务管理部门' : '财政部门'
  return allOf(
    provided(actsAs(actor, part, jurisdictionCode), {
      code: `not-${part}`,
      message: `${what}由同级${who}办理。`,
      basis: law.financeConsent,
    }),
    provided(holdsAny(actor, roles), {
      code: 'role',
      message: `${what}须具有“${part === 'authority' ? '资产审核' : '财政审核'}”角色。`,
      remedy: '请联系本部门负责人授予角色。',
    }),
  )
}

/** Who may do what with a disposal (Art. 12). State and law are judged by the rules, not here. */
export const can = {
  apply: (actor: Actor, subject: OfOrgan) => ofOrgan(actor, subject, '申请处置资产'),
  carryOut: (actor: Actor, subject: OfOrgan) => ofOrgan(actor, subject, '实施处置、上缴收入'),
  review: (actor: Actor, subject: OfOrgan) => ofPart(actor, subject, 'authority', authority.roles, '审核处置申请'),
  consent: (actor: Actor, subject: { jurisdictionCode: string }) =>
    ofPart(actor, subject, 'finance', finance.roles, '处置资产的同意'),
  /** Only the receiver signs: what is taken over is in its care from then on. */
  receive: (actor: Actor, { receiverOrganId }: OfApplication): Verdict =>
    allOf(
      provided(receiverOrganId !== null && actor.organ?.id === receiverOrganId, {
        code: 'not-receiver',
        message: '划转资产由接收机关核对签收。',
        basis: law.dailyCare,
      }),
      provided(holdsAny(actor, keeper.roles), {
        code: 'role',
        message: '签收划转资产须具有“资产管理员”或“机关经办人”角色。',
        remedy: '请联系本机关负责人授予角色。',
      }),
    ),
}

/** Whose applications a list shows: the level for who reads it, else those of the own organ and those it receives. */
export function listScope(actor: Actor): OfficeScope | null {
  return readScope(actor, keeper.roles)
}

/** Sums of a level are for finance, authority and audit of it (A12-1, Art. 6, 40). */
export function maySeeFigures(actor: Actor): boolean {
  return actor.organ !== null && readsLevel(actor, actor.organ.jurisdictionCode)
}

/** Lists of consent are read by those who read the level. */
export function maySeeConsentLists(actor: Actor): boolean {
  return actor.organ !== null && readsLevel(actor, actor.organ.jurisdictionCode)
}
