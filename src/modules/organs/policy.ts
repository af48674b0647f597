import {
  actsAs,
  atSupervisingDepartment,
  authorityRoles,
  holdsAny,
  officeRoles,
  type Actor,
  type Level,
  type Role,
  type StatutoryPart,
} from '#kernel/pure/actor.ts'
import { allowed, refused, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'
import { hasRestrictedTotals, isBelow, isWithin, type OrganKind } from './model.ts'
import { mayActOnLevel } from './rules.ts'

const registrarRoles: readonly Role[] = ['authority-leader', 'plan-reviewer']
/** They see which organs there are, to open accounts and grant roles, and nothing of their business (ROLE-R03). */
const accountRoles: readonly Role[] = ['system-administrator', 'security-administrator']

/** Which organs an actor may see: the query's predicate, so that lists never load what they do not show. */
export type OrganScope =
  | { kind: 'none' }
  | { kind: 'organ'; organId: string }
  /** All organs of the jurisdiction; `lower` adds those below it, without secret units. */
  | { kind: 'level'; jurisdictionCode: string; organId: string; lower: boolean; secretUnits: boolean }

export function organScope(actor: Actor): OrganScope {
  const { organ } = actor
  if (organ === null) return { kind: 'none' }
  const level = { kind: 'level', jurisdictionCode: organ.jurisdictionCode, organId: organ.id } as const
  if (isAuthority(actor)) return { ...level, lower: true, secretUnits: true }
  if (isFinance(actor)) return { ...level, lower: false, secretUnits: true }
  const supervises = holdsAny(actor, ['supervisor']) && atSupervisingDepartment(actor)
  if (supervises || holdsAny(actor, accountRoles)) return { ...level, lower: false, secretUnits: false }
  return { kind: 'organ', organId: organ.id }
}

type SeenOrgan = { id: string; name: string; kind: OrganKind; jurisdictionCode: string; secretUnit: boolean }

/** One function a verb: who may do it, with the reason where not. */
export const can = {
  /** ROLE-R01: own organ, own level by office, lower levels read-only for an authority (Art. 6, 7). */
  viewOrgan(actor: Actor, organ: SeenOrgan): Verdict {
    return organInScope(organScope(actor), organ)
      ? allowed
      : refused({
          code: 'ROLE-R01',
          message: `您在${actor.organ?.name ?? '当前身份'}的角色不能查看这个机关的登记信息。`,
          basis: law.sharing,
          remedy: '需要共享信息的，请联系其同级机关事务管理部门。',
        })
  },

  /**
   * Posts and people by rank, for people in office; those of sensitive organs only for themselves and their own level's
   * authority and finance.
   */
  viewHeadcount(actor: Actor, organ: SeenOrgan): Verdict {
    const own = actor.organ?.id === organ.id
    const ownLevel = actor.organ?.jurisdictionCode === organ.jurisdictionCode
    const official = isAuthority(actor) || isFinance(actor)
    const open = !hasRestrictedTotals(organ) && organInScope(organScope(actor), organ)
    if (holdsAny(actor, officeRoles) && (own || (ownLevel && official) || open)) return allowed
    return refused({
      code: 'headcount-restricted',
      message: '您的角色不能查看这个机关的编制和人数。',
      basis: law.sharing,
      remedy: '请联系其同级机关事务管理部门。',
    })
  },

  /**
   * The level's authority registers organs; the province's also registers the authority of a lower level,
   * since a level without one has nobody who could (Art. 6).
   */
  registerOrgan(
    actor: Actor,
    draft: { jurisdictionCode: string; level: Level; parts: readonly StatutoryPart[] },
  ): Verdict {
    const lowerAuthority =
      draft.parts.includes('authority') &&
      actor.organ?.level === 'province' &&
      actor.organ.parts.includes('authority') &&
      isBelow(draft.jurisdictionCode, actor.organ.jurisdictionCode)
    if (lowerAuthority && holdsAny(actor, registrarRoles)) return allowed
    return registers(actor, '登记机关', { name: '该机关', jurisdictionCode: draft.jurisdictionCode })
  },

  changeOrgan: (actor: Actor, organ: SeenOrgan): Verdict => registers(actor, '修改机关登记', organ),
  setHeadcount: (actor: Actor, organ: SeenOrgan): Verdict => registers(actor, '登记编制', organ),
  closeOrgan: (actor: Actor, organ: SeenOrgan): Verdict => registers(actor, '停用机关', organ),
}

/** The register of organs is kept by the plan reviewers and leaders of the level's authority. */
function registers(actor: Actor, act: string, organ: { name: string; jurisdictionCode: string }): Verdict {
  if (actor.organ !== null && isAuthority(actor) && !actsAs(actor, 'authority', organ.jurisdictionCode))
    return mayActOnLevel(actor.organ, organ, null)
  if (actsAs(actor, 'authority', organ.jurisdictionCode) && holdsAny(actor, registrarRoles)) return allowed
  return refused({
    code: 'not-registrar',
    message: `${act}由本级机关事务管理部门的计划审核人员或局领导办理。`,
    basis: law.authority,
    remedy: '请联系本级机关事务管理部门。',
  })
}

function organInScope(scope: OrganScope, organ: SeenOrgan): boolean {
  if (scope.kind === 'none') return false
  if (scope.kind === 'organ' || organ.id === scope.organId) return organ.id === scope.organId
  if (organ.jurisdictionCode === scope.jurisdictionCode) return scope.secretUnits || !organ.secretUnit
  return scope.lower && isWithin(organ.jurisdictionCode, scope.jurisdictionCode) && !organ.secretUnit
}

function isAuthority(actor: Actor): boolean {
  return actor.organ !== null && actor.organ.parts.includes('authority') && holdsAny(actor, authorityRoles)
}

function isFinance(actor: Actor): boolean {
  return actor.organ !== null && actor.organ.parts.includes('finance') && holdsAny(actor, ['finance-reviewer'])
}
