import { Input } from 'antd'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { OpinionBox } from '#kernel/web/form/inputs.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../../contract.ts'
import type { View } from './view.ts'

type Props = { view: View; onClose: () => void }
type Deciding =
  | 'fileAdjustment'
  | 'receiveAdjustment'
  | 'returnAdjustment'
  | 'objectToAdjustment'
  | 'refuseAdjustment'
  | 'withdrawAdjustment'

/** What each act asks; `done` is said at the foot of the page. */
type Wording = {
  title: string
  lead?: (view: View) => string
  label: string
  required: boolean
  phrases?: readonly string[]
  submit: string
  done: string
}

function decisionDialog(act: Deciding, { lead, done, ...wording }: Wording) {
  const operation = contract[act]
  return function DecisionDialog({ view, onClose }: Props) {
    const { adjustment } = view
    const { send, error, retry } = useSend(operation, {
      onDone: () => {
        tell(done)
        onClose()
      },
    })
    return (
      <OpinionDialog
        {...wording}
        {...(lead ? { lead: lead(view) } : {})}
        onSend={(opinion) => send({ adjustmentId: adjustment.id, version: adjustment.version, opinion })}
        error={error}
        onRetry={retry}
        onClose={onClose}
      />
    )
  }
}

export const FileDialog = decisionDialog('fileAdjustment', {
  title: '提交备案',
  lead: ({ adjustment: { needsFinance, financeDocument } }) =>
    needsFinance && financeDocument === null
      ? '报送本级机关事务管理部门备案，同时报财政部门批准；批准前台账不变。'
      : '报送本级机关事务管理部门备案。',
  label: '说明',
  required: false,
  submit: '提交备案',
  done: '调整备案已提交。',
})

export const ReceiveDialog = decisionDialog('receiveAdjustment', {
  title: '备案收讫',
  label: '意见',
  required: false,
  phrases: ['材料齐全，予以备案。'],
  submit: '备案收讫',
  done: '备案已收讫。',
})

export const ReturnDialog = decisionDialog('returnAdjustment', {
  title: '退回补正',
  label: '需要补正的内容',
  required: true,
  phrases: ['请补充依据文件', '请写明对原计划的影响', '请核对调整后的数量和金额'],
  submit: '退回补正',
  done: '备案已退回补正。',
})

export const ObjectDialog = decisionDialog('objectToAdjustment', {
  title: '对调整提出异议',
  label: '异议理由和依据',
  required: true,
  phrases: ['不属于突发事件、政策变化等特殊情况', '超出规定标准'],
  submit: '提出异议',
  done: '异议已送达该机关。',
})

export const RefuseDialog = decisionDialog('refuseAdjustment', {
  title: '不予批准预算调剂',
  lead: () => '不予批准后本次调整撤销，台账不变。',
  label: '理由',
  required: true,
  submit: '不予批准',
  done: '已答复不予批准。',
})

export const WithdrawDialog = decisionDialog('withdrawAdjustment', {
  title: '撤销调整',
  lead: ({ adjustment: { needsFinance, financeDocument } }) =>
    needsFinance && financeDocument === null
      ? '撤销后本次备案终止；台账尚未变动。'
      : '撤销后台账恢复到调整以前，恢复的分录另行记载。',
  label: '撤销原因',
  required: true,
  submit: '撤销调整',
  done: '调整已撤销。',
})

/** Finance approves the transfer under its document; the ledger follows at once. */
export function ApproveDialog({ view: { adjustment }, onClose }: Props) {
  return (
    <Dialog title="批准预算调剂" onClose={onClose}>
      <EntryForm
        operation={contract.approveAdjustment}
        fixed={{ adjustmentId: adjustment.id, version: adjustment.version }}
        submit="批准调剂"
        onDone={() => {
          tell('已批准，台账已随之调整。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="document" label="批复文号">
          <Input maxLength={200} />
        </Field>
        <Field name="opinion" label="意见">
          <OpinionBox phrases={['同意调剂。']} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
