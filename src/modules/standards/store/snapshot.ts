import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'
import type { CatalogueEntry, EconomicCode, Standard } from '../model.ts'
import { standardsById } from '../store.ts'

/** Rows by their key and the last day (or year) they had when the snapshot was taken. */
export type SnapshotMembers = {
  standards: [id: string, until: string | null][]
  catalogue: [id: string, until: string | null][]
  economicCodes: [code: string, fromYear: number, untilYear: number | null][]
}

export async function insertSnapshot(
  tx: Tx,
  snapshot: { id: string; jurisdictionCode: string; members: SnapshotMembers },
): Promise<void> {
  const known = await sql`select from standards.snapshot where id = ${snapshot.id}`.execute(tx)
  if (known.rows.length > 0) return
  await sql`insert into standards.snapshot (id, jurisdiction_code, members)
    values (${snapshot.id}, ${snapshot.jurisdictionCode}, ${JSON.stringify(snapshot.members)}::jsonb)
    on conflict (id) do nothing`.execute(tx)
}

export async function snapshotById(
  tx: Tx,
  id: string,
): Promise<{ jurisdictionCode: string; members: SnapshotMembers } | undefined> {
  const { rows } = await sql<{ jurisdictionCode: string; members: SnapshotMembers }>`
    select jurisdiction_code, members from standards.snapshot where id = ${id}`.execute(tx)
  return rows[0]
}

/** The rows of a snapshot, as they were: each with the last day it had then. */
export async function standardRows(tx: Tx, members: SnapshotMembers['standards']): Promise<Standard[]> {
  const until = new Map(members)
  const rows = await standardsById(tx, [...until.keys()])
  return rows.map((row) => ({ ...row, until: until.get(row.id) ?? null }))
}

export async function catalogueRows(tx: Tx, members: SnapshotMembers['catalogue']): Promise<CatalogueEntry[]> {
  const { rows } = await sql<CatalogueEntry>`
    select id, need_kind, centralised, provided, items, note, jurisdiction_code, valid_from as "from", null as "until", citation
    from standards.catalogue_entry where id = any(${members.map(([id]) => id)}::uuid[]) order by need_kind`.execute(tx)
  const until = new Map(members)
  return rows.map((row) => ({ ...row, until: until.get(row.id) ?? null }))
}

export async function economicCodeRows(tx: Tx, members: SnapshotMembers['economicCodes']): Promise<EconomicCode[]> {
  const { rows } = await sql<EconomicCode>`
    select code, title, government_code, running, three_public, need_kinds, from_year, until_year, note
    from standards.economic_code c
    join unnest(${members.map(([code]) => code)}::text[], ${members.map(([, from]) => from)}::int[]) m(wanted, wanted_from)
      on c.code = m.wanted and c.from_year = m.wanted_from order by code`.execute(tx)
  const untilYear = new Map(members.map(([code, , until]) => [code, until]))
  return rows.map((row) => ({ ...row, untilYear: untilYear.get(row.code) ?? null }))
}
