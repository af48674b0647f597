import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readArchived } from './archive-wal.ts'
import { BackupFault } from './backup-fault.ts'
import { walKeyOf } from './backup-key.ts'
import { backupIds, readManifest, setLabel, setNames, type Manifest } from './manifest.ts'
import { namesIn, type Repository } from './repository.ts'
import { byteSource, readHeader, refuseOtherKey, type BackupKey } from './sealed-file.ts'
import { segmentOf, walPath } from './wal-path.ts'

/** What decides which backup and which log are needed. */
export type RestoreChoice = {
  key: BackupKey
  /** The moment to restore to; the end of what is archived when not given. */
  to?: Date | undefined
  /** A certain backup; the newest before the moment when not given. */
  backup?: string | undefined
}

/** @throws BackupFault when there is none that reaches back far enough */
export async function chooseBackup(repository: Repository, { key, to, backup }: RestoreChoice): Promise<Manifest> {
  const ids = await backupIds(repository)
  if (ids.length === 0)
    throw new BackupFault(
      'not-a-backup',
      repository.directory,
      `目录 ${repository.directory} 中没有完成的备份。请用 --from 指定备份目录（其中有 backups 文件夹）。`,
    )
  if (backup !== undefined && !ids.includes(backup))
    throw new BackupFault('missing', backup, `没有编号为 ${backup} 的备份。现有：${ids.join('、')}。`)
  for (const id of backup === undefined ? ids.toReversed() : [backup]) {
    const manifest = await readManifest(repository, id, key)
    if (to === undefined || new Date(manifest.consistentAt) <= to) return manifest
    if (backup !== undefined)
      throw new BackupFault(
        'refused',
        id,
        `备份 ${id} 完成于 ${manifest.consistentAt}，不能恢复到更早的时刻。请另选备份。`,
      )
  }
  const first = await readManifest(repository, ids[0] as string, key)
  throw new BackupFault('refused', '', `最早的备份完成于 ${first.consistentAt}，不能恢复到更早的时刻。`)
}

/** The log that leads from the backup to the moment asked for. @throws BackupFault naming what is missing */
export async function planLog(
  repository: Repository,
  manifest: Manifest,
  { to, key }: RestoreChoice,
): Promise<string[]> {
  const { segmentBytes, timeline } = manifest
  const present = new Set<string>()
  const histories = new Map<number, string>()
  for (const file of await namesIn(repository.walDirectory)) {
    if (!file.endsWith('.yb')) continue
    const name = file.slice(0, -3)
    present.add(name)
    if (/^[0-9A-F]{8}\.history$/.test(name))
      histories.set(
        Number.parseInt(name.slice(0, 8), 16),
        (await readArchived(join(repository.walDirectory, file), name, walKeyOf(key))).toString('utf8'),
      )
  }
  const within = new Set(manifest.sets.log.files.map(({ path }) => path.replace('pg_wal/', '')))
  const start = { timeline, segment: segmentOf(manifest.startLsn, segmentBytes) }
  const whole = walPath(start, new Set([...present, ...within]), histories, segmentBytes)
  const names: string[] = []
  let reachedAt: string | null = null
  for (const name of whole.names) {
    if (!present.has(name)) continue // in the backup itself
    names.push(name)
    reachedAt = await writtenAt(repository, name, key)
    if (to && new Date(reachedAt) >= to) break
  }
  const reaches = to === undefined || (reachedAt !== null && new Date(reachedAt) >= to)
  const next = `wal/${whole.next}.yb`
  if (whole.isGap && !(to && reaches))
    throw new BackupFault(
      'missing',
      next,
      `缺少日志归档 ${next}，其后的日志无法使用。` +
        (reachedAt ? `可以用 --to-time ${localTime(reachedAt)} 恢复到它之前。` : '请补齐后重试，或另选备份。'),
    )
  const consistent = to !== undefined && new Date(manifest.consistentAt) >= to
  if (!reaches && !consistent)
    throw new BackupFault(
      'missing',
      next,
      `日志归档只到 ${localTime(reachedAt ?? manifest.consistentAt)}，没有其后的 ${next}，不能恢复到 ${localTime((to as Date).toISOString())}。` +
        '请补齐日志归档，或用 --to-time 指定不晚于它的时刻。',
    )
  for (const timelineId of histories.keys())
    names.push(`${timelineId.toString(16).toUpperCase().padStart(8, '0')}.history`)
  return names
}

/** When a segment was written last: what was committed until then is in it or in earlier ones. */
async function writtenAt({ walDirectory }: Repository, name: string, key: BackupKey): Promise<string> {
  const file = `wal/${name}.yb`
  const stream = createReadStream(join(walDirectory, `${name}.yb`), { end: 4095 })
  const head = await byteSource(stream).take(4096)
  stream.destroy()
  const header = readHeader(head.subarray(0, head.indexOf(0x0a) + 1), file)
  refuseOtherKey(header, key, file)
  return header.note['at'] ?? ''
}

function localTime(instant: string): string {
  const text = new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString()
  return `${text.slice(0, 19)}+08:00`
}

/** What is cut short or too long shows before anything is read. @throws BackupFault */
export async function refuseOtherSizes({ directory }: Repository, { id, sets }: Manifest): Promise<void> {
  for (const set of setNames) {
    const file = `${setLabel(id, set)}.yb`
    const found = await stat(join(directory, file)).catch(() => null)
    if (!found) throw new BackupFault('missing', file, `缺少备份文件 ${file}。请补齐后重试，或改用另一份备份。`)
    if (found.size !== sets[set].sealedBytes)
      throw new BackupFault(
        'damaged',
        file,
        `备份文件 ${file} 已损坏：应为 ${sets[set].sealedBytes} 字节，现为 ${found.size} 字节。请改用另一份备份。`,
      )
  }
}
