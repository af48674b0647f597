import { sql, type RawBuilder } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { BudgetYear } from './agreement.ts'
import type { CommitmentRow } from './commitment.ts'

/** Where a budget year of a level stands, 分; what is held counts as open. */
export type YearPosition = {
  lines: number
  plannedFen: number
  executedFen: number
  openFen: number
  openCount: number
}

const ofYear = ({ jurisdictionCode, year }: BudgetYear): RawBuilder<unknown> =>
  sql`l.jurisdiction_code = ${jurisdictionCode} and l.year = ${year}`

export async function positionOf(tx: Tx, place: BudgetYear): Promise<YearPosition> {
  const { rows } = await sql<YearPosition>`
    select count(*)::int as lines, coalesce(sum(l.planned_fen), 0)::bigint as planned_fen, coalesce(sum(l.executed_fen), 0)::bigint as executed_fen,
      coalesce(sum(l.committed_fen), 0)::bigint as open_fen,
      (select count(*) from ledger.commitment c join ledger.line l on l.id = c.line_id where c.open_fen > 0 and ${ofYear(place)})::int as open_count
    from ledger.line l where ${ofYear(place)}`.execute(tx)
  return rows[0] as YearPosition
}

export type OpenCommitmentRow = Omit<CommitmentRow, 'openQuantity'> & {
  lineNumber: string
  itemName: string
  holderOrganId: string
}

/** What is still held in a year, by id. */
export async function openCommitments(
  tx: Tx,
  place: BudgetYear,
  after: string | undefined,
  limit: number,
): Promise<OpenCommitmentRow[]> {
  const { rows } = await sql<OpenCommitmentRow>`
    select c.id, c.line_id, c.title, c.counterparty, c.document, c.committed_on, c.open_fen, c.carried_on, c.case_id, l.number as line_number,
      l.item_name, l.holder_organ_id
    from ledger.commitment c join ledger.line l on l.id = c.line_id
    where c.open_fen > 0 and ${ofYear(place)} ${after === undefined ? sql`` : sql`and c.id > ${after}::uuid`}
    order by c.id limit ${limit}`.execute(tx)
  return rows
}

/** Two numbers that stand for a level's year among advisory locks. */
const lockOf = ({ jurisdictionCode, year }: BudgetYear) => sql`${Number(jurisdictionCode)}::int, ${year}::int`

/** Opening lines of a year shares this until the transaction ends; closing the year holds it alone. */
export async function shareYear(tx: Tx, place: BudgetYear): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${lockOf(place)})`.execute(tx)
}

/** Holds the year: no line is opened, and none of its lines moves, until the transaction ends. */
export async function holdYear(tx: Tx, place: BudgetYear): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockOf(place)})`.execute(tx)
  await sql`select from ledger.line l where ${ofYear(place)} order by l.id for update`.execute(tx)
}

/** The day on which the year was closed; null while it is carried out. */
export async function yearClosedOn(tx: Tx, place: BudgetYear): Promise<string | null> {
  const { rows } = await sql<{ on: string }>`select l.closed_on as on from ledger.line l
    where ${ofYear(place)} and l.closed_on is not null limit 1`.execute(tx)
  return rows[0]?.on ?? null
}

/** Closes the lines of a year that is held; what is open is carried over. */
export async function markClosed(tx: Tx, place: BudgetYear, on: string): Promise<void> {
  await sql`update ledger.commitment c set carried_on = ${on} from ledger.line l
    where l.id = c.line_id and c.open_fen > 0 and ${ofYear(place)}`.execute(tx)
  await sql`update ledger.line l set closed_on = ${on} where ${ofYear(place)} and l.closed_on is null`.execute(tx)
}
