import type { Act } from '#kernel/server/context.ts'
import { Conflict, found, Missing } from '#kernel/server/errors.ts'
import { maySeeConsultation, maySeeOpinion, seesAll } from '../policy.ts'
import { consultationById, lockConsultation, type ConsultationRow } from '../store/consultation.ts'
import { opinionById, opinionOfOrgan, type OpinionRow } from '../store/opinion.ts'

/** A consultation the actor may know of, with what the own organ was asked. */
export type Seen = { row: ConsultationRow; mine: OpinionRow | null }

/** @throws Missing for whoever was not asked: that there is one is not told either */
export async function seenConsultation({ tx, actor }: Pick<Act, 'tx' | 'actor'>, id: string): Promise<Seen> {
  const row = found(await consultationById(tx, id), '征求意见')
  const mine = actor.organ === null ? null : await opinionOfOrgan(tx, id, actor.organ.id)
  if (!maySeeConsultation(actor, row, mine === null ? [] : [mine.organId])) throw new Missing('征求意见')
  return { row, mine }
}

/** The consultation held until the act is done; see {@link lockConsultation}. */
export async function heldConsultation(act: Act, id: string, how: 'alone' | 'together'): Promise<ConsultationRow> {
  await seenConsultation(act, id)
  return found(await lockConsultation(act.tx, id, how), '征求意见')
}

/** @throws Missing for whoever may not read what this organ says */
export async function seenOpinion(
  { tx, actor }: Pick<Act, 'tx' | 'actor'>,
  id: string,
): Promise<{ opinion: OpinionRow; row: ConsultationRow }> {
  const opinion = found(await opinionById(tx, id), '答复')
  const row = found(await consultationById(tx, opinion.consultationId), '征求意见')
  if (!maySeeOpinion(actor, { organId: opinion.organId, jurisdictionCode: row.jurisdictionCode }))
    throw new Missing('答复')
  return { opinion, row }
}

export function expectVersion(row: { version: number }, version: number, subject: string): void {
  if (row.version !== version) throw new Conflict(subject)
}

/** Everybody who was asked reads the summary from the closing on; those who read the level read it at any time. */
export function seesSummary({ actor }: Pick<Act, 'actor'>, row: ConsultationRow): boolean {
  return seesAll(actor, row) || row.state === 'closed'
}

export const consultationSubject = ({ id, organId }: ConsultationRow) => ({
  subject: { kind: 'consultation.consultation', id },
  organId,
})

export const opinionSubject = ({ id, organId }: OpinionRow) => ({
  subject: { kind: 'consultation.opinion', id },
  organId,
})
