import { sql, type RawBuilder } from 'kysely'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import type { Commitment, EntryKind, LedgerEntry } from './model.ts'
import type { Balances } from './rules.ts'

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

export type NewEntry = {
  lineId: string
  kind: EntryKind
  amountFen: number
  quantityCenti: number
  commitmentId: string | null
  reversesId: number | null
  note: string
  document: string | null
  counterparty: string | null
  sourceKind: string
  sourceId: string
  occurredOn: string
}

const entryColumns = sql`id, line_id, kind, amount_fen, quantity::float8 as quantity, commitment_id, note, document, counterparty,
  occurred_on, posted_at, posted_by`

/** Appends entries in their order. @returns those written; fewer than given when a source has posted already */
export async function insertEntries(
  tx: Tx,
  entries: readonly NewEntry[],
  posted: { at: Date; by: string },
): Promise<(LedgerEntry & { postedAt: Date })[]> {
  const written = []
  for (let from = 0; from < entries.length; from += batch)
    written.push(...(await insertBatch(tx, entries.slice(from, from + batch), posted)))
  return written
}

/** Rows of one statement: many enough to be quick, few enough that thousands do not stand in memory twice. */
const batch = 1000

async function insertBatch(
  tx: Tx,
  entries: readonly NewEntry[],
  posted: { at: Date; by: string },
): Promise<(LedgerEntry & { postedAt: Date })[]> {
  const rows = entries.map((entry) => ({
    line_id: entry.lineId,
    kind: entry.kind,
    amount_fen: entry.amountFen,
    quantity_centi: entry.quantityCenti,
    commitment_id: entry.commitmentId,
    reverses_id: entry.reversesId,
    note: entry.note,
    document: entry.document,
    counterparty: entry.counterparty,
    source_kind: entry.sourceKind,
    source_id: entry.sourceId,
    occurred_on: entry.occurredOn,
  }))
  return (
    await executePrepared(
      tx,
      sql<LedgerEntry & { postedAt: Date }>`
      insert into ledger.entry (line_id, kind, amount_fen, quantity, commitment_id, reverses_id, note, document, counterparty,
        source_kind, source_id, occurred_on, posted_at, posted_by)
      select e.line_id, e.kind, e.amount_fen, e.quantity_centi::numeric / 100, e.commitment_id, e.reverses_id, e.note, e.document,
        e.counterparty, e.source_kind, e.source_id, e.occurred_on, ${posted.at}, ${posted.by}
      from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (line_id uuid, kind text, amount_fen bigint,
        quantity_centi bigint, commitment_id uuid, reverses_id bigint, note text, document text, counterparty text,
        source_kind text, source_id text, occurred_on date)) with ordinality as e(line_id, kind, amount_fen, quantity_centi,
        commitment_id, reverses_id, note, document, counterparty, source_kind, source_id, occurred_on, place)
      order by e.place
      on conflict (source_kind, source_id, line_id, kind) do nothing returning ${entryColumns}`,
    )
  ).rows
}

export async function entryById(tx: Tx, entryId: number): Promise<(LedgerEntry & { reversed: boolean }) | undefined> {
  return (
    await sql<LedgerEntry & { reversed: boolean }>`select ${entryColumns},
      exists (select from ledger.entry r where r.reverses_id = e.id) as reversed
      from ledger.entry e where id = ${entryId}`.execute(tx)
  ).rows[0]
}

export async function entriesOf(tx: Tx, lineId: string, after: number, limit: number): Promise<LedgerEntry[]> {
  return (
    await sql<LedgerEntry>`select ${entryColumns} from ledger.entry where line_id = ${lineId} and id > ${after} order by id limit ${limit}`.execute(
      tx,
    )
  ).rows
}

export async function insertCommitment(tx: Tx, commitment: CommitmentRow): Promise<void> {
  await sql`insert into ledger.commitment (id, line_id, title, counterparty, document, committed_on, open_fen, open_quantity, case_id)
    values (${commitment.id}, ${commitment.lineId}, ${commitment.title}, ${commitment.counterparty}, ${commitment.document},
      ${commitment.committedOn}, ${commitment.openFen}, ${commitment.openQuantity}, ${commitment.caseId})`.execute(tx)
}

