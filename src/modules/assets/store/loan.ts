import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { PresentState } from '../model.ts'
import type { Loan, LoanCard, LoanState, ReturnCondition } from '../model/loan.ts'

export type LoanRow = Loan & { jurisdictionCode: string }

const columns = sql`l.id, l.organ_id, o.name as organ_name, l.jurisdiction_code, l.number, l.state, l.borrower_organ_id, l.borrower_organ_name,
  l.borrower_id, l.borrower_name, l.reason, l.document, l.due_on, l.extended, l.offered_on, l.offered_by_name, l.lent_on, l.handed_back_on,
  l.closed_on, l.closed_by_name, l.answer, l.case_id, l.version,
  (select count(*)::int from assets.loan_card x where x.loan_id = l.id) as cards,
  (select coalesce(sum(x.cost_fen), 0)::bigint from assets.loan_card x where x.loan_id = l.id) as cost_fen`
const tables = sql`assets.loan l join organs.open_organ o on o.id = l.organ_id`

export async function loanById(tx: Tx, id: string, lock = false): Promise<LoanRow | undefined> {
  const { rows } =
    await sql<LoanRow>`select ${columns} from ${tables} where l.id = ${id} ${lock ? sql`for update of l` : sql``}`.execute(
      tx,
    )
  return rows[0]
}

export type LoanFilter = {
  jurisdictionCode: string
  /** Lent or borrowed by the organ. */
  organId: string | null
  /** Borrowed by the person at the organ. */
  borrowerId: string | null
  state?: LoanState | undefined
  /** Away on this day although due before it. */
  lateOn?: string | undefined
}

/** A page of loans by id, newest first. */
export async function loansPage(
  tx: Tx,
  filter: LoanFilter,
  after: string | undefined,
  limit: number,
): Promise<LoanRow[]> {
  const { jurisdictionCode, organId, borrowerId, state, lateOn } = filter
  const further = sql`${state === undefined ? sql`` : sql`and l.state = ${state}`}
    ${lateOn === undefined ? sql`` : sql`and l.due_on < ${lateOn} and l.lent_on is not null and l.closed_on is null`}
    ${after === undefined ? sql`` : sql`and l.id < ${after}::uuid`}`
  const where =
    borrowerId !== null
      ? [sql`l.borrower_id = ${borrowerId} and l.borrower_organ_id = ${organId}`]
      : organId !== null
        ? // Each side by its own index.
          [sql`l.organ_id = ${organId}`, sql`l.borrower_organ_id = ${organId} and l.organ_id <> ${organId}`]
        : [sql`l.jurisdiction_code = ${jurisdictionCode}`]
  const branches = where.map(
    (whose) => sql`(select l.id from assets.loan l where ${whose} ${further} order by l.id desc limit ${limit})`,
  )
  const { rows } = await sql<LoanRow>`select ${columns} from ${tables}
    where l.id in (select id from (${sql.join(branches, sql` union all `)}) page order by id desc limit ${limit}) order by l.id desc`.execute(
    tx,
  )
  return rows
}

export type NewLoanCard = Omit<LoanCard, 'condition' | 'note'> & { stateBefore: PresentState; userBefore: string }
export type NewLoan = Omit<
  LoanRow,
  | 'organName'
  | 'cards'
  | 'costFen'
  | 'state'
  | 'version'
  | 'extended'
  | 'lentOn'
  | 'handedBackOn'
  | 'closedOn'
  | 'closedByName'
  | 'answer'
>

export async function insertLoan(tx: Tx, row: NewLoan, cards: readonly NewLoanCard[]): Promise<void> {
  await sql`insert into assets.loan (id, organ_id, jurisdiction_code, number, state, borrower_organ_id, borrower_organ_name, borrower_id,
      borrower_name, reason, document, due_on, offered_on, offered_by_name, case_id)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.number}, 'offered', ${row.borrowerOrganId}, ${row.borrowerOrganName},
      ${row.borrowerId}, ${row.borrowerName}, ${row.reason}, ${row.document}, ${row.dueOn}, ${row.offeredOn}, ${row.offeredByName},
      ${row.caseId})`.execute(tx)
  await sql`insert into assets.loan_card (loan_id, card_id, organ_id, number, name, place, cost_fen, state_before, user_before)
    select ${row.id}, r."cardId", ${row.organId}, r.number, r.name, r.place, r."costFen", r."stateBefore", r."userBefore"
    from jsonb_to_recordset(${JSON.stringify(cards)}::jsonb) as r("cardId" uuid, number text, name text, place text, "costFen" bigint,
      "stateBefore" text, "userBefore" text)`.execute(tx)
}

export async function loanCards(
  tx: Tx,
  loanId: string,
): Promise<(LoanCard & Pick<NewLoanCard, 'stateBefore' | 'userBefore'>)[]> {
  const { rows } = await sql<
    LoanCard & Pick<NewLoanCard, 'stateBefore' | 'userBefore'>
  >`select card_id, number, name, place, cost_fen, state_before, user_before, condition, note
    from assets.loan_card where loan_id = ${loanId} order by number`.execute(tx)
  return rows
}

export type LoanChanges = Partial<
  Pick<LoanRow, 'state' | 'dueOn' | 'extended' | 'lentOn' | 'handedBackOn' | 'closedOn' | 'closedByName' | 'answer'>
>

/** @throws Conflict when somebody else changed it first */
export async function saveLoan(tx: Tx, row: LoanRow, changes: LoanChanges): Promise<LoanRow> {
  const next = { ...row, ...changes, version: row.version + 1 }
  const result =
    await sql`update assets.loan set state = ${next.state}, due_on = ${next.dueOn}, extended = ${next.extended}, lent_on = ${next.lentOn},
      handed_back_on = ${next.handedBackOn}, closed_on = ${next.closedOn}, closed_by_name = ${next.closedByName}, answer = ${next.answer},
      version = ${next.version} where id = ${row.id} and version = ${row.version}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('借用')
  return next
}

/** How each thing came back. */
export async function saveReturned(
  tx: Tx,
  loanId: string,
  returned: readonly { cardId: string; condition: ReturnCondition; note: string }[],
): Promise<void> {
  await sql`update assets.loan_card x set condition = r.condition, note = r.note
    from jsonb_to_recordset(${JSON.stringify(returned)}::jsonb) as r("cardId" uuid, condition text, note text)
    where x.loan_id = ${loanId} and x.card_id = r."cardId"`.execute(tx)
}
