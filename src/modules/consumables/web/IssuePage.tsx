import { Input } from 'antd'
import { useState } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { QuantityInput } from '#kernel/web/form/inputs.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import type { Issue, IssueLine } from '../model.ts'
import type { z } from 'zod'
import { IssueTag } from './StockTag.tsx'
import './consumables.css'

/** The list to check and to sign; on a phone as on a screen. */
export default function IssuePage({ params }: PageProps<'/consumables/issues/:issueId'>) {
  const { issue, lines, may } = useFetched(contract.viewIssue, { issueId: params.issueId })
  const [dialog, setDialog] = useState<'decline' | 'back' | null>(null)
  const close = () => setDialog(null)
  const step = { issueId: issue.id, version: issue.version }
  const accept = useSend(contract.acceptIssue, { onDone: () => tell('已签收。') })
  const decline = useSend(contract.declineIssue, {
    onDone: () => {
      tell('已退回，物品回到库存。')
      close()
    },
  })
  const withdraw = useSend(contract.withdrawIssue, { onDone: () => tell('已撤回，物品回到库存。') })
  const failed = accept.error ? accept : withdraw
  return (
    <>
      <Record
        title={`${issue.toName}领用 ${issue.items} 种物品`}
        kind="物品领用"
        number={issue.number}
        state={<IssueTag state={issue.state} />}
        trail={[{ label: '物品领用', path: '/consumables/issues' }]}
        facts={[
          { label: '用途', value: issue.purpose, note: issue.place || undefined },
          { label: '金额', value: `${yuanText(issue.amountFen)} 元` },
          { label: '办理', value: issue.offeredOn, note: issue.offeredByName },
          { label: '办结', value: issue.answeredOn, note: issue.answer ?? undefined },
        ]}
        notice={<Refusals of={failed.error} onRetry={failed.retry} />}
        actions={
          issue.state === 'offered' ? (
            <>
              <ActionButton primary refusal={may.accept} busy={accept.sending} onClick={() => accept.send(step)}>
                核对无误，签收
              </ActionButton>
              <ActionButton refusal={may.decline} onClick={() => setDialog('decline')}>
                退回
              </ActionButton>
              <ActionButton refusal={may.withdraw} busy={withdraw.sending} onClick={() => withdraw.send(step)}>
                撤回
              </ActionButton>
            </>
          ) : (
            issue.state === 'accepted' && (
              <ActionButton refusal={may.takeBack} onClick={() => setDialog('back')}>
                退库
              </ActionButton>
            )
          )
        }
        details={
          <Table<IssueLine>
            label="领用清单"
            rows={lines}
            keyOf={({ itemId }) => itemId}
            height="auto"
            columns={[
              { key: 'name', title: '品名', value: ({ name }) => name, width: 150 },
              { key: 'spec', title: '规格', value: ({ spec }) => spec, width: 130 },
              { key: 'quantity', title: '数量', kind: 'number', value: ({ quantity }) => quantity, width: 72 },
              { key: 'unit', title: '单位', value: ({ unit }) => unit, width: 64 },
              { key: 'returned', title: '已退', kind: 'number', value: ({ returned }) => returned, width: 72 },
              { key: 'amountFen', title: '金额', kind: 'yuan', value: ({ amountFen }) => amountFen, width: 110 },
            ]}
            empty={null}
          />
        }
        course={<CoursePanel caseId={issue.caseId} />}
        changes={<ChangesPanel subject={{ kind: 'consumables.issue', id: issue.id }} />}
      />
      {dialog === 'back' && <BackDialog issue={issue} lines={lines} onClose={close} />}
      {dialog === 'decline' && (
        <OpinionDialog
          title="退回领用"
          label="退回的理由"
          required
          submit="退回"
          phrases={['数量不符', '规格不对', '暂不需要']}
          onSend={(opinion) => decline.send({ ...step, opinion })}
          error={decline.error}
          onRetry={decline.retry}
          onClose={close}
        />
      )}
    </>
  )
}

/** Pieces that were not used, by item; what is left at 0 stays out. */
function BackDialog({
  issue,
  lines,
  onClose,
}: {
  issue: z.output<typeof Issue>
  lines: readonly IssueLine[]
  onClose: () => void
}) {
  const out = lines.filter(({ quantity, returned }) => returned < quantity)
  return (
    <Dialog title="退库" onClose={onClose}>
      <EntryForm
        operation={contract.takeBack}
        fixed={{ issueId: issue.id, version: issue.version }}
        initial={{ lines: out.map(({ itemId, quantity, returned }) => ({ itemId, quantity: quantity - returned })) }}
        submit="退库"
        onDone={() => {
          tell('已退库。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="lines" label="退回的数量" optional={false}>
          <BackEntry lines={out} />
        </Field>
        <Field name="reason" label="原因">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

type Back = { itemId: string; quantity: number }

function BackEntry({
  id,
  lines,
  value = [],
  onChange,
}: {
  id?: string
  lines: readonly IssueLine[]
  value?: readonly Back[]
  onChange?: (backs: readonly Back[]) => void
}) {
  const put = (itemId: string, quantity: number | null) => {
    const others = value.filter((one) => one.itemId !== itemId)
    onChange?.(quantity === null || quantity === 0 ? others : [...others, { itemId, quantity }])
  }
  return (
    <div
      className="issue-lines"
      {...(id === undefined ? {} : { id })}
      role="group"
      aria-label="退回的数量"
      tabIndex={-1}
    >
      {lines.map(({ itemId, name, spec, unit, quantity, returned }) => (
        <div key={itemId} className="issue-line">
          <span>
            {name} {spec}{' '}
            <span className="quiet">
              尚有 {quantity - returned} {unit}
            </span>
          </span>
          <QuantityInput
            aria-label={`退回 ${name} ${spec}`.trim()}
            unit={unit}
            value={value.find((one) => one.itemId === itemId)?.quantity ?? null}
            onChange={(typed) => put(itemId, typed as number | null)}
          />
        </div>
      ))}
    </div>
  )
}
