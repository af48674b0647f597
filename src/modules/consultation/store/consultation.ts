import { sql } from 'kysely'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { ConsultationState, Counts, OpinionState, Subject } from '../model.ts'

export type ConsultationRow = {
  id: string
  number: string
  subjectKind: string | null
  subjectId: string | null
  title: string
  text: string
  documentIds: string[]
  organId: string
  jurisdictionCode: string
  state: ConsultationState
  opinionsUntil: LocalDate
  namesShown: boolean
  openedOn: LocalDate
  openedByName: string
  caseId: string
  remindedOn: LocalDate | null
  closedOn: LocalDate | null
  closedByName: string | null
  conclusion: string | null
  summaryDocumentId: string | null
  version: number
}

const columns = sql`c.id, c.number, c.subject_kind, c.subject_id, c.title, c.text, c.document_ids, c.organ_id, c.jurisdiction_code, c.state,
  c.opinions_until, c.names_shown, c.opened_on, c.opened_by_name, c.case_id, c.reminded_on, c.closed_on, c.closed_by_name, c.conclusion,
  c.summary_document_id, c.version`

/** @returns false when another consultation on the subject runs */
export async function insertConsultation(tx: Tx, row: ConsultationRow): Promise<boolean> {
  const { rows } =
    await sql`insert into consultation.consultation (id, number, subject_kind, subject_id, title, text, document_ids, organ_id,
      jurisdiction_code, state, opinions_until, names_shown, opened_on, opened_by_name, case_id)
    values (${row.id}, ${row.number}, ${row.subjectKind}, ${row.subjectId}, ${row.title}, ${row.text}, ${row.documentIds}::uuid[], ${row.organId},
      ${row.jurisdictionCode}, ${row.state}, ${row.opinionsUntil}, ${row.namesShown}, ${row.openedOn}, ${row.openedByName}, ${row.caseId})
    on conflict (subject_kind, subject_id) where state in ('open', 'answering') and subject_id is not null do nothing returning id`.execute(
      tx,
    )
  return rows.length > 0
}

export async function consultationById(tx: Tx, id: string): Promise<ConsultationRow | null> {
  const { rows } =
    await sql<ConsultationRow>`select ${columns} from consultation.consultation c where c.id = ${id}`.execute(tx)
  return rows[0] ?? null
}

/**
 * The consultation, held until the act is done: `alone` for what changes it, `together` for what only needs it to stay
 * as it is (answers of many organs, replies of several clerks at once).
 */
export async function lockConsultation(tx: Tx, id: string, how: 'alone' | 'together'): Promise<ConsultationRow | null> {
  const { rows } = await sql<ConsultationRow>`select ${columns} from consultation.consultation c where c.id = ${id}
    ${how === 'alone' ? sql`for update` : sql`for share`}`.execute(tx)
  return rows[0] ?? null
}

/**
 * Saves changes of the row as it was read.
 * @throws Conflict when somebody else changed it first
 */
export async function saveConsultation(
  tx: Tx,
  row: ConsultationRow,
  changes: Partial<
    Pick<
      ConsultationRow,
      'state' | 'remindedOn' | 'closedOn' | 'closedByName' | 'conclusion' | 'summaryDocumentId' | 'opinionsUntil'
    >
  >,
): Promise<ConsultationRow> {
  const next = { ...row, ...changes, version: row.version + 1 }
  const { rows } =
    await sql`update consultation.consultation set state = ${next.state}, reminded_on = ${next.remindedOn},
      closed_on = ${next.closedOn}, closed_by_name = ${next.closedByName}, conclusion = ${next.conclusion},
      summary_document_id = ${next.summaryDocumentId}, opinions_until = ${next.opinionsUntil}, version = ${next.version}
    where id = ${row.id} and version = ${row.version} returning id`.execute(tx)
  if (rows.length === 0) throw new Conflict('征求意见')
  return next
}

export type ConsultationFilter = {
  /** Whose level the reader reads whole; null for whoever sees only what their organ was asked. */
  jurisdictionCode: string | null
  organId: string
  /** `to-answer`: waits for the reader's organ; `asked`: the organ was asked; `led`: the organ asked others. */
  part?: 'to-answer' | 'asked' | 'led' | undefined
  state?: ConsultationState | undefined
}

export type ListedRow = ConsultationRow & {
  opinionId: string | null
  opinionState: OpinionState | null
  late: boolean | null
}

/** Newest first, with the reader's own part. */
export async function consultationsPage(
  tx: Tx,
  { jurisdictionCode, organId, part, state }: ConsultationFilter,
  after: string | undefined,
  limit: number,
): Promise<ListedRow[]> {
  const mine = {
    'to-answer': sql`o.state = 'waiting'`,
    asked: sql`o.id is not null`,
    led: sql`c.organ_id = ${organId}`,
  }
  const { rows } = await sql<ListedRow>`
    select ${columns}, o.id as opinion_id, o.state as opinion_state, o.late
    from consultation.consultation c left join consultation.opinion o on o.consultation_id = c.id and o.organ_id = ${organId}
    where ${jurisdictionCode === null ? sql`o.id is not null` : sql`(o.id is not null or c.jurisdiction_code = ${jurisdictionCode})`}
      and ${part === undefined ? sql`true` : mine[part]}
      ${state === undefined ? sql`` : sql`and c.state = ${state}`} ${after === undefined ? sql`` : sql`and c.id < ${after}`}
    order by c.id desc limit ${limit}`.execute(tx)
  return rows
}

const nothing: Counts = { invited: 0, answered: 0, late: 0, commented: 0, items: 0, replied: 0 }

/** How many were asked, answered and were answered, by consultation; never stored, so that it cannot differ. */
export async function countsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Counts>> {
  const { rows } = await sql<Counts & { id: string }>`select id, invited, answered, late, commented, items, replied
    from consultation.counts_of(${[...ids]}::uuid[])`.execute(tx)
  const counted = new Map(rows.map(({ id, ...counts }) => [id, counts]))
  return new Map(ids.map((id) => [id, counted.get(id) ?? nothing]))
}

/** The latest consultation on each of the subjects of a kind. */
export async function latestOnSubjects(tx: Tx, kind: string, ids: readonly string[]): Promise<ConsultationRow[]> {
  const { rows } =
    await sql<ConsultationRow>`select distinct on (c.subject_id) ${columns} from consultation.consultation c
    where c.subject_kind = ${kind} and c.subject_id = any(${[...ids]}::uuid[]) order by c.subject_id, c.id desc`.execute(
      tx,
    )
  return rows
}

/** All consultations on a subject, newest first, with the reader's own part. */
export async function onSubject(tx: Tx, subject: Subject, organId: string): Promise<ListedRow[]> {
  const { rows } = await sql<ListedRow>`select ${columns}, o.id as opinion_id, o.state as opinion_state, o.late
    from consultation.consultation c left join consultation.opinion o on o.consultation_id = c.id and o.organ_id = ${organId}
    where c.subject_kind = ${subject.kind} and c.subject_id = ${subject.id} order by c.id desc limit 50`.execute(tx)
  return rows
}

/** Those whose last day for opinions is past and that still collect, oldest first. */
export async function pastLastDay(tx: Tx, today: LocalDate, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from consultation.consultation
    where state = 'open' and opinions_until < ${today} order by opinions_until, id limit ${limit}`.execute(tx)
  return rows.map(({ id }) => id)
}
