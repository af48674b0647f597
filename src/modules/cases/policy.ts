import { holdsAny, officeRoles, type Actor } from '#kernel/pure/actor.ts'
import { isParty, partyLabels, rolesInWords } from '#kernel/pure/case-moves.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { CaseRow } from '#kernel/server/cases/case-row.ts'
import type { Signature } from '#kernel/server/cases/store.ts'

/** One function a verb: who may do what every procedure has built in. */
export const can = {
  /** What the own organ has begun is business: nothing for staff, drivers, providers and administrators (ROLE-R03). */
  seeStarted: (actor: Actor): boolean => holdsAny(actor, officeRoles),
  /** Hand over 转办: those whose step it is, to a colleague who could take it too. */
  handOver(actor: Actor, row: CaseRow): Verdict {
    return allOf(
      mine(actor, row),
      provided(row.assignedPersonId === null || row.assignedPersonId === actor.personId, {
        code: 'case-assigned',
        message: `本事项已转${row.assignedPersonName ?? '他人'}办理。`,
        remedy: '需要改转的，请先收回转办。',
      }),
    )
  },
  /** Take back 收回转办: anybody whose step it would be without the handing over. */
  takeBack: (actor: Actor, row: CaseRow): Verdict =>
    allOf(
      mine(actor, row),
      provided(row.assignedPersonId !== null, { code: 'case-unassigned', message: '本事项没有转办。' }),
    ),
  /** Ask others for an opinion before deciding: co-sign 会签, add a signer 加签. */
  ask: (actor: Actor, row: CaseRow): Verdict => can.handOver(actor, row),
  answer(actor: Actor, signature: Signature): Verdict {
    const asked =
      signature.personId === null
        ? actor.organ?.id === signature.organId
        : actor.personId === signature.personId && actor.organ?.id === signature.organId
    return allOf(
      provided(asked, { code: 'not-asked', message: '这份意见不是请您或贵单位提出的。' }),
      provided(signature.answeredAt === null, { code: 'answered', message: '意见已经返回，不能修改。' }),
      provided(signature.recalledAt === null, { code: 'recalled', message: '对方已收回会签、加签。' }),
    )
  },
  recall: (actor: Actor, signature: Signature): Verdict =>
    allOf(
      provided(signature.askedBy === actor.personId, { code: 'not-asker', message: '只有发起人可以收回会签、加签。' }),
      provided(signature.answeredAt === null && signature.recalledAt === null, {
        code: 'answered',
        message: '意见已经返回或已收回。',
      }),
    ),
}

function mine(actor: Actor, row: CaseRow): Verdict {
  const party = row.waitingParty
  return provided(party !== null && isParty(actor, party, row) && holdsAny(actor, row.waitingRoles), {
    code: 'case-party',
    message:
      party === null ? '本事项已经办结。' : `当前环节由${partyLabels[party]}的${rolesInWords(row.waitingRoles)}办理。`,
  })
}
