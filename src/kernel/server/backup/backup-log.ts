import { sql } from 'kysely'
import type { Tx } from '../database.ts'
import { newId } from '../identifier.ts'

export type BackupOrigin = 'scheduled' | 'command'
export type BackupRow = {
  id: string
  name: string | null
  origin: BackupOrigin
  directory: string
  keyId: string
  state: 'running' | 'done' | 'failed'
  startedAt: Date
  finishedAt: Date | null
  dataBytes: number | null
  sealedBytes: number | null
  attachments: number | null
  attachmentsAdded: number | null
  attachmentsMissing: number | null
  problem: string | null
}

/** A number of our own choosing: whoever backs up this database holds this advisory lock. */
export const backupLock = 7_962_824

/** Notes that a backup begins; one whose process died on the way is noted as failed. */
export async function noteBackupBegun(
  tx: Tx,
  given: Pick<BackupRow, 'origin' | 'directory' | 'keyId'>,
  now: Date,
): Promise<string> {
  await sql`update kernel.backup set state = 'failed', finished_at = ${now}, problem = '进程在备份完成前结束。'
    where state = 'running' and not exists (select from pg_locks where locktype = 'advisory' and granted
      and database = (select oid from pg_database where datname = current_database()) and objid = ${backupLock})`.execute(
    tx,
  )
  const id = newId()
  await sql`insert into kernel.backup (id, origin, directory, key_id, state, started_at)
    values (${id}, ${given.origin}, ${given.directory}, ${given.keyId}, 'running', ${now})`.execute(tx)
  return id
}

export async function noteBackupDone(
  tx: Tx,
  id: string,
  made: {
    id: string
    dataBytes: number
    sealedBytes: number
    attachments: number
    attachmentsAdded: number
    attachmentsMissing: number
  },
  now: Date,
): Promise<void> {
  await sql`update kernel.backup set state = 'done', name = ${made.id}, finished_at = ${now}, data_bytes = ${made.dataBytes},
    sealed_bytes = ${made.sealedBytes}, attachments = ${made.attachments}, attachments_added = ${made.attachmentsAdded},
    attachments_missing = ${made.attachmentsMissing} where id = ${id}`.execute(tx)
}

export async function noteBackupFailed(tx: Tx, id: string, problem: string, now: Date): Promise<void> {
  await sql`update kernel.backup set state = 'failed', finished_at = ${now}, problem = ${problem} where id = ${id}`.execute(
    tx,
  )
}

/** Newest first. */
export async function latestBackups(tx: Tx, limit: number): Promise<BackupRow[]> {
  const { rows } =
    await sql<BackupRow>`select * from kernel.backup order by started_at desc, id desc limit ${limit}`.execute(tx)
  return rows
}

/** When the last good backup began and when one was tried last, for the decision whether one is due. */
export async function lastBackupTimes(tx: Tx): Promise<{ doneAt: Date | null; triedAt: Date | null }> {
  const { rows } = await sql<{ doneAt: Date | null; triedAt: Date | null }>`
    select max(started_at) filter (where state = 'done') as done_at, max(started_at) as tried_at from kernel.backup`.execute(
    tx,
  )
  return rows[0] ?? { doneAt: null, triedAt: null }
}

/** Digests of attachments stored since a moment, for copying soon after. */
export async function attachmentsStoredSince(
  tx: Tx,
  since: Date,
  limit: number,
): Promise<{ sha256: string; storedAt: Date }[]> {
  const { rows } = await sql<{ sha256: string; storedAt: Date }>`select sha256, stored_at from kernel.stored_file f
    where stored_at >= ${since} and not exists (select from kernel.withdrawn_file w where w.sha256 = f.sha256) order by stored_at, sha256 limit ${limit}`.execute(
    tx,
  )
  return rows
}
