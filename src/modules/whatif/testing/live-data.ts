import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

/** A digest of every table that a decision could rest on, by name: equal before and after means nothing live was touched. */
export async function liveData(tx: Tx): Promise<Record<string, string>> {
  const { rows: tables } = await sql<{ name: string }>`select schemaname || '.' || tablename as name from pg_tables
    where schemaname in ('organs', 'standards', 'plans', 'ledger', 'budget') order by 1`.execute(tx)
  const held: Record<string, string> = {}
  for (const { name } of tables) {
    const { rows } = await sql<{
      digest: string
    }>`select concat(count(*), ' ', sum(hashtextextended(t::text, 0)::numeric)) as digest
      from ${sql.table(name)} t`.execute(tx)
    held[name] = rows[0]?.digest ?? ''
  }
  return held
}
