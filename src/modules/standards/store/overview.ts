import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { CatalogueEntry, Standard, StandardKind } from '../model.ts'
import { lineage } from '../rules/in-force.ts'

export type CodeInForce = {
  code: string
  kind: StandardKind
  title: string
  /** A row of the jurisdiction itself, not only of those above. */
  own: boolean
  /** Some figure is C or D. */
  provisional: boolean
  rows: number
}

/** The codes that have rows in force in a jurisdiction on a day: what the overview counts and pages by. */
export async function codesInForce(tx: Tx, jurisdictionCode: string, on: string): Promise<CodeInForce[]> {
  const { rows } = await sql<CodeInForce>`
    select code, min(kind) as kind, min(title) as title, bool_or(jurisdiction_code = ${jurisdictionCode}) as own,
      bool_or(confidence in ('C', 'D')) as provisional, count(*)::int as rows
    from standards.standard where jurisdiction_code = any(${lineage(jurisdictionCode)})
      and valid_from <= ${on} and (valid_until is null or valid_until >= ${on})
    group by code order by code`.execute(tx)
  return rows
}

/** Jurisdictions that have set a code themselves on a day, whoever they are below. */
export async function settersBelow(
  tx: Tx,
  code: string,
  jurisdictionPrefix: string,
  on: string,
): Promise<Pick<Standard, 'jurisdictionCode' | 'from'>[]> {
  const { rows } = await sql<Pick<Standard, 'jurisdictionCode' | 'from'>>`
    select jurisdiction_code, min(valid_from)::date as "from" from standards.standard
    where code = ${code} and jurisdiction_code like ${`${jurisdictionPrefix}%`} and valid_from <= ${on} and (valid_until is null or valid_until >= ${on})
    group by jurisdiction_code order by jurisdiction_code limit 200`.execute(tx)
  return rows
}

/** Every version of the catalogue that counts in a jurisdiction, newest first. */
export async function catalogueVersionsOf(tx: Tx, jurisdictionCode: string): Promise<CatalogueEntry[]> {
  const { rows } = await sql<CatalogueEntry>`
    select id, need_kind, centralised, provided, items, note, jurisdiction_code, valid_from as "from", valid_until as "until", citation
    from standards.catalogue_entry where jurisdiction_code = any(${lineage(jurisdictionCode)})
    order by need_kind, valid_from desc, jurisdiction_code desc`.execute(tx)
  return rows
}
