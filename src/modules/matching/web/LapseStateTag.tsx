import { StateTag } from '#kernel/web/StateTag.tsx'
import { lapseStateLabels, type LapseState } from '../model/lapse.ts'

export function LapseStateTag({ state }: { state: LapseState }) {
  return <StateTag tone={state === 'open' ? 'warn' : 'done'} word={lapseStateLabels[state]} />
}
