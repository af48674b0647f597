export type DiskSpace = { freeBytes: number; totalBytes: number }

/** Less free space than this share is a warning. */
export const leastFreeShare = 0.1

/** Null is not known, and no warning. */
export function isDiskLow(space: DiskSpace | null): boolean {
  return space !== null && space.freeBytes < space.totalBytes * leastFreeShare
}
