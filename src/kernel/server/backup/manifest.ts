import { join } from 'node:path'
import { z } from 'zod'
import { BackupFault } from './backup-fault.ts'
import { namesIn, readSealed, writeSealed, type Repository } from './repository.ts'
import type { BackupKey } from './sealed-file.ts'

const PackedFile = z.object({ path: z.string(), sizeBytes: z.number(), sha256: z.string(), sm3: z.string() })
const PackedSet = z.object({ sealedBytes: z.number(), files: z.array(PackedFile) })

/** What a backup holds and what it needs, written last: a backup without it was never finished. */
export const Manifest = z.object({
  format: z.literal(1),
  id: z.string(),
  /** Program and database that made it. */
  version: z.string(),
  postgres: z.string(),
  installation: z.string(),
  startedAt: z.iso.datetime({ offset: true }),
  /** From this moment on it can be restored to. */
  consistentAt: z.iso.datetime({ offset: true }),
  timeline: z.number().int(),
  segmentBytes: z.number().int(),
  startLsn: z.string(),
  stopLsn: z.string(),
  /** Data files, log segments to become consistent, keys and anchors, each a pack of its own. */
  sets: z.object({ database: PackedSet, log: PackedSet, keys: PackedSet }),
  /** Attachments there were; each a file of its own, shared with other backups. */
  attachments: z.array(z.object({ sha256: z.string(), sm3: z.string(), sizeBytes: z.number() })),
})
export type Manifest = z.infer<typeof Manifest>
export type SetName = keyof Manifest['sets']
export const setNames: readonly SetName[] = ['database', 'log', 'keys']

const idPattern = /^\d{8}T\d{6}Z$/

/** Identifiers sort by time. */
export function backupIdAt(now: Date): string {
  return `${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
}

/** Finished backups, oldest first. */
export async function backupIds({ backupsDirectory }: Repository): Promise<string[]> {
  return (await namesIn(backupsDirectory)).filter((name) => idPattern.test(name))
}

export function setLabel(id: string, set: SetName | 'manifest'): string {
  return `backups/${id}/${set}`
}

export async function writeManifest(folder: string, manifest: Manifest, key: BackupKey): Promise<number> {
  const text = (async function* () {
    yield Buffer.from(JSON.stringify(manifest))
  })()
  return writeSealed(join(folder, 'manifest.yb'), text, key, setLabel(manifest.id, 'manifest'))
}

/** @throws BackupFault `wrong-key`, `damaged`, `missing` */
export async function readManifest(repository: Repository, id: string, key: BackupKey): Promise<Manifest> {
  const label = setLabel(id, 'manifest')
  const file = `${label}.yb`
  const pieces: Buffer[] = []
  for await (const piece of readSealed(join(repository.backupsDirectory, id, 'manifest.yb'), key, file, label))
    pieces.push(piece)
  const parsed = Manifest.safeParse(JSON.parse(Buffer.concat(pieces).toString('utf8')))
  if (!parsed.success)
    throw new BackupFault('damaged', file, `备份清单 ${file} 由不同版本的程序写成，无法读取。请用当时的版本恢复。`)
  return parsed.data
}
