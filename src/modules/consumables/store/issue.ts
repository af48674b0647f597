import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { IssueLine, IssueState } from '../model.ts'

export type IssueRow = {
  id: string
  organId: string
  jurisdictionCode: string
  number: string
  state: IssueState
  toPersonId: string
  toName: string
  place: string
  purpose: string
  offeredOn: string
  offeredByName: string
  answeredOn: string | null
  answer: string | null
  caseId: string
  items: number
  amountFen: number
  version: number
}

const columns = sql`u.id, u.organ_id, u.jurisdiction_code, u.number, u.state, u.to_person_id, u.to_name, u.place, u.purpose, u.offered_on,
  u.offered_by_name, u.answered_on, u.answer, u.case_id, u.version,
  (select count(*)::int from consumables.issue_line x where x.issue_id = u.id) as items,
  (select coalesce(sum(x.amount_fen - x.returned_fen), 0)::bigint from consumables.issue_line x where x.issue_id = u.id) as amount_fen`

export async function issueById(tx: Tx, id: string, lock = false): Promise<IssueRow | undefined> {
  const { rows } = await sql<IssueRow>`select ${columns} from consumables.issue u where u.id = ${id}
    ${lock ? sql`for update of u` : sql``}`.execute(tx)
  return rows[0]
}

export async function issuesPage(
  tx: Tx,
  filter: { jurisdictionCode: string; organId: string | null; personId: string | null; state?: IssueState | undefined },
  after: string | undefined,
  limit: number,
): Promise<IssueRow[]> {
  const { jurisdictionCode, organId, personId, state } = filter
  const whose =
    personId !== null
      ? sql`u.to_person_id = ${personId}`
      : organId !== null
        ? sql`u.organ_id = ${organId}`
        : sql`u.jurisdiction_code = ${jurisdictionCode}`
  const { rows } = await sql<IssueRow>`select ${columns} from consumables.issue u where ${whose}
    ${state === undefined ? sql`` : sql`and u.state = ${state}`} ${after === undefined ? sql`` : sql`and u.id < ${after}::uuid`}
    order by u.id desc limit ${limit}`.execute(tx)
  return rows
}

export async function insertIssue(
  tx: Tx,
  row: Omit<IssueRow, 'state' | 'answeredOn' | 'answer' | 'items' | 'amountFen' | 'version'> & {
    offeredBy: string | null
  },
  lines: readonly { itemId: string; quantity: number; amountFen: number }[],
): Promise<void> {
  await sql`insert into consumables.issue (id, organ_id, jurisdiction_code, number, state, to_person_id, to_name, place, purpose, offered_on,
      offered_by, offered_by_name, case_id)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.number}, 'offered', ${row.toPersonId}, ${row.toName}, ${row.place},
      ${row.purpose}, ${row.offeredOn}, ${row.offeredBy}, ${row.offeredByName}, ${row.caseId})`.execute(tx)
  await sql`insert into consumables.issue_line (issue_id, item_id, organ_id, quantity, amount_fen)
    select ${row.id}, r."itemId", ${row.organId}, r.quantity, r."amountFen"
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r("itemId" uuid, quantity integer, "amountFen" bigint)`.execute(
    tx,
  )
}

export async function issueLines(tx: Tx, issueId: string): Promise<IssueLine[]> {
  const { rows } =
    await sql<IssueLine>`select l.item_id, i.number, i.name, i.spec, i.unit, l.quantity, l.amount_fen, l.returned, l.returned_fen
    from consumables.issue_line l join consumables.item i on i.id = l.item_id where l.issue_id = ${issueId} order by i.number`.execute(
      tx,
    )
  return rows
}

export async function answerIssue(
  tx: Tx,
  issue: IssueRow,
  answered: { state: Exclude<IssueState, 'offered'>; on: string; answer: string },
): Promise<void> {
  const { rows } =
    await sql`update consumables.issue set state = ${answered.state}, answered_on = ${answered.on}, answer = ${answered.answer},
    version = version + 1 where id = ${issue.id} and state = 'offered' and version = ${issue.version} returning 1`.execute(
      tx,
    )
  if (rows.length === 0) throw new Conflict('领用')
}

/** What came back of the lines of an issue; the issue is another version from then on. */
export async function returnLines(
  tx: Tx,
  issue: IssueRow,
  lines: readonly { itemId: string; quantity: number; amountFen: number }[],
): Promise<void> {
  await sql`update consumables.issue_line l set returned = l.returned + r.quantity, returned_fen = l.returned_fen + r."amountFen"
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as r("itemId" uuid, quantity integer, "amountFen" bigint)
    where l.issue_id = ${issue.id} and l.item_id = r."itemId"`.execute(tx)
  await sql`update consumables.issue set version = version + 1 where id = ${issue.id}`.execute(tx)
}
