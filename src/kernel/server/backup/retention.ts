import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { copiedDigests, copyName, digestsIn } from './attachment-copies.ts'
import { copiedAt, keyCopies } from './key-copies.ts'
import { backupIds, readManifest } from './manifest.ts'
import { namesIn, repositoryIn } from './repository.ts'
import type { BackupKey } from './sealed-file.ts'
import { segmentOf, walPlace } from './wal-path.ts'

export type Removed = { backups: string[]; segments: number; attachments: number }

/**
 * Removes what no kept backup needs: backups but the newest `keep`, log segments before the oldest kept one, attachments
 * that neither a kept backup nor the installation has. At least one backup always stays.
 */
export async function removeOld(
  directory: string,
  key: BackupKey,
  keep: number,
  filesDirectory: string,
): Promise<Removed> {
  const repository = repositoryIn(directory)
  const ids = await backupIds(repository)
  const kept = ids.slice(-Math.max(1, keep))
  const gone = ids.slice(0, ids.length - kept.length)
  if (gone.length === 0) return { backups: [], segments: 0, attachments: 0 }
  // Read before anything goes: a kept backup that cannot be read must not cost the others what they need.
  const manifests = []
  for (const id of kept) manifests.push(await readManifest(repository, id, key))
  for (const id of gone) await rm(join(repository.backupsDirectory, id), { recursive: true })
  let segments = 0
  const first = Math.min(...manifests.map(({ startLsn, segmentBytes }) => segmentOf(startLsn, segmentBytes)))
  for (const name of await namesIn(repository.walDirectory)) {
    const place = walPlace(name.slice(0, 24), manifests[0]?.segmentBytes ?? 0)
    if (!place || place.segment >= first) continue
    await rm(join(repository.walDirectory, name))
    segments++
  }
  // Each kept backup has the keys of its time; copies made before the oldest add nothing, but the newest is always kept.
  const oldest = Math.min(...manifests.map(({ startedAt }) => new Date(startedAt).getTime()))
  for (const name of (await keyCopies(repository)).slice(0, -1))
    if (copiedAt(name).getTime() < oldest) await rm(join(directory, 'keys', `${name}.yb`))
  const needed = new Set(manifests.flatMap(({ attachments }) => attachments.map(({ sha256 }) => sha256)))
  for await (const sha256 of digestsIn(filesDirectory)) needed.add(sha256)
  let attachments = 0
  for (const sha256 of await copiedDigests(repository)) {
    if (needed.has(sha256)) continue
    await rm(join(directory, copyName(sha256)))
    attachments++
  }
  return { backups: gone, segments, attachments }
}
