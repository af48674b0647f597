import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import { lineage } from '../rules/in-force.ts'

/** A text that changes whenever other rows of standards, catalogue or economic codes are in force for the jurisdictions on one of the days. */
export async function standardsDigest(
  tx: Tx,
  jurisdictionCodes: readonly string[],
  days: readonly string[],
  years: readonly number[],
): Promise<string> {
  const codes = [...new Set(jurisdictionCodes.flatMap(lineage))]
  const inForce = sql`jurisdiction_code = any(${codes}::text[]) and exists (select from unnest(${[...days]}::date[]) day
    where valid_from <= day and (valid_until is null or valid_until >= day))`
  const { rows } = await sql<{ digest: string }>`select concat_ws('|',
      (select concat(count(*), ':', sum(hashtextextended(id::text, 0)::numeric)) from standards.standard where ${inForce}),
      (select concat(count(*), ':', sum(hashtextextended(id::text, 0)::numeric)) from standards.catalogue_entry where ${inForce}),
      (select concat(count(*), ':', sum(hashtextextended(e::text, 0)::numeric)) from standards.economic_code e
        where exists (select from unnest(${[...years]}::int[]) year where from_year <= year and (until_year is null or until_year >= year)))
    ) as digest`.execute(tx)
  return rows[0]?.digest ?? ''
}
