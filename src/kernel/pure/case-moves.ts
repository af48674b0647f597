import { actsAs, actsOnlyFor, holdsAny, roleLabels, type Actor, type Role } from './actor.ts'
import type { CaseKind, CaseTransition, Party } from './case-kind.ts'
import { allOf, allowed, provided, refused, type Verdict } from './verdict.ts'

/** What the rules of moving need to know of a case. */
export type CaseStanding = Readonly<{
  state: string
  applicantOrganId: string
  jurisdictionCode: string
  assignedPersonId: string | null
  assignedPersonName: string | null
  submittedBy: string | null
  /** On whose behalf it was submitted, where by delegation alone. */
  submittedFor: string | null
}>

export const partyLabels: Record<Party, string> = {
  applicant: '申请机关',
  authority: '本级机关事务管理部门',
  finance: '本级财政部门',
}

/** True when the actor acts for the organ that is this party to the case. */
export function isParty(
  actor: Actor,
  party: Party,
  standing: Pick<CaseStanding, 'applicantOrganId' | 'jurisdictionCode'>,
): boolean {
  if (party === 'applicant') return actor.organ !== null && actor.organ.id === standing.applicantOrganId
  return actsAs(actor, party, standing.jurisdictionCode)
}

/**
 * Whether the actor may take the transition now: right state, right party and role, the person it was handed to, not the
 * one who submitted it (ROLE-R02), no opinion still asked for, an opinion given where one is required. All refusals at once.
 */
export function mayMove(
  kind: CaseKind,
  transition: string,
  actor: Actor,
  standing: CaseStanding,
  given: { opinion: string | null; openSignatures: number },
): Verdict {
  const move = kind.transitions[transition]
  if (!move) throw new Error(`case kind ${kind.kind} has no transition ${transition}`)
  if (!move.from.includes(standing.state))
    return refused({
      code: 'case-state',
      message: `“${kind.title}”现为“${kind.states[standing.state]?.label ?? standing.state}”，不能“${move.label}”。`,
      facts: { 现状: kind.states[standing.state]?.label ?? standing.state },
      remedy: '请刷新后核对当前环节。',
    })
  return allOf(mayActFor(move, actor, standing), beforehand(move, actor, standing, given))
}

/** Whether the transition is the actor's at all, whatever the state and whatever is still missing (ROLE-R02). */
export function mayTake(kind: CaseKind, transition: string, actor: Actor, standing: CaseStanding): Verdict {
  const move = kind.transitions[transition]
  if (!move) throw new Error(`case kind ${kind.kind} has no transition ${transition}`)
  return mayActFor(move, actor, standing)
}

function mayActFor(move: CaseTransition<string>, actor: Actor, standing: CaseStanding): Verdict {
  if (actor.kind === 'system') return allowed
  const { party, roles } = move.by
  return allOf(
    provided(isParty(actor, party, standing) && holdsAny(actor, roles), {
      code: 'case-party',
      message: `“${move.label}”由${partyLabels[party]}的${rolesInWords(roles)}办理。`,
      facts: { 办理方: partyLabels[party] },
      remedy: '您兼任该职务的，请先切换到相应的机关身份。',
    }),
    provided(!(move.notBySubmitter && isOwn(actor, standing)), {
      code: 'ROLE-R02',
      message: `本事项由您提交，不能再由您“${move.label}”。`,
      remedy: '请由其他有权人员办理。',
    }),
    provided(
      !(
        move.notBySubmitter &&
        !isOwn(actor, standing) &&
        actsOnlyFor(actor, roles, [standing.submittedBy, standing.submittedFor])
      ),
      {
        code: 'ROLE-R02',
        message: `本事项由委托您履职的人提交，不能由您代其“${move.label}”。`,
        remedy: '请由其他有权人员办理。',
      },
    ),
  )
}

/** The actor submitted it, or somebody did by the actor's delegation. */
function isOwn({ personId }: Actor, { submittedBy, submittedFor }: CaseStanding): boolean {
  return personId !== null && (submittedBy === personId || submittedFor === personId)
}

function beforehand(
  move: CaseTransition<string>,
  actor: Actor,
  standing: CaseStanding,
  given: { opinion: string | null; openSignatures: number },
): Verdict {
  const handedToOther =
    standing.assignedPersonId !== null && standing.assignedPersonId !== actor.personId && actor.kind !== 'system'
  return allOf(
    provided(!handedToOther || Boolean(move.withdraws), {
      code: 'case-assigned',
      message: `本事项已转${standing.assignedPersonName ?? '他人'}办理。`,
      remedy: '需要改由您办理的，请先收回转办。',
    }),
    provided(given.openSignatures === 0 || Boolean(move.withdraws), {
      code: 'case-signatures',
      message: `还有 ${given.openSignatures} 份会签或加签意见没有返回。`,
      facts: { 未返回: given.openSignatures },
      remedy: '请等待意见返回，或先收回会签、加签。',
    }),
    provided(move.opinion !== 'required' || (given.opinion ?? '').trim() !== '', {
      code: 'case-opinion',
      message: `“${move.label}”须写明意见。`,
      remedy: '请填写意见后再提交。',
    }),
  )
}

export function rolesInWords(roles: readonly Role[]): string {
  return roles.map((role) => roleLabels[role]).join('、')
}
