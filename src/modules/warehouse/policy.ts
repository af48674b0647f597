import {
  actsAs,
  holdsAny,
  officeRoles,
  readsLevel,
  readsOfOrgan,
  keeperRoles,
  roleLabels,
  type Actor,
  type Role,
} from '#kernel/pure/actor.ts'
import { byOwnOrgan } from '#kernel/pure/own-organ.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'
import { catalogueStates, type ItemState } from './model.ts'

type OfOrgan = { organId: string; jurisdictionCode: string }

/** Who asks for things, fetches them and brings them back. */
export const askingRoles: readonly Role[] = [...keeperRoles, 'organ-head']
/** Who runs the warehouse at the authority. */
export const warehouseRoles: readonly Role[] = ['asset-reviewer']
/** Who decides on loans and allotments; reviewers of plans allot instead of buying (opinion O3). */
export const reviewerRoles: readonly Role[] = ['asset-reviewer', 'plan-reviewer', 'authority-leader']

/** What is in the warehouse is looked at by every office of the level (A23-2); what is not, or no longer, by its organ and who reads the level. */
export function maySeeItem(
  actor: Actor,
  item: { ownerOrganId: string; jurisdictionCode: string; state: ItemState },
): boolean {
  const { ownerOrganId: organId, jurisdictionCode } = item
  return (
    readsOfOrgan(actor, { organId, jurisdictionCode }) ||
    (maySeeCatalogue(actor, jurisdictionCode) && (catalogueStates as readonly ItemState[]).includes(item.state))
  )
}

/** Every office of the level (Art. 6: no other level). */
export function maySeeCatalogue(actor: Actor, jurisdictionCode: string): boolean {
  return actor.organ?.jurisdictionCode === jurisdictionCode && holdsAny(actor, officeRoles)
}

/** Intakes and requests are read by the organ and by those who read the level. */
export function maySeeMatter(actor: Actor, subject: OfOrgan): boolean {
  return readsOfOrgan(actor, subject)
}

export const readsOwnLevel = (actor: Actor): boolean =>
  actor.organ !== null && readsLevel(actor, actor.organ.jurisdictionCode)

function ofOrgan(actor: Actor, organId: string, roles: readonly Role[], what: string): Verdict {
  return byOwnOrgan(actor, organId, {
    what,
    whose: '本机关',
    roles,
    who: roles.map((role) => `“${roleLabels[role]}”`).join('、'),
    basis: law.warehouse,
  })
}

function ofAuthority(actor: Actor, jurisdictionCode: string, roles: readonly Role[], what: string): Verdict {
  return provided(actsAs(actor, 'authority', jurisdictionCode) && holdsAny(actor, roles), {
    code: 'not-authority',
    message: `${what}由本级机关事务管理部门的资产审核人员办理。`,
    basis: law.warehouse,
  })
}

/** A request between levels is read by both levels, and by the organ that is to have the things. */
export function maySeeLevelRequest(
  actor: Actor,
  subject: { receiverOrganId: string; jurisdictionCode: string; giverJurisdictionCode: string },
): boolean {
  return (
    readsOfOrgan(actor, { organId: subject.receiverOrganId, jurisdictionCode: subject.jurisdictionCode }) ||
    readsLevel(actor, subject.giverJurisdictionCode)
  )
}

/** Who may do what with the public warehouse. State and law are judged by the rules, not here. */
export const can = {
  applyIntake: (actor: Actor, { organId }: OfOrgan) => ofOrgan(actor, organId, keeperRoles, '申请入仓'),
  runWarehouse: (actor: Actor, { jurisdictionCode }: { jurisdictionCode: string }) =>
    ofAuthority(actor, jurisdictionCode, warehouseRoles, '管理公物仓'),
  /** Heavy repair is a leader's decision (facts 3.2: grade C). */
  approveRepair: (actor: Actor, { jurisdictionCode }: { jurisdictionCode: string }): Verdict =>
    provided(actsAs(actor, 'authority', jurisdictionCode) && holdsAny(actor, ['authority-leader']), {
      code: 'not-leader',
      message: '大修由机关事务管理部门负责人批准。',
      basis: law.sharing,
    }),
  /** A photo is taken by who hands the thing in, or by the warehouse. */
  photograph: (actor: Actor, item: { ownerOrganId: string; jurisdictionCode: string }): Verdict =>
    provided(can.runWarehouse(actor, item).ok || can.applyIntake(actor, { ...item, organId: item.ownerOrganId }).ok, {
      code: 'not-holder',
      message: '照片由移交机关或公物仓上传。',
      basis: law.intakePapers,
    }),
  ask: (actor: Actor, { organId }: { organId: string }) =>
    ofOrgan(actor, organId, askingRoles, '预约和申请使用公物仓物品'),
  decide: (actor: Actor, { jurisdictionCode }: { jurisdictionCode: string }) =>
    ofAuthority(actor, jurisdictionCode, reviewerRoles, '审核公物仓借用、调拨'),
  /** A body is registered, changed and ended by the organ that leads it. */
  leadBody: (actor: Actor, { organId }: { organId: string }) =>
    ofOrgan(actor, organId, askingRoles, '登记临时机构、会议活动'),
  /** Things are given to a body, taken back, handed in and kept by whoever holds their cards. */
  keepThings: (actor: Actor, { organId }: { organId: string }) => ofOrgan(actor, organId, keeperRoles, '登记资产去向'),
  /** Another level is asked by the authority, for an organ of its own level (Art. 6). */
  askLevel: (actor: Actor, { jurisdictionCode }: { jurisdictionCode: string }) =>
    ofAuthority(actor, jurisdictionCode, reviewerRoles, '商请其他层级调剂'),
  /** What the warehouse of a level did is for who reads the level. */
  seeMetrics: (actor: Actor, { jurisdictionCode }: { jurisdictionCode: string }): Verdict =>
    provided(readsLevel(actor, jurisdictionCode), {
      code: 'not-level',
      message: '公物仓统计由本级机关事务管理、财政、审计部门查看。',
      basis: law.ownLevel,
    }),
  /** What organs hold beyond their standards is for who reads the level. */
  seeOverStandard: (actor: Actor, { jurisdictionCode }: { jurisdictionCode: string }): Verdict =>
    provided(readsLevel(actor, jurisdictionCode), {
      code: 'not-level',
      message: '超标准配置清单由本级机关事务管理、财政、审计部门查看。',
      basis: law.ownLevel,
    }),
  consent: (actor: Actor, { jurisdictionCode }: { jurisdictionCode: string }): Verdict =>
    provided(actsAs(actor, 'finance', jurisdictionCode) && holdsAny(actor, ['finance-reviewer']), {
      code: 'not-finance',
      message: '调拨由本级财政部门审核同意。',
      basis: law.financeConsent,
    }),
}
