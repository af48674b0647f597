import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Complaint, ComplaintState, Question, QuestionState } from '../model/objection.ts'

/** A question with what its purchase is called; names of organs are the module of organs'. */
export type QuestionRow = Omit<Question, 'organName'> & { jurisdictionCode: string }
export type ComplaintRow = Omit<Complaint, 'organName'> & { jurisdictionCode: string }

const questionColumns = sql`q.id, q.purchase_id, p.number as purchase_number, p.title as purchase_title, q.organ_id, q.jurisdiction_code,
  q.number, q.kind, q.state, q.supplier, q.credit_code, q.about, q.known_on, q.received_on, q.ask_until, q.claims, q.bears_on_result,
  q.answer_until, q.answer_provisional, q.outcome, q.answer, q.settled_on, q.settled_by_name, q.recorded_by_name, q.case_id, q.version`
const questions = sql`procurement.question q join procurement.purchase p on p.id = q.purchase_id`

export async function questionById(tx: Tx, id: string, lock = false): Promise<QuestionRow | undefined> {
  const { rows } = await sql<QuestionRow>`select ${questionColumns} from ${questions} where q.id = ${id}
    ${lock ? sql`for update of q` : sql``}`.execute(tx)
  return rows[0]
}

export async function questionsOfPurchase(tx: Tx, purchaseId: string): Promise<QuestionRow[]> {
  const { rows } =
    await sql<QuestionRow>`select ${questionColumns} from ${questions} where q.purchase_id = ${purchaseId}
    order by q.id`.execute(tx)
  return rows
}

type Place = { jurisdictionCode: string; organId: string | null }
const within = (alias: 'q' | 'c', { jurisdictionCode, organId }: Place): RawBuilder<unknown> =>
  organId === null
    ? sql`${sql.ref(`${alias}.jurisdiction_code`)} = ${jurisdictionCode}`
    : sql`${sql.ref(`${alias}.organ_id`)} = ${organId}`

/** A page, the newest first. */
export async function questionsPage(
  tx: Tx,
  { state, overdueOn, ...place }: Place & { state?: QuestionState | undefined; overdueOn: string | null },
  after: string | undefined,
  limit: number,
): Promise<QuestionRow[]> {
  const { rows } = await sql<QuestionRow>`select ${questionColumns} from ${questions} where ${within('q', place)}
      ${state === undefined ? sql`` : sql`and q.state = ${state}`}
      ${overdueOn === null ? sql`` : sql`and q.state = 'received' and q.answer_until < ${overdueOn}`}
      ${after === undefined ? sql`` : sql`and q.id < ${after}::uuid`}
    order by q.id desc limit ${limit}`.execute(tx)
  return rows
}

export async function insertQuestion(
  tx: Tx,
  row: Omit<QuestionRow, 'purchaseNumber' | 'purchaseTitle' | 'version'>,
): Promise<void> {
  await sql`insert into procurement.question (id, purchase_id, organ_id, jurisdiction_code, number, kind, state, supplier, credit_code, about,
      known_on, received_on, ask_until, claims, bears_on_result, answer_until, answer_provisional, recorded_by_name, case_id)
    values (${row.id}, ${row.purchaseId}, ${row.organId}, ${row.jurisdictionCode}, ${row.number}, ${row.kind}, ${row.state}, ${row.supplier},
      ${row.creditCode}, ${row.about}, ${row.knownOn}, ${row.receivedOn}, ${row.askUntil}, ${row.claims}, ${row.bearsOnResult},
      ${row.answerUntil}, ${row.answerProvisional}, ${row.recordedByName}, ${row.caseId})`.execute(tx)
}

/** @throws Conflict when somebody settled it meanwhile */
export async function settleQuestion(
  tx: Tx,
  row: QuestionRow,
  settled: Pick<QuestionRow, 'state' | 'outcome' | 'answer' | 'settledOn' | 'settledByName'>,
): Promise<QuestionRow> {
  const result =
    await sql`update procurement.question set state = ${settled.state}, outcome = ${settled.outcome}, answer = ${settled.answer},
      settled_on = ${settled.settledOn}, settled_by_name = ${settled.settledByName}, version = version + 1
    where id = ${row.id} and version = ${row.version} and state = 'received'`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('供应商质疑')
  return { ...row, ...settled, version: row.version + 1 }
}

const complaintColumns = sql`c.id, c.question_id, q.number as question_number, c.purchase_id, p.number as purchase_number, p.title as purchase_title,
  c.organ_id, c.jurisdiction_code, c.number, c.state, c.supplier, c.received_on, c.complain_until, c.claims, c.review_until, c.decide_until,
  c.provisional, c.reply_until, c.reply, c.replied_on, c.replied_by_name, c.suspended_from, c.suspended_until, c.suspension_reason,
  c.suspension_document, c.resumed_on, c.consequence, c.document, c.reasons, c.settled_on, c.settled_by_name, c.released_fen,
  c.recorded_by_name, c.case_id, c.version`
