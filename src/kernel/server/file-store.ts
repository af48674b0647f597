import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import { BadInput, Missing } from './errors.ts'
import { kindOf } from './file-kind.ts'

/** Files by the digest of their content: the same content is kept once, and can be checked at any time. */
export type FileStore = {
  /**
   * Moves an uploaded file in; what it is, is told by its bytes, not its name. May be called again with the same file: a
   * transaction that runs again finds it kept. Throws BadInput for kinds not kept.
   */
  keep: (file: UploadedFile) => Promise<{ sha256: string; mediaType: string; sizeBytes: number }>
  /** Throws Missing when the content is gone. */
  read: (sha256: string) => Promise<Readable>
  /** Removes content for good; none there is as well. */
  remove: (sha256: string) => Promise<void>
  /** Path of a kept file, for readers that need one. */
  pathOf: (sha256: string) => string
  /** Recomputes digests. @returns digests whose content is gone or changed */
  verify: (digests: readonly string[]) => Promise<string[]>
  /**
   * Removes content last touched long ago of which `unwanted` says that nobody has it; folder by folder.
   * @returns how many were removed
   */
  sweep: (
    unwanted: (digests: readonly string[]) => Promise<readonly string[]>,
    older: { olderThanMs: number; now: number },
  ) => Promise<number>
}

const digestPattern = /^[0-9a-f]{64}$/

/** The calls by which content comes onto the disk; a laboratory lets one of them fail. */
export type Disk = {
  mkdir: typeof mkdir
  open: typeof open
  rename: typeof rename
  rm: typeof rm
  createReadStream: typeof createReadStream
}

/** @param directory made when missing; belongs to the store alone */
export async function openFileStore(
  directory: string,
  disk: Disk = { mkdir, open, rename, rm, createReadStream },
): Promise<FileStore> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const pathOf = (sha256: string) => {
    if (!digestPattern.test(sha256)) throw new Error('not a digest')
    return join(directory, sha256.slice(0, 2), sha256)
  }
  return {
    pathOf,
    keep: async (file) => {
      const target = pathOf(file.sha256)
      const kept = (await digestOfFile(target, disk)) === file.sha256
      const kind = await kindOf(kept ? target : file.path, file.fileName)
      if ('refused' in kind) throw new BadInput([{ pointer: '/file', code: 'file-kind', message: kind.refused }])
      if (kept) await disk.rm(file.path, { force: true })
      else {
        const folder = dirname(target)
        await disk.mkdir(folder, { recursive: true, mode: 0o700 })
        await flush(file.path, disk)
        await moveIn(file.path, target, disk) // content that had changed on disk is mended by this
        await flushFolder(folder, disk)
        await flushFolder(directory, disk)
      }
      return { sha256: file.sha256, mediaType: kind.mediaType, sizeBytes: file.sizeBytes }
    },
    read: async (sha256) => {
      const path = pathOf(sha256)
      await stat(path).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? new Missing('文件内容') : error
      })
      return Readable.from(chunksOf(path), { objectMode: false })
    },
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
    verify: async (digests) => {
      const faults: string[] = []
      for (const digest of digests) if ((await digestOfFile(pathOf(digest), disk)) !== digest) faults.push(digest)
      return faults
    },
    sweep: async (unwanted, { olderThanMs, now }) => {
      let removed = 0
      for (const folder of await readdir(directory)) {
        const names = await readdir(join(directory, folder)).catch(() => [])
        const old: string[] = []
        for (const name of names.filter((one) => digestPattern.test(one))) {
          const found = await stat(pathOf(name)).catch(() => null)
          // The time of the content is that of the upload; the rename that brought it in shows in ctime.
          if (found && now - found.ctimeMs >= olderThanMs) old.push(name)
        }
        for (const digest of old.length > 0 ? await unwanted(old) : []) {
          await rm(pathOf(digest), { force: true })
          removed++
        }
      }
      return removed
    },
  }
}

/** Opened by the first read only: an answer that is never sent leaves no open file behind. */
async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  yield* createReadStream(path) as AsyncIterable<Buffer>
}

/** From another file system a file is copied beside its place first: whoever reads meets all of it or nothing. */
async function moveIn(path: string, target: string, disk: Disk): Promise<void> {
  try {
    await disk.rename(path, target)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    const beside = `${target}.${randomUUID()}`
    await copyFile(path, beside)
    await flush(beside, disk)
    await disk.rename(beside, target)
    await disk.rm(path, { force: true })
  }
}

/** On disk before the database says that it is kept; a disk that cannot promise it fails the act. */
async function flush(path: string, disk: Disk): Promise<void> {
  const handle = await disk.open(path, 'r+')
  await handle.sync().finally(() => handle.close())
}

/** The names in a folder, likewise; not every system can. */
async function flushFolder(path: string, disk: Disk): Promise<void> {
  const handle = await disk.open(path, 'r').catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

/** Null when there is no such file. */
async function digestOfFile(path: string, disk: Disk): Promise<string | null> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of disk.createReadStream(path)) hash.update(chunk as Buffer)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  return hash.digest('hex')
}

/** Removes uploads, and what was unpacked of them, that a killed process left behind. */
export async function sweepIncoming(directory: string, olderThanMs: number, now: number): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    const path = join(directory, name)
    const found = await stat(path).catch(() => null)
    if (found && now - found.mtimeMs > olderThanMs) await rm(path, { recursive: true, force: true })
  }
}
