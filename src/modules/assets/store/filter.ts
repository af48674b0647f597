import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

export type FilterRow = { id: string; name: string; filter: Record<string, string> }

/** Filters a person has kept for the list of an organ, by name. */
export async function filtersOf(tx: Tx, personId: string, organId: string): Promise<FilterRow[]> {
  const { rows } = await sql<FilterRow>`select id, name, filter from assets.saved_filter
    where person_id = ${personId} and organ_id = ${organId} order by name limit 30`.execute(tx)
  return rows
}

/** One of that name; saved again it is replaced. @returns its id */
export async function insertFilter(tx: Tx, row: FilterRow & { personId: string; organId: string }): Promise<string> {
  const { rows } = await sql<{ id: string }>`insert into assets.saved_filter (id, person_id, organ_id, name, filter)
    values (${row.id}, ${row.personId}, ${row.organId}, ${row.name}, ${JSON.stringify(row.filter)}::jsonb)
    on conflict (person_id, organ_id, name) do update set filter = excluded.filter returning id`.execute(tx)
  return (rows[0] as { id: string }).id
}

export async function deleteFilter(tx: Tx, id: string, personId: string): Promise<FilterRow | undefined> {
  const { rows } = await sql<FilterRow>`delete from assets.saved_filter where id = ${id} and person_id = ${personId}
    returning id, name, filter`.execute(tx)
  return rows[0]
}