const complaints = sql`procurement.complaint c join procurement.question q on q.id = c.question_id
  join procurement.purchase p on p.id = c.purchase_id`

export async function complaintById(tx: Tx, id: string, lock = false): Promise<ComplaintRow | undefined> {
  const { rows } = await sql<ComplaintRow>`select ${complaintColumns} from ${complaints} where c.id = ${id}
    ${lock ? sql`for update of c` : sql``}`.execute(tx)
  return rows[0]
}

export async function complaintsOfPurchase(tx: Tx, purchaseId: string): Promise<ComplaintRow[]> {
  const { rows } =
    await sql<ComplaintRow>`select ${complaintColumns} from ${complaints} where c.purchase_id = ${purchaseId}
    order by c.id`.execute(tx)
  return rows
}

/** A page, the newest first. */
export async function complaintsPage(
  tx: Tx,
  { state, overdueOn, ...place }: Place & { state?: ComplaintState | undefined; overdueOn: string | null },
  after: string | undefined,
  limit: number,
): Promise<ComplaintRow[]> {
  const { rows } = await sql<ComplaintRow>`select ${complaintColumns} from ${complaints} where ${within('c', place)}
      ${state === undefined ? sql`` : sql`and c.state = ${state}`}
      ${
        overdueOn === null
          ? sql``
          : sql`and (c.state = 'received' and c.review_until < ${overdueOn} or c.state = 'accepted' and c.decide_until < ${overdueOn})`
      }
      ${after === undefined ? sql`` : sql`and c.id < ${after}::uuid`}
    order by c.id desc limit ${limit}`.execute(tx)
  return rows
}

export type NewComplaint = Pick<
  ComplaintRow,
  | 'id'
  | 'questionId'
  | 'purchaseId'
  | 'organId'
  | 'jurisdictionCode'
  | 'number'
  | 'supplier'
  | 'receivedOn'
  | 'complainUntil'
  | 'claims'
  | 'reviewUntil'
  | 'decideUntil'
  | 'provisional'
  | 'recordedByName'
  | 'caseId'
>

/** @throws Conflict when a complaint about the same answer is on its way or decided */
export async function insertComplaint(tx: Tx, row: NewComplaint): Promise<void> {
  const { rows } =
    await sql`insert into procurement.complaint (id, question_id, purchase_id, organ_id, jurisdiction_code, number, state, supplier,
      received_on, complain_until, claims, review_until, decide_until, provisional, recorded_by_name, case_id)
    values (${row.id}, ${row.questionId}, ${row.purchaseId}, ${row.organId}, ${row.jurisdictionCode}, ${row.number}, 'received', ${row.supplier},
      ${row.receivedOn}, ${row.complainUntil}, ${row.claims}, ${row.reviewUntil}, ${row.decideUntil}, ${row.provisional},
      ${row.recordedByName}, ${row.caseId})
    on conflict do nothing returning id`.execute(tx)
  if (rows.length === 0) throw new Conflict('供应商投诉', '对这一质疑的投诉已经登记，不能重复登记。')
}

export type ComplaintChanges = Partial<
  Pick<
    ComplaintRow,
    | 'state'
    | 'replyUntil'
    | 'reply'
    | 'repliedOn'
    | 'repliedByName'
    | 'suspendedFrom'
    | 'suspendedUntil'
    | 'suspensionReason'
    | 'suspensionDocument'
    | 'resumedOn'
    | 'consequence'
    | 'document'
    | 'reasons'
    | 'settledOn'
    | 'settledByName'
    | 'releasedFen'
  >
>

/** @throws Conflict when somebody changed it meanwhile */
export async function saveComplaint(tx: Tx, row: ComplaintRow, changes: ComplaintChanges): Promise<ComplaintRow> {
  const next = { ...row, ...changes }
  const result =
    await sql`update procurement.complaint set state = ${next.state}, reply_until = ${next.replyUntil}, reply = ${next.reply},
      replied_on = ${next.repliedOn}, replied_by_name = ${next.repliedByName}, suspended_from = ${next.suspendedFrom},
      suspended_until = ${next.suspendedUntil}, suspension_reason = ${next.suspensionReason}, suspension_document = ${next.suspensionDocument},
      resumed_on = ${next.resumedOn}, consequence = ${next.consequence}, document = ${next.document}, reasons = ${next.reasons},
      settled_on = ${next.settledOn}, settled_by_name = ${next.settledByName}, released_fen = ${next.releasedFen}, version = version + 1
    where id = ${row.id} and version = ${row.version} and state = ${row.state}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('供应商投诉')
  return { ...next, version: row.version + 1 }
}
