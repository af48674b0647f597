import { sql } from 'kysely'
import type { LocalDate } from '#kernel/pure/local-date.ts'
import { executePrepared, type Tx } from '../database.ts'
import type { CaseRow } from './case-row.ts'

const columns = sql`id, kind, subject_id, title, applicant_organ_id, jurisdiction_code, state, waiting_party, waiting_roles,
  assigned_person_id, assigned_person_name, submitted_by, submitted_for, step, entered_at, due_on, due_provisional, clock_from, clock_count,
  clock_unit, opened_at, opened_by, closed_at, outcome`

export async function insertCase(tx: Tx, row: CaseRow): Promise<void> {
  await sql`insert into kernel.case_item (${columns}) values (${row.id}, ${row.kind}, ${row.subjectId}, ${row.title},
    ${row.applicantOrganId}, ${row.jurisdictionCode}, ${row.state}, ${row.waitingParty}, ${row.waitingRoles},
    ${row.assignedPersonId}, ${row.assignedPersonName}, ${row.submittedBy}, ${row.submittedFor}, ${row.step}, ${row.enteredAt}, ${row.dueOn},
    ${row.dueProvisional}, ${row.clockFrom}, ${row.clockCount}, ${row.clockUnit}, ${row.openedAt}, ${row.openedBy},
    ${row.closedAt}, ${row.outcome})`.execute(tx)
}

/** Saves where a case stands now; the overdue mark belongs to the former step and goes. */
export async function saveCase(tx: Tx, row: CaseRow): Promise<void> {
  await executePrepared(
    tx,
    sql`update kernel.case_item set state = ${row.state}, waiting_party = ${row.waitingParty}, waiting_roles = ${row.waitingRoles},
    assigned_person_id = ${row.assignedPersonId}, assigned_person_name = ${row.assignedPersonName}, submitted_by = ${row.submittedBy}, submitted_for = ${row.submittedFor},
    step = ${row.step}, entered_at = ${row.enteredAt}, due_on = ${row.dueOn}, due_provisional = ${row.dueProvisional},
    clock_from = ${row.clockFrom}, clock_count = ${row.clockCount}, clock_unit = ${row.clockUnit}, overdue_told_on = null,
    closed_at = ${row.closedAt}, outcome = ${row.outcome} where id = ${row.id}`,
  )
}

export async function caseById(tx: Tx, id: string, lock = false): Promise<CaseRow | null> {
  const { rows } = await executePrepared(
    tx,
    sql<CaseRow>`select ${columns} from kernel.case_item where id = ${id} ${lock ? sql`for update` : sql``}`,
  )
  return rows[0] ?? null
}

export type CaseStep = {
  caseId: string
  step: number
  transition: string
  /** 提交审核, 退回补正…, as the screen says it. */
  act: string
  fromState: string
  toState: string
  personId: string | null
  personName: string
  organId: string | null
  organName: string | null
  opinion: string | null
  at: Date
  /** Working days the case waited before this step. */
  workdaysUsed: number
} & StepTerm

/** When the state that was left had been entered, and its last day as it stood then; what is late stays late. */
type StepTerm = Readonly<{
  enteredAt: Date | null
  dueOn: LocalDate | null
  dueProvisional: boolean
  clockFrom: LocalDate | null
}>

export async function insertStep(tx: Tx, step: CaseStep): Promise<void> {
  await executePrepared(
    tx,
    sql`insert into kernel.case_step (case_id, step, transition, act, from_state, to_state, person_id, person_name, organ_id,
      organ_name, opinion, at, workdays_used, entered_at, due_on, due_provisional, clock_from)
    values (${step.caseId}, ${step.step}, ${step.transition}, ${step.act}, ${step.fromState}, ${step.toState}, ${step.personId},
      ${step.personName}, ${step.organId}, ${step.organName}, ${step.opinion}, ${step.at}, ${step.workdaysUsed},
      ${step.enteredAt}, ${step.dueOn}, ${step.dueProvisional}, ${step.clockFrom})`,
  )
}

export async function stepsOf(tx: Tx, caseId: string): Promise<CaseStep[]> {
  const { rows } = await sql<CaseStep>`select * from kernel.case_step where case_id = ${caseId} order by step`.execute(
    tx,
  )
  return rows
}

/** An opinion asked of another organ (co-sign 会签) or of one more person (add a signer 加签) before the step is taken. */
export type Signature = {
  id: string
  caseId: string
  step: number
  kind: 'co-sign' | 'signer'
  organId: string
  /** Whom alone it is asked of; null: anybody at the organ with a deciding role. */
  personId: string | null
  question: string
  askedBy: string
  askedByName: string
  askedAt: Date
  answeredBy: string | null
  answeredByName: string | null
  answeredAt: Date | null
  agrees: boolean | null
  opinion: string | null
  recalledAt: Date | null
}

export async function signaturesOf(tx: Tx, caseId: string): Promise<Signature[]> {
  const { rows } =
    await sql<Signature>`select * from kernel.case_signature where case_id = ${caseId} order by asked_at, id`.execute(
      tx,
    )
  return rows
}

export async function openSignatureCount(tx: Tx, caseId: string): Promise<number> {
  const { rows } = await executePrepared(
    tx,
    sql<{ open: number }>`
    select count(*)::int as open from kernel.case_signature where case_id = ${caseId} and answered_at is null and recalled_at is null`,
  )
  return rows[0]?.open ?? 0
}

/** @returns false when the same opinion is already asked for in this step */
export async function insertSignature(
  tx: Tx,
  asked: Pick<
    Signature,
    'id' | 'caseId' | 'step' | 'kind' | 'organId' | 'personId' | 'question' | 'askedBy' | 'askedByName' | 'askedAt'
  >,
): Promise<boolean> {
  const { rows } =
    await sql`insert into kernel.case_signature (id, case_id, step, kind, organ_id, person_id, question, asked_by, asked_by_name, asked_at)
    values (${asked.id}, ${asked.caseId}, ${asked.step}, ${asked.kind}, ${asked.organId}, ${asked.personId}, ${asked.question},
      ${asked.askedBy}, ${asked.askedByName}, ${asked.askedAt}) on conflict do nothing returning id`.execute(tx)
  return rows.length > 0
}

export async function signatureById(tx: Tx, id: string): Promise<Signature | null> {
  const { rows } = await sql<Signature>`select * from kernel.case_signature where id = ${id} for update`.execute(tx)
  return rows[0] ?? null
}

export async function answerSignature(
  tx: Tx,
  id: string,
  answer: { by: string; byName: string; at: Date; agrees: boolean; opinion: string | null },
): Promise<void> {
  await sql`update kernel.case_signature set answered_by = ${answer.by}, answered_by_name = ${answer.byName}, answered_at = ${answer.at},
    agrees = ${answer.agrees}, opinion = ${answer.opinion} where id = ${id}`.execute(tx)
}

/** Takes back what has not been answered: one signature, or all of a case. */
export async function recallSignatures(tx: Tx, where: { caseId: string; id?: string }, at: Date): Promise<number> {
  const { rows } = await executePrepared(
    tx,
    sql`update kernel.case_signature set recalled_at = ${at}
    where case_id = ${where.caseId} and (${where.id ?? null}::uuid is null or id = ${where.id ?? null}) and answered_at is null and recalled_at is null
    returning id`,
  )
  return rows.length
}
