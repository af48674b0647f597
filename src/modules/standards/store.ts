import { sql } from 'kysely'
import { executePrepared, type Tx } from '#kernel/server/database.ts'
import type { Level } from '#kernel/pure/actor.ts'
import type { Rank } from '#modules/organs/model.ts'
import { Standard, type CatalogueEntry, type EconomicCode } from './model.ts'
import { lineage } from './rules/in-force.ts'

const columns = sql`id, code, kind, title, jurisdiction_code, level, rank, value, valid_from as "from", valid_until as "until",
  citation, confidence, note, norms, rests_on`

const checked = Standard.array()

/**
 * Rows in force on a day for a jurisdiction, by code, level and rank, the nearest scope winning over its parents.
 * @param only codes or, ending in a dot, families of codes (`item.`); all when left out
 * @throws when a row's value fits no form: wrong data stops the decision, it is not skipped
 */
export async function standardsOn(
  tx: Tx,
  jurisdictionCode: string,
  on: string,
  only: readonly string[] | null = null,
): Promise<Standard[]> {
  const codes = lineage(jurisdictionCode)
  const wanted =
    only === null
      ? sql``
      : sql`and (code = any(${[...only]}) or code like any(${only.filter((code) => code.endsWith('.')).map((family) => `${family}%`)}))`
  const { rows } = await sql<Standard>`
    select distinct on (code, level, rank) ${columns}
    from standards.standard
    where jurisdiction_code = any(${codes}) and valid_from <= ${on} and (valid_until is null or valid_until >= ${on}) ${wanted}
    order by code, level nulls first, rank nulls first, array_position(${codes}::text[], jurisdiction_code)`.execute(tx)
  return checked.parse(rows)
}

/**
 * As {@link standardsOn}, of the items only those for things of one class: read for every card that is opened. The class is
 * asked of the rows that won, so that a nearer row for another class still hides its parents'.
 */
export async function standardsOfClass(
  tx: Tx,
  jurisdictionCode: string,
  on: string,
  { codes, assetClass }: { codes: readonly string[]; assetClass: string | null },
): Promise<Standard[]> {
  const scopes = lineage(jurisdictionCode)
  const { rows } = await executePrepared(
    tx,
    sql<Standard>`select * from (
      select distinct on (code, level, rank) ${columns} from standards.standard
      where jurisdiction_code = any(${scopes}::text[]) and valid_from <= ${on}::date and (valid_until is null or valid_until >= ${on}::date)
        and (code = any(${[...codes]}::text[]) or code like 'item.%')
      order by code, level nulls first, rank nulls first, array_position(${scopes}::text[], jurisdiction_code)) s
    where code not like 'item.%' or value -> 'assetClass' ->> 'code' = ${assetClass}::text`,
  )
  return checked.parse(rows)
}

export async function catalogueOn(tx: Tx, jurisdictionCode: string, on: string): Promise<CatalogueEntry[]> {
  const codes = lineage(jurisdictionCode)
  const { rows } = await sql<CatalogueEntry>`
    select distinct on (need_kind) id, need_kind, centralised, provided, items, note, jurisdiction_code,
      valid_from as "from", valid_until as "until", citation
    from standards.catalogue_entry
    where jurisdiction_code = any(${codes}) and valid_from <= ${on} and (valid_until is null or valid_until >= ${on})
    order by need_kind, array_position(${codes}::text[], jurisdiction_code)`.execute(tx)
  return rows
}

export async function economicCodesOf(tx: Tx, year: number): Promise<EconomicCode[]> {
  const { rows } = await sql<EconomicCode>`
    select code, title, government_code, running, three_public, need_kinds, from_year, until_year, note
    from standards.economic_code where from_year <= ${year} and (until_year is null or until_year >= ${year}) order by code`.execute(
    tx,
  )
  return rows
}

/** All rows of a code that count in a jurisdiction, newest first. */
export async function versionsOf(tx: Tx, code: string, jurisdictionCode: string): Promise<Standard[]> {
  const { rows } = await sql<Standard>`
    select ${columns} from standards.standard
    where code = ${code} and jurisdiction_code = any(${lineage(jurisdictionCode)})
    order by valid_from desc, jurisdiction_code desc, level nulls first, rank nulls first`.execute(tx)
  return checked.parse(rows)
}

/** Rows by id, e.g. those that a decision rested on, whatever is in force now. */
export async function standardsById(tx: Tx, ids: readonly string[]): Promise<Standard[]> {
  const { rows } =
    await sql<Standard>`select ${columns} from standards.standard where id = any(${[...ids]}::uuid[]) order by code, level nulls first, rank nulls first`.execute(
      tx,
    )
  return checked.parse(rows)
}

