import { Input } from 'antd'
import { useState } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, MoneyInput } from '#kernel/web/form/inputs.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { netProceeds } from '../rules/proceeds.ts'
import type { View } from './DraftForm.tsx'

const stepOf = ({ application }: View) => ({ applicationId: application.id, version: application.version })
const costs = [
  ['taxesFen', '税费'],
  ['appraisalFen', '评估费'],
  ['tradeFen', '交易、拍卖费'],
  ['otherFen', '拆除等其他成本'],
] as const

export function ProceedsTable({ proceeds }: { proceeds: NonNullable<View['proceeds']> }) {
  const rows: [string, string][] = [
    ['处置收入', yuanText(proceeds.grossFen)],
    ...costs.map(([key, label]): [string, string] => [`减：${label}`, yuanText(proceeds[key])]),
    ['应缴净收入', yuanText(proceeds.netFen)],
  ]
  return (
    <div className="draft-lines proceeds-lines">
      <table>
        <tbody>
          {rows.map(([label, value]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="number-cell number">{value} 元</td>
            </tr>
          ))}
        </tbody>
      </table>
      <small>
        {proceeds.receivedOn} 收款，{proceeds.dueOn} 前上缴；科目 {proceeds.revenueCode}
        {proceeds.paidOn ? `；${proceeds.paidOn} 上缴，凭证 ${proceeds.voucherNumber ?? ''}` : ''}
        {proceeds.late ? '（逾期）' : ''}
      </small>
    </div>
  )
}

/** Gross, less what it cost: the net stands under the fields as they are typed. */
export function ProceedsDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const known = view.proceeds
  const initial = {
    receivedOn: known?.receivedOn ?? todayHere(),
    grossFen: known?.grossFen ?? view.carriedOut?.priceFen ?? 0,
    taxesFen: known?.taxesFen ?? 0,
    appraisalFen: known?.appraisalFen ?? 0,
    tradeFen: known?.tradeFen ?? 0,
    otherFen: known?.otherFen ?? 0,
  }
  const [sums, setSums] = useState(initial)
  const net = netProceeds(sums)
  return (
    <Dialog title={known ? '更正处置收入' : '登记处置收入'} onClose={onClose}>
      <EntryForm
        operation={contract.recordProceeds}
        fixed={stepOf(view)}
        initial={initial}
        submit="登记"
        onValues={(values) =>
          setSums((before) => ({
            ...before,
            ...Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'number')),
          }))
        }
        onDone={({ application }) => {
          tell(application.state === 'closed' ? '净收入为零，处置办结。' : '已登记，请按期上缴国库。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="receivedOn" label="收款日期" help="自收款之日起 10 个工作日内上缴。">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="grossFen" label="处置收入">
          <MoneyInput />
        </Field>
        {costs.map(([key, label]) => (
          <Field key={key} name={key} label={label}>
            <MoneyInput />
          </Field>
        ))}
        <p aria-live="polite">
          应缴净收入 <b className="number">{yuanText(net)}</b> 元
        </p>
      </EntryForm>
    </Dialog>
  )
}

export function PaymentDialog({ view, onClose }: { view: View; onClose: () => void }) {
  return (
    <Dialog title="上缴国库" onClose={onClose}>
      <EntryForm
        operation={contract.payProceeds}
        fixed={stepOf(view)}
        initial={{ paidOn: todayHere() }}
        submit={`上缴 ${yuanText(view.proceeds?.netFen ?? 0)} 元`}
        onDone={() => {
          tell('已上缴，处置办结。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="paidOn" label="上缴日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="voucherNumber" label="缴款凭证号">
          <Input maxLength={60} autoComplete="off" />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
