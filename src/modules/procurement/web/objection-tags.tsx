import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import { todayHere } from '#kernel/web/dates.ts'
import {
  complaintStateLabels,
  questionStateLabels,
  type ComplaintState,
  type QuestionState,
} from '../model/objection.ts'

const questionTones: Record<QuestionState, Tone> = {
  received: 'waiting',
  answered: 'done',
  declined: 'refused',
  withdrawn: 'draft',
}
/** The state of a question; past its term without an answer it is overdue. */
export function QuestionStateTag({ state, answerUntil }: { state: QuestionState; answerUntil: string }) {
  return state === 'received' && todayHere() > answerUntil ? (
    <StateTag tone="overdue" word="逾期未答复" />
  ) : (
    <StateTag tone={questionTones[state]} word={questionStateLabels[state]} />
  )
}

const complaintTones: Record<ComplaintState, Tone> = {
  received: 'waiting',
  accepted: 'running',
  rejected: 'done',
  upheld: 'warn',
  declined: 'refused',
  withdrawn: 'draft',
}
export function ComplaintStateTag({ state }: { state: ComplaintState }) {
  return <StateTag tone={complaintTones[state]} word={complaintStateLabels[state]} />
}
