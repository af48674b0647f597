/** Hour and minute of the day in Asia/Shanghai. */
export type TimeOfDay = { hour: number; minute: number }

const dayMs = 86_400_000
const offsetMs = 8 * 3_600_000
/** A backup that failed is tried again after an hour, not at every look. */
const retryMs = 3_600_000

/**
 * Whether the daily backup is due: none has been made since the time of day came round last.
 * @param last when the last good backup began, and when one was tried last
 */
export function isBackupDue(last: { doneAt: Date | null; triedAt: Date | null }, at: TimeOfDay, now: Date): boolean {
  if (last.triedAt && now.getTime() - last.triedAt.getTime() < retryMs && last.triedAt > (last.doneAt ?? new Date(0)))
    return false
  return last.doneAt === null || last.doneAt.getTime() < lastRound(at, now)
}

/** The last moment at which it was that time of day. */
function lastRound({ hour, minute }: TimeOfDay, now: Date): number {
  const local = now.getTime() + offsetMs
  const today = Math.floor(local / dayMs) * dayMs + (hour * 60 + minute) * 60_000
  return (today <= local ? today : today - dayMs) - offsetMs
}
