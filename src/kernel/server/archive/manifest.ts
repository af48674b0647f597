import { z } from 'zod'
import type { Migration } from '../migrate.ts'
import { ArchiveFault } from './archive-fault.ts'

/**
 * An archive is a folder of open formats:
 *   manifest.json                what is in it, from which version of the program and of its tables
 *   tables/<schema>.<table>.csv.zst   rows by COPY's CSV (RFC 4180; nothing between commas is NULL, "" the empty text)
 *   files/ab/<sha256>            content of the file store, as it is
 *   audit/                       checkpoints and public keys of the audit record
 *   SHA256SUMS                   of every file above, for `sha256sum -c`; written last
 */
export const manifestFile = 'manifest.json'
export const sumsFile = 'SHA256SUMS'

const digest = z.string().regex(/^[0-9a-f]{64}$/)
const name = z.string().regex(/^[a-z][a-z0-9_]*$/)

/** Its number grows when a reader of before could not read what is written now. */
export const formatVersion = 1

export const ArchiveManifest = z.object({
  format: z.literal('yunbao-archive'),
  formatVersion: z.int().positive(),
  madeAt: z.iso.datetime(),
  programVersion: z.string(),
  postgres: z.string(),
  /** Every migration the tables have gone through. */
  migrations: z.array(z.object({ module: z.string(), name: z.string(), sha256: digest })).min(1),
  tables: z
    .array(
      z.object({
        schema: name,
        table: name,
        file: z.string().regex(/^tables\/[a-z0-9_.]+\.csv\.zst$/),
        columns: z.array(name),
        rows: z.int().nonnegative(),
        /** Bytes and SHA-256 of the CSV before compression: equal for equal rows, whichever server they are read from. */
        sizeBytes: z.int().nonnegative(),
        sha256: digest,
      }),
    )
    .min(1),
  /** Keys that sealed columns rest on; the keys themselves are never in an archive. */
  sealingKeys: z.array(z.string().regex(/^[0-9a-f]{8}$/)),
  files: z.int().nonnegative(),
  /** Digests of content that was gone or changed in the file store already. */
  missingFiles: z.array(digest),
})
export type ArchiveManifest = z.infer<typeof ArchiveManifest>

/** @throws ArchiveFault `newer` for another format, `damaged` for what is no manifest */
export function readManifest(text: string): ArchiveManifest {
  const content = parsed(text)
  const version = (content as { formatVersion?: unknown } | null)?.formatVersion
  if (typeof version === 'number' && version > formatVersion)
    throw new ArchiveFault(
      'newer',
      `归档的格式版本是 ${version}，本程序只认识到 ${formatVersion}：归档由较新的程序导出。请升级程序后再导入。`,
    )
  const read = ArchiveManifest.safeParse(content)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new ArchiveFault(
    'damaged',
    `归档清单 ${manifestFile} 无法识别（${issue?.path.join('.') || '内容'}）。请改用另一份归档，或重新导出。`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * An archive of an earlier version is taken in at that version and brought forward; one of a later version cannot be read.
 * @param known migrations of this program
 * @throws ArchiveFault `newer` naming the first migration that is not known, `refused` for one that is another here
 */
export function refuseUnknownMigrations(manifest: ArchiveManifest, known: readonly Migration[]): void {
  const present = new Map(known.map((migration) => [`${migration.module}/${migration.name}`, migration.sha256]))
  for (const { module, name: file, sha256 } of manifest.migrations) {
    const own = present.get(`${module}/${file}`)
    if (own === undefined)
      throw new ArchiveFault(
        'newer',
        `归档由版本 ${manifest.programVersion} 导出，其中的数据结构 ${module}/${file} 本程序没有：归档比程序新。请用该版本或更新的程序导入。`,
      )
    if (own !== sha256)
      throw new ArchiveFault(
        'refused',
        `归档中的数据结构 ${module}/${file} 与本程序的不同。请用导出它的程序版本 ${manifest.programVersion} 导入。`,
      )
  }
}
