import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Closing } from '../model/closing.ts'

export type ClosingRow = Closing & { jurisdictionCode: string }

const columns = sql`cycle_id, jurisdiction_code, year, state, lines, planned_fen, executed_fen, open_fen, open_count, carry_reason, document,
  opinion, asked_on, asked_by_name, decided_on, decided_by_name, case_id, version`

export async function closingOf(tx: Tx, cycleId: string, lock = false): Promise<ClosingRow | undefined> {
  const { rows } = await sql<ClosingRow>`select ${columns} from plans.closing where cycle_id = ${cycleId}
    ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0]
}

/** Asked for the first time, or again after it was returned. @throws Conflict when it has been asked for meanwhile */
export async function askForClosing(tx: Tx, row: Omit<ClosingRow, 'version'>): Promise<void> {
  const { rows } =
    await sql`insert into plans.closing (cycle_id, jurisdiction_code, year, state, lines, planned_fen, executed_fen, open_fen, open_count,
      carry_reason, asked_on, asked_by_name, case_id)
    values (${row.cycleId}, ${row.jurisdictionCode}, ${row.year}, 'asked', ${row.lines}, ${row.plannedFen}, ${row.executedFen}, ${row.openFen},
      ${row.openCount}, ${row.carryReason}, ${row.askedOn}, ${row.askedByName}, ${row.caseId})
    on conflict (cycle_id) do update set state = 'asked', lines = excluded.lines, planned_fen = excluded.planned_fen,
      executed_fen = excluded.executed_fen, open_fen = excluded.open_fen, open_count = excluded.open_count, carry_reason = excluded.carry_reason,
      asked_on = excluded.asked_on, asked_by_name = excluded.asked_by_name, opinion = null, decided_on = null, decided_by_name = null,
      version = closing.version + 1
    where closing.state = 'returned' returning cycle_id`.execute(tx)
  if (rows.length === 0) throw new Conflict('年度结束')
}

/** @throws Conflict when it was decided meanwhile */
export async function decideClosing(
  tx: Tx,
  row: ClosingRow,
  decided: Pick<ClosingRow, 'state' | 'document' | 'opinion' | 'decidedOn' | 'decidedByName'>,
): Promise<void> {
  const result =
    await sql`update plans.closing set state = ${decided.state}, document = ${decided.document}, opinion = ${decided.opinion},
      decided_on = ${decided.decidedOn}, decided_by_name = ${decided.decidedByName}, version = version + 1
    where cycle_id = ${row.cycleId} and version = ${row.version} and state = 'asked'`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('年度结束')
}
