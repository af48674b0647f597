import { ClockBadge } from '#kernel/web/verdict/ClockBadge.tsx'
import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import type { DutyView } from '../contract.ts'
import { dutyStateLabels, type DutyState } from '../model.ts'
import { lateWords } from '../rules/wording.ts'

const tones: Record<DutyState, Tone> = {
  coming: 'waiting',
  near: 'warn',
  overdue: 'overdue',
  done: 'done',
  'done-late': 'warn',
}

/** Where a duty stands, and by how much: the clock while it runs, what became of it afterwards. */
export function DutyClock({ duty }: { duty: DutyView }) {
  const { state, dueOn, unit, left, provisional, fulfilledOn } = duty
  if (fulfilledOn === null) return <ClockBadge clock={{ dueOn, unit, left, provisional }} />
  return (
    <span title={`${fulfilledOn} 办结`}>
      <StateTag
        tone={tones[state]}
        word={state === 'done-late' ? `${dutyStateLabels[state]}（${lateWords(duty)}）` : dutyStateLabels[state]}
      />
    </span>
  )
}

export function DutyStateTag({ state }: { state: DutyState }) {
  return <StateTag tone={tones[state]} word={dutyStateLabels[state]} />
}
