import { actsAs, holdsAny, readsLevel, readsOfOrgan, keeperRoles, type Actor, type Role } from '#kernel/pure/actor.ts'
import { byOwnOrgan } from '#kernel/pure/own-organ.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from './law.ts'

type OfOrgan = { organId: string; jurisdictionCode: string }

/** Who buys for an organ, from the request to the last payment. */
export const buyerRoles: readonly Role[] = keeperRoles
export const headRoles: readonly Role[] = ['organ-head']
/** Who may sign an acceptance as the second: whoever uses or keeps the things, or the head. */
export const signerRoles: readonly Role[] = ['organ-head', ...keeperRoles]

/** Purchases of an organ are read by its people in office and by those who read the level (Art. 6, 11). */
export function maySeePurchase(actor: Actor, subject: OfOrgan): boolean {
  return readsOfOrgan(actor, subject)
}

/** Sums of a level are for finance, authority and audit of it (A12-1, Art. 6, 40). */
export function maySeeFigures(actor: Actor): boolean {
  return actor.organ !== null && readsLevel(actor, actor.organ.jurisdictionCode)
}

/** How far the buying on a plan line is: who carries it out, who it is for, and who reads the level (A22-2). */
export function maySeeProgress(
  actor: Actor,
  line: { holderOrganId: string; servedOrganId: string; jurisdictionCode: string },
): boolean {
  const { holderOrganId, servedOrganId, jurisdictionCode } = line
  return [holderOrganId, servedOrganId].some((organId) => readsOfOrgan(actor, { organId, jurisdictionCode }))
}

/** Whose purchases a list shows: the level for who reads it, else the own organ. */
export function listScope(actor: Actor): { jurisdictionCode: string; organId: string | null } | null {
  const { organ } = actor
  if (organ === null) return null
  const level = readsLevel(actor, organ.jurisdictionCode) && !holdsAny(actor, buyerRoles)
  return { jurisdictionCode: organ.jurisdictionCode, organId: level ? null : organ.id }
}

function ofOrgan(actor: Actor, { organId }: OfOrgan, roles: readonly Role[], what: string, who: string): Verdict {
  return byOwnOrgan(actor, organId, { what, whose: '采购单位', roles, who, basis: law.soundPurchasing })
}

/** Who may do what with a purchase. State and law are judged by the rules, not here. */
export const can = {
  buy: (actor: Actor, subject: OfOrgan, what = '办理采购') =>
    ofOrgan(actor, subject, buyerRoles, what, '“机关经办人”或“资产管理员”'),
  /** The head of the organ answers for its purchases and payments; nobody decides their own (ROLE-R02, by the case). */
  decide: (actor: Actor, subject: OfOrgan) => ofOrgan(actor, subject, headRoles, '审批采购和付款', '“机关负责人”'),
  sign: (actor: Actor, subject: OfOrgan) =>
    ofOrgan(actor, subject, signerRoles, '复核验收', '“机关负责人”“机关经办人”或“资产管理员”'),
  /** Complaints of suppliers are finance's of the level, from record to decision (政府采购法第五十五条、第五十六条). */
  handleComplaint: (actor: Actor, { jurisdictionCode }: Pick<OfOrgan, 'jurisdictionCode'>): Verdict =>
    allOf(
      provided(actsAs(actor, 'finance', jurisdictionCode), {
        code: 'not-finance',
        message: '供应商投诉由本级财政部门处理。',
        basis: law.decision,
      }),
      provided(holdsAny(actor, ['finance-reviewer']), {
        code: 'role',
        message: '处理供应商投诉须具有“财政审核”角色。',
        remedy: '请联系本部门负责人授予角色。',
      }),
    ),
  /** Departing from open tender is let by finance of the level (政府采购法第二十七条). */
  consentMethod: (actor: Actor, { jurisdictionCode }: OfOrgan): Verdict =>
    allOf(
      provided(actsAs(actor, 'finance', jurisdictionCode), {
        code: 'not-finance',
        message: '采购方式变更由本级财政部门办理。',
        basis: law.openTender,
      }),
      provided(holdsAny(actor, ['finance-reviewer']), {
        code: 'role',
        message: '审批采购方式须具有“财政审核”角色。',
        remedy: '请联系本部门负责人授予角色。',
      }),
    ),
}
