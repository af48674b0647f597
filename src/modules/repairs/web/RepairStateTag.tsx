import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import { repairStateLabels, type RepairState } from '../model.ts'

const tones: Record<RepairState, Tone> = {
  reported: 'waiting',
  quoted: 'waiting',
  approved: 'running',
  repaired: 'done',
  refused: 'refused',
  withdrawn: 'draft',
}
export function RepairStateTag({ state }: { state: RepairState }) {
  return <StateTag tone={tones[state]} word={repairStateLabels[state]} />
}
