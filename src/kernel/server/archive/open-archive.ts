import { createReadStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { ArchiveFault } from './archive-fault.ts'
import { manifestFile, readManifest, sumsFile, type ArchiveManifest } from './manifest.ts'
import { digesting } from './tables.ts'

/** An archive of which every file has been read and is as it was written. */
export type OpenedArchive = {
  folder: string
  manifest: ArchiveManifest
  /** SHA-256 of the list of digests. */
  digest: string
  /** Paths of the contents of the file store. */
  files: readonly string[]
}

/**
 * Reads all of an archive against its list of digests, before anything is done with it.
 * @throws ArchiveFault naming the file that is missing, changed or too many
 */
export async function openArchive(from: string): Promise<OpenedArchive> {
  const folder = resolve(from)
  const list = await readFile(join(folder, sumsFile), 'utf8').catch(() => null)
  if (list === null)
    throw new ArchiveFault('not-an-archive', `${folder} 不是完整的归档（没有 ${sumsFile}）。请检查位置，或重新导出。`)
  const sums = readSums(list)
  for (const path of await filesUnder(folder))
    if (path !== sumsFile && !sums.has(path)) throw damaged(path, `未列入 ${sumsFile}`)
  for (const [path, expected] of sums) {
    const actual = await digestOf(join(folder, path))
    if (actual === null) throw damaged(path, '缺失')
    if (actual.sha256 !== expected) throw damaged(path, '内容与摘要不符')
  }
  const manifest = readManifest(await readFile(join(folder, manifestFile), 'utf8').catch(() => ''))
  for (const { file } of manifest.tables) if (!sums.has(file)) throw damaged(file, '缺失')
  const files = [...sums.keys()].filter((path) => path.startsWith('files/'))
  if (files.length !== manifest.files) throw damaged('files/', `应有 ${manifest.files} 个文件，只有 ${files.length} 个`)
  const digest = await digestOf(join(folder, sumsFile))
  return { folder, manifest, digest: digest?.sha256 ?? '', files }
}

/** @throws ArchiveFault for a line that is none, and for a path that leads elsewhere */
function readSums(list: string): Map<string, string> {
  const sums = new Map<string, string>()
  for (const line of list.split('\n')) {
    if (line === '') continue
    const read = /^([0-9a-f]{64}) {2}([A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*)$/.exec(line)
    const [, sha256, path] = read ?? []
    if (sha256 === undefined || path === undefined || path.split('/').includes('..'))
      throw damaged(sumsFile, '有无法识别的行')
    sums.set(path, sha256)
  }
  return sums
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
}

async function digestOf(path: string): Promise<{ sizeBytes: number; sha256: string } | null> {
  const digest = digesting()
  try {
    for await (const _piece of digest.pass(createReadStream(path)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  return digest.done()
}

function damaged(path: string, what: string): ArchiveFault {
  return new ArchiveFault('damaged', `归档文件 ${path} 有误：${what}。没有导入任何内容，请改用另一份归档，或重新导出。`)
}
