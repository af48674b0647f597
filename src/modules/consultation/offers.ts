import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { Tx } from '#kernel/server/database.ts'
import type { ConsultationState, Counts, Subject } from './model.ts'
import { countsOf, latestOnSubjects } from './store/consultation.ts'

export { openConsultation, type OpeningConsultation } from './actions/opening.ts'

/** Where the latest consultation on a subject stands. */
export type ConsultationStanding = {
  id: string
  number: string
  title: string
  state: ConsultationState
  opinionsUntil: LocalDate
  closedOn: LocalDate | null
  /** The summary 意见汇总及采纳情况表, once closed. */
  summaryDocumentId: string | null
  counts: Counts
}

/** The latest consultation on a record; null when there was none. */
export async function consultationOf(tx: Tx, subject: Subject): Promise<ConsultationStanding | null> {
  return (await consultationsOf(tx, subject.kind, [subject.id])).get(subject.id) ?? null
}

/** The latest consultation on each of many records of one kind, in two queries; for lists. */
export async function consultationsOf(
  tx: Tx,
  kind: string,
  subjectIds: readonly string[],
): Promise<Map<string, ConsultationStanding>> {
  const rows = await latestOnSubjects(tx, kind, subjectIds)
  const counts = await countsOf(
    tx,
    rows.map(({ id }) => id),
  )
  return new Map(
    rows.map(({ id, number, title, state, opinionsUntil, closedOn, summaryDocumentId, subjectId }) => [
      subjectId ?? '',
      { id, number, title, state, opinionsUntil, closedOn, summaryDocumentId, counts: counts.get(id) as Counts },
    ]),
  )
}
