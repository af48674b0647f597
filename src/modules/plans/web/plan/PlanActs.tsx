import { useState } from 'react'
import { mayOf } from '#kernel/pure/verdict.ts'
import { useMe } from '#kernel/web/session.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { can } from '../../policy.ts'
import { actorOf } from '../actor.ts'
import { useBudgetOf } from './BudgetOfPlan.tsx'
import {
  BudgetDialog,
  DraftAgainDialog,
  IntoForceDialog,
  IssueDialog,
  ReturnDialog,
  SubmitDialog,
} from './PlanActDialogs.tsx'
import { PlanLinesDialog } from './PlanLinesDialog.tsx'
import { PlanTextsDialog } from './PlanTextsDialog.tsx'
import type { View } from './view.ts'

const dialogs = {
  submit: SubmitDialog,
  texts: PlanTextsDialog,
  lines: PlanLinesDialog,
  draftAgain: DraftAgainDialog,
  issue: IssueDialog,
  return: ReturnDialog,
  budget: BudgetDialog,
  intoForce: IntoForceDialog,
} as const

type Act = keyof typeof dialogs

/** The acts of the present step, the next one primary; a forbidden one stays and says why. */
export function PlanActs({ view }: { view: View }) {
  const [open, setOpen] = useState<Act | null>(null)
  const { plan, may } = view
  const Dialog = open === null ? null : dialogs[open]
  return (
    <>
      {plan.state === 'draft' && (
        <>
          <ActionButton primary refusal={may.consult} onClick={() => setOpen('submit')}>
            送签
          </ActionButton>
          <ActionButton refusal={may.edit} onClick={() => setOpen('texts')}>
            修改文字
          </ActionButton>
          <ActionButton refusal={may.edit} onClick={() => setOpen('lines')}>
            修改事项
          </ActionButton>
          <ActionButton refusal={may.edit} onClick={() => setOpen('draftAgain')}>
            重新生成
          </ActionButton>
        </>
      )}
      {plan.state === 'consulting' && (
        <>
          <ActionButton primary refusal={may.issue} onClick={() => setOpen('issue')}>
            签发
          </ActionButton>
          <ActionButton refusal={may.issue} onClick={() => setOpen('return')}>
            退回
          </ActionButton>
        </>
      )}
      {plan.state === 'issued' && <AfterIssue view={view} onOpen={setOpen} />}
      {Dialog && <Dialog view={view} onClose={() => setOpen(null)} />}
    </>
  )
}

/** First the budget on the ground of the plan (A33-4); once it is replied to, the plan enters into force. */
function AfterIssue({ view: { plan, may }, onOpen }: { view: View; onOpen: (act: Act) => void }) {
  const me = useMe()
  const { made } = useBudgetOf(plan)
  return (
    <>
      {made === null && (
        <ActionButton primary refusal={mayOf(can.editPlan(actorOf(me), plan))} onClick={() => onOpen('budget')}>
          编制预算
        </ActionButton>
      )}
      <ActionButton primary={made !== null} refusal={may.bringIntoForce} onClick={() => onOpen('intoForce')}>
        计划生效
      </ActionButton>
    </>
  )
}
