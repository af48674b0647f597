import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import { BadInput } from './errors.ts'

/** Files by the digest of their content: the same content is kept once, and can be checked at any time. */
export type FileStore = {
  /** Moves an uploaded file in; what it is, is told by its bytes, not its name. Throws BadInput for kinds not kept. */
  keep: (file: UploadedFile) => Promise<{ sha256: string; mediaType: string; sizeBytes: number }>
  read: (sha256: string) => Promise<Readable>
  /** Path of a kept file, for readers that need one. */
  pathOf: (sha256: string) => string
  /** Recomputes digests. @returns digests whose content is gone or changed */
  verify: (digests: readonly string[]) => Promise<string[]>
}

const digestPattern = /^[0-9a-f]{64}$/

/** @param directory made when missing; belongs to the store alone */
export async function openFileStore(directory: string): Promise<FileStore> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const pathOf = (sha256: string) => {
    if (!digestPattern.test(sha256)) throw new Error('not a digest')
    return join(directory, sha256.slice(0, 2), sha256)
  }
  return {
    pathOf,
    keep: async (file) => {
      const mediaType = await kindOf(file)
      const target = pathOf(file.sha256)
      await mkdir(join(directory, file.sha256.slice(0, 2)), { recursive: true, mode: 0o700 })
      if (await exists(target)) await rm(file.path, { force: true })
      else {
        await flush(file.path)
        await rename(file.path, target)
        await flush(join(directory, file.sha256.slice(0, 2)))
      }
      return { sha256: file.sha256, mediaType, sizeBytes: file.sizeBytes }
    },
    read: async (sha256) => {
      const handle = await open(pathOf(sha256), 'r')
      return handle.createReadStream()
    },
    verify: async (digests) => {
      const faults: string[] = []
      for (const digest of digests) if ((await digestOfFile(pathOf(digest))) !== digest) faults.push(digest)
      return faults
    },
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false)
}

/** On disk before the database says that it is kept. */
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().catch(() => {}) // folders cannot be synced everywhere
  await handle.close()
}

async function digestOfFile(path: string): Promise<string | null> {
  if (!(await exists(path))) return null
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Removes uploads that a killed process left behind. */
export async function sweepIncoming(directory: string, olderThanMs: number, now: number): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    const path = join(directory, name)
    const found = await stat(path).catch(() => null)
    if (found && now - found.mtimeMs > olderThanMs) await rm(path, { force: true })
  }
}

const zipKinds: Record<string, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ofd: 'application/ofd',
}

/** What a file is, by its first bytes; a name that says otherwise is refused. */
async function kindOf(file: UploadedFile): Promise<string> {
  const handle = await open(file.path, 'r')
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0).finally(() => handle.close())
  const head = buffer.subarray(0, bytesRead)
  const extension = /\.([a-z0-9]+)$/i.exec(file.fileName)?.[1]?.toLowerCase() ?? ''
  const mediaType = mediaTypeOf(head, extension)
  if (mediaType === null)
    throw new BadInput([{
      pointer: '/file', code: 'file-kind',
      message: `“${file.fileName}”不是可以保存的文件。请上传 pdf、docx、xlsx、ofd、png、jpg、txt 或 csv 文件,文件内容应与扩展名一致。`,
    }])
  return mediaType
}

function mediaTypeOf(head: Buffer, extension: string): string | null {
  const starts = (...bytes: number[]) => bytes.every((byte, index) => head[index] === byte)
  if (starts(0x25, 0x50, 0x44, 0x46)) return extension === 'pdf' ? 'application/pdf' : null
  if (starts(0x89, 0x50, 0x4e, 0x47)) return extension === 'png' ? 'image/png' : null
  if (starts(0xff, 0xd8, 0xff)) return extension === 'jpg' || extension === 'jpeg' ? 'image/jpeg' : null
  if (starts(0x50, 0x4b, 0x03, 0x04)) return zipKinds[extension] ?? null
  const text = (extension === 'txt' || extension === 'csv') && !head.includes(0)
  return text ? (extension === 'csv' ? 'text/csv' : 'text/plain') : null
}
