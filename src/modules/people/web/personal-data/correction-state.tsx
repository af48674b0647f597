import { StateTag } from '#kernel/web/StateTag.tsx'
import { correctionStates, type CorrectionState } from '../../model/personal-data.ts'

const tones = { asked: 'waiting', done: 'done', declined: 'refused', withdrawn: 'draft' } as const

export function CorrectionStateTag({ state }: { state: CorrectionState }) {
  return <StateTag tone={tones[state]} word={correctionStates[state]} />
}
