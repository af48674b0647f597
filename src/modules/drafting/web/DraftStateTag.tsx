import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import {
  draftStateLabels,
  expenditureReviewStateLabels,
  type DraftState,
  type ExpenditureReviewState,
} from '../model.ts'

const tones: Record<DraftState, Tone> = {
  drafting: 'draft',
  consulting: 'running',
  approving: 'waiting',
  returned: 'warn',
  approved: 'done',
  refused: 'refused',
  withdrawn: 'refused',
}

export function DraftStateTag({ state }: { state: DraftState }) {
  return <StateTag tone={tones[state]} word={draftStateLabels[state]} />
}

const reviewTones: Record<ExpenditureReviewState, Tone> = { open: 'waiting', kept: 'done', revised: 'done' }

export function ReviewStateTag({ state }: { state: ExpenditureReviewState }) {
  return <StateTag tone={reviewTones[state]} word={expenditureReviewStateLabels[state]} />
}
