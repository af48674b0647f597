import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import { lineStateLabels, type LineState } from '../model.ts'

const tones: Record<LineState, Tone> = { proposed: 'waiting', accepted: 'done', refused: 'refused', withdrawn: 'draft' }

export function LineStateTag({ state }: { state: LineState }) {
  return <StateTag tone={tones[state]} word={lineStateLabels[state]} />
}
