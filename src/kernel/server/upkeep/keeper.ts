import { hostname } from 'node:os'
import { join } from 'node:path'
import type { DiskSpace } from '#kernel/pure/disk-space.ts'
import type { SealingState } from '../audit/sealer.ts'
import { attachmentShipper } from '../backup/attachment-shipping.ts'
import { lastBackupTimes } from '../backup/backup-log.ts'
import { keyShipper } from '../backup/key-copies.ts'
import { repositoryIn } from '../backup/repository.ts'
import { runBackup, type BackupTarget } from '../backup/run-backup.ts'
import type { Act } from '../context.ts'
import { newId } from '../identifier.ts'
import { archiveAlarmSeconds, archiveOff, archiverFigures, archiveStateOf, type ArchiveState } from './archive-state.ts'
import { isBackupDue, type TimeOfDay } from './backup-due.ts'
import { removeProcess, saveProcess, type ProcessState, type ServerProcess } from './server-process.ts'

export type BackupPlan = BackupTarget & { at: TimeOfDay }

export type Keeper = {
  /** As of the last look; null before the first. */
  state: () => ProcessState | null
  /** One look: figures, alarms, attachments, and the daily backup when it is due. */
  look: () => Promise<void>
  keep: (everyMs?: number) => { stop: () => Promise<void> }
}

/**
 * Looks after the installation from within a running application: every few seconds it notes how the process stands,
 * copies new attachments to the backup folder, and once a day makes the backup. Several processes may do so: a backup
 * is made by one at a time.
 * @param parts.alarm told once when archiving has stood still for five minutes, and once when it goes on again (null)
 */
export async function openKeeper(parts: {
  act: <T>(work: (act: Act) => Promise<T>) => Promise<T>
  dataDirectory: string
  /** Of the volume the data lie on. */
  space: () => Promise<DiskSpace | null>
  version: string
  sealing: () => SealingState
  /** Migration files that are not applied. */
  pending: () => Promise<number>
  /** Of the embedded database; null for another. */
  superuserUrl: string | null
  backup: BackupPlan | null
  clock: () => Date
  log: (line: string) => void
  alarm: (problem: string | null) => Promise<void>
  elapsed?: () => number
}): Promise<Keeper> {
  const { act, backup, superuserUrl, clock, log } = parts
  const elapsed = parts.elapsed ?? (() => performance.now())
  const process_: Omit<ServerProcess, 'seenAt' | 'state'> = {
    id: newId(),
    host: hostname(),
    pid: process.pid,
    version: parts.version,
    startedAt: clock(),
  }
  const pgData = join(parts.dataDirectory, 'database', 'pg')
  const embedded = superuserUrl !== null && backup !== null
  let state: ProcessState | null = null
  let failingSince: number | null = null
  let alarmed = false
  const shipKeys =
    backup &&
    keyShipper({
      dataDirectory: parts.dataDirectory,
      repository: repositoryIn(backup.directory),
      key: backup.key,
      clock,
    })
  const shipAttachments =
    backup &&
    attachmentShipper({
      read: (work) => act(({ tx }) => work(tx)),
      filesDirectory: join(parts.dataDirectory, 'files'),
      directory: backup.directory,
      key: backup.key,
    })
  let backingUp: Promise<void> | null = null

  async function look(): Promise<void> {
    const now = clock()
    const archive = embedded
      ? archiveStateOf(await act(({ tx }) => archiverFigures(tx, pgData, Date.now())))
      : archiveOff
    const { working, lagSeconds, problem } = parts.sealing()
    state = {
      sealing: { working, lagSeconds, problem },
      disk: await parts.space(),
      archive,
      migrations: (await parts.pending()) > 0 ? 'pending' : 'current',
      backup: backup && {
        directory: backup.directory,
        keyId: backup.key.id,
        keep: backup.keep,
        at: timeText(backup.at),
      },
      memoryBytes: process.memoryUsage.rss(),
    }
    const seen: ServerProcess = { ...process_, seenAt: now, state }
    await act(({ tx }) => saveProcess(tx, seen))
    await raise(archive)
    if (!embedded) return
    await shipKeys?.()
    await shipAttachments?.()
    if (backingUp === null && isBackupDue(await act(({ tx }) => lastBackupTimes(tx)), backup.at, now))
      backingUp = daily(backup, superuserUrl).finally(() => (backingUp = null))
  }

  /** Told at once in the log and by health; to people after five minutes. */
  async function raise(archive: ArchiveState): Promise<void> {
    if (archive.state === 'failing') failingSince ??= elapsed()
    else failingSince = null
    const late = failingSince !== null && elapsed() - failingSince >= archiveAlarmSeconds * 1000
    if (late === alarmed) return
    alarmed = late
    const text = late
      ? `数据库日志归档已停止五分钟以上，积压 ${archive.waiting} 段：出现故障时，上次归档以后的数据可能无法恢复。`
      : null
    log(text ?? '数据库日志归档已恢复。')
    await parts.alarm(text).catch(() => {
      alarmed = !late // whoever could not be told is told by the next look
    })
  }

  async function daily(plan: BackupPlan, url: string): Promise<void> {
    const source = { dataDirectory: parts.dataDirectory, superuserUrl: url, version: parts.version }
    try {
      const { id, dataBytes, seconds } = await runBackup(act, source, plan, 'scheduled', clock)
      log(`备份 ${id} 已完成：${Math.round(dataBytes / 1e6)} MB，${seconds.toFixed(1)} 秒。`)
    } catch (error) {
      log(`备份未完成：${error instanceof Error ? error.message : String(error)}`)
    }
  }

  return {
    state: () => state,
    look,
    keep: (everyMs = 10_000) => {
      let under: Promise<unknown> = Promise.resolve()
      let told = ''
      const again = () => {
        under = under
          .then(look)
          .then(() => (told = ''))
          .catch((error: unknown) => {
            const message = error instanceof Error ? error.message : String(error)
            if (message !== told) log(`运行状态检查未完成：${message}`)
            told = message
          })
      }
      again()
      const timer = setInterval(again, everyMs)
      return {
        stop: async () => {
          clearInterval(timer)
          await under
          await backingUp
          await act(({ tx }) => removeProcess(tx, process_.id)).catch(() => {})
        },
      }
    },
  }
}

function timeText({ hour, minute }: TimeOfDay): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
