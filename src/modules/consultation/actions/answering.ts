import { systemActor } from '#kernel/pure/actor.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { consultationCase, opinionCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { stanceLabels } from '../model.ts'
import { can, leadRoles } from '../policy.ts'
import { checkAnswer, checkItemSecrecy, isLate, mayAnswer, mergeItems } from '../rules/answering.ts'
import { isCollected } from '../rules/closing.ts'
import { paragraphsOf, placeNumber } from '../rules/places.ts'
import { countsOf, lockConsultation, saveConsultation, type ConsultationRow } from '../store/consultation.ts'
import { itemsOfOpinion, writeItems } from '../store/item.ts'
import { lockOpinion, saveOpinion, type OpinionRow } from '../store/opinion.ts'
import { expectVersion, opinionSubject, seenOpinion } from './access.ts'
import { opinionView } from './view.ts'

export const answeringActions: Pick<ActionsOf<typeof contract>, 'saveOpinion' | 'submitOpinion'> = {
  /** Typing is saved by itself; it is nobody's but the organ's until it is sent. */
  async saveOpinion(ctx) {
    const { opinion, row } = await toAnswer(ctx, ctx.input.opinionId, ctx.input.version)
    const { draft } = ctx.input
    insist(checkItemSecrecy(draft.items))
    const saved = await saveOpinion(ctx.tx, opinion, { draft })
    await record(ctx, 'consultation.draft-saved', {
      ...opinionSubject(opinion),
      before: { items: opinion.draft?.items.length ?? 0 },
      after: { items: draft.items.length },
    })
    return opinionView(ctx, row, saved)
  },

  /** Sends the answer, or sends it anew until the last day. What was answered and still says the same keeps its answer. */
  async submitOpinion(ctx) {
    const { opinion, row } = await toAnswer(ctx, ctx.input.opinionId, ctx.input.version)
    const { stance, items } = ctx.input
    insist(checkAnswer({ stance, items }))
    const before = await itemsOfOpinion(ctx.tx, opinion.id)
    const merged = mergeItems(before, items)
    const isFirst = opinion.state === 'waiting'
    const late = isFirst ? isLate(ctx.today, row.opinionsUntil) : opinion.late
    const paragraphs = paragraphsOf(row.text)
    const where = { consultationId: row.id, opinionId: opinion.id, organId: opinion.organId, late }
    await writeItems(ctx.tx, where, merged, (place) => placeNumber(paragraphs, place))
    const saved = await saveOpinion(ctx.tx, opinion, {
      state: 'answered',
      stance,
      late,
      draft: null,
      submittedAt: ctx.now,
      submittedByName: ctx.actor.name,
    })
    if (isFirst) await moveCase(ctx, opinionCase, opinion.caseId, 'answer', { opinion: ctx.input.opinion })
    await record(ctx, isFirst ? 'consultation.opinion-submitted' : 'consultation.opinion-changed', {
      ...opinionSubject(opinion),
      before: isFirst ? undefined : { stance: opinion.stance, items: before.map(said) },
      after: { stance, late: saved.late, items: items.map(said) },
    })
    await tellLeader(ctx, row, saved)
    // The consultation is the asking department's; that the last organ has answered moves it all the same.
    const now = await beyondScope(ctx, 'the last answer ends the collecting', () => startAnswering(ctx, row))
    return opinionView(ctx, now, saved)
  },
}

/** The answer of the actor's own organ, held with its consultation, at the version the clerk saw. */
async function toAnswer(
  act: Act,
  opinionId: string,
  version: number,
): Promise<{ opinion: OpinionRow; row: ConsultationRow }> {
  const seen = await seenOpinion(act, opinionId)
  permit(can.answer(act.actor, seen.opinion))
  // The consultation first, always: answers number their items one after the other, and none slips past a closing.
  const row = found(await lockConsultation(act.tx, seen.row.id, 'alone'), '征求意见')
  const opinion = found(await lockOpinion(act.tx, opinionId), '答复')
  insist(
    mayAnswer(
      { consultationState: row.state, opinionState: opinion.state, opinionsUntil: row.opinionsUntil },
      act.today,
    ),
  )
  expectVersion(opinion, version, '答复')
  return { opinion, row }
}

function said({
  place,
  opinion,
  suggestion,
  reason,
}: {
  place: string
  opinion: string
  suggestion: string
  reason: string
}) {
  return { place, opinion, suggestion, reason }
}

/** Only what has to be dealt with is told; that an organ has no opinion shows in the counts. */
async function tellLeader(act: Act, row: ConsultationRow, { stance, late }: OpinionRow): Promise<void> {
  if (stance !== 'comments') return
  await notify(act, {
    organId: row.organId,
    roles: leadRoles,
    link: `/consultation/consultations/${row.id}?tab=items`,
    text: `${act.actor.organ?.name ?? ''}对“${row.title}”${stanceLabels[stance]}${late ? '（逾期反馈）' : ''}。`,
  })
}

/** From collecting to answering, once everybody has answered or the last day is past; done by the system. */
export async function startAnswering(act: Act, row: ConsultationRow): Promise<ConsultationRow> {
  const counts = found((await countsOf(act.tx, [row.id])).get(row.id), '征求意见')
  if (row.state !== 'open' || !isCollected({ opinionsUntil: row.opinionsUntil, counts }, act.today)) return row
  const system = { ...act, actor: systemActor }
  const collected = await saveConsultation(act.tx, row, { state: 'answering' })
  await moveCase(system, consultationCase, row.caseId, 'collect', {})
  await record(system, 'consultation.collected', {
    subject: { kind: 'consultation.consultation', id: row.id },
    organId: row.organId,
    before: { state: row.state },
    after: { state: 'answering', ...counts },
  })
  return collected
}
