import type { DurationUnit } from '#kernel/pure/case-kind.ts'
import { soonDays } from '#kernel/pure/deadline.ts'
import { Mark } from '../marks.tsx'
import './verdict.css'

export type Clock = {
  /** Last day, YYYY-MM-DD. */
  dueOn: string
  unit: DurationUnit
  /** Days left; 0 on the last day, negative when over. */
  left: number
  /** The calendar of that year is not yet published, so the day may move (暂定). */
  provisional: boolean
}

/** What the statutory clock says: `剩 5 个工作日` · `今日到期` · `逾期 3 个工作日`. */
function clockWords({ left, unit }: Pick<Clock, 'left' | 'unit'>): string {
  const days = (count: number) => (unit === 'workdays' ? `${count} 个工作日` : `${count} 天`)
  if (left < 0) return `逾期 ${days(-left)}`
  return left === 0 ? '今日到期' : `剩 ${days(left)}`
}

export function ClockBadge({ clock }: { clock: Clock | null | undefined }) {
  if (!clock) return null
  const tone = clock.left < 0 ? 'overdue' : clock.left <= soonDays ? 'soon' : 'calm'
  return (
    <span className={`clock clock-${tone}`} title={`截止 ${clock.dueOn}${clock.provisional ? '（暂定）' : ''}`}>
      <Mark shape={tone === 'overdue' ? 'overdue' : 'clock'} />
      {clockWords(clock)}
      {clock.provisional && <span className="clock-provisional">暂定</span>}
    </span>
  )
}
