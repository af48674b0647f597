import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { ExpenditureReviewState } from '../model.ts'

export type ReviewRow = {
  id: string
  jurisdictionCode: string
  organId: string
  draftId: string
  document: string
  codes: string[]
  restingCodes: string[]
  state: ExpenditureReviewState
  caseId: string | null
  revisionDraftId: string | null
  opinion: string | null
  openedOn: string
  dueOn: string | null
  concludedOn: string | null
  concludedByName: string | null
  version: number
}

const columns = sql`id, jurisdiction_code, organ_id, draft_id, document, codes, resting_codes, state, case_id, revision_draft_id, opinion,
  opened_on, due_on, concluded_on, concluded_by_name, version`

export async function insertReview(tx: Tx, row: ReviewRow): Promise<void> {
  await sql`insert into drafting.expenditure_review (${columns}) values (${row.id}, ${row.jurisdictionCode}, ${row.organId}, ${row.draftId},
    ${row.document}, ${row.codes}, ${row.restingCodes}, ${row.state}, ${row.caseId}, ${row.revisionDraftId}, ${row.opinion}, ${row.openedOn},
    ${row.dueOn}, ${row.concludedOn}, ${row.concludedByName}, ${row.version})`.execute(tx)
}

export async function reviewById(tx: Tx, id: string): Promise<ReviewRow | undefined> {
  return (await sql<ReviewRow>`select ${columns} from drafting.expenditure_review where id = ${id}`.execute(tx)).rows[0]
}

export async function lockReview(tx: Tx, id: string): Promise<ReviewRow | undefined> {
  return (
    await sql<ReviewRow>`select ${columns} from drafting.expenditure_review where id = ${id} for update`.execute(tx)
  ).rows[0]
}

/** Open reviews that a draft of finance answers. */
export async function reviewsAnsweredBy(tx: Tx, draftId: string): Promise<ReviewRow[]> {
  return (
    await sql<ReviewRow>`select ${columns} from drafting.expenditure_review
      where revision_draft_id = ${draftId} and state = 'open' order by id for update`.execute(tx)
  ).rows
}

export async function reviewsPage(
  tx: Tx,
  filter: { jurisdictionCode: string; state?: ExpenditureReviewState | undefined },
  after: string | undefined,
  limit: number,
): Promise<ReviewRow[]> {
  return (
    await sql<ReviewRow>`select ${columns} from drafting.expenditure_review where jurisdiction_code = ${filter.jurisdictionCode}
      ${filter.state ? sql`and state = ${filter.state}` : sql``} ${after ? sql`and id < ${after}` : sql``}
      order by id desc limit ${limit}`.execute(tx)
  ).rows
}

/** @throws Conflict when somebody else was first */
export async function saveReview(
  tx: Tx,
  row: ReviewRow,
  changes: Partial<Omit<ReviewRow, 'id' | 'version'>>,
): Promise<ReviewRow> {
  const next = { ...row, ...changes, version: row.version + 1 }
  const result =
    await sql`update drafting.expenditure_review set state = ${next.state}, revision_draft_id = ${next.revisionDraftId},
      opinion = ${next.opinion}, concluded_on = ${next.concludedOn}, concluded_by_name = ${next.concludedByName}, case_id = ${next.caseId},
      due_on = ${next.dueOn}, version = ${next.version}
    where id = ${row.id} and version = ${row.version} and state = ${row.state}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('支出标准复核')
  return next
}

/** Reviews that the approval of a draft brought about. */
export async function reviewsOfDraft(tx: Tx, draftId: string): Promise<ReviewRow[]> {
  return (
    await sql<ReviewRow>`select ${columns} from drafting.expenditure_review where draft_id = ${draftId} order by jurisdiction_code`.execute(
      tx,
    )
  ).rows
}
