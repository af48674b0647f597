const steps = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** Bytes for people: `41.3 MB`; decimal steps, as disks are sold. */
export function bytesText(bytes: number): string {
  let [value, step] = [bytes, 0]
  for (; value >= 1000 && step < steps.length - 1; step++) value /= 1000
  return `${step === 0 ? value : value.toFixed(1)} ${steps[step]}`
}

/** How long ago: `3 小时前`. */
export function agoText(then: string, now: string): string {
  const minutes = Math.max(0, Math.floor((new Date(now).getTime() - new Date(then).getTime()) / 60_000))
  if (minutes < 1) return '刚刚'
  if (minutes < 60) return `${minutes} 分钟前`
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} 小时前`
  return `${Math.floor(minutes / 1440)} 天前`
}

/** How long: `1 分 20 秒`. */
export function durationText(from: string, to: string): string {
  const seconds = Math.max(0, Math.round((new Date(to).getTime() - new Date(from).getTime()) / 1000))
  return seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`
}

/** For columns whose unit stands in the head. */
export function megabytes(bytes: number | null): number | null {
  return bytes === null ? null : Math.round(bytes / 1e5) / 10
}
