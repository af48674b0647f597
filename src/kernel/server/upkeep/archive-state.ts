import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Tx } from '../database.ts'

/** How the archiving of the database log stands. `off`: no backup folder is set, or the database is not ours. */
export type ArchiveState = {
  state: 'off' | 'working' | 'failing'
  /** Seconds since the oldest segment waits to be archived; 0 while none does. */
  lagSeconds: number
  /** Segments that wait. */
  waiting: number
  lastArchivedAt: string | null
  /** The last fault while it lasts; null while all is well. */
  lastFailedAt: string | null
}

/** After so long without progress the system administrators are told. */
export const archiveAlarmSeconds = 300

export type ArchiverFigures = {
  lastArchivedAt: Date | null
  lastFailedAt: Date | null
  waiting: number
  oldestWaitingSeconds: number
}

/** Failing as soon as the last try failed, or a segment waits longer than any try takes. */
export function archiveStateOf(figures: ArchiverFigures): ArchiveState {
  const { lastArchivedAt, lastFailedAt, waiting, oldestWaitingSeconds } = figures
  const failed = lastFailedAt !== null && (lastArchivedAt === null || lastFailedAt > lastArchivedAt)
  return {
    state: failed || oldestWaitingSeconds >= stuckSeconds ? 'failing' : 'working',
    lagSeconds: Math.round(oldestWaitingSeconds),
    waiting,
    lastArchivedAt: lastArchivedAt?.toISOString() ?? null,
    lastFailedAt: failed ? lastFailedAt.toISOString() : null,
  }
}

const stuckSeconds = 60

export const archiveOff: ArchiveState = {
  state: 'off',
  lagSeconds: 0,
  waiting: 0,
  lastArchivedAt: null,
  lastFailedAt: null,
}

/** What the server says of its archiver, and the segments that wait in its folder. */
export async function archiverFigures(tx: Tx, pgData: string, now: number): Promise<ArchiverFigures> {
  const { rows } = await sql<{ lastArchivedAt: Date | null; lastFailedAt: Date | null }>`
    select last_archived_time as last_archived_at, last_failed_time as last_failed_at from pg_stat_archiver`.execute(tx)
  const folder = join(pgData, 'pg_wal', 'archive_status')
  const ready = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.ready'))
  const ages = await Promise.all(
    ready.map(async (name) => now - ((await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? now)),
  )
  return {
    lastArchivedAt: rows[0]?.lastArchivedAt ?? null,
    lastFailedAt: rows[0]?.lastFailedAt ?? null,
    waiting: ready.length,
    oldestWaitingSeconds: Math.max(0, ...ages) / 1000,
  }
}
