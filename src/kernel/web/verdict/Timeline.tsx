import type { ReactNode } from 'react'
import { shortInstant } from '../dates.ts'
import './verdict.css'

export type TimelineStep = {
  key: string
  /** 提交、同意、退回补正… */
  act: string
  at: string
  personName: string
  organName: string | null
  opinion: string | null
  /** Working days the step before this act took; null where there is none. */
  workdaysUsed?: number | null
  /** Files or links that belong to the step. */
  more?: ReactNode
}

/** 办理过程: who did what when, with opinion and working days used; what it waits for now stands at the end. */
export function Timeline({
  steps,
  waiting,
}: {
  steps: readonly TimelineStep[]
  /** Where the case stands now, with its clock; left out when it is finished. */
  waiting?: { task: string; who: string; clock?: ReactNode } | null
}) {
  return (
    <ol className="timeline">
      {steps.map((step) => (
        <li key={step.key}>
          <p className="timeline-line">
            <b>{step.act}</b>
            <span>
              {step.organName} {step.personName}
            </span>
            <time className="quiet number" dateTime={step.at}>
              {shortInstant(step.at)}
            </time>
            {step.workdaysUsed !== null && step.workdaysUsed !== undefined && (
              <span className="quiet">用时 {step.workdaysUsed} 个工作日</span>
            )}
          </p>
          {step.opinion && <p className="timeline-opinion">{step.opinion}</p>}
          {step.more}
        </li>
      ))}
      {waiting && (
        <li className="timeline-now" aria-current="step">
          <p className="timeline-line">
            <b>{waiting.task}</b>
            <span>等待 {waiting.who}</span>
            {waiting.clock}
          </p>
        </li>
      )}
    </ol>
  )
}
