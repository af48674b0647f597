import { Input, Select } from 'antd'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, OpinionBox } from '#kernel/web/form/inputs.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Suspense } from 'react'
import { Skeleton } from '#kernel/web/Panels.tsx'
import { contract as consultation } from '#modules/consultation/contract.ts'
import { contract } from '../contract.ts'
import type { View } from './view.ts'

type Props = { view: View; onClose: () => void }

/** Name, reason, first day: what the document itself says. */
export function HeadDialog({ view: { draft }, onClose }: Props) {
  return (
    <Dialog title="文件信息" wide onClose={onClose}>
      <EntryForm
        operation={contract.saveDraft}
        fixed={{ draftId: draft.id, version: draft.version }}
        initial={{
          documentTitle: draft.documentTitle,
          reason: draft.reason,
          inForceOn: draft.inForceOn,
          retroactiveGround: draft.retroactiveGround,
        }}
        submit="保存"
        onDone={() => {
          tell('文件信息已保存。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="documentTitle" label="文件名称" help="批准后以此名称印发，不写书名号。" optional={false}>
          <Input />
        </Field>
        <Field name="reason" label="制定或修订理由" optional={false}>
          <OpinionBox maxLength={2000} rows={5} />
        </Field>
        <Field
          name="inForceOn"
          label="施行日期"
          help="年度需求按申报时适用的标准审核，宜自下一年度起施行。"
          optional={false}
        >
          <LocalDateInput />
        </Field>
        <Field
          name="retroactiveGround"
          label="早于今日施行的依据"
          help="只有文件本身规定从更早日期起算时才填写。"
          optional
        >
          <Input.TextArea autoSize />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

/** Asks the organs served; all of the level where none is chosen (A9-1). */
export function ConsultDialog({ view, onClose }: Props) {
  return (
    <Dialog title="征求意见" wide onClose={onClose}>
      <Suspense fallback={<Skeleton lines={4} />}>
        <ConsultForm view={view} onClose={onClose} />
      </Suspense>
    </Dialog>
  )
}

function ConsultForm({ view: { draft }, onClose }: Props) {
  const { organs, earliestLastDay, shortestWorkdays } = useFetched(consultation.invitableOrgans, {})
  return (
    <EntryForm
      operation={contract.consultOnDraft}
      fixed={{ draftId: draft.id, version: draft.version }}
      initial={{ opinionsUntil: earliestLastDay }}
      submit="发出征求意见"
      onDone={() => {
        tell('已向各机关征求意见。')
        onClose()
      }}
      onCancel={onClose}
    >
      <Field
        name="organIds"
        label="征求意见的机关"
        help={`留空为本级全部机关（${organs.filter(({ below }) => !below).length} 个）。`}
        optional
      >
        <Select
          mode="multiple"
          optionFilterProp="label"
          options={organs.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <Field name="opinionsUntil" label="意见截止日" help={`不少于 ${shortestWorkdays} 个工作日。`}>
        <LocalDateInput min={earliestLastDay} />
      </Field>
      <Field name="opinion" label="说明" optional>
        <OpinionBox />
      </Field>
    </EntryForm>
  )
}

/** A9-2: what approval does is said before it is done; it cannot be undone, only followed by another version. */
export function ApproveDialog({ view: { draft, changes }, onClose }: Props) {
  return (
    <Dialog title="批准" onClose={onClose}>
      <EntryForm
        operation={contract.approveDraft}
        fixed={{ draftId: draft.id, version: draft.version }}
        submit="批准并印发"
        onDone={() => {
          tell('已批准，公文已生成。')
          onClose()
        }}
        onCancel={onClose}
      >
        <p>
          {changes.length} 项标准自 {draft.inForceOn ?? ''} 起施行，原标准执行至前一日。批准后不能撤回，只能再行修订。
        </p>
        <Field name="documentNumber" label="文号" help="留空由系统编号。" optional>
          <Input />
        </Field>
        <Field name="opinion" label="批准意见" optional>
          <OpinionBox phrases={['同意。']} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

type Deciding = 'submitDraft' | 'recallDraft' | 'returnDraft' | 'refuseDraft' | 'withdrawDraft'

/** What each act asks; `done` is said at the foot of the page. */
type Wording = {
  title: string
  lead?: string
  label: string
  required: boolean
  phrases?: readonly string[]
  submit: string
  done: string
}

function decisionDialog(act: Deciding, { done, ...wording }: Wording) {
  const operation = contract[act]
  return function DecisionDialog({ view: { draft }, onClose }: Props) {
    const { send, error, retry } = useSend(operation, {
      onDone: () => {
        tell(done)
        onClose()
      },
    })
    return (
      <OpinionDialog
        {...wording}
        onSend={(opinion) => send({ draftId: draft.id, version: draft.version, opinion })}
        error={error}
        onRetry={retry}
        onClose={onClose}
      />
    )
  }
}

export const decisionDialogs = {
  submit: decisionDialog('submitDraft', {
    title: '送批',
    lead: '送有权批准的人员审批；送批人不能自己批准。',
    label: '送批意见',
    required: false,
    phrases: ['意见已逐条答复，请审批。'],
    submit: '送批',
    done: '已送批。',
  }),
  recall: decisionDialog('recallDraft', {
    title: '撤回修改',
    label: '撤回原因',
    required: false,
    submit: '撤回修改',
    done: '已撤回。',
  }),
  return: decisionDialog('returnDraft', {
    title: '退回修改',
    label: '需要修改的内容',
    required: true,
    phrases: ['请补充测算依据', '请说明意见采纳情况', '请核对与上级标准是否一致'],
    submit: '退回修改',
    done: '已退回修改。',
  }),
  refuse: decisionDialog('refuseDraft', {
    title: '不予批准',
    lead: '不予批准后草案办结，现行标准不变。',
    label: '理由',
    required: true,
    submit: '不予批准',
    done: '已答复不予批准。',
  }),
  withdraw: decisionDialog('withdrawDraft', {
    title: '撤销',
    lead: '撤销后草案办结，现行标准不变。',
    label: '撤销原因',
    required: true,
    submit: '撤销',
    done: '草案已撤销。',
  }),
} as const
