import { Input, Radio, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import type { Operation } from '#kernel/pure/contract.ts'
import type { InputFor } from '#kernel/web/client.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, OpinionBox } from '#kernel/web/form/inputs.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { consequenceLabels, consequences } from '../model/objection.ts'
import type { ComplaintView } from './ComplaintPage.tsx'

export type ComplaintAct = 'accept' | 'decline' | 'reply' | 'suspend' | 'resume' | 'decide' | 'withdraw'
type Props = { view: ComplaintView; onClose: () => void }

/** The form of one step on a complaint. */
export function ComplaintDialog({ act, ...props }: Props & { act: ComplaintAct }) {
  switch (act) {
    case 'accept':
      return (
        <ComplaintStep
          {...props}
          title="受理投诉"
          operation={contract.acceptComplaint}
          submit="受理"
          done="已受理，采购单位已收到通知。"
        >
          <Field name="opinion" label="意见">
            <OpinionBox rows={2} maxLength={500} />
          </Field>
        </ComplaintStep>
      )
    case 'reply':
      return (
        <ComplaintStep
          {...props}
          title="作出说明"
          operation={contract.replyToComplaint}
          submit="提交说明"
          done="已提交说明。"
        >
          <Field name="reply" label="说明" help="证据、依据和其他材料在“附件”中上传。">
            <OpinionBox rows={6} maxLength={2000} />
          </Field>
        </ComplaintStep>
      )
    case 'suspend':
      return (
        <ComplaintStep
          {...props}
          title="暂停采购"
          operation={contract.suspendPurchase}
          submit="暂停采购"
          done="已暂停，期间不能确定结果、签订合同和验收。"
          initial={{ from: todayHere(), until: addDays(todayHere(), 30) }}
        >
          <Field name="from" label="暂停起">
            <LocalDateInput max={todayHere()} />
          </Field>
          <Field name="until" label="暂停止" help="最长30天，期满自动恢复。">
            <LocalDateInput min={todayHere()} />
          </Field>
          <Field name="document" label="暂停通知文号">
            <Input maxLength={100} autoComplete="off" />
          </Field>
          <Field name="opinion" label="理由">
            <OpinionBox rows={3} maxLength={500} />
          </Field>
        </ComplaintStep>
      )
    case 'decide':
      return <DecisionDialog {...props} />
    case 'decline':
      return (
        <OpinionStep
          {...props}
          title="不予受理"
          operation={contract.declineComplaint}
          label="理由"
          done="已登记不予受理。"
        />
      )
    case 'resume':
      return (
        <OpinionStep {...props} title="恢复采购" operation={contract.resumePurchase} label="理由" done="已恢复采购。" />
      )
    case 'withdraw':
      return (
        <OpinionStep
          {...props}
          title="登记撤回"
          operation={contract.withdrawComplaint}
          label="撤回的书面材料"
          done="已登记撤回，投诉处理终止。"
        />
      )
  }
}

function DecisionDialog(props: Props) {
  const [upheld, setUpheld] = useState<boolean | null>(null)
  const { purchase } = props.view
  return (
    <ComplaintStep
      {...props}
      title="处理决定"
      operation={contract.decideComplaint}
      submit="作出决定"
      done="已作出处理决定。"
      onValues={(values) => setUpheld(values.upheld ?? null)}
    >
      <Field name="upheld" label="结论">
        <Radio.Group
          options={[
            { value: true, label: '投诉成立' },
            { value: false, label: '驳回投诉' },
          ]}
        />
      </Field>
      {upheld && (
        <Field
          name="consequence"
          label="处理后果"
          optional={false}
          help={`认定中标、合同无效的，采购终止，占用的 ${yuanText(purchase.heldFen)} 元释放回计划行，由单位重新申请。`}
        >
          <Select options={consequences.map((value) => ({ value, label: consequenceLabels[value] }))} />
        </Field>
      )}
      <Field name="document" label="处理决定书文号">
        <Input maxLength={100} autoComplete="off" />
      </Field>
      <Field name="reasons" label="事实和理由">
        <OpinionBox rows={5} maxLength={2000} />
      </Field>
    </ComplaintStep>
  )
}

function OpinionStep({
  label,
  ...props
}: Props & { title: string; operation: Operation; label: string; done: string }) {
  return (
    <ComplaintStep {...props} submit={props.title}>
      <Field name="opinion" label={label}>
        <OpinionBox rows={3} maxLength={500} />
      </Field>
    </ComplaintStep>
  )
}

function ComplaintStep<O extends Operation>({
  view: { complaint },
  onClose,
  title,
  operation,
  submit,
  done,
  initial,
  onValues,
  children,
}: Props & {
  title: string
  operation: O
  submit: string
  done: string
  initial?: Partial<InputFor<O>>
  onValues?: (values: Partial<InputFor<O>>) => void
  children: ReactNode
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <EntryForm
        operation={operation}
        fixed={{ complaintId: complaint.id, version: complaint.version } as unknown as Partial<InputFor<O>>}
        {...(initial ? { initial } : {})}
        {...(onValues ? { onValues } : {})}
        submit={submit}
        onDone={() => {
          tell(done)
          onClose()
        }}
        onCancel={onClose}
      >
        {children}
      </EntryForm>
    </Dialog>
  )
}
