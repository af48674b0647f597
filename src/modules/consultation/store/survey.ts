import { sql } from 'kysely'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { AnswerState, Improvement, Question, SurveyState } from '../model/survey.ts'
import type { ScoreCount } from '../rules/survey.ts'

export type SurveyRow = {
  id: string
  number: string
  title: string
  questions: Question[]
  organId: string
  jurisdictionCode: string
  state: SurveyState
  answersUntil: LocalDate
  openedOn: LocalDate
  openedByName: string
  caseId: string
  closedOn: LocalDate | null
  closedByName: string | null
  conclusion: string | null
  version: number
}
const columns = sql`s.id, s.number, s.title, s.questions, s.organ_id, s.jurisdiction_code, s.state, s.answers_until, s.opened_on,
  s.opened_by_name, s.case_id, s.closed_on, s.closed_by_name, s.conclusion, s.version`

export async function insertSurvey(tx: Tx, row: SurveyRow): Promise<void> {
  await sql`insert into consultation.survey (id, number, title, questions, organ_id, jurisdiction_code, state, answers_until, opened_on,
      opened_by_name, case_id)
    values (${row.id}, ${row.number}, ${row.title}, ${JSON.stringify(row.questions)}::jsonb, ${row.organId}, ${row.jurisdictionCode},
      ${row.state}, ${row.answersUntil}, ${row.openedOn}, ${row.openedByName}, ${row.caseId})`.execute(tx)
}

export async function surveyById(tx: Tx, id: string): Promise<SurveyRow | null> {
  const { rows } = await sql<SurveyRow>`select ${columns} from consultation.survey s where s.id = ${id}`.execute(tx)
  return rows[0] ?? null
}

/** Held until the act is done: `alone` to change it, `together` to keep it as it is while organs answer. */
export async function lockSurvey(tx: Tx, id: string, how: 'alone' | 'together'): Promise<SurveyRow | null> {
  const { rows } = await sql<SurveyRow>`select ${columns} from consultation.survey s where s.id = ${id}
    ${how === 'alone' ? sql`for update` : sql`for share`}`.execute(tx)
  return rows[0] ?? null
}

/** @throws Conflict when somebody else changed it first */
export async function saveSurvey(
  tx: Tx,
  row: SurveyRow,
  changes: Partial<Pick<SurveyRow, 'state' | 'closedOn' | 'closedByName' | 'conclusion'>>,
): Promise<SurveyRow> {
  const next = { ...row, ...changes, version: row.version + 1 }
  const { rows } = await sql`update consultation.survey set state = ${next.state}, closed_on = ${next.closedOn},
      closed_by_name = ${next.closedByName}, conclusion = ${next.conclusion}, version = ${next.version}
    where id = ${row.id} and version = ${row.version} returning id`.execute(tx)
  if (rows.length === 0) throw new Conflict('满意度调查')
  return next
}

export type ListedSurvey = SurveyRow & { answerId: string | null; answerState: AnswerState | null }

/** Newest first, with the reader's own part. */
export async function surveysPage(
  tx: Tx,
  filter: { jurisdictionCode: string | null; organId: string; state?: SurveyState | undefined },
  after: string | undefined,
  limit: number,
): Promise<ListedSurvey[]> {
  const { jurisdictionCode, organId, state } = filter
  const { rows } = await sql<ListedSurvey>`select ${columns}, a.id as answer_id, a.state as answer_state
    from consultation.survey s left join consultation.survey_answer a on a.survey_id = s.id and a.organ_id = ${organId}
    where ${jurisdictionCode === null ? sql`a.id is not null` : sql`(a.id is not null or s.jurisdiction_code = ${jurisdictionCode})`}
      ${state === undefined ? sql`` : sql`and s.state = ${state}`} ${after === undefined ? sql`` : sql`and s.id < ${after}`}
    order by s.id desc limit ${limit}`.execute(tx)
  return rows
}

