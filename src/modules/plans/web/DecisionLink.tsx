import { Go } from '#kernel/web/going.tsx'
import type { Decision } from '../model.ts'
import './decision-link.css'

/** The way from a decided line to the decision with its article, standard and arithmetic. */
export function DecisionLink({ decision: { decisionId, decisionNumber } }: { decision: Decision }) {
  if (decisionId === null || decisionNumber === null) return null
  return (
    <small className="decision-link">
      <Go to={`/decisions/${decisionId}`} onClick={(event) => event.stopPropagation()}>
        依据 {decisionNumber}
      </Go>
    </small>
  )
}
