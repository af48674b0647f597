import { isDiskFull, type DiskSpace } from '#kernel/pure/disk-space.ts'

/** Watches the space where the data lie, so that writing ends before the database itself meets the end of the disk. */
export type DiskGuard = {
  isFull: () => boolean
  /** One look now. */
  look: () => Promise<void>
  keep: (everyMs?: number) => { stop: () => Promise<void> }
}

/**
 * A database that cannot write its log stops and needs room to start again; one that is left room goes on reading.
 * @param parts.space of the volume the data lie on, with the reserve; null where it cannot be told
 */
export function diskGuard(parts: { space: () => Promise<DiskSpace | null>; log: (line: string) => void }): DiskGuard {
  let full = false
  const look = async () => {
    const before = full
    full = isDiskFull(await parts.space(), full)
    if (full !== before)
      parts.log(full ? '磁盘空间不足，暂停保存，只可查阅。请腾出空间，之后自动恢复。' : '磁盘空间已恢复，可以保存。')
  }
  return {
    isFull: () => full,
    look,
    keep: (everyMs = 1000) => {
      let under = look()
      const timer = setInterval(() => {
        under = under.then(look)
      }, everyMs)
      return {
        stop: async () => {
          clearInterval(timer)
          await under
        },
      }
    },
  }
}
