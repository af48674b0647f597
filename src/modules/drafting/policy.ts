import { actsAs, actsOnlyFor, holdsAny, officeRoles, readsLevel, type Actor, type Role } from '#kernel/pure/actor.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { isWithin } from '#modules/organs/model.ts'
import { law } from './law.ts'
import { matterLabels, partOfMatter, type DraftState, type Matter } from './model.ts'

type OfDraft = { matter: Matter; jurisdictionCode: string }

/** States in which a draft concerns those whom it will bind. */
export const draftsOpenToServed: readonly DraftState[] = ['consulting', 'approving', 'approved']

/**
 * Authority, finance and audit of the level see every draft; the organs a draft will bind see it once their opinions are
 * asked for, because it concerns them (Art. 7, 9).
 */
export function maySeeDraft(actor: Actor, draft: { jurisdictionCode: string; state: DraftState }): boolean {
  return (
    readsLevel(actor, draft.jurisdictionCode) || (draftsOpenToServed.includes(draft.state) && isServed(actor, draft))
  )
}

/** Somebody in office at an organ within the jurisdiction. */
export function isServed(actor: Actor, { jurisdictionCode }: { jurisdictionCode: string }): boolean {
  return (
    actor.organ !== null && isWithin(actor.organ.jurisdictionCode, jurisdictionCode) && holdsAny(actor, officeRoles)
  )
}

/** Finance's reviews are business of the level. */
export function maySeeExpenditureReview(actor: Actor, review: { jurisdictionCode: string }): boolean {
  return readsLevel(actor, review.jurisdictionCode)
}

const words = {
  authority: { organ: '本级机关事务管理部门', drafter: '保障计划审核', approver: '局领导' },
  finance: { organ: '本级财政部门', drafter: '财政审核', approver: '财政审核（另一人）或者机关负责人' },
} as const
const drafters: Readonly<Record<'authority' | 'finance', readonly Role[]>> = {
  authority: ['plan-reviewer'],
  finance: ['finance-reviewer'],
}
const approvers: Readonly<Record<'authority' | 'finance', readonly Role[]>> = {
  authority: ['authority-leader'],
  finance: ['finance-reviewer', 'organ-head'],
}

function atDepartment(actor: Actor, { matter, jurisdictionCode }: OfDraft, what: string): Verdict {
  const part = partOfMatter(matter)
  return provided(actsAs(actor, part, jurisdictionCode), {
    code: `not-${part}`,
    message: `${matterLabels[matter]}由${words[part].organ}${what}。`,
    basis: part === 'finance' ? law.expenditure : law.ownLevel,
    remedy: '上级只制定本级适用和全省统一的标准，不代下级制定。',
  })
}

function drafts(actor: Actor, draft: OfDraft): Verdict {
  const part = partOfMatter(draft.matter)
  return allOf(
    atDepartment(actor, draft, '起草'),
    provided(holdsAny(actor, drafters[part]), {
      code: 'role',
      message: `起草须具有“${words[part].drafter}”角色。`,
      remedy: '请联系本部门负责人授予角色。',
    }),
  )
}

/** Nobody approves what they wrote or sent (ROLE-R02); at finance another person, since one office does both. */
function approves(
  actor: Actor,
  draft: OfDraft & { authors: readonly string[]; submittedBy?: string | null | undefined },
): Verdict {
  const part = partOfMatter(draft.matter)
  const own =
    actor.personId !== null && (draft.authors.includes(actor.personId) || draft.submittedBy === actor.personId)
  const delegators = actsOnlyFor(actor, approvers[part], [...draft.authors, draft.submittedBy ?? null])
  return allOf(
    atDepartment(actor, draft, '批准'),
    provided(holdsAny(actor, approvers[part]), {
      code: 'role',
      message: `批准须具有“${words[part].approver}”角色。`,
      remedy: '请由有权人员办理。',
    }),
    provided(!own && !delegators, {
      code: 'ROLE-R02',
      message: own ? '草案由您起草或者送批，不能由您批准。' : '草案由委托您履职的人起草或者送批，不能由您代其批准。',
      remedy: '请由其他有权人员办理。',
    }),
  )
}

/** Who may do what to a draft. State and law are judged by the rules, not here. */
export const can = {
  make: drafts,
  edit: drafts,
  consult: drafts,
  submit: drafts,
  recall: drafts,
  withdraw: drafts,
  approve: approves,
  returnForCorrection: approves,
  refuse: approves,
}

/** Who looks at a standard once a year and says that it stays (A9-2): its drafter. */
export function mayConfirm(actor: Actor, standard: OfDraft): Verdict {
  return drafts(actor, standard)
}

/** A9-3: finance of the level concludes its own review. */
export function mayConcludeReview(actor: Actor, { jurisdictionCode }: { jurisdictionCode: string }): Verdict {
  return drafts(actor, { matter: 'expenditure', jurisdictionCode })
}
