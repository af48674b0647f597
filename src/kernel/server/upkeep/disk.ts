import { statfs } from 'node:fs/promises'
import type { DiskSpace } from '#kernel/pure/disk-space.ts'

/** Space of the file system a folder lies on, for whom we run as; null where it cannot be told. */
export async function diskSpace(directory: string, reserveBytes?: number): Promise<DiskSpace | null> {
  const found = await statfs(directory).catch(() => null)
  return found && { freeBytes: found.bavail * found.bsize, totalBytes: found.blocks * found.bsize, reserveBytes }
}
