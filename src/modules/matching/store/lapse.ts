import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Lapse, LapseState, Way } from '../model/lapse.ts'

export type LapseRow = Lapse & {
  lineId: string
  cycleId: string
  jurisdictionCode: string
  organId: string
  standardCode: string
}

const columns = sql`id, line_id, cycle_id, jurisdiction_code, organ_id, organ_name, year, demand_id, demand_line_id, line_no, item_name, standard_code,
  unit, pieces, price_fen, pieces * price_fen as needed_fen, cause, reason, request_id, request_number, source, state, way, document, opinion, case_id,
  opened_on, settled_on, settled_by_name, version`

export async function lapseById(tx: Tx, id: string, lock = false): Promise<LapseRow | undefined> {
  const { rows } =
    await sql<LapseRow>`select ${columns} from matching.lapse where id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      tx,
    )
  return rows[0]
}

/** Those of a line that nobody has settled yet, locked. */
export async function openLapsesOf(tx: Tx, lineId: string): Promise<LapseRow[]> {
  const { rows } =
    await sql<LapseRow>`select ${columns} from matching.lapse where line_id = ${lineId} and state = 'open'
    order by id for update`.execute(tx)
  return rows
}

/** Of an organ or of a level, newest first. @param after id of the last one seen */
export async function lapsesPage(
  tx: Tx,
  filter: { jurisdictionCode: string; organId: string | null; state?: LapseState | undefined },
  after: string | undefined,
  limit: number,
): Promise<LapseRow[]> {
  const { organId, jurisdictionCode, state } = filter
  const { rows } = await sql<LapseRow>`select ${columns} from matching.lapse
    where ${organId === null ? sql`jurisdiction_code = ${jurisdictionCode}` : sql`organ_id = ${organId}`}
      ${state === undefined ? sql`` : sql`and state = ${state}`} ${after === undefined ? sql`` : sql`and id < ${after}::uuid`}
    order by id desc limit ${limit}`.execute(tx)
  return rows
}

export type NewLapse = Omit<
  LapseRow,
  'neededFen' | 'state' | 'way' | 'document' | 'opinion' | 'settledOn' | 'settledByName' | 'version'
>

export async function insertLapse(tx: Tx, row: NewLapse): Promise<void> {
  await sql`insert into matching.lapse (id, line_id, cycle_id, jurisdiction_code, organ_id, organ_name, year, demand_id, demand_line_id, line_no, item_name,
      standard_code, unit, pieces, price_fen, cause, reason, request_id, request_number, source, state, case_id, opened_on)
    values (${row.id}, ${row.lineId}, ${row.cycleId}, ${row.jurisdictionCode}, ${row.organId}, ${row.organName}, ${row.year}, ${row.demandId},
      ${row.demandLineId}, ${row.lineNo}, ${row.itemName}, ${row.standardCode}, ${row.unit}, ${row.pieces}, ${row.priceFen}, ${row.cause},
      ${row.reason}, ${row.requestId}, ${row.requestNumber}, ${row.source}, 'open', ${row.caseId}, ${row.openedOn})`.execute(
    tx,
  )
}

/** @throws Conflict when somebody else settled it meanwhile */
export async function settleLapseRow(
  tx: Tx,
  row: Pick<LapseRow, 'id' | 'version'>,
  settled: { way: Way; document: string; opinion: string; settledOn: string; settledByName: string },
): Promise<void> {
  const result =
    await sql`update matching.lapse set state = 'settled', way = ${settled.way}, document = ${settled.document},
      opinion = ${settled.opinion}, settled_on = ${settled.settledOn}, settled_by_name = ${settled.settledByName}, version = version + 1
    where id = ${row.id} and version = ${row.version} and state = 'open'`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('调剂未成的需求')
}