/** Rows of a jurisdiction itself that are in force on a day or later: what a new row must agree with. */
export async function standardsFrom(tx: Tx, jurisdictionCode: string, on: string): Promise<Standard[]> {
  const { rows } = await sql<Standard>`
    select ${columns} from standards.standard
    where jurisdiction_code = ${jurisdictionCode} and (valid_until is null or valid_until >= ${on})
    order by code, level nulls first, rank nulls first, valid_from`.execute(tx)
  return checked.parse(rows)
}

/** Rows in force on a day that rest on one of the codes (A9-3): they are to be looked at again when those change. */
export async function standardsRestingOn(tx: Tx, codes: readonly string[], on: string): Promise<Standard[]> {
  const { rows } = await sql<Standard>`
    select ${columns} from standards.standard
    where rests_on && ${[...codes]}::text[] and valid_from <= ${on} and (valid_until is null or valid_until >= ${on})
    order by code, jurisdiction_code`.execute(tx)
  return checked.parse(rows)
}

export type StandardKey = { code: string; jurisdictionCode: string; level: Level | null; rank: Rank | null }

/**
 * Ends the open row of a key on a day; locks it, so that of two successors at once the second waits and finds it closed.
 * @returns the id of the row that was closed, null when none was open and begun before that day
 */
export async function closeStandard(tx: Tx, key: StandardKey, lastDay: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    update standards.standard set valid_until = ${lastDay}
    where code = ${key.code} and jurisdiction_code = ${key.jurisdictionCode} and level is not distinct from ${key.level}
      and rank is not distinct from ${key.rank} and valid_until is null and valid_from <= ${lastDay}
    returning id`.execute(tx)
  return rows[0]?.id ?? null
}

/** Inserts rows in one statement; a period that overlaps another of its key is refused by the database. */
export async function insertStandards(tx: Tx, rows: readonly Standard[]): Promise<void> {
  await sql`insert into standards.standard (id, code, kind, title, jurisdiction_code, level, rank, value, valid_from, valid_until,
      citation, confidence, note, norms, rests_on) ${asRecords(rows)}`.execute(tx)
}

/**
 * Reference rows: what is there already, or was replaced by a row of the users' own, stays as it is. A row that a later
 * release ends is ended here too, so that its successor finds its place.
 */
export async function insertReference(tx: Tx, rows: readonly Standard[]): Promise<void> {
  const ended = rows.filter(({ until }) => until !== null).map(({ id, until }) => ({ id, until }))
  await sql`update standards.standard set valid_until = ended.until
    from jsonb_to_recordset(${JSON.stringify(ended)}::jsonb) as ended (id uuid, until date)
    where standard.id = ended.id and valid_until is null`.execute(tx)
  await sql`insert into standards.standard (id, code, kind, title, jurisdiction_code, level, rank, value, valid_from, valid_until,
      citation, confidence, note, norms, rests_on) ${asRecords(rows)}
    where not exists (
      select from standards.standard there
      where there.code = given.code and there.jurisdiction_code = given.jurisdiction_code
        and there.level is not distinct from given.level and there.rank is not distinct from given.rank
        and daterange(there.valid_from, there.valid_until, '[]') && daterange(given."from", given.until, '[]')
    )`.execute(tx)
}

function asRecords(rows: readonly Standard[]) {
  return sql`select id, code, kind, title, "jurisdictionCode", level, rank, value, "from", until, citation, confidence, note, norms,
      "restsOn"
    from (select *, "jurisdictionCode" as jurisdiction_code from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      id uuid, code text, kind text, title text, "jurisdictionCode" text, level text, rank text, value jsonb, "from" date,
      until date, citation text, confidence text, note text, norms text[], "restsOn" text[])) as given`
}

export async function insertCatalogueEntry(tx: Tx, row: CatalogueEntry): Promise<void> {
  await sql`insert into standards.catalogue_entry (id, need_kind, centralised, provided, items, note, jurisdiction_code, valid_from, valid_until, citation)
    values (${row.id}, ${row.needKind}, ${row.centralised}, ${row.provided}, ${row.items}, ${row.note}, ${row.jurisdictionCode}, ${row.from}, ${row.until}, ${row.citation})
    on conflict (id) do nothing`.execute(tx)
}

export async function insertEconomicCode(tx: Tx, row: EconomicCode): Promise<void> {
  await sql`insert into standards.economic_code (code, title, government_code, running, three_public, need_kinds, from_year, until_year, note)
    values (${row.code}, ${row.title}, ${row.governmentCode}, ${row.running}, ${row.threePublic}, ${row.needKinds}, ${row.fromYear}, ${row.untilYear}, ${row.note})
    on conflict (code, from_year) do nothing`.execute(tx)
}
