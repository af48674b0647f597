import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { Conflict } from '#kernel/server/errors.ts'
import { Standard, type CatalogueEntry } from '../model.ts'

/** A number of our own choosing: whoever changes standards holds this lock until the end of the transaction. */
const enactmentLock = 7_320_915

/** One enactment at a time, so that each sees the rows the one before it wrote: a lower level is judged by the level above. */
export async function holdStandards(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${enactmentLock})`.execute(tx)
}

const standardColumns = sql`id, code, kind, title, jurisdiction_code, level, rank, value, valid_from as "from", valid_until as "until",
  citation, confidence, note, norms, rests_on`
const entryColumns = sql`id, need_kind, centralised, provided, items, note, jurisdiction_code, valid_from as "from", valid_until as "until", citation`

/** Every version of some codes in some jurisdictions, oldest first. */
export async function standardHistory(
  tx: Tx,
  codes: readonly string[],
  jurisdictionCodes: readonly string[],
): Promise<Standard[]> {
  const { rows } = await sql<Standard>`select ${standardColumns} from standards.standard
    where code = any(${[...codes]}) and jurisdiction_code = any(${[...jurisdictionCodes]})
    order by code, jurisdiction_code, level nulls first, rank nulls first, valid_from`.execute(tx)
  return Standard.array().parse(rows)
}

/** Every version of the catalogue's entries in some jurisdictions, oldest first. */
export async function catalogueHistory(tx: Tx, jurisdictionCodes: readonly string[]): Promise<CatalogueEntry[]> {
  const { rows } = await sql<CatalogueEntry>`select ${entryColumns} from standards.catalogue_entry
    where jurisdiction_code = any(${[...jurisdictionCodes]}) order by need_kind, jurisdiction_code, valid_from`.execute(
    tx,
  )
  return rows
}

/** Catalogue entries by id. */
export async function catalogueEntriesById(tx: Tx, ids: readonly string[]): Promise<CatalogueEntry[]> {
  const { rows } =
    await sql<CatalogueEntry>`select ${entryColumns} from standards.catalogue_entry where id = any(${[...ids]}::uuid[]) order by need_kind`.execute(
      tx,
    )
  return rows
}

/** Codes of quotas and service standards in force in some jurisdictions: what expenditure may rest on (A9-3). */
export async function quotaCodesOn(tx: Tx, jurisdictionCodes: readonly string[], on: string): Promise<Set<string>> {
  const { rows } = await sql<{ code: string }>`select distinct code from standards.standard
    where kind in ('physical-quota', 'service-standard') and jurisdiction_code = any(${[...jurisdictionCodes]})
      and valid_from <= ${on} and (valid_until is null or valid_until >= ${on})`.execute(tx)
  return new Set(rows.map(({ code }) => code))
}

type Closing = { id: string; until: string }

/** @throws Conflict when one of the rows has been ended by another document meanwhile */
export async function endStandards(tx: Tx, closings: readonly Closing[]): Promise<void> {
  await end(tx, 'standards.standard', closings)
}

/** @throws Conflict as {@link endStandards} */
export async function endCatalogueEntries(tx: Tx, closings: readonly Closing[]): Promise<void> {
  await end(tx, 'standards.catalogue_entry', closings)
}

/** Only the last day is set, and only where it comes earlier than it was (A9-2). */
async function end(tx: Tx, table: string, closings: readonly Closing[]): Promise<void> {
  if (closings.length === 0) return
  const { rows } = await sql<{ id: string }>`update ${sql.table(table)} r set valid_until = given.until
    from jsonb_to_recordset(${JSON.stringify(closings)}::jsonb) as given (id uuid, until date)
    where r.id = given.id and r.valid_from <= given.until and (r.valid_until is null or r.valid_until >= given.until) returning r.id`.execute(
    tx,
  )
  if (rows.length !== closings.length) throw new Conflict('标准')
}

/** Inserts catalogue entries in one statement; a period that overlaps another of its kind is refused by the database. */
export async function insertCatalogueEntries(tx: Tx, entries: readonly CatalogueEntry[]): Promise<void> {
  if (entries.length === 0) return
  await sql`insert into standards.catalogue_entry (id, need_kind, centralised, provided, items, note, jurisdiction_code, valid_from, valid_until, citation)
    select id, "needKind", centralised, provided, items, note, "jurisdictionCode", "from", until, citation
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as given (id uuid, "needKind" text, centralised text, provided boolean,
      items text[], note text, "jurisdictionCode" text, "from" date, until date, citation text)`.execute(tx)
}

export type OwnCode = { code: string; title: string; kind: Standard['kind']; lastSetOn: string }

/** The codes a jurisdiction has rows of its own for on a day, with the last day one of them began. */
export async function ownCodesOn(tx: Tx, jurisdictionCode: string, on: string): Promise<OwnCode[]> {
  const { rows } =
    await sql<OwnCode>`select code, min(title) as title, min(kind) as kind, max(valid_from)::date as last_set_on
    from standards.standard where jurisdiction_code = ${jurisdictionCode} and valid_from <= ${on} and (valid_until is null or valid_until >= ${on})
    group by code order by code`.execute(tx)
  return rows
}

/** Jurisdictions that have standards of their own in force on a day. */
export async function jurisdictionsWithStandards(tx: Tx, on: string): Promise<string[]> {
  const { rows } = await sql<{ jurisdictionCode: string }>`select distinct jurisdiction_code from standards.standard
    where valid_from <= ${on} and (valid_until is null or valid_until >= ${on}) order by 1`.execute(tx)
  return rows.map(({ jurisdictionCode }) => jurisdictionCode)
}

/** Which jurisdictions have rows of their own for some codes on a day: there the level above does not bind. */
export async function settersOf(
  tx: Tx,
  codes: readonly string[],
  on: string,
): Promise<{ code: string; jurisdictionCode: string }[]> {
  const { rows } = await sql<{ code: string; jurisdictionCode: string }>`
    select distinct code, jurisdiction_code from standards.standard
      where code = any(${[...codes]}) and valid_from <= ${on} and (valid_until is null or valid_until >= ${on})
    union
    select distinct need_kind, jurisdiction_code from standards.catalogue_entry
      where need_kind = any(${[...codes]}) and valid_from <= ${on} and (valid_until is null or valid_until >= ${on})`.execute(
    tx,
  )
  return rows
}
