import { readFileSync, writeFileSync } from 'node:fs'

/** Most memory a process had since it was asked to forget it, MB; 0 where the system does not tell. */
export function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

export function resetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
  } catch {
    // Another system: the peak is that of the whole life.
  }
}
