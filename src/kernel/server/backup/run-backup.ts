import { join } from 'node:path'
import type { Act } from '../context.ts'
import { record } from '../record.ts'
import { noteBackupBegun, noteBackupDone, noteBackupFailed, type BackupOrigin } from './backup-log.ts'
import { makeBackup, type BackupMade, type BackupSource } from './make-backup.ts'
import { removeOld, type Removed } from './retention.ts'
import type { BackupKey } from './sealed-file.ts'

export type BackupTarget = {
  directory: string
  key: BackupKey
  /** How many backups are kept. */
  keep: number
}

/**
 * One backup as it is done by the clock and at the command line: noted, made, recorded in the audit record, and what is
 * too old removed.
 * @param act one transaction of the system
 * @throws what `makeBackup` throws, after it has been noted
 */
export async function runBackup(
  act: <T>(work: (act: Act) => Promise<T>) => Promise<T>,
  source: BackupSource,
  target: BackupTarget,
  origin: BackupOrigin,
  clock: () => Date,
  progress?: (done: number, total: number) => void,
): Promise<BackupMade & { removed: Removed | null }> {
  const { directory, key, keep } = target
  const id = await act(({ tx, now }) => noteBackupBegun(tx, { origin, directory, keyId: key.id }, now))
  const subject = { kind: 'kernel.backup', id }
  try {
    const made = await makeBackup(source, target, clock, progress)
    await act(async (system) => {
      await noteBackupDone(system.tx, id, made, system.now)
      const { dataBytes, attachments } = made
      await record(system, 'kernel.backup-made', {
        subject,
        after: { name: made.id, origin, keyId: key.id, dataBytes, attachments },
      })
    })
    // What cannot be removed now is removed next time, and takes nothing from the backup that was made.
    const removed = await removeOld(directory, key, keep, join(source.dataDirectory, 'files')).catch(() => null)
    return { ...made, removed }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    await act(async (system) => {
      await noteBackupFailed(system.tx, id, problem, system.now)
      await record(system, 'kernel.backup-failed', { subject, result: 'failed', after: { origin, problem } })
    }).catch(() => {}) // the database may be what failed; the error says it
    throw error
  }
}
