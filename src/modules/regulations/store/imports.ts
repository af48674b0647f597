import { sql } from 'kysely'
import type { Tx } from '#kernel/server/database.ts'

export type ImportRow = {
  id: string
  jurisdictionCode: string
  fileName: string
  sha256: string
  source: string | null
  automaticNumbers: number
  state: 'open' | 'confirmed' | 'given-up'
  uploadedBy: string | null
  uploadedByName: string
  createdAt: Date
  versionId: string | null
}

export async function insertImport(tx: Tx, row: Omit<ImportRow, 'state' | 'versionId'>): Promise<void> {
  await sql`insert into regulations.import (id, jurisdiction_code, file_name, sha256, source, automatic_numbers, state, uploaded_by, uploaded_by_name, created_at)
    values (${row.id}, ${row.jurisdictionCode}, ${row.fileName}, ${row.sha256}, ${row.source}, ${row.automaticNumbers}, 'open',
      ${row.uploadedBy}, ${row.uploadedByName}, ${row.createdAt})`.execute(tx)
}

/** @param lock holds it still until the transaction ends: two people never confirm the same import */
export async function importById(tx: Tx, id: string, lock = false): Promise<ImportRow | null> {
  const { rows } =
    await sql<ImportRow>`select id, jurisdiction_code, file_name, sha256, source, automatic_numbers, state,
      uploaded_by, uploaded_by_name, created_at, version_id
    from regulations.import where id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx)
  return rows[0] ?? null
}

export async function openImportsOf(tx: Tx, jurisdictionCode: string): Promise<ImportRow[]> {
  const { rows } =
    await sql<ImportRow>`select id, jurisdiction_code, file_name, sha256, null as source, automatic_numbers, state,
      uploaded_by, uploaded_by_name, created_at, version_id
    from regulations.import where jurisdiction_code = ${jurisdictionCode} and state = 'open' order by created_at desc limit 50`.execute(
      tx,
    )
  return rows
}

/** Its text is kept no longer: a confirmed one stands in its version, one given up nowhere. */
export async function closeImport(tx: Tx, id: string, versionId: string | null): Promise<void> {
  await sql`update regulations.import set state = ${versionId === null ? 'given-up' : 'confirmed'}, version_id = ${versionId}, source = null
    where id = ${id}`.execute(tx)
}
