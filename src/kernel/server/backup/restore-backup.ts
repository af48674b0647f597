import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import pg from 'pg'
import { openCluster } from '../cluster.ts'
import { readArchived } from './archive-wal.ts'
import { attachmentContent, copiedDigests, digestsIn } from './attachment-copies.ts'
import { BackupFault } from './backup-fault.ts'
import { walKeyOf } from './backup-key.ts'
import { backupIds, readManifest, setLabel, setNames, type Manifest, type SetName } from './manifest.ts'
import { twoDigests, type PackedFile } from './pack.ts'
import { namesIn, readPack, repositoryIn, type Repository } from './repository.ts'
import { byteSource, readHeader, refuseOtherKey, type BackupKey } from './sealed-file.ts'
import { segmentOf, walPath } from './wal-path.ts'

export type RestoreOrder = {
  /** The backup folder. */
  from: string
  /** A data directory that is not there, or empty; another is set aside with `setAside`. */
  into: string
  key: BackupKey
  /** The moment to restore to; the end of what is archived when not given. */
  to?: Date | undefined
  /** A certain backup; the newest before the moment when not given. */
  backup?: string | undefined
  setAside?: boolean | undefined
  log: (line: string) => void
  /** Bytes done, of all that is read. */
  progress?: ((done: number, total: number) => void) | undefined
}

export type Restored = {
  backup: string
  /** When the last change that is there was committed; null when there was none after the backup. */
  lastChangeAt: string | null
  segments: number
  attachments: number
  bytes: number
  /** Folder the former content of `into` was moved to. */
  setAsideTo: string | null
  /** Indexes that were checked against their tables (amcheck). */
  indexesChecked: number
  seconds: { copying: number; recovery: number; checking: number }
}

/**
 * Restores an installation into a directory of its own: everything is checked against manifest and authentication on the
 * way and lies beside its place until the database has been recovered, so a damaged backup leaves nothing behind.
 * @throws BackupFault naming the file; ClusterError
 */
