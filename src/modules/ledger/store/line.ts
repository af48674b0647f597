import { sql, type RawBuilder } from 'kysely'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Balances } from '../rules.ts'

/** A line as it stands in the table; quantities already in hundredths for exact sums. */
export type LineRow = Balances & {
  id: string
  jurisdictionCode: string
  year: number
  number: string
  planId: string
  holderOrganId: string
  servedOrganId: string
  needKind: string
  itemName: string
  economicCode: string
  unit: string
  centralised: boolean
  /** The day on which its year was closed; null while it is carried out. */
  closedOn: string | null
  version: number
}

const lineColumns = sql`id, jurisdiction_code, year, number, plan_id, holder_organ_id, served_organ_id, need_kind, item_name,
  economic_code, unit, centralised, closed_on, planned_fen, committed_fen, executed_fen,
  (planned_quantity * 100)::bigint as planned_centi, (committed_quantity * 100)::bigint as committed_centi,
  (executed_quantity * 100)::bigint as executed_centi, version`

/** Locks the line until the transaction ends: postings on one line happen one after the other. */
export async function lockLine(tx: Tx, lineId: string): Promise<LineRow | undefined> {
  const { rows } = await executePrepared(
    tx,
    sql<LineRow>`select ${lineColumns} from ledger.line where id = ${lineId} for update`,
  )
  return rows[0]
}

export async function lineById(tx: Tx, lineId: string): Promise<LineRow | undefined> {
  return (await sql<LineRow>`select ${lineColumns} from ledger.line where id = ${lineId}`.execute(tx)).rows[0]
}

export async function linesById(tx: Tx, lineIds: readonly string[]): Promise<LineRow[]> {
  return (
    await sql<LineRow>`select ${lineColumns} from ledger.line where id = any(${[...lineIds]}::uuid[]) order by id`.execute(
      tx,
    )
  ).rows
}

/** Locks several lines in one order, so that two acts on the same lines cannot block each other for good. */
export async function lockLines(tx: Tx, lineIds: readonly string[]): Promise<LineRow[]> {
  return (
    await sql<LineRow>`select ${lineColumns} from ledger.line where id = any(${[...lineIds]}::uuid[]) order by id for update`.execute(
      tx,
    )
  ).rows
}

/** Lines of a year by their numbers, locked in one order so that two imports wait for each other instead of meeting. */
export async function lockLinesByNumber(
  tx: Tx,
  jurisdictionCode: string,
  year: number,
  numbers: readonly string[],
): Promise<LineRow[]> {
  return (
    await sql<LineRow>`select ${lineColumns} from ledger.line where jurisdiction_code = ${jurisdictionCode} and year = ${year} and number = any(${[...numbers]}::text[])
      order by id for update`.execute(tx)
  ).rows
}

/** Writes new balances of locked lines; throws Conflict when one of them has changed since it was read. */
export async function saveBalances(
  tx: Tx,
  changes: readonly { line: LineRow; after: Balances & { version: number } }[],
): Promise<void> {
  const rows = changes.map(({ line, after }) => ({
    id: line.id,
    version: line.version,
    next: after.version,
    planned_fen: after.plannedFen,
    committed_fen: after.committedFen,
    executed_fen: after.executedFen,
    planned_centi: after.plannedCenti,
    committed_centi: after.committedCenti,
    executed_centi: after.executedCenti,
  }))
  const result = await executePrepared(
    tx,
    sql`update ledger.line l set planned_fen = c.planned_fen, committed_fen = c.committed_fen,
      executed_fen = c.executed_fen, planned_quantity = c.planned_centi::numeric / 100,
      committed_quantity = c.committed_centi::numeric / 100, executed_quantity = c.executed_centi::numeric / 100,
      version = c.next
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(id uuid, version integer, next integer, planned_fen bigint,
      committed_fen bigint, executed_fen bigint, planned_centi bigint, committed_centi bigint, executed_centi bigint)
    where l.id = c.id and l.version = c.version`,
  )
  if (result.numAffectedRows !== BigInt(changes.length)) throw new Conflict('计划台账行')
}

export type NewLine = Omit<LineRow, keyof Balances | 'version' | 'closedOn'>

/** @returns the lines as they stand, empty and locked by being new */
export async function insertLines(tx: Tx, lines: readonly NewLine[]): Promise<LineRow[]> {
  if (lines.length === 0) return []
  const rows = lines.map((line) => ({
    id: line.id,
    jurisdiction_code: line.jurisdictionCode,
    year: line.year,
    number: line.number,
    plan_id: line.planId,
    holder_organ_id: line.holderOrganId,
    served_organ_id: line.servedOrganId,
    need_kind: line.needKind,
    item_name: line.itemName,
    economic_code: line.economicCode,
    unit: line.unit,
    centralised: line.centralised,
  }))
  return (
    await sql<LineRow>`insert into ledger.line (id, jurisdiction_code, year, number, plan_id, holder_organ_id, served_organ_id, need_kind,
        item_name, economic_code, unit, centralised)
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l(id uuid, jurisdiction_code text, year integer, number text, plan_id uuid,
        holder_organ_id uuid, served_organ_id uuid, need_kind text, item_name text, economic_code text, unit text, centralised boolean)
      returning ${lineColumns}`.execute(tx)
  ).rows
}

export type LineFilter = {
  jurisdictionCode?: string | undefined
  /** Lines the organ carries out or is served by. */
  organId?: string | undefined
  /** Lines the organ carries out itself. */
  holderOrganId?: string | undefined
  year?: number | undefined
  needKind?: string | undefined
  text?: string | undefined
  spentAbovePercent?: number | undefined
}

export function where(filter: LineFilter): RawBuilder<unknown> {
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (filter.jurisdictionCode) conditions.push(sql`jurisdiction_code = ${filter.jurisdictionCode}`)
  if (filter.holderOrganId) conditions.push(sql`holder_organ_id = ${filter.holderOrganId}`)
  if (filter.organId) conditions.push(sql`(holder_organ_id = ${filter.organId} or served_organ_id = ${filter.organId})`)
  if (filter.year !== undefined) conditions.push(sql`year = ${filter.year}`)
  if (filter.needKind) conditions.push(sql`need_kind = ${filter.needKind}`)
  if (filter.text)
    conditions.push(sql`(item_name like ${`%${filter.text.replace(/[%_\\]/g, '\\$&')}%`} or number = ${filter.text})`)
  if (filter.spentAbovePercent !== undefined)
    conditions.push(
      sql`planned_fen > 0 and (executed_fen + committed_fen) * 100 >= planned_fen * ${filter.spentAbovePercent}::int`,
    )
  return sql.join(conditions, sql` and `)
}

/** A page of lines by id. */
export async function linesPage(
  tx: Tx,
  filter: LineFilter,
  after: string | undefined,
  limit: number,
): Promise<LineRow[]> {
  const from = after ? sql`and id > ${after}` : sql``
  const { rows } = await executePrepared(
    tx,
    sql<LineRow>`select ${lineColumns} from ledger.line where ${where(filter)} ${from} order by id limit ${limit}`,
  )
  return rows
}