/** The level's surveys that were not withdrawn, newest first. */
export async function surveysOfLevel(
  tx: Tx,
  jurisdictionCode: string,
  until: LocalDate,
  limit: number,
): Promise<SurveyRow[]> {
  const { rows } = await sql<SurveyRow>`select ${columns} from consultation.survey s
    where s.jurisdiction_code = ${jurisdictionCode} and s.state <> 'withdrawn' and s.opened_on <= ${until}
    order by s.opened_on desc, s.id desc limit ${limit}`.execute(tx)
  return rows
}

export async function surveyCounts(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, { invited: number; answered: number }>> {
  const { rows } = await sql<{ surveyId: string; invited: number; answered: number }>`
    select survey_id, invited, answered from consultation.survey_counts(${[...ids]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ surveyId, ...counts }) => [surveyId, counts]))
}

/** How many gave which score, by survey; sums only, so that no organ's own rating leaves the database. */
export async function scoresOf(tx: Tx, ids: readonly string[]): Promise<Map<string, ScoreCount[]>> {
  const { rows } = await sql<ScoreCount & { surveyId: string }>`
    select survey_id, organ_group, question, score, n from consultation.scores_of(${[...ids]}::uuid[])`.execute(tx)
  return Map.groupBy(rows, ({ surveyId }) => surveyId)
}

export async function remarksOf(tx: Tx, id: string): Promise<string[]> {
  const { rows } = await sql<{ remark: string }>`select remark from consultation.remarks_of(${id}) as remark`.execute(
    tx,
  )
  return rows.map(({ remark }) => remark)
}

export type AnswerRow = {
  id: string
  surveyId: string
  organId: string
  jurisdictionCode: string
  state: AnswerState
  submittedAt: Date | null
  submittedByName: string | null
  caseId: string
  version: number
}
const answers = sql`a.id, a.survey_id, a.organ_id, a.jurisdiction_code, a.state, a.submitted_at, a.submitted_by_name, a.case_id, a.version`

export async function insertAnswers(
  tx: Tx,
  survey: { id: string; jurisdictionCode: string },
  rows: readonly { id: string; organId: string; caseId: string }[],
): Promise<void> {
  await sql`insert into consultation.survey_answer (id, survey_id, organ_id, jurisdiction_code, state, case_id)
    select id, ${survey.id}, organ_id, ${survey.jurisdictionCode}, 'waiting', case_id from unnest(${rows.map(({ id }) => id)}::uuid[],
      ${rows.map(({ organId }) => organId)}::uuid[], ${rows.map(({ caseId }) => caseId)}::uuid[]) as t (id, organ_id, case_id)`.execute(
    tx,
  )
}

export async function answerById(tx: Tx, id: string, lock = false): Promise<AnswerRow | null> {
  const { rows } = await sql<AnswerRow>`select ${answers} from consultation.survey_answer a where a.id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0] ?? null
}

export async function answerOfOrgan(tx: Tx, surveyId: string, organId: string): Promise<AnswerRow | null> {
  const { rows } = await sql<AnswerRow>`select ${answers} from consultation.survey_answer a
    where a.survey_id = ${surveyId} and a.organ_id = ${organId}`.execute(tx)
  return rows[0] ?? null
}

export async function answersPage(
  tx: Tx,
  surveyId: string,
  state: AnswerState | undefined,
  after: string | undefined,
  limit: number,
): Promise<AnswerRow[]> {
  const { rows } =
    await sql<AnswerRow>`select ${answers} from consultation.survey_answer a where a.survey_id = ${surveyId}
      ${state === undefined ? sql`` : sql`and a.state = ${state}`} ${after === undefined ? sql`` : sql`and a.id > ${after}`}
    order by a.id limit ${limit}`.execute(tx)
  return rows
}

