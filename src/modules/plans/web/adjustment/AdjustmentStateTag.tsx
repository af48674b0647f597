import { daysBetween } from '#kernel/pure/local-date.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import { ClockBadge } from '#kernel/web/verdict/ClockBadge.tsx'
import type { Adjustment } from '../../contract/adjustment.ts'
import { adjustmentStateLabels, type AdjustmentState } from '../../model.ts'

const tones: Record<AdjustmentState, Tone> = {
  made: 'draft',
  'awaiting-finance': 'waiting',
  filed: 'waiting',
  returned: 'warn',
  received: 'done',
  objected: 'warn',
  withdrawn: 'refused',
}

export function AdjustmentStateTag({ state }: { state: AdjustmentState }) {
  return <StateTag tone={tones[state]} word={adjustmentStateLabels[state]} />
}

/** On a list: days left until the last day to file, or that it was filed late; the record counts working days. */
export function FilingClock({ adjustment }: { adjustment: Adjustment }) {
  const { filedAt, state, overdue, dueOn, dueProvisional } = adjustment
  if (overdue && filedAt !== null) return <StateTag tone="overdue" word="逾期备案" />
  if (filedAt !== null || state === 'withdrawn') return null
  return (
    <ClockBadge
      clock={{ dueOn, unit: 'calendar-days', left: daysBetween(todayHere(), dueOn), provisional: dueProvisional }}
    />
  )
}

/** What the clock says, as text for search and tooltips. */
export function filingText({ filedAt, overdue, state }: Adjustment): string {
  if (filedAt !== null) return overdue ? '逾期备案' : ''
  return state === 'withdrawn' ? '' : overdue ? '逾期未备案' : '待备案'
}
