import { Input } from 'antd'
import { useState } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, OpinionBox } from '#kernel/web/form/inputs.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { useSend } from '#kernel/web/fetching.ts'
import { tell } from '#kernel/web/notice.tsx'
import { wanText } from '#kernel/web/money.ts'
import { contract } from '../contract.ts'
import { LineFigures, useLineFigures } from './LineFigures.tsx'
import type { View } from './view.ts'
import { WanInput } from './WanInput.tsx'
import './budget.css'

/** 一下: the total, and where finance wants it, single lines; the rest is cut in proportion. */
export function ControlDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { budget, lines } = view
  const sheet = useLineFigures(lines, '控制数', () => null, { title: '建议数', of: ({ proposedFen }) => proposedFen })
  const [totalFen, setTotal] = useState<number | null>(budget.proposedFen)
  const cutFen = totalFen === null ? 0 : budget.proposedFen - totalFen
  return (
    <Dialog title="下达控制数（一下）" wide onClose={onClose}>
      <div className="budget-sheet">
        <EntryForm
          operation={contract.setControlFigures}
          fixed={{ budgetId: budget.id, version: budget.version, lines: sheet.figures }}
          initial={{ totalFen: budget.proposedFen }}
          submit="下达控制数"
          {...blocked(sheet.unread)}
          onValues={({ totalFen: typed }) => setTotal(typeof typed === 'number' ? typed : null)}
          onDone={() => {
            tell('控制数已下达，计划已同时调整。')
            onClose()
          }}
          onCancel={onClose}
        >
          <Field
            name="totalFen"
            label="控制数总额"
            help={`建议数 ${wanText(budget.proposedFen)} 万元${cutFen > 0 ? `，压减 ${wanText(cutFen)} 万元` : ''}`}
          >
            <WanInput />
          </Field>
          <LineFigures sheet={sheet} note="留空的行按比例压减；填写的行照填写数下达。" />
          <Field name="document" label="控制数文号">
            <Input />
          </Field>
          <Field name="opinion" label="意见">
            <OpinionBox />
          </Field>
        </EntryForm>
      </div>
    </Dialog>
  )
}

/** 二下: the reply, line by line as drafted unless changed. What needs approval asks for its ground. */
export function ApproveDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { budget, lines, findings } = view
  const sheet = useLineFigures(lines, '批复数', ({ draftedFen }) => draftedFen, {
    title: '控制数',
    of: ({ controlFen }) => controlFen ?? 0,
  })
  const asked = findings.filter(({ outcome }) => outcome === 'needs-approval')
  return (
    <Dialog title="批复预算（二下）" wide onClose={onClose}>
      <div className="budget-sheet">
        <EntryForm
          operation={contract.approveBudget}
          fixed={{ budgetId: budget.id, version: budget.version, lines: sheet.figures }}
          initial={{ repliedOn: todayHere() }}
          submit="批复"
          {...blocked(sheet.unread)}
          onDone={() => {
            tell('预算已批复，计划金额已与批复一致。')
            onClose()
          }}
          onCancel={onClose}
        >
          <LineFigures sheet={sheet} note="默认照草案数批复。" />
          <Field name="document" label="批复文号">
            <Input />
          </Field>
          <Field name="repliedOn" label="批复日期">
            <LocalDateInput max={todayHere()} />
          </Field>
          <Field
            name="opinion"
            label={asked.length === 0 ? '意见' : '意见和批准依据'}
            optional={asked.length === 0}
            help={asked.map(({ message }) => message).join(' ') || undefined}
          >
            <OpinionBox />
          </Field>
        </EntryForm>
      </div>
    </Dialog>
  )
}

export function ReturnDialog({ view: { budget }, onClose }: { view: View; onClose: () => void }) {
  const { send, error, retry } = useSend(contract.returnBudget, { onDone: onClose })
  return (
    <OpinionDialog
      title={budget.state === 'proposed' ? '退回建议数' : '退回草案'}
      label="退回原因"
      required
      phrases={['请补充测算依据', '请核对经济科目', '“三公”经费应只减不增，请压减']}
      submit="退回"
      onSend={(opinion) => send({ budgetId: budget.id, version: budget.version, opinion })}
      error={error}
      onRetry={retry}
      onClose={onClose}
    />
  )
}

/** An unreadable figure must not be sent as if it had been left empty. */
export function blocked(unread: number) {
  if (unread === 0) return {}
  return {
    refusal: [
      {
        code: 'unread',
        message: `有 ${unread} 行的数字无法识别。`,
        basis: null,
        facts: {},
        remedy: '请改为以万元为单位的数字。',
      },
    ],
  }
}
