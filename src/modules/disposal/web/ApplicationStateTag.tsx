import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import { applicationStateLabels, type ApplicationState } from '../model.ts'

const tones: Record<ApplicationState, Tone> = {
  draft: 'draft',
  applied: 'waiting',
  reviewed: 'waiting',
  government: 'waiting',
  approved: 'running',
  proceeds: 'running',
  closed: 'done',
  refused: 'refused',
  withdrawn: 'draft',
  abandoned: 'draft',
}
export function ApplicationStateTag({ state, late = false }: { state: ApplicationState; late?: boolean }) {
  return late ? (
    <StateTag tone="overdue" word="收入逾期未缴" />
  ) : (
    <StateTag tone={tones[state]} word={applicationStateLabels[state]} />
  )
}
