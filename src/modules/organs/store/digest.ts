import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

/** A text that changes whenever an organ of the jurisdictions, or its posts and people on one of the days, changes. */
export async function registerDigest(tx: Tx, codes: readonly string[], days: readonly string[]): Promise<string> {
  const { rows } = await sql<{ digest: string }>`select concat_ws('|',
      (select concat(count(*), ':', sum(hashtextextended(concat(id, version), 0)::numeric)) from organs.organ
        where jurisdiction_code = any(${[...codes]}::text[])),
      (select concat(count(*), ':', sum(hashtextextended(concat(h.organ_id, h.rank, h.approved, ',', h.in_post), 0)::numeric))
        from organs.headcount h join organs.organ o on o.id = h.organ_id
        where o.jurisdiction_code = any(${[...codes]}::text[]) and exists (select from unnest(${[...days]}::date[]) day
          where h.valid_from <= day and (h.valid_until is null or h.valid_until >= day)))
    ) as digest`.execute(tx)
  return rows[0]?.digest ?? ''
}
