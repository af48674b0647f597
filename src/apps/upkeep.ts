import { join } from 'node:path'
import { readBackupKey, walKeyOf } from '#kernel/server/backup/backup-key.ts'
import { refuseFolderOfOtherKey } from '#kernel/server/backup/repository.ts'
import type { Archiving } from '#kernel/server/cluster/archiving.ts'
import { sweepIncoming } from '#kernel/server/file-store.ts'
import { openKeeper, type BackupPlan, type Keeper } from '#kernel/server/upkeep/keeper.ts'
import { tellSystemAdministrators } from '#modules/upkeep/offers.ts'
import type { Ground } from './application.ts'
import type { Settings } from './settings.ts'

/** What the settings say of backups, with the key itself. @throws BackupFault when the key cannot be read */
export async function backupPlan({ backup }: Settings): Promise<BackupPlan | null> {
  if (!backup) return null
  const { directory, keyFile, keep, at } = backup
  const key = await readBackupKey(keyFile)
  await refuseFolderOfOtherKey(directory, key.id)
  return { directory, key, keep, at }
}

/** At most a minute of work is lost with the machine: a log segment is finished at least so often. */
export const archiveTimeoutSeconds = 60

export function archivingOf(backup: BackupPlan | null): Archiving | undefined {
  if (!backup) return undefined
  const { directory, key } = backup
  return { directory: join(directory, 'wal'), key: walKeyOf(key), timeoutSeconds: archiveTimeoutSeconds }
}

/** The keeper of this process. */
export function keeperOf(
  ground: Ground,
  { dataDirectory, clock, space }: Settings,
  { version, log }: { version: string; log: (line: string) => void },
): Promise<Keeper> {
  return openKeeper({
    act: ground.act,
    dataDirectory,
    space,
    version,
    sealing: ground.sealer.state,
    pending: ground.pending,
    superuserUrl: ground.superuserUrl,
    backup: ground.backup,
    clock,
    log,
    alarm: (problem) => ground.act((system) => tellSystemAdministrators(system, problem ?? '数据库日志归档已恢复。')),
  })
}

const dayMs = 86_400_000

/** Uploads that a killed process left behind go after a day: at every start, and daily. */
export function keepSweeping(directory: string, clock: () => Date): NodeJS.Timeout {
  const sweep = () => void sweepIncoming(directory, dayMs, clock().getTime())
  sweep()
  return setInterval(sweep, dayMs).unref()
}
