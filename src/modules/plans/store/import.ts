import { sql } from 'kysely'
import type { z } from 'zod'
import type { Tx } from '#kernel/server/database.ts'
import type { ImportPreview } from '../contract/demand.ts'

export type ImportRow = {
  id: string
  demandId: string
  fileName: string
  sha256: string
  preview: z.infer<typeof ImportPreview>
  appliedAt: Date | null
}

export async function insertImport(tx: Tx, row: Omit<ImportRow, 'appliedAt'>, now: Date): Promise<void> {
  await sql`insert into plans.import (id, demand_id, file_name, sha256, stored_path, preview, created_at)
    values (${row.id}, ${row.demandId}, ${row.fileName}, ${row.sha256}, ${row.sha256}, ${JSON.stringify(row.preview)}::jsonb, ${now})`.execute(
    tx,
  )
}

export async function importById(tx: Tx, id: string, lock = false): Promise<ImportRow | undefined> {
  return (
    await sql<ImportRow>`select id, demand_id, file_name, sha256, preview, applied_at from plans.import where id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      tx,
    )
  ).rows[0]
}

export async function markApplied(tx: Tx, id: string, now: Date): Promise<void> {
  await sql`update plans.import set applied_at = ${now} where id = ${id}`.execute(tx)
}
