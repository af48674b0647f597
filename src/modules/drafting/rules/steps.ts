import { allOf, inState as stands, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { draftStateLabels, type DraftState } from '../model.ts'
import type { ConsultationStanding } from './facts.ts'

export function inState(draft: { state: DraftState }, ...states: DraftState[]): Verdict {
  return stands('草案', draftStateLabels, draft.state, states)
}

type Standing = { state: DraftState }

/** The text under consultation stays as it was sent out, until the opinions are in and answered (A9-1). */
export function mayEdit(draft: Standing, consultation: ConsultationStanding): Verdict {
  return allOf(
    inState(draft, 'drafting', 'returned', 'consulting'),
    provided(draft.state !== 'consulting' || consultation === null || consultation.closed, {
      code: 'under-consultation',
      message: '正在征求意见，草案内容不能改动。',
      basis: law.consultation,
      remedy: '请先答复意见并办结征求意见，再按采纳情况修改。',
    }),
  )
}

export function mayConsult(draft: Standing, consultation: ConsultationStanding): Verdict {
  return allOf(
    inState(draft, 'drafting', 'returned', 'consulting'),
    provided(draft.state !== 'consulting' || consultation === null || consultation.closed, {
      code: 'under-consultation',
      message: '正在征求意见，不能重复发起。',
      basis: law.consultation,
    }),
  )
}

export const maySubmit = (draft: Standing): Verdict => inState(draft, 'drafting', 'returned', 'consulting')
export const mayRecall = (draft: Standing): Verdict => inState(draft, 'approving')
export const mayDecide = (draft: Standing): Verdict => inState(draft, 'approving')

/** An open consultation is taken back first: the organs asked would answer into the void. */
export function mayWithdraw(draft: Standing, consultation: ConsultationStanding): Verdict {
  return allOf(
    inState(draft, 'drafting', 'returned', 'consulting'),
    provided(consultation === null || consultation.closed, {
      code: 'under-consultation',
      message: '征求意见尚在进行，草案不能撤销。',
      remedy: '请先撤销或者办结征求意见。',
    }),
  )
}
