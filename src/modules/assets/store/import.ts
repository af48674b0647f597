import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { CardFacts, ImportProblem, ImportState } from '../model.ts'
import type { CellsByKey } from '../rules/import.ts'

export type ImportRecord = {
  id: string
  organId: string
  jurisdictionCode: string
  fileName: string
  sha256: string
  state: ImportState
  problem: string | null
  rows: number
  badRows: number
  sameRows: number
  problems: number
  skipped: { row: number; reason: string; text: string }[]
  unknownColumns: string[]
  appliedRows: number | null
  createdAt: Date
  createdBy: string
  runId: string | null
  /** Why it was taken back; empty while it stands. */
  takenBackFor: string
  version: number
}

const columns = sql`i.id, i.organ_id, i.jurisdiction_code, i.file_name, i.sha256, i.state, i.problem, i.rows, i.bad_rows, i.same_rows, i.problems, i.skipped,
  i.unknown_columns, i.applied_rows, i.created_at, i.created_by, i.run_id, i.taken_back_for, i.version`

export async function insertImport(
  tx: Tx,
  row: Pick<ImportRecord, 'id' | 'organId' | 'jurisdictionCode' | 'fileName' | 'sha256' | 'createdAt' | 'createdBy'>,
): Promise<void> {
  await sql`insert into assets.import (id, organ_id, jurisdiction_code, file_name, sha256, state, created_at, created_by)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.fileName}, ${row.sha256}, 'reading', ${row.createdAt}, ${row.createdBy})`.execute(
    tx,
  )
}

