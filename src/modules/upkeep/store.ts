import { sql } from 'kysely'
import type { BackupRow } from '#kernel/server/backup/backup-log.ts'
import type { Tx } from '#kernel/server/database.ts'

export type DatabaseFigures = { version: string; sizeBytes: number; migrations: number }

export async function databaseFigures(tx: Tx): Promise<DatabaseFigures> {
  const { rows } = await sql<DatabaseFigures>`select current_setting('server_version') as version,
    pg_database_size(current_database()) as size_bytes, (select count(*)::int from kernel.migration) as migrations`.execute(
    tx,
  )
  return rows[0] as DatabaseFigures
}

/** Newest first. */
export async function backupsPage(
  tx: Tx,
  after: { startedAt: Date; id: string } | null,
  limit: number,
): Promise<BackupRow[]> {
  const { rows } = await sql<BackupRow>`select * from kernel.backup
    where ${after?.id ?? null}::uuid is null
      or (started_at, id) < (${after?.startedAt ?? null}::timestamptz, ${after?.id ?? null}::uuid)
    order by started_at desc, id desc limit ${limit}`.execute(tx)
  return rows
}
