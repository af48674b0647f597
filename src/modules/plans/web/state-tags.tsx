import { StateTag } from '#kernel/web/StateTag.tsx'
import type { Tone } from '#kernel/web/StateTag.tsx'
import { cycleStateLabels, demandStateLabels } from '../model.ts'
import type { Cycle, DemandState } from '../model.ts'

const demandTones: Record<DemandState, Tone> = {
  draft: 'draft',
  submitted: 'waiting',
  returned: 'warn',
  reviewed: 'done',
}
const cycleTones: Record<Cycle['state'], Tone> = {
  open: 'running',
  planned: 'waiting',
  'in-force': 'done',
  closed: 'draft',
}

export function DemandStateTag({ state }: { state: DemandState }) {
  return <StateTag tone={demandTones[state]} word={demandStateLabels[state]} />
}

export function CycleStateTag({ state }: { state: Cycle['state'] }) {
  return <StateTag tone={cycleTones[state]} word={cycleStateLabels[state]} />
}