/** @throws Conflict when a colleague sent it meanwhile */
export async function saveAnswer(
  tx: Tx,
  row: AnswerRow,
  changes: Pick<AnswerRow, 'state' | 'submittedAt' | 'submittedByName'>,
): Promise<AnswerRow> {
  const next = { ...row, ...changes, version: row.version + 1 }
  const { rows } =
    await sql`update consultation.survey_answer set state = ${next.state}, submitted_at = ${next.submittedAt},
      submitted_by_name = ${next.submittedByName}, version = ${next.version}
    where id = ${row.id} and version = ${row.version} returning id`.execute(tx)
  if (rows.length === 0) throw new Conflict('评价')
  return next
}

export async function endAnswers(tx: Tx, surveyId: string, state: 'unanswered' | 'withdrawn'): Promise<void> {
  await sql`update consultation.survey_answer set state = ${state}, version = version + 1
    where survey_id = ${surveyId} and state = 'waiting'`.execute(tx)
}

export type Rating = { scores: (number | null)[]; remark: string }

export async function ratingOf(tx: Tx, answerId: string): Promise<Rating | null> {
  const { rows } =
    await sql<Rating>`select scores, remark from consultation.rating where answer_id = ${answerId}`.execute(tx)
  return rows[0] ?? null
}

export async function saveRating(
  tx: Tx,
  answer: Pick<AnswerRow, 'id' | 'surveyId' | 'organId'> & { organGroup: string },
  { scores, remark }: Rating,
): Promise<void> {
  await sql`insert into consultation.rating (answer_id, survey_id, organ_id, organ_group, scores, remark)
    values (${answer.id}, ${answer.surveyId}, ${answer.organId}, ${answer.organGroup}, ${scores}::smallint[], ${remark})
    on conflict (answer_id) do update set scores = excluded.scores, remark = excluded.remark`.execute(tx)
}

export type ImprovementRow = Improvement & { organId: string; jurisdictionCode: string; caseId: string }
const improvements = sql`i.id, i.survey_id, i.organ_id, i.jurisdiction_code, i.field, i.problem, i.measure, i.owner_name, i.due_on, i.state,
  i.result, i.done_on, i.case_id, i.version`

export async function insertImprovement(tx: Tx, row: ImprovementRow): Promise<void> {
  await sql`insert into consultation.improvement (id, survey_id, organ_id, jurisdiction_code, field, problem, measure, owner_name, due_on,
      state, case_id)
    values (${row.id}, ${row.surveyId}, ${row.organId}, ${row.jurisdictionCode}, ${row.field}, ${row.problem}, ${row.measure},
      ${row.ownerName}, ${row.dueOn}, 'open', ${row.caseId})`.execute(tx)
}

export async function improvementById(tx: Tx, id: string, lock = false): Promise<ImprovementRow | null> {
  const { rows } = await sql<ImprovementRow>`select ${improvements} from consultation.improvement i where i.id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0] ?? null
}

export async function improvementsPage(
  tx: Tx,
  surveyId: string,
  after: string | undefined,
  limit: number,
): Promise<ImprovementRow[]> {
  const { rows } =
    await sql<ImprovementRow>`select ${improvements} from consultation.improvement i where i.survey_id = ${surveyId}
    ${after === undefined ? sql`` : sql`and i.id > ${after}`} order by i.id limit ${limit}`.execute(tx)
  return rows
}

/** @throws Conflict when somebody else finished it first */
export async function finishImprovement(
  tx: Tx,
  row: ImprovementRow,
  done: { result: string; doneOn: LocalDate },
): Promise<ImprovementRow> {
  const next: ImprovementRow = { ...row, ...done, state: 'done', version: row.version + 1 }
  const { rows } =
    await sql`update consultation.improvement set state = 'done', result = ${done.result}, done_on = ${done.doneOn},
      version = ${next.version} where id = ${row.id} and version = ${row.version} and state = 'open' returning id`.execute(
      tx,
    )
  if (rows.length === 0) throw new Conflict('改进事项')
  return next
}
