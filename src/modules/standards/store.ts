import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { CatalogueEntry, EconomicCode, Standard } from './model.ts'

/** Province › city › county: the codes whose standards count in a jurisdiction, nearest first. */
export function lineage(jurisdictionCode: string): string[] {
  const province = `${jurisdictionCode.slice(0, 2)}0000`
  const city = `${jurisdictionCode.slice(0, 4)}00`
  return [...new Set([jurisdictionCode, city, province])]
}

/** Rows in force on a day for a jurisdiction, the nearest scope winning over its parents. */
export async function standardsOn(tx: Tx, jurisdictionCode: string, on: string): Promise<Standard[]> {
  const codes = lineage(jurisdictionCode)
  const { rows } = await sql<Standard>`
    select distinct on (code) id, code, kind, title, jurisdiction_code, level, value,
      valid_from as "from", valid_until as "until", citation, confidence
    from standards.standard
    where jurisdiction_code = any(${codes}) and valid_from <= ${on} and (valid_until is null or valid_until >= ${on})
    order by code, array_position(${codes}::text[], jurisdiction_code)`.execute(tx)
  return rows
}

export async function catalogueOn(tx: Tx, jurisdictionCode: string, on: string): Promise<CatalogueEntry[]> {
  const codes = lineage(jurisdictionCode)
  const { rows } = await sql<CatalogueEntry>`
    select distinct on (need_kind) id, need_kind, centralised, provided, note, jurisdiction_code,
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

export async function versionsOf(tx: Tx, code: string, jurisdictionCode: string): Promise<Standard[]> {
  const { rows } = await sql<Standard>`
    select id, code, kind, title, jurisdiction_code, level, value, valid_from as "from", valid_until as "until", citation, confidence
    from standards.standard where code = ${code} and jurisdiction_code = any(${lineage(jurisdictionCode)})
    order by valid_from desc, jurisdiction_code desc`.execute(tx)
  return rows
}

export async function insertStandard(tx: Tx, row: Standard): Promise<void> {
  await sql`insert into standards.standard (id, code, kind, title, jurisdiction_code, level, value, valid_from, valid_until, citation, confidence)
    values (${row.id}, ${row.code}, ${row.kind}, ${row.title}, ${row.jurisdictionCode}, ${row.level}, ${JSON.stringify(row.value)}::jsonb,
      ${row.from}, ${row.until}, ${row.citation}, ${row.confidence}) on conflict (id) do nothing`.execute(tx)
}

export async function insertCatalogueEntry(tx: Tx, row: CatalogueEntry): Promise<void> {
  await sql`insert into standards.catalogue_entry (id, need_kind, centralised, provided, note, jurisdiction_code, valid_from, valid_until, citation)
    values (${row.id}, ${row.needKind}, ${row.centralised}, ${row.provided}, ${row.note}, ${row.jurisdictionCode}, ${row.from}, ${row.until}, ${row.citation})
    on conflict (id) do nothing`.execute(tx)
}

export async function insertEconomicCode(tx: Tx, row: EconomicCode): Promise<void> {
  await sql`insert into standards.economic_code (code, title, government_code, running, three_public, need_kinds, from_year, until_year, note)
    values (${row.code}, ${row.title}, ${row.governmentCode}, ${row.running}, ${row.threePublic}, ${row.needKinds}, ${row.fromYear}, ${row.untilYear}, ${row.note})
    on conflict (code, from_year) do nothing`.execute(tx)
}
