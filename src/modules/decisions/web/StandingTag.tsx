import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import { standingLabels, type DecisionStanding } from '../model.ts'

const tones: Record<DecisionStanding, Tone> = { present: 'done', superseded: 'draft', undone: 'refused' }

export function StandingTag({ standing }: { standing: DecisionStanding }) {
  return <StateTag tone={tones[standing]} word={standingLabels[standing]} />
}
