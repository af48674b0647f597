import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { readArchived } from './archive-wal.ts'
import { attachmentContent, copiedDigests, digestsIn } from './attachment-copies.ts'
import { BackupFault } from './backup-fault.ts'
import { walKeyOf } from './backup-key.ts'
import { copiedAt, keyCopies, readKeyCopy } from './key-copies.ts'
import { setLabel, setNames, type Manifest, type SetName } from './manifest.ts'
import { twoDigests, type PackedFile } from './pack.ts'
import { recover, restoredLog } from './recovery.ts'
import { namesIn, readPack, repositoryIn, type Repository } from './repository.ts'
import { chooseBackup, planLog, refuseOtherSizes, type RestoreChoice } from './restore-plan.ts'
import type { BackupKey } from './sealed-file.ts'
import { writeOut } from './write-out.ts'

export type RestoreOrder = RestoreChoice & {
  /** The backup folder. */
  from: string
  /** A data directory that is not there, or empty; another is set aside with `setAside`. */
  into: string
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
    const recovered = await recover(staging, order.to, order.log)
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
  { key, to, progress }: RestoreOrder,
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
  await addLaterKeys(repository, manifest, staging, key, to)
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

/**
 * Keys as they were at the moment restored to, and those made since beside them: a key too many harms nothing, one that
 * is missing makes what was sealed with it unreadable.
 */
async function addLaterKeys(
  repository: Repository,
  { startedAt }: Manifest,
  staging: string,
  key: BackupKey,
  to: Date | undefined,
): Promise<void> {
  for (const name of await keyCopies(repository)) {
    const at = copiedAt(name)
    if (at < new Date(startedAt)) continue
    for await (const entry of readKeyCopy(repository, name, key)) {
      if (entry.folder) continue
      const path = join(staging, entry.path)
      const isLater = to !== undefined && at > to
      const known = isLater && (await stat(path).catch(() => null)) !== null
      const pieces: Buffer[] = []
      for await (const piece of entry.content) pieces.push(piece)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      if (!known) await writeOut(path, pieces, 0o600)
    }
  }
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