/** A commitment with the case it belongs to; null for one entered by hand. */
export type CommitmentRow = Omit<Commitment, 'owner'> & { caseId: string | null }

const commitmentColumns = sql`id, line_id, title, counterparty, document, committed_on, open_fen, open_quantity::float8 as open_quantity,
  carried_on, case_id`

export async function commitmentById(tx: Tx, id: string): Promise<CommitmentRow | undefined> {
  return (await sql<CommitmentRow>`select ${commitmentColumns} from ledger.commitment where id = ${id}`.execute(tx))
    .rows[0]
}

export async function commitmentsOf(tx: Tx, lineId: string): Promise<CommitmentRow[]> {
  return (
    await sql<CommitmentRow>`select ${commitmentColumns} from ledger.commitment where line_id = ${lineId} and open_fen > 0 order by committed_on, id`.execute(
      tx,
    )
  ).rows
}

/** Takes money off a commitment; the line must be locked. */
export async function drawCommitment(tx: Tx, id: string, amountFen: number, quantityCenti: number): Promise<void> {
  const result = await sql`update ledger.commitment set open_fen = open_fen - ${amountFen},
      open_quantity = open_quantity - ${quantityCenti}::numeric / 100
    where id = ${id} and open_fen >= ${amountFen} and open_quantity >= ${quantityCenti}::numeric / 100`.execute(tx)
  if (result.numAffectedRows !== 1n) throw new Conflict('占用', '占用的余额已变化。请刷新后核对，再重新提交。')
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

function where(filter: LineFilter): RawBuilder<unknown> {
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

export type Totals = { count: number; plannedFen: number; committedFen: number; executedFen: number }

export async function totalsOf(tx: Tx, filter: LineFilter): Promise<Totals> {
  const { rows } =
    await sql<Totals>`select count(*)::int as count, coalesce(sum(planned_fen), 0)::bigint as planned_fen,
    coalesce(sum(committed_fen), 0)::bigint as committed_fen, coalesce(sum(executed_fen), 0)::bigint as executed_fen
    from ledger.line where ${where(filter)}`.execute(tx)
  return rows[0] as Totals
}

/** Sums for reports: per group the plan as first opened, its adjustments, and what was executed. */
export type LedgerSum = {
  key: string
  lines: number
  openedFen: number
  adjustedFen: number
  committedFen: number
  executedFen: number
  plannedQuantity: number
  executedQuantity: number
}

/** What lines can be summed by. */
const groupColumns = {
  'need-kind': sql`need_kind`,
  'served-organ': sql`served_organ_id`,
  'economic-code': sql`economic_code`,
} as const
export type LedgerGroup = keyof typeof groupColumns

/** Sums by several groups in one pass over the lines. */
export async function sumsBy<G extends LedgerGroup>(
  tx: Tx,
  groups: readonly G[],
  filter: LineFilter,
): Promise<Record<G, LedgerSum[]>> {
  const columns = groups.map((group) => groupColumns[group])
  const { rows } = await sql<LedgerSum & { grouped: number }>`
    with chosen as (select * from ledger.line where ${where(filter)}),
      opened as (select line_id, sum(amount_fen) as fen from ledger.entry where kind = 'open' and line_id in (select id from chosen) group by line_id)
    select grouping(${sql.join(columns)}) as grouped, coalesce(${sql.join(columns.map((column) => sql`${column}::text`))}) as key,
      count(*)::int as lines, coalesce(sum(o.fen), 0)::bigint as opened_fen,
      (sum(planned_fen) - coalesce(sum(o.fen), 0))::bigint as adjusted_fen, sum(committed_fen)::bigint as committed_fen,
      sum(executed_fen)::bigint as executed_fen, sum(planned_quantity)::float8 as planned_quantity, sum(executed_quantity)::float8 as executed_quantity
    from chosen c left join opened o on o.line_id = c.id
    group by grouping sets (${sql.join(columns.map((column) => sql`(${column})`))}) order by 2`.execute(tx)
  // GROUPING has a bit for each column that a row is not grouped by, the first the highest.
  const all = 2 ** groups.length - 1
  return Object.fromEntries(
    groups.map((group, place) => [
      group,
      rows
        .filter(({ grouped }) => grouped === all - 2 ** (groups.length - 1 - place))
        .map(({ grouped: _, ...sum }) => sum),
    ]),
  ) as Record<G, LedgerSum[]>
}

/** Position of the ledger: the last entry there is. */
export async function lastEntryId(tx: Tx): Promise<number> {
  return (
    (await sql<{ id: number }>`select coalesce(max(id), 0)::bigint as id from ledger.entry`.execute(tx)).rows[0]?.id ??
    0
  )
}

/** A level's lines of a budget year, which are closed together. */
export type BudgetYear = Readonly<{ jurisdictionCode: string; year: number }>

/** Lines whose stored balances differ from the sum of their entries; recomputed by the database in one pass. */
export async function faultyLines(
  tx: Tx,
  of: BudgetYear | null = null,
): Promise<{ checked: number; faults: { number: string; what: string }[] }> {
  const ofYear = of === null ? sql`true` : sql`l.jurisdiction_code = ${of.jurisdictionCode} and l.year = ${of.year}`
  const { rows } = await sql<{ number: string; what: string }>`
    with sums as (
      select line_id,
        sum(amount_fen) filter (where kind in ('open', 'adjust')) as planned,
        sum(case kind when 'commit' then amount_fen when 'release' then -amount_fen
          when 'execute' then case when commitment_id is null then 0 else -amount_fen end else 0 end) as committed,
        sum(case kind when 'execute' then amount_fen when 'reverse' then -amount_fen else 0 end) as executed,
        sum(quantity) filter (where kind in ('open', 'adjust')) as planned_q,
        sum(case kind when 'commit' then quantity when 'release' then -quantity
          when 'execute' then case when commitment_id is null then 0 else -quantity end else 0 end) as committed_q,
        sum(case kind when 'execute' then quantity when 'reverse' then -quantity else 0 end) as executed_q
      from ledger.entry ${of === null ? sql`` : sql`where line_id in (select l.id from ledger.line l where ${ofYear})`} group by line_id)
    select l.number, concat_ws('、',
        case when l.planned_fen <> coalesce(s.planned, 0) or l.planned_quantity <> coalesce(s.planned_q, 0) then '计划数' end,
        case when l.committed_fen <> coalesce(s.committed, 0) or l.committed_quantity <> coalesce(s.committed_q, 0) then '占用数' end,
        case when l.executed_fen <> coalesce(s.executed, 0) or l.executed_quantity <> coalesce(s.executed_q, 0) then '支出数' end) as what
    from ledger.line l left join sums s on s.line_id = l.id
    where ${ofYear} and (l.planned_fen <> coalesce(s.planned, 0) or l.committed_fen <> coalesce(s.committed, 0) or l.executed_fen <> coalesce(s.executed, 0)
      or l.planned_quantity <> coalesce(s.planned_q, 0) or l.committed_quantity <> coalesce(s.committed_q, 0) or l.executed_quantity <> coalesce(s.executed_q, 0))
    limit 1000`.execute(tx)
  const checked =
    (await sql<{ n: number }>`select count(*)::int as n from ledger.line l where ${ofYear}`.execute(tx)).rows[0]?.n ?? 0
  return { checked, faults: rows }
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

/** Which of these sources have posted already. */
export async function postedSources(tx: Tx, kind: string, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{
    sourceId: string
  }>`select distinct source_id from ledger.entry where source_kind = ${kind} and source_id = any(${[...ids]}::text[])`.execute(
    tx,
  )
  return new Set(rows.map(({ sourceId }) => sourceId))
}

/** What was spent on each of these lines, 分; lines that are not on the ledger are left out. */
export async function executedOf(tx: Tx, lineIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{
    id: string
    executedFen: number
  }>`select id, executed_fen from ledger.line where id = any(${[...lineIds]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, executedFen }) => [id, executedFen]))
}
