import { StateTag } from '#kernel/web/StateTag.tsx'
import type { Tone } from '#kernel/web/StateTag.tsx'
import {
  consultationStateLabels,
  opinionStateLabels,
  replyLabels,
  type ConsultationState,
  type OpinionState,
  type Reply,
} from '../model.ts'
import { answerStateLabels, surveyStateLabels, type AnswerState, type SurveyState } from '../model/survey.ts'

const consultationTones: Record<ConsultationState, Tone> = {
  open: 'running',
  answering: 'waiting',
  closed: 'done',
  withdrawn: 'refused',
}
const opinionTones: Record<OpinionState, Tone> = {
  waiting: 'waiting',
  answered: 'done',
  unanswered: 'warn',
  withdrawn: 'refused',
}
const surveyTones: Record<SurveyState, Tone> = { open: 'running', closed: 'done', withdrawn: 'refused' }
const answerTones: Record<AnswerState, Tone> = {
  waiting: 'waiting',
  answered: 'done',
  unanswered: 'warn',
  withdrawn: 'refused',
}
const replyTones: Record<Reply, Tone> = { adopted: 'done', partly: 'warn', 'not-adopted': 'refused' }

export function ConsultationStateTag({ state }: { state: ConsultationState }) {
  return <StateTag tone={consultationTones[state]} word={consultationStateLabels[state]} />
}

/** Where an organ stands; after the last day who has not answered is overdue. */
export function OpinionStateTag({ state, late, overdue }: { state: OpinionState; late?: boolean; overdue?: boolean }) {
  if (state === 'waiting' && overdue) return <StateTag tone="overdue" word="逾期未答复" />
  return <StateTag tone={opinionTones[state]} word={`${opinionStateLabels[state]}${late ? '（逾期）' : ''}`} />
}

/** What became of an opinion. */
export function ReplyTag({ reply }: { reply: Reply | null }) {
  return reply === null ? (
    <StateTag tone="draft" word="未答复" />
  ) : (
    <StateTag tone={replyTones[reply]} word={replyLabels[reply]} />
  )
}

export function SurveyStateTag({ state }: { state: SurveyState }) {
  return <StateTag tone={surveyTones[state]} word={surveyStateLabels[state]} />
}

export function AnswerStateTag({ state, overdue }: { state: AnswerState; overdue: boolean }) {
  if (state === 'waiting' && overdue) return <StateTag tone="overdue" word="逾期未评价" />
  return <StateTag tone={answerTones[state]} word={answerStateLabels[state]} />
}
