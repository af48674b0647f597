import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { BackupFault } from './backup-fault.ts'
import { twoDigests } from './pack.ts'
import { namesIn, readSealed, writeSealed, type Repository } from './repository.ts'
import { byteSource, readHeader, type BackupKey } from './sealed-file.ts'

/** An attachment in the backup folder: named by its content, so that each content is copied once. */
export type AttachmentCopy = { sha256: string; sm3: string; sizeBytes: number }

const digestPattern = /^[0-9a-f]{64}$/

export function copyName(sha256: string): string {
  return `files/${sha256.slice(0, 2)}/${sha256}.yb`
}

function copyPath({ directory }: Repository, sha256: string): string {
  return join(directory, copyName(sha256))
}

/**
 * Copies one attachment unless it is there already.
 * @returns null when its content is gone or changed: that is for `verify` to tell, and no reason to have no backup
 */
export async function copyAttachment(
  repository: Repository,
  filesDirectory: string,
  sha256: string,
  key: BackupKey,
): Promise<{ copy: AttachmentCopy; added: boolean } | null> {
  const target = copyPath(repository, sha256)
  const known = await copyAt(target, sha256).catch(() => null)
  if (known) return { copy: known, added: false }
  const source = join(filesDirectory, sha256.slice(0, 2), sha256)
  const digests = twoDigests()
  let sizeBytes = 0
  try {
    for await (const piece of createReadStream(source)) {
      digests.update(piece as Buffer)
      sizeBytes += (piece as Buffer).length
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const { sha256: actual, sm3 } = digests.done()
  if (actual !== sha256) return null
  const note = { sm3, sizeBytes: String(sizeBytes) }
  await writeSealed(target, createReadStream(source), key, `files/${sha256}`, note)
  return { copy: { sha256, sm3, sizeBytes }, added: true }
}

/** What a copy says it is, without opening it; null when there is none. */
async function copyAt(path: string, sha256: string): Promise<AttachmentCopy | null> {
  if (!(await stat(path).catch(() => null))) return null
  const stream = createReadStream(path, { end: 4095 })
  const head = await byteSource(stream).take(4096)
  stream.destroy()
  const { label, note } = readHeader(head.subarray(0, head.indexOf(0x0a) + 1), copyName(sha256))
  if (label !== `files/${sha256}`) return null
  return { sha256, sm3: note['sm3'] ?? '', sizeBytes: Number(note['sizeBytes']) }
}

/** Content of a copy, checked against its name on the way. @throws BackupFault */
export async function* attachmentContent(
  repository: Repository,
  sha256: string,
  key: BackupKey,
): AsyncGenerator<Buffer> {
  const digests = twoDigests()
  const file = copyName(sha256)
  for await (const piece of readSealed(copyPath(repository, sha256), key, file, `files/${sha256}`)) {
    digests.update(piece)
    yield piece
  }
  if (digests.done().sha256 !== sha256)
    throw new BackupFault('damaged', file, `备份文件 ${file} 已损坏：内容与摘要不符。请改用另一份备份。`)
}

/** Digests of all files in a store of files by content. */
export async function* digestsIn(filesDirectory: string): AsyncGenerator<string> {
  for (const folder of await namesIn(filesDirectory))
    if (/^[0-9a-f]{2}$/.test(folder))
      for (const name of await readdir(join(filesDirectory, folder))) if (digestPattern.test(name)) yield name
}

/** Digests of all copies in a backup folder. */
export async function copiedDigests({ filesDirectory }: Repository): Promise<string[]> {
  const found: string[] = []
  for (const folder of await namesIn(filesDirectory))
    for (const name of await namesIn(join(filesDirectory, folder)))
      if (name.endsWith('.yb') && digestPattern.test(name.slice(0, -3))) found.push(name.slice(0, -3))
  return found
}
