import type { Tx } from '../database.ts'
import { copyAttachment } from './attachment-copies.ts'
import { attachmentsStoredSince } from './backup-log.ts'
import { repositoryIn } from './repository.ts'
import type { BackupKey } from './sealed-file.ts'

/** An act stores its file before it commits: what began up to so long ago may have ended since the last look. */
const overlapMs = 600_000
const atOnce = 500

/**
 * Copies attachments to the backup folder soon after they were stored, so that a restore to a moment between two backups
 * has them as it has the rows.
 * @returns one look: copies what was stored since the one before
 */
export function attachmentShipper(parts: {
  read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
  filesDirectory: string
  directory: string
  key: BackupKey
}): () => Promise<void> {
  const repository = repositoryIn(parts.directory)
  const shipped = new Set<string>()
  let newest = new Date(0)
  return async () => {
    for (let since = new Date(newest.getTime() - overlapMs); ;) {
      const stored = await parts.read((tx) => attachmentsStoredSince(tx, since, atOnce))
      for (const { sha256 } of stored) {
        if (shipped.has(sha256)) continue
        if (await copyAttachment(repository, parts.filesDirectory, sha256, parts.key)) shipped.add(sha256)
      }
      const last = stored.at(-1)?.storedAt
      if (last && last > newest) newest = last
      if (stored.length < atOnce || !last || last <= since) break
      since = last
    }
    if (shipped.size > mostRemembered) shipped.clear()
  }
}

/** Names remembered only save a look at the folder. */
const mostRemembered = 100_000
