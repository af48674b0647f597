/** Bytes of a file system; `reserveBytes` are kept free: below them nothing more is written. */
export type DiskSpace = { freeBytes: number; totalBytes: number; reserveBytes?: number | undefined }

/** Less free space than this share is a warning. */
const leastFreeShare = 0.1

/** Null is not known, and no warning. */
export function isDiskLow(space: DiskSpace | null): boolean {
  return space !== null && space.freeBytes < space.totalBytes * leastFreeShare
}

/**
 * Whether writing must end: what the database needs to finish and to start again is left to it.
 * @param wasFull writing begins again only with a quarter more than the reserve, or it would flicker
 */
export function isDiskFull(space: DiskSpace | null, wasFull = false): boolean {
  if (space?.reserveBytes === undefined) return false
  return space.freeBytes < space.reserveBytes * (wasFull ? 1.25 : 1)
}
