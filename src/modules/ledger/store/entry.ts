import { sql } from 'kysely'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import type { EntryKind, LedgerEntry } from '../model.ts'

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

/** An entry with the case that holds the commitment it is about, and whether it was reversed. */
export type ShownEntryRow = LedgerEntry & { caseId: string | null; title: string; reversed: boolean }

export async function entriesOf(tx: Tx, lineId: string, after: number, limit: number): Promise<ShownEntryRow[]> {
  return (
    await sql<ShownEntryRow>`select e.*, c.case_id, coalesce(c.title, '') as title,
        exists (select from ledger.entry r where r.reverses_id = e.id) as reversed
      from (select ${entryColumns} from ledger.entry where line_id = ${lineId} and id > ${after} order by id limit ${limit}) e
        left join ledger.commitment c on c.id = e.commitment_id order by e.id`.execute(tx)
  ).rows
}

/** Payments from what a case holds that were not reversed, with what caused each. */
export async function unreversedOf(
  tx: Tx,
  caseId: string,
): Promise<
  { id: number; lineId: string; amountFen: number; quantity: number; sourceKind: string; sourceId: string }[]
> {
  const { rows } = await sql<{
    id: number
    lineId: string
    amountFen: number
    quantity: number
    sourceKind: string
    sourceId: string
  }>`select e.id, e.line_id, e.amount_fen, e.quantity::float8 as quantity, e.source_kind, e.source_id
    from ledger.commitment c join ledger.entry e on e.commitment_id = c.id
    where c.case_id = ${caseId} and e.kind = 'execute' and not exists (select from ledger.entry r where r.reverses_id = e.id)
    order by e.id`.execute(tx)
  return rows
}

/** Position of the ledger: the last entry there is. */
export async function lastEntryId(tx: Tx): Promise<number> {
  return (
    (await sql<{ id: number }>`select coalesce(max(id), 0)::bigint as id from ledger.entry`.execute(tx)).rows[0]?.id ??
    0
  )
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
