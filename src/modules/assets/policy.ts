import { codePrefix } from '#modules/organs/model.ts'
import {
  holdsAny,
  readsLevel,
  readsOfOrgan,
  keeperRoles,
  type Actor,
  type Role,
  type OfficeScope,
} from '#kernel/pure/actor.ts'
import { byOwnOrgan, readScope } from '#kernel/pure/own-organ.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import { borrowingRoles } from './cases.ts'
import { law } from './law.ts'

type OfOrgan = { organId: string; jurisdictionCode: string }

/** Cards of an organ are read by its people in office and by those who read the level (A12-1, A12-4). */
export function maySeeCards(actor: Actor, subject: OfOrgan): boolean {
  return readsOfOrgan(actor, subject)
}

/** Who keeps a thing sees its card, office or not: they are to sign for it. */
export function maySeeCard(actor: Actor, subject: OfOrgan & { custodianId: string | null }): boolean {
  return (
    maySeeCards(actor, subject) ||
    (actor.personId !== null && actor.personId === subject.custodianId && actor.organ?.id === subject.organId)
  )
}

/** A loan is seen by the lender's and the borrower's people in office, who reads the level, and the borrower in person. */
export function maySeeLoan(actor: Actor, loan: OfOrgan & { borrowerOrganId: string; borrowerId: string }): boolean {
  const { organId, borrowerOrganId, jurisdictionCode } = loan
  return (
    readsOfOrgan(actor, { organId, jurisdictionCode }) ||
    readsOfOrgan(actor, { organId: borrowerOrganId, jurisdictionCode }) ||
    (actor.personId === loan.borrowerId && actor.organ?.id === borrowerOrganId)
  )
}

/** Sums of lower levels are for authority, finance and audit (Art. 6); of the own level for who reads it. */
export function maySeeSums(actor: Actor, jurisdictionCode: string): boolean {
  const own = actor.organ?.jurisdictionCode ?? ''
  return readsLevel(actor, own) && prefixOf(own) !== '' && jurisdictionCode.startsWith(prefixOf(own))
}

/** GB/T 2260 without its trailing pairs of zeros: `14` for a province, `1401` for a city. */
export function prefixOf(jurisdictionCode: string): string {
  return codePrefix(jurisdictionCode)
}

function ofOrgan(actor: Actor, { organId }: OfOrgan, roles: readonly Role[], what: string): Verdict {
  return byOwnOrgan(actor, organId, {
    what,
    whose: '持有资产的机关',
    roles,
    who: '“资产管理员”或“机关经办人”',
    basis: law.dailyCare,
  })
}

/** Who may do what with the register. State and law are judged by the rules, not here. */
export const can = {
  register: (actor: Actor, subject: OfOrgan) => ofOrgan(actor, subject, keeperRoles, '登记资产卡片'),
  change: (actor: Actor, subject: OfOrgan) => ofOrgan(actor, subject, keeperRoles, '变更资产卡片'),
  importCards: (actor: Actor, subject: OfOrgan) => ofOrgan(actor, subject, keeperRoles, '导入资产卡片'),
  closeMonth: (actor: Actor, subject: OfOrgan) => ofOrgan(actor, subject, keeperRoles, '计提折旧'),
  /** Fields that cards of a level have beside the core are set by its authority (A12-1). */
  defineFields: (actor: Actor): Verdict =>
    provided(
      actor.organ?.parts.includes('authority') === true && holdsAny(actor, ['asset-reviewer', 'authority-leader']),
      {
        code: 'role',
        message: '自定义字段由本级机关事务管理部门的“资产审核”“局领导”设置。',
        basis: law.ownLevel,
      },
    ),
  handOver: (actor: Actor, subject: OfOrgan) => ofOrgan(actor, subject, keeperRoles, '办理资产交接'),
  lend: (actor: Actor, subject: OfOrgan) => ofOrgan(actor, subject, keeperRoles, '办理资产借用'),
  /** Only the borrower signs for what is lent, and hands it back (A12-4). */
  answerLoan: (actor: Actor, loan: { organId: string; borrowerOrganId: string; borrowerId: string }): Verdict =>
    provided(
      actor.personId === loan.borrowerId &&
        holdsAny(actor, borrowingRoles(loan.organId === loan.borrowerOrganId), loan.borrowerOrganId),
      {
        code: 'not-borrower',
        message: '借用由借用人本人签收、退回和交还。',
        basis: law.dailyCare,
      },
    ),
  /** Only the receiver signs: a thing in somebody's care was taken by that person (A12-4). */
  answerHandover: (actor: Actor, subject: OfOrgan & { toPersonId: string }): Verdict =>
    provided(actor.personId === subject.toPersonId && actor.organ?.id === subject.organId, {
      code: 'not-receiver',
      message: '交接由接收人本人签收或退回。',
      basis: law.dailyCare,
    }),
}

/** Whose cards a list shows: the level for who reads it, else the own organ. */
export function listScope(actor: Actor): OfficeScope | null {
  return readScope(actor, keeperRoles)
}

export const readsOwnLevel = (actor: Actor): boolean =>
  actor.organ !== null && readsLevel(actor, actor.organ.jurisdictionCode)