export async function restoreBackup(order: RestoreOrder): Promise<Restored> {
  const repository = repositoryIn(order.from)
  const manifest = await chooseBackup(repository, order)
  const segments = await planLog(repository, manifest, order)
  await refuseOtherSizes(repository, manifest)
  await refuseOccupied(order)
  const staging = `${resolve(order.into)}.restoring`
  await rm(staging, { recursive: true, force: true })
  await mkdir(join(staging, 'database'), { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  await mkdir(join(staging, 'database', 'pg'), { mode: 0o700 })
  try {
    const begun = performance.now()
    const copied = await copyIn(repository, manifest, segments, staging, order)
    const recovering = performance.now()
    const recovered = await recover(staging, order)
    const done = performance.now()
    await rm(join(staging, 'database', restoredLog), { recursive: true, force: true })
    const attachments = await keepOnly(join(staging, 'files'), recovered.storedFiles)
    const setAsideTo = await putInPlace(staging, order)
    return {
      backup: manifest.id,
      ...copied,
      ...recovered.found,
      attachments,
      segments: segments.length,
      setAsideTo,
      seconds: {
        copying: (recovering - begun) / 1000,
        recovery: (done - recovering) / 1000 - recovered.checking,
        checking: recovered.checking,
      },
    }
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw error
  }
}

const restoredLog = 'restored-log'

/** @throws BackupFault when there is none that reaches back far enough */
async function chooseBackup(repository: Repository, { key, to, backup }: RestoreOrder): Promise<Manifest> {
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
async function planLog(repository: Repository, manifest: Manifest, { to, key }: RestoreOrder): Promise<string[]> {
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
async function refuseOtherSizes({ directory }: Repository, { id, sets }: Manifest): Promise<void> {
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

/** @throws BackupFault when the place is taken and is not to be set aside */
async function refuseOccupied({ into, setAside }: RestoreOrder): Promise<void> {
  if (setAside || (await namesIn(into)).length === 0) return
  throw new BackupFault(
    'refused',
    into,
    `目录 ${resolve(into)} 不是空的，没有改动。请指定另一个目录；确要替换的，停止服务后加 --set-aside，原内容会改名保留。`,
  )
}

async function copyIn(
  repository: Repository,
  manifest: Manifest,
  log: readonly string[],
  staging: string,
  { key, progress }: RestoreOrder,
): Promise<{ bytes: number }> {
  const digests = await copiedDigests(repository)
  const total = setNames
    .flatMap((set) => manifest.sets[set].files)
    .concat(manifest.attachments.map((one) => ({ ...one, path: '' })))
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, log.length * manifest.segmentBytes)
  let bytes = 0
  const told = (size: number) => {
    bytes += size
    progress?.(bytes, total)
  }
  const pgData = join(staging, 'database', 'pg')
  // The largest comes last: whatever else is damaged shows before an hour of copying.
  await unpackSet(repository, manifest, 'keys', staging, key, told)
  const logDirectory = join(staging, 'database', restoredLog)
  await mkdir(logDirectory, { mode: 0o711 })
  for (const name of log) {
    const archived = join(repository.walDirectory, `${name}.yb`)
    await writeOut(join(logDirectory, name), [await readArchived(archived, name, walKeyOf(key))], 0o644)
    told(manifest.segmentBytes)
  }
  const known = new Set(digests)
  const gone = manifest.attachments.find(({ sha256 }) => !known.has(sha256))
  if (gone) await attachmentContent(repository, gone.sha256, key).next() // names the file
  for (const sha256 of digests) {
    const target = join(staging, 'files', sha256.slice(0, 2), sha256)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    told(await writeOut(target, attachmentContent(repository, sha256, key), 0o600))
  }
  await unpackSet(repository, manifest, 'log', pgData, key, told)
  await unpackSet(repository, manifest, 'database', pgData, key, told)
  return { bytes }
}

/** Removes attachments that were added after the moment restored to. @returns how many are left */
async function keepOnly(filesDirectory: string, wanted: ReadonlySet<string>): Promise<number> {
  let left = 0
  for await (const sha256 of digestsIn(filesDirectory))
    if (wanted.has(sha256)) left++
    else await rm(join(filesDirectory, sha256.slice(0, 2), sha256))
  return left
}

/** Writes what a set holds; every file must be in the manifest with these digests, and none may be left out. */
async function unpackSet(
  repository: Repository,
  manifest: Manifest,
  set: SetName,
  target: string,
  key: BackupKey,
  told: (size: number) => void,
): Promise<void> {
  const label = setLabel(manifest.id, set)
  const file = `${label}.yb`
  const expected = new Map<string, PackedFile>(manifest.sets[set].files.map((one) => [one.path, one]))
  const packed = readPack(join(repository.backupsDirectory, manifest.id, `${set}.yb`), key, file, label)
  for await (const entry of packed) {
    const path = join(target, entry.path)
    if (entry.folder) {
      await mkdir(path, { recursive: true, mode: 0o700 })
      continue
    }
    const digests = twoDigests()
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeOut(path, digested(entry.content, digests), 0o600)
    const { sha256, sm3 } = digests.done()
    const known = expected.get(entry.path)
    if (known?.sha256 !== sha256 || known.sm3 !== sm3)
      throw new BackupFault('damaged', file, `备份文件 ${file} 中的 ${entry.path} 与清单不符。请改用另一份备份。`)
    expected.delete(entry.path)
    told(entry.sizeBytes)
  }
  const [left] = expected.keys()
  if (left !== undefined)
    throw new BackupFault('damaged', file, `备份文件 ${file} 中缺少清单所列的 ${left}。请改用另一份备份。`)
}

async function* digested(
  content: AsyncIterable<Buffer>,
  digests: ReturnType<typeof twoDigests>,
): AsyncGenerator<Buffer> {
  for await (const piece of content) {
    digests.update(piece)
    yield piece
  }
}

/** @returns bytes written */
async function writeOut(
  path: string,
  content: AsyncIterable<Buffer> | Iterable<Buffer>,
  mode: number,
): Promise<number> {
  const file = await open(path, 'w', mode)
  try {
    await file.writeFile(content)
    return (await file.stat()).size
  } finally {
    await file.close()
  }
}

/** Lets PostgreSQL replay the log up to the moment, then checks every index against its table. */
async function recover(staging: string, { to, log }: RestoreOrder) {
  const directory = join(staging, 'database')
  const signal = join(directory, 'pg', 'recovery.signal')
  await writeOut(signal, [], 0o600)
  const settings = recoverySettings(join(directory, restoredLog))
  const target = to && { recovery_target_time: to.toISOString().replace('Z', '+00'), recovery_target_action: 'promote' }
  log('正在重放数据库日志……')
  const cluster = await openCluster({ directory, log, settings: { ...settings, ...target } }).catch(
    async (error: unknown) => {
      // Nothing was committed after the moment: all there is lies before it.
      if (!target || !/recovery ended before configured recovery target/.test(String(error))) throw error
      await writeOut(signal, [], 0o600)
      return openCluster({ directory, log, settings })
    },
  )
  const began = performance.now()
  try {
    const { storedFiles, ...found } = await checkRecovered(cluster.superuserUrl, log)
    return { found, storedFiles, checking: (performance.now() - began) / 1000 }
  } finally {
    await cluster.stop()
  }
}

function recoverySettings(logDirectory: string): Record<string, string> {
  const copy = process.platform === 'win32' ? 'copy' : 'cp'
  return {
    restore_command: `${copy} "${join(logDirectory, '%f').replaceAll('%f', '\0').replaceAll('%', '%%').replaceAll('\0', '%f')}" "%p"`,
    recovery_target_timeline: 'latest',
    hot_standby: 'off', // so that it is ready only once it takes writes
    archive_mode: 'off',
    logging_collector: 'off', // what it says is for us
    log_min_messages: 'warning',
  }
}

/** Structure and content of every B-tree; the extension is there for this transaction only. */
async function checkRecovered(superuserUrl: string, log: (line: string) => void) {
  const client = new pg.Client({ connectionString: superuserUrl })
  client.on('error', () => {}) // the query under way reports it
  await client.connect()
  try {
    log('正在核对索引……')
    const { rows: last } = await client.query<{ at: Date | null }>('select pg_last_xact_replay_timestamp() as at')
    await client.query('begin; create schema yunbao_check; create extension amcheck schema yunbao_check')
    const { rows } = await client.query<{ checked: number }>(
      `select count(yunbao_check.bt_index_check(c.oid, true)) as checked from pg_class c
        join pg_index i on i.indexrelid = c.oid join pg_am a on a.oid = c.relam
       where a.amname = 'btree' and c.relkind = 'i' and c.relpersistence <> 't' and i.indisready and i.indisvalid`,
    )
    await client.query('rollback')
    const { rows: stored } = await client.query<{ sha256: string }>('select sha256 from kernel.stored_file')
    return {
      indexesChecked: Number(rows[0]?.checked ?? 0),
      lastChangeAt: last[0]?.at?.toISOString() ?? null,
      storedFiles: new Set(stored.map(({ sha256 }) => sha256)),
    }
  } catch (cause) {
    throw new BackupFault('damaged', '', `恢复出的数据库未通过索引核对：${String(cause)}。请改用另一份备份。`, {
      cause,
    })
  } finally {
    await client.end().catch(() => {})
  }
}

/** @returns where the former content went */
async function putInPlace(staging: string, { into, setAside }: RestoreOrder): Promise<string | null> {
  const place = resolve(into)
  let setAsideTo: string | null = null
  if (await stat(place).catch(() => null)) {
    if (setAside && (await namesIn(place)).length > 0) {
      setAsideTo = `${place}.before-${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
      await rename(place, setAsideTo)
    } else await rm(place, { recursive: true })
  }
  await rename(staging, place)
  return setAsideTo
}
