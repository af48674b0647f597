import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { wanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract as budget } from '#modules/budget/contract.ts'
import { contract } from '../../contract.ts'
import type { View } from './view.ts'

type Props = { view: View; onClose: () => void }

const sumText = ({ plan }: View) => `${plan.lineCount} 个事项，合计 ${wanText(plan.totalFen)} 万元`

export function SubmitDialog({ view, onClose }: Props) {
  const { plan } = view
  const { send, error, retry } = useSend(contract.submitPlan, { onDone: onClose })
  return (
    <OpinionDialog
      title="计划草案送签"
      lead={`${sumText(view)}。送签后不能再修改，由负责人签发或退回。`}
      label="说明"
      submit="送签"
      onSend={(opinion) => send({ planId: plan.id, version: plan.version, ...(opinion ? { opinion } : {}) })}
      error={error}
      onRetry={retry}
      onClose={onClose}
    />
  )
}

export function IssueDialog({ view, onClose }: Props) {
  const { plan } = view
  const { send, error, retry } = useSend(contract.issuePlan, {
    onDone: ({ plan: issued }) => {
      tell(`计划已签发，文号 ${issued.documentNumber ?? ''}。`)
      onClose()
    },
  })
  return (
    <OpinionDialog
      title="签发计划"
      lead={`${sumText(view)}。签发后编发文号，形成正式文件，据以编制预算。`}
      submit="签发"
      phrases={['同意签发。']}
      onSend={(opinion) => send({ planId: plan.id, version: plan.version, ...(opinion ? { opinion } : {}) })}
      error={error}
      onRetry={retry}
      onClose={onClose}
    />
  )
}

export function ReturnDialog({ view: { plan }, onClose }: Props) {
  const { send, error, retry } = useSend(contract.returnPlan, { onDone: onClose })
  return (
    <OpinionDialog
      title="退回计划草案"
      label="退回原因"
      required
      phrases={['请补充处置利用安排', '请核对配备使用的时间安排', '请压减一般性支出']}
      submit="退回"
      onSend={(opinion) => send({ planId: plan.id, version: plan.version, opinion })}
      error={error}
      onRetry={retry}
      onClose={onClose}
    />
  )
}

export function DraftAgainDialog({ view: { plan }, onClose }: Props) {
  const { send, error, retry, sending } = useSend(contract.draftPlan, {
    onDone: ({ plan: drafted }) => {
      tell(`草案已按最新审定结果更新，共 ${drafted.lineCount} 个事项。`)
      onClose()
    },
  })
  return (
    <Confirm
      title="重新生成草案"
      submit="重新生成"
      busy={sending}
      onSend={() => send({ cycleId: plan.cycleId, organId: plan.organId, kind: plan.kind })}
      refusals={<Refusals of={error} onRetry={retry} />}
      onClose={onClose}
    >
      按最新审定结果重新列出事项；已在草案中压减的数量、金额和月份恢复为审定数，四部分文字保留。
    </Confirm>
  )
}

export function BudgetDialog({ view, onClose }: Props) {
  const go = useGo()
  const { send, error, retry, sending } = useSend(budget.makeBudget, {
    onDone: ({ budget: made }) => go(`/budget/budgets/${made.id}`),
  })
  return (
    <Confirm
      title="编制预算"
      submit="生成预算建议数"
      busy={sending}
      onSend={() => send({ planId: view.plan.id })}
      refusals={<Refusals of={error} onRetry={retry} />}
      onClose={onClose}
    >
      按计划的 {sumText(view)} 逐行生成预算建议数，再由本机关核对后报送财政部门。
    </Confirm>
  )
}

export function IntoForceDialog({ view, onClose }: Props) {
  const { plan } = view
  const { send, error, retry, sending } = useSend(contract.bringIntoForce, {
    onDone: () => {
      tell('计划已生效，各事项已列入台账。')
      onClose()
    },
  })
  return (
    <Confirm
      title="计划生效"
      submit="计划生效"
      busy={sending}
      onSend={() => send({ planId: plan.id, version: plan.version })}
      refusals={<Refusals of={error} onRetry={retry} />}
      onClose={onClose}
    >
      {sumText(view)}，逐项列入计划台账并开始执行。生效不能撤销，此后变动须办理计划调整并备案。
    </Confirm>
  )
}

/** Says what an act without any typing does before it is done. */
function Confirm({
  title,
  submit,
  busy,
  onSend,
  refusals,
  onClose,
  children,
}: {
  title: string
  submit: string
  busy: boolean
  onSend: () => unknown
  refusals: ReactNode
  onClose: () => void
  children: ReactNode
}) {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <ActionButton primary busy={busy} onClick={onSend}>
            {submit}
          </ActionButton>
          <Button onClick={onClose}>取消</Button>
        </>
      }
    >
      <div className="stack">
        {refusals}
        <p>{children}</p>
      </div>
    </Dialog>
  )
}
