import { sql } from 'kysely'
import type { DiskSpace } from '#kernel/pure/disk-space.ts'
import type { Tx } from '../database.ts'
import type { ArchiveState } from './archive-state.ts'

/** What a process knows of itself and its machine. */
export type ProcessState = {
  sealing: { working: boolean; lagSeconds: number; problem: string | null }
  /** Of the file system of the data directory, bytes. */
  disk: DiskSpace | null
  archive: ArchiveState
  /** Files not applied yet, and ones of a newer program. */
  migrations: 'current' | 'pending'
  /** Where backups go; null where none are set up. */
  backup: { directory: string; keyId: string; keep: number; at: string } | null
  memoryBytes: number
}

export type ServerProcess = {
  id: string
  host: string
  pid: number
  version: string
  startedAt: Date
  seenAt: Date
  state: ProcessState
}

/** After so long without a sign a process is taken for gone, seconds. */
const goneAfterSeconds = 90

export async function saveProcess(tx: Tx, row: ServerProcess): Promise<void> {
  await sql`insert into kernel.server_process (id, host, pid, version, started_at, seen_at, state)
    values (${row.id}, ${row.host}, ${row.pid}, ${row.version}, ${row.startedAt}, ${row.seenAt}, ${JSON.stringify(row.state)}::jsonb)
    on conflict (id) do update set seen_at = excluded.seen_at, state = excluded.state`.execute(tx)
  await sql`delete from kernel.server_process where seen_at < ${row.seenAt}::timestamptz - interval '1 day'`.execute(tx)
}

/** A process that ends says so. */
export async function removeProcess(tx: Tx, id: string): Promise<void> {
  await sql`delete from kernel.server_process where id = ${id}`.execute(tx)
}

/** Those that gave a sign lately, longest running first. */
export async function liveProcesses(tx: Tx, now: Date): Promise<ServerProcess[]> {
  const { rows } =
    await sql<ServerProcess>`select id, host, pid, version, started_at, seen_at, state from kernel.server_process
    where seen_at > ${now}::timestamptz - make_interval(secs => ${goneAfterSeconds}) order by started_at, id limit 50`.execute(
      tx,
    )
  return rows
}