export async function importById(tx: Tx, id: string, lock = false): Promise<ImportRecord | undefined> {
  const { rows } =
    await sql<ImportRecord>`select ${columns} from assets.import i where i.id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      tx,
    )
  return rows[0]
}

export async function importsPage(
  tx: Tx,
  organId: string,
  after: string | undefined,
  limit: number,
): Promise<ImportRecord[]> {
  const { rows } = await sql<ImportRecord>`select ${columns} from assets.import i where i.organ_id = ${organId}
    ${after === undefined ? sql`` : sql`and i.id < ${after}::uuid`} order by i.id desc limit ${limit}`.execute(tx)
  return rows
}

/** The same file taken over before by the organ; null when there is none. */
export async function appliedBefore(tx: Tx, organId: string, sha256: string): Promise<Date | null> {
  const { rows } = await sql<{ createdAt: Date }>`select created_at from assets.import
    where organ_id = ${organId} and sha256 = ${sha256} and state in ('applied', 'applying') order by id limit 1`.execute(
    tx,
  )
  return rows[0]?.createdAt ?? null
}

export async function saveImport(
  tx: Tx,
  row: Pick<ImportRecord, 'id' | 'version'>,
  changes: Partial<
    Pick<
      ImportRecord,
      | 'state'
      | 'problem'
      | 'rows'
      | 'badRows'
      | 'sameRows'
      | 'problems'
      | 'skipped'
      | 'unknownColumns'
      | 'appliedRows'
      | 'runId'
      | 'takenBackFor'
    >
  >,
): Promise<void> {
  const { rows } =
    await sql`update assets.import i set version = version + 1, state = coalesce(${changes.state ?? null}, state),
      problem = coalesce(${changes.problem ?? null}, problem), rows = coalesce(${changes.rows ?? null}, rows),
      bad_rows = coalesce(${changes.badRows ?? null}, bad_rows), same_rows = coalesce(${changes.sameRows ?? null}, same_rows), problems = coalesce(${changes.problems ?? null}, problems),
      skipped = coalesce(${changes.skipped ? JSON.stringify(changes.skipped) : null}::jsonb, skipped),
      unknown_columns = coalesce(${changes.unknownColumns ? JSON.stringify(changes.unknownColumns) : null}::jsonb, unknown_columns),
      applied_rows = coalesce(${changes.appliedRows ?? null}, applied_rows), run_id = coalesce(${changes.runId ?? null}::uuid, run_id),
      taken_back_for = coalesce(${changes.takenBackFor ?? null}, taken_back_for)
    where id = ${row.id} and version = ${row.version} returning 1`.execute(tx)
  if (rows.length === 0) throw new Conflict('导入')
}

/** What was read before, when a run is begun again. */
export async function clearRows(tx: Tx, importId: string): Promise<void> {
  await sql`delete from assets.import_problem where import_id = ${importId}`.execute(tx)
  await sql`delete from assets.import_row where import_id = ${importId}`.execute(tx)
}

export type StagedRow = {
  rowNo: number
  sheet: string
  cells: CellsByKey
  facts: CardFacts | null
  accumulatedFen: number | null
  number: string
  problems: readonly Omit<ImportProblem, 'row' | 'sheet'>[]
}

export async function stageRows(
  tx: Tx,
  of: { importId: string; organId: string },
  rows: readonly StagedRow[],
): Promise<void> {
  await sql`insert into assets.import_row (import_id, organ_id, row_no, sheet, cells, card, accumulated_fen, number)
    select ${of.importId}, ${of.organId}, r.row_no, r.sheet, r.cells, r.card, r.accumulated_fen, nullif(r.number, '')
    from json_to_recordset(${JSON.stringify(
      rows.map(({ rowNo, sheet, cells, facts, accumulatedFen, number }) => ({
        row_no: rowNo,
        sheet,
        cells,
        ...(facts ? { card: facts } : {}),
        accumulated_fen: accumulatedFen,
        number,
      })),
    )}::json) as r(row_no integer, sheet text, cells json, card json, accumulated_fen bigint, number text)
    on conflict (import_id, row_no) do update set cells = excluded.cells, card = excluded.card, accumulated_fen = excluded.accumulated_fen,
      number = excluded.number, same = false`.execute(tx)
  await insertProblems(
    tx,
    of,
    rows.flatMap(({ rowNo, sheet, problems }) =>
      problems.map((problem, place) => ({ row: rowNo, place, sheet, ...problem })),
    ),
  )
}

type PlacedProblem = ImportProblem & { place: number }

async function insertProblems(
  tx: Tx,
  of: { importId: string; organId: string },
  problems: readonly PlacedProblem[],
): Promise<void> {
  if (problems.length === 0) return
  await sql`insert into assets.import_problem (import_id, organ_id, row_no, place, sheet, column_key, column_name, title, found, code, message)
    select ${of.importId}, ${of.organId}, r.row, r.place, r.sheet, r."columnKey", r."column", r.title, r.found, r.code, r.message
    from json_to_recordset(${JSON.stringify(problems)}::json) as r("row" integer, place integer, sheet text, "columnKey" text, "column" text,
      title text, found text, code text, message text) on conflict do nothing`.execute(tx)
}

/** Behind what is wrong with the cells of a row. */
const ofTheRegister = 1000

/** Rows whose number stands further up in the workbook are problems; the first of them stays. */
export async function markRepeatedNumbers(
  tx: Tx,
  of: { importId: string; organId: string },
  column: { name: string; title: string },
  rowNo: number | null = null,
): Promise<void> {
  const only = rowNo === null ? sql`` : sql`and r.row_no = ${rowNo}`
  await sql`with taken as (
      select r.row_no, r.sheet, r.number, f.row_no as first
      from assets.import_row r
        cross join lateral (select min(o.row_no) as row_no from assets.import_row o where o.import_id = r.import_id and o.number = r.number
          and o.row_no < r.row_no) f
      where r.import_id = ${of.importId} and r.number is not null and not r.same ${only} and f.row_no is not null),
    told as (insert into assets.import_problem (import_id, organ_id, row_no, place, sheet, column_key, column_name, title, found, code, message)
      select ${of.importId}, ${of.organId}, t.row_no, ${ofTheRegister}, t.sheet, 'number', ${column.name}, ${column.title}, t.number, 'number-taken',
        '“' || ${column.title} || '”：编号“' || t.number || '”与第' || t.first || '行重复。请核对编号。' from taken t on conflict do nothing)
    update assets.import_row r set card = null from taken t where r.import_id = ${of.importId} and r.row_no = t.row_no`.execute(
    tx,
  )
}

export type KnownRow = { rowNo: number; sheet: string; cells: CellsByKey; facts: CardFacts | null; number: string }

/** Rows that bear a number the organ has given already, a batch by row number. */
export async function knownRows(
  tx: Tx,
  of: { importId: string; organId: string },
  { after, limit, only }: { after: number; limit: number; only: number | null },
): Promise<KnownRow[]> {
  const { rows } =
    await sql<KnownRow>`select r.row_no, r.sheet, r.cells, r.card as facts, r.number from assets.import_row r
    where r.import_id = ${of.importId} and r.row_no > ${after} ${only === null ? sql`` : sql`and r.row_no = ${only}`} and r.number is not null
      and exists (select from assets.card c where c.organ_id = ${of.organId} and c.number = r.number)
    order by r.row_no limit ${limit}`.execute(tx)
  return rows
}

/** Rows that say what their cards say: nothing of them is wrong, and nothing is left to do. */
export async function keepSameRows(tx: Tx, importId: string, rowNos: readonly number[]): Promise<void> {
  if (rowNos.length === 0) return
  await sql`delete from assets.import_problem where import_id = ${importId} and row_no = any(${[...rowNos]}::integer[])`.execute(
    tx,
  )
  await sql`update assets.import_row set same = true, card = null where import_id = ${importId} and row_no = any(${[...rowNos]}::integer[])`.execute(
    tx,
  )
}

/** Rows that cannot become cards because of what the register says. */
export async function keepRefusedRows(
  tx: Tx,
  of: { importId: string; organId: string },
  problems: readonly ImportProblem[],
): Promise<void> {
  if (problems.length === 0) return
  await insertProblems(
    tx,
    of,
    problems.map((problem) => ({ ...problem, place: ofTheRegister })),
  )
  await sql`update assets.import_row set card = null
    where import_id = ${of.importId} and row_no = any(${problems.map(({ row }) => row)}::integer[])`.execute(tx)
}

export async function countRows(
  tx: Tx,
  importId: string,
): Promise<{ rows: number; badRows: number; sameRows: number; problems: number }> {
  const { rows } = await sql<{ rows: number; badRows: number; sameRows: number; problems: number }>`select
      (select count(*)::int from assets.import_row where import_id = ${importId}) as rows,
      (select count(*)::int from assets.import_row where import_id = ${importId} and card is null and not same) as bad_rows,
      (select count(*)::int from assets.import_row where import_id = ${importId} and same) as same_rows,
      (select count(*)::int from assets.import_problem where import_id = ${importId}) as problems`.execute(tx)
  return rows[0] as { rows: number; badRows: number; sameRows: number; problems: number }
}

const problemColumns = sql`p.row_no as row, p.sheet, p.column_key, p.column_name as column, p.title, p.found, p.code, p.message`

/** Problems of the workbook by row, a page by key (`row:place`). */
export async function problemsPage(
  tx: Tx,
  importId: string,
  after: { row: number; place: number } | null,
  limit: number,
): Promise<(ImportProblem & { place: number })[]> {
  const { rows } = await sql<
    ImportProblem & { place: number }
  >`select ${problemColumns}, p.place from assets.import_problem p
    where p.import_id = ${importId} ${after ? sql`and (p.row_no, p.place) > (${after.row}, ${after.place})` : sql``}
    order by p.row_no, p.place limit ${limit}`.execute(tx)
  return rows
}

export async function stagedRow(
  tx: Tx,
  importId: string,
  rowNo: number,
): Promise<{ sheet: string; cells: CellsByKey } | undefined> {
  const { rows } = await sql<{ sheet: string; cells: CellsByKey }>`select sheet, cells from assets.import_row
    where import_id = ${importId} and row_no = ${rowNo} for update`.execute(tx)
  return rows[0]
}

export async function clearProblems(tx: Tx, importId: string, rowNo: number): Promise<void> {
  await sql`delete from assets.import_problem where import_id = ${importId} and row_no = ${rowNo}`.execute(tx)
}

export type GoodRow = { rowNo: number; card: CardFacts; accumulatedFen: number | null }

/** Rows in order, a batch by row number. */
export async function goodRows(tx: Tx, importId: string, after: number, limit: number): Promise<GoodRow[]> {
  const { rows } = await sql<GoodRow>`select row_no, card, accumulated_fen from assets.import_row
    where import_id = ${importId} and card is not null and row_no > ${after} order by row_no limit ${limit}`.execute(tx)
  return rows
}
