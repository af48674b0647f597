import { useRef, useState } from 'react'
import type { Refusal } from '#kernel/pure/verdict.ts'
import { useSend, type Send } from '#kernel/web/fetching.ts'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../../contract.ts'
import { mayDecide } from '../../rules/review.ts'
import { askedOf, type DemandUnderReview, type Draft, type ReviewRow } from './draft.ts'

const touched = [contract.viewReview, contract.reviewQueue]

export type Decisions = {
  /** Decides one line; false when the rule refuses it, then `refusals` says why. Earlier decisions are sent first. */
  decide: (row: ReviewRow, draft: Draft) => boolean
  /** Lines on their way to the server. */
  pending: ReadonlySet<string>
  refusals: readonly Refusal[]
  forget: () => void
  decideSend: Send<(typeof contract)['decideLine']>
  accept: () => Promise<unknown>
  acceptSend: Send<(typeof contract)['acceptProposals']>
  undo: (lineIds: string[]) => Promise<unknown>
  undoSend: Send<(typeof contract)['undoDecisions']>
}

/**
 * The decisions of one demand. The rule is asked here first, so that a fast reviewer is answered at once; what it
 * allows goes to the server one after the other, since a second send would join the one under way.
 */
export function useDecisions({ demand, lines }: DemandUnderReview, put: (row: ReviewRow) => void): Decisions {
  const demandId = demand.id
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set())
  const [refusals, setRefusals] = useState<readonly Refusal[]>([])
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const decideSend = useSend(contract.decideLine, { onDone: put, invalidates: touched })
  const undoSend = useSend(contract.undoDecisions, { invalidates: touched })
  const undo = async (lineIds: string[]) => {
    const output = await undoSend.send({ demandId, lineIds })
    tell(output ? `已撤销 ${output.undone} 行的审核意见。` : '未能撤销审核意见。申请可能已经审结或退回，请刷新后再看。')
  }
  const acceptSend = useSend(contract.acceptProposals, {
    invalidates: touched,
    onDone: ({ accepted, left }) => {
      const rest = left > 0 ? `，另有 ${left} 行需逐行审核` : ''
      if (accepted.length === 0) return tell(`没有可以批量采纳的行${rest}。`)
      tell(`已采纳 ${accepted.length} 行建议${rest}。`, () => void undo(accepted))
    },
  })
  const decide = (row: ReviewRow, draft: Draft): boolean => {
    if (row.proposal === null) return false
    const verdict = mayDecide(askedOf(row.line), draft, row.proposal)
    setRefusals(verdict.ok ? [] : verdict.refusals)
    if (!verdict.ok) return false
    const lineId = row.line.id
    setPending((before) => new Set(before).add(lineId))
    queue.current = queue.current
      .then(() => decideSend.send({ lineId, ...draft, reason: draft.reason.trim() }))
      .finally(() => setPending((before) => new Set([...before].filter((id) => id !== lineId))))
    return true
  }
  return {
    decide,
    pending,
    refusals,
    forget: () => setRefusals([]),
    decideSend,
    accept: () => acceptSend.send({ demandId, onlyWithoutFindings: true, lineIds: openIds(lines) }),
    acceptSend,
    undo,
    undoSend,
  }
}

function openIds(lines: readonly ReviewRow[]): string[] {
  return lines.filter(({ decision }) => decision === null).map(({ line }) => line.id)
}
