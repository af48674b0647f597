import { sql } from 'kysely'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { CountScope, CountState } from '../model.ts'
import { countedOf } from './progress.ts'

export type CountRow = {
  id: string
  organId: string
  organName: string
  jurisdictionCode: string
  number: string
  title: string
  year: number
  baseOn: string
  scope: CountScope
  whole: boolean
  state: CountState
  note: string
  conclusion: string
  openedOn: string
  openedByName: string
  endedOn: string | null
  finishedOn: string | null
  items: number
  counted: number
  costFen: number
  caseId: string
  version: number
}

const columns = sql`c.id, c.organ_id, o.name as organ_name, c.jurisdiction_code, c.number, c.title, c.year, c.base_on, c.scope, c.whole, c.state,
  c.note, c.conclusion, c.opened_on, c.opened_by_name, c.ended_on, c.finished_on, c.items, c.cost_fen, c.case_id, c.version,
  ${countedOf(sql`c.id`)} as counted`
const tables = sql`stocktaking.count c join organs.open_organ o on o.id = c.organ_id`

/** @param lock waits for whoever changes the count now */
export async function countById(tx: Tx, id: string, lock?: 'update' | 'share'): Promise<CountRow | undefined> {
  const locking = lock === 'update' ? sql`for update of c` : lock === 'share' ? sql`for share of c` : sql``
  const { rows } = await executePrepared(
    tx,
    sql<CountRow>`select ${columns} from ${tables} where c.id = ${id} ${locking}`,
  )
  return rows[0]
}

export type CountFilter = {
  jurisdictionCode: string
  organId: string | null
  state?: CountState | undefined
  year?: number | undefined
}

export async function countsPage(
  tx: Tx,
  { jurisdictionCode, organId, state, year }: CountFilter,
  after: string | undefined,
  limit: number,
): Promise<CountRow[]> {
  const { rows } = await sql<CountRow>`select ${columns} from ${tables}
    where ${organId === null ? sql`c.jurisdiction_code = ${jurisdictionCode}` : sql`c.organ_id = ${organId}`}
    ${state === undefined ? sql`` : sql`and c.state = ${state}`} ${year === undefined ? sql`` : sql`and c.year = ${year}`}
    ${after === undefined ? sql`` : sql`and c.id < ${after}::uuid`} order by c.id desc limit ${limit}`.execute(tx)
  return rows
}

/** Counts under way that a person is on the team of. */
export async function countsOfCounter(tx: Tx, organId: string, personId: string): Promise<CountRow[]> {
  const { rows } = await sql<CountRow>`select ${columns} from ${tables} join stocktaking.counter t on t.count_id = c.id
    where t.person_id = ${personId} and c.organ_id = ${organId} and c.state = 'counting' order by c.id desc limit 50`.execute(
    tx,
  )
  return rows
}

export async function insertCount(
  tx: Tx,
  row: Omit<
    CountRow,
    'organName' | 'conclusion' | 'endedOn' | 'finishedOn' | 'items' | 'counted' | 'costFen' | 'version'
  >,
): Promise<void> {
  await sql`insert into stocktaking.count (id, organ_id, jurisdiction_code, number, title, year, base_on, scope, whole, state, note, opened_on,
      opened_by_name, items, cost_fen, case_id)
    values (${row.id}, ${row.organId}, ${row.jurisdictionCode}, ${row.number}, ${row.title}, ${row.year}, ${row.baseOn},
      ${JSON.stringify(row.scope)}::jsonb, ${row.whole}, ${row.state}, ${row.note}, ${row.openedOn}, ${row.openedByName}, 0, 0, ${row.caseId})`.execute(
    tx,
  )
}

/** Writes how many things are on the list and what they cost, once it is frozen. */
export async function saveBook(tx: Tx, id: string): Promise<number> {
  const { rows } = await sql<{ items: number }>`update stocktaking.count c set items = s.items, cost_fen = s.cost_fen
    from (select coalesce(sum(items), 0)::int as items, coalesce(sum(cost_fen), 0)::bigint as cost_fen from stocktaking.place_sum where count_id = ${id}) s
    where c.id = ${id} returning c.items`.execute(tx)
  return rows[0]?.items ?? 0
}

export type CountChange = {
  state?: CountState
  conclusion?: string
  endedOn?: string | null
  finishedOn?: string
}

/** @throws Conflict when somebody changed the count meanwhile */
export async function saveCount(tx: Tx, row: CountRow, change: CountChange): Promise<CountRow> {
  const next = { ...row, ...change, version: row.version + 1 }
  const result =
    await sql`update stocktaking.count set state = ${next.state}, conclusion = ${next.conclusion}, ended_on = ${next.endedOn},
      finished_on = ${next.finishedOn}, version = version + 1
    where id = ${row.id} and state = ${row.state} and version = ${row.version}`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('资产盘点')
  return next
}

export type Counter = { id: string; name: string }

export async function countersOf(tx: Tx, countId: string): Promise<Counter[]> {
  const { rows } = await sql<Counter>`select person_id as id, person_name as name from stocktaking.counter
    where count_id = ${countId} order by person_name, person_id`.execute(tx)
  return rows
}

export async function isCounter(tx: Tx, countId: string, personId: string | null): Promise<boolean> {
  if (personId === null) return false
  const { rows } =
    await sql`select 1 from stocktaking.counter where count_id = ${countId} and person_id = ${personId}`.execute(tx)
  return rows.length > 0
}

export async function replaceCounters(
  tx: Tx,
  count: Pick<CountRow, 'id' | 'organId'>,
  people: readonly Counter[],
): Promise<void> {
  await sql`delete from stocktaking.counter where count_id = ${count.id}`.execute(tx)
  await sql`insert into stocktaking.counter (count_id, person_id, organ_id, person_name)
    select ${count.id}, r.id, ${count.organId}, r.name from jsonb_to_recordset(${JSON.stringify(people)}::jsonb) as r(id uuid, name text)`.execute(
    tx,
  )
}

/** Every count, for verification. */
export async function everyCount(tx: Tx): Promise<{ id: string; number: string }[]> {
  const { rows } = await sql<{
    id: string
    number: string
  }>`select id, number from stocktaking.count order by id`.execute(tx)
  return rows
}
