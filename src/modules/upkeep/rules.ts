import { isDiskFull, isDiskLow, type DiskSpace } from '#kernel/pure/disk-space.ts'

/** What needs somebody: in the order of how much is at stake. */
export type Warning = {
  code:
    | 'archive-failing'
    | 'sealing-stopped'
    | 'disk-full'
    | 'disk-low'
    | 'backup-too-old'
    | 'backup-failed'
    | 'attachments-missing'
    | 'no-backup'
  urgency: 'now' | 'soon'
  text: string
  remedy: string
}

export type UpkeepFacts = {
  archive: { state: 'off' | 'working' | 'failing'; waiting: number; lastArchivedAt: string | null } | null
  sealing: { working: boolean; problem: string | null } | null
  disk: DiskSpace | null
  backupSetUp: boolean
  lastDoneAt: Date | null
  /** The newest one tried. */
  latest: { state: 'running' | 'done' | 'failed'; problem: string | null; attachmentsMissing: number | null } | null
}

/** A daily backup may take two hours before the last one counts as too old. */
export const backupTooOldMs = 26 * 3_600_000
const hourMs = 3_600_000

export function warningsOf(facts: UpkeepFacts, now: Date): Warning[] {
  return [archiveWarning(facts), sealingWarning(facts), diskWarning(facts), ...backupWarnings(facts, now)].filter(
    (warning) => warning !== null,
  )
}

function archiveWarning({ archive }: UpkeepFacts): Warning | null {
  if (archive?.state !== 'failing') return null
  return {
    code: 'archive-failing',
    urgency: 'now',
    text: `数据库日志归档没有进展，积压 ${archive.waiting} 段。出现故障时，上次归档以后的数据可能无法恢复。`,
    remedy: '检查备份目录是否可写、有无空间；原因见数据目录下 database/pg/log 中当日的日志。',
  }
}

function sealingWarning({ sealing }: UpkeepFacts): Warning | null {
  if (!sealing || sealing.working) return null
  return {
    code: 'sealing-stopped',
    urgency: 'now',
    text: `审计记录封存已停止。${sealing.problem ?? ''}`,
    remedy: '新的记录仍在保存。请按上述原因处理，并告知安全审计员。',
  }
}

function diskWarning({ disk }: UpkeepFacts): Warning | null {
  if (disk !== null && isDiskFull(disk))
    return {
      code: 'disk-full',
      urgency: 'now',
      text: '数据目录所在磁盘的空间不足，已暂停保存，只可查阅。',
      remedy: '请清理该磁盘上与本系统无关的文件，或扩大磁盘；腾出空间后自动恢复。不要删除数据目录中的文件。',
    }
  if (disk === null || !isDiskLow(disk)) return null
  const percent = ((disk.freeBytes / disk.totalBytes) * 100).toFixed(1)
  return {
    code: 'disk-low',
    urgency: 'now',
    text: `数据目录所在磁盘只剩 ${percent}% 的空间。空间用尽前会暂停保存。`,
    remedy: '请清理该磁盘上与本系统无关的文件，或扩大磁盘。不要删除数据目录中的文件。',
  }
}

function backupWarnings({ backupSetUp, lastDoneAt, latest }: UpkeepFacts, now: Date): Warning[] {
  if (!backupSetUp && lastDoneAt === null)
    return [
      {
        code: 'no-backup',
        urgency: 'soon',
        text: '还没有设置备份。',
        remedy: '用 yunbao backup-key 生成密钥，设置 YUNBAO_BACKUP_DIR 和 YUNBAO_BACKUP_KEY_FILE 后重新启动。',
      },
    ]
  const warnings: Warning[] = []
  const age = lastDoneAt === null ? null : now.getTime() - lastDoneAt.getTime()
  if (age === null || age > backupTooOldMs)
    warnings.push({
      code: 'backup-too-old',
      urgency: 'now',
      text: age === null ? '还没有成功的备份。' : `最近一次成功的备份已过去 ${Math.floor(age / hourMs)} 小时。`,
      remedy: '请在服务器上运行 yunbao backup，并查明每日备份没有完成的原因。',
    })
  if (latest?.state === 'failed')
    warnings.push({
      code: 'backup-failed',
      urgency: 'now',
      text: `最近一次备份没有完成：${latest.problem ?? '原因不明。'}`,
      remedy: '处理后一小时内会自动再试，也可以在服务器上运行 yunbao backup。',
    })
  if ((latest?.attachmentsMissing ?? 0) > 0)
    warnings.push({
      code: 'attachments-missing',
      urgency: 'now',
      text: `备份时有 ${latest?.attachmentsMissing} 个附件的内容缺失或已被改动。`,
      remedy: '请运行 yunbao verify 查明是哪些附件，并从较早的备份中恢复。',
    })
  return warnings
}
