import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

/** Cards that came in with an import, in the order of their ids. */
export async function cardsOfImport(tx: Tx, importId: string, after: string | null, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from assets.card
    where import_id = ${importId} and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}`.execute(
    tx,
  )
  return rows.map(({ id }) => id)
}

/**
 * Cards of an import on which something stands since: an event beside their registration, a procedure, a charge. At most
 * some of their numbers, and how many they are.
 */
export async function touchedSince(tx: Tx, importId: string): Promise<{ cards: number; numbers: string[] }> {
  const { rows } = await sql<{ cards: number; numbers: string[] | null }>`select count(*)::int as cards,
      (array_agg(c.number order by c.number))[1:5] as numbers
    from assets.card c where c.import_id = ${importId} and (c.accumulated_fen <> c.opening_fen or c.removed_on is not null
      or exists (select from assets.engagement e where e.card_id = c.id)
      or exists (select from assets.event e where e.card_id = c.id and e.kind <> 'registered'))`.execute(tx)
  return { cards: rows[0]?.cards ?? 0, numbers: rows[0]?.numbers ?? [] }
}
