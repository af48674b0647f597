import { createReadStream } from 'node:fs'
import { chmod, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { createZstdCompress, createZstdDecompress } from 'node:zlib'
import { BackupFault } from './backup-fault.ts'
import { pack, unpack, type Packable, type PackedFile, type UnpackedEntry } from './pack.ts'
import { seal, unseal, type BackupKey, type SealedHeader } from './sealed-file.ts'

/**
 * A backup folder:
 *   repository.json                    of which installation it is
 *   backups/<id>/manifest.yb …         one backup each
 *   wal/<segment>.yb                   log segments, one after another
 *   files/ab/<sha256>.yb               attachments by content, shared by all backups
 *   keys/<moment>.yb                   keys of the installation, whenever they changed
 */
export type Repository = { directory: string; walDirectory: string; filesDirectory: string; backupsDirectory: string }

export function repositoryIn(directory: string): Repository {
  return {
    directory,
    walDirectory: join(directory, 'wal'),
    filesDirectory: join(directory, 'files'),
    backupsDirectory: join(directory, 'backups'),
  }
}

const markFile = 'repository.json'

/**
 * Makes the folders where they are missing and writes on them whose they are.
 * @param installation identifier of the database (`system_identifier`)
 * @throws BackupFault when the folder keeps the backups of another installation, or under another key
 */
export async function claimRepository(directory: string, installation: string, keyId: string): Promise<Repository> {
  await refuseFolderOfOtherKey(directory, keyId)
  const repository = repositoryIn(directory)
  const { walDirectory, filesDirectory, backupsDirectory } = repository
  for (const folder of [walDirectory, filesDirectory, backupsDirectory])
    await mkdir(folder, { recursive: true, mode: folder === walDirectory ? 0o711 : 0o700 }).catch(
      (cause: NodeJS.ErrnoException) => {
        throw new BackupFault('refused', folder, `无法建立备份目录 ${folder}：${cause.message}。请检查位置和权限。`, {
          cause,
        })
      },
    )
  await chmod(directory, 0o711).catch(() => {}) // of somebody else: that they let us write is enough
  const mark = join(directory, markFile)
  const known = await readFile(mark, 'utf8').catch(() => null)
  if (known === null) {
    await writeFile(mark, `${JSON.stringify({ format: 1, installation, keyId })}\n`, { mode: 0o644, flush: true })
    return repository
  }
  if ((JSON.parse(known) as { installation?: string }).installation !== installation)
    throw new BackupFault(
      'refused',
      directory,
      `备份目录 ${directory} 已存有另一个数据库的备份，不能混放。请用 YUNBAO_BACKUP_DIR 指定另一个目录。`,
    )
  return repository
}

/**
 * A folder keeps what is sealed with one key: of two, nobody could say what is still needed and what can be restored.
 * @throws BackupFault naming both
 */
export async function refuseFolderOfOtherKey(directory: string, keyId: string): Promise<void> {
  const text = await readFile(join(directory, markFile), 'utf8').catch(() => '{}')
  const known = (JSON.parse(text) as { keyId?: string }).keyId
  if (known === undefined || known === keyId) return
  throw new BackupFault(
    'wrong-key',
    directory,
    `备份目录 ${directory} 中的备份由密钥 ${known} 加密，给出的密钥是 ${keyId}。更换密钥的，请同时用 YUNBAO_BACKUP_DIR 指定一个空目录。`,
  )
}

/** Writes a sealed, compressed file: whole, on the disk, or not at all. @returns its size in bytes */
export async function writeSealed(
  path: string,
  plain: AsyncIterable<Buffer>,
  key: BackupKey,
  label: string,
  note: SealedHeader['note'] = {},
): Promise<number> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const part = `${path}.part`
  const file = await open(part, 'w', 0o600)
  try {
    const packed = Readable.from(plain, { objectMode: false }).compose(createZstdCompress())
    await file.writeFile(seal(packed as AsyncIterable<Buffer>, key, label, note))
    await file.sync()
    const { size } = await file.stat()
    await rename(part, path)
    return size
  } catch (error) {
    await rm(part, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

/** Content of a sealed, compressed file. @param file its name for messages */
export async function* readSealed(path: string, key: BackupKey, file: string, label: string): AsyncGenerator<Buffer> {
  const opened = Readable.from(unseal(createReadStream(path), key, file, label), { objectMode: false })
  try {
    for await (const piece of opened.compose(createZstdDecompress())) yield piece as Buffer
  } catch (error) {
    if (error instanceof BackupFault) throw error
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new BackupFault(
      missing ? 'missing' : 'damaged',
      file,
      missing ? `缺少备份文件 ${file}。请补齐后重试，或改用另一份备份。` : `备份文件 ${file} 已损坏：${String(error)}`,
      { cause: error },
    )
  }
}

export async function writePack(
  path: string,
  entries: Iterable<Packable> | AsyncIterable<Packable>,
  key: BackupKey,
  label: string,
  note: SealedHeader['note'] = {},
  told: (file: PackedFile) => void = () => {},
): Promise<{ files: PackedFile[]; sealedBytes: number }> {
  const files: PackedFile[] = []
  const each = (file: PackedFile) => void (files.push(file), told(file))
  const sealedBytes = await writeSealed(path, pack(entries, each), key, label, note)
  return { files, sealedBytes }
}

export function readPack(path: string, key: BackupKey, file: string, label: string): AsyncGenerator<UnpackedEntry> {
  return unpack(readSealed(path, key, file, label), file)
}

export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

/** Names in a folder; none when it is not there. */
export async function namesIn(path: string): Promise<string[]> {
  return (await readdir(path).catch(() => [])).sort()
}
