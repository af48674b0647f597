import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { Verdict } from '#kernel/pure/verdict.ts'
import type { Tx } from '#kernel/server/database.ts'
import { found } from '#kernel/server/errors.ts'
import type { ConsultationState, Counts, Subject } from './model.ts'
import { isConsulted, mayClose } from './rules/closing.ts'
import { consultationById, countsOf, latestOnSubjects } from './store/consultation.ts'

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

/** May the consultation be closed now; all reasons against it (norm A9-1). @throws Missing when there is none of that id */
export async function mayCloseConsultation(tx: Tx, consultationId: string, today: LocalDate): Promise<Verdict> {
  const row = found(await consultationById(tx, consultationId), '征求意见')
  const counts = (await countsOf(tx, [row.id])).get(row.id) as Counts
  return mayClose({ state: row.state, opinionsUntil: row.opinionsUntil, counts }, today)
}

/** May a draft come into force as far as asking goes: its latest consultation is closed (norm A9-1). */
export async function hasBeenConsulted(tx: Tx, subject: Subject): Promise<Verdict> {
  return isConsulted((await consultationOf(tx, subject))?.state ?? null)
}
