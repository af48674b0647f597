import { useState } from 'react'
import { Input } from 'antd'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { PaymentStateTag } from './state-tags.tsx'
import './procurement.css'
import { EntryLabel } from './EntryLabel.tsx'

/** One payment: what it pays, from which plan lines, and the head's word. */
export default function PaymentPage({ params }: PageProps<'/procurement/payments/:paymentId'>) {
  const { payment, purchase, lines, may } = useFetched(contract.viewPayment, { paymentId: params.paymentId })
  const [open, setOpen] = useState<'approve' | 'return' | 'reverse' | null>(null)
  const [voucher, setVoucher] = useState('')
  const step = { paymentId: payment.id, version: payment.version }
  const close = () => setOpen(null)
  const approve = useSend(contract.approvePayment, {
    onDone: () => {
      tell('已同意付款，支出已登记到计划台账。')
      close()
    },
  })
  const giveBack = useSend(contract.returnPayment, {
    onDone: () => {
      tell('已退回。')
      close()
    },
  })
  const reverse = useSend(contract.reversePayment, {
    onDone: () => {
      tell('已冲销，款项重新占用，可以重新申请付款。')
      close()
    },
  })
  return (
    <>
      <Record
        title={`${purchase.title} 第${payment.paymentNo}次付款`}
        kind="采购付款"
        number={purchase.number}
        state={<PaymentStateTag state={payment.state} />}
        trail={[
          { label: '采购', path: '/procurement/purchases' },
          { label: purchase.title, path: `/procurement/purchases/${purchase.id}` },
        ]}
        facts={[
          { label: '付款金额', value: `${yuanText(payment.amountFen)} 元` },
          { label: '收款单位', value: purchase.supplier, note: `合同 ${purchase.contractNumber}` },
          { label: '发票', value: payment.invoiceNumber, note: `收到 ${payment.invoiceOn}` },
          { label: '申请', value: payment.requestedByName, note: payment.requestedOn },
          { label: '审批', value: payment.decidedByName, note: payment.decidedOn },
          { label: '会计凭证', value: payment.voucher || null },
          {
            label: '冲销',
            value: payment.reversedByName,
            note: payment.reversedOn && `${payment.reversedOn} ${payment.reversedReason ?? ''}`,
          },
          { label: '合同金额', value: `${yuanText(purchase.contractedFen)} 元` },
          { label: '已验收', value: `${yuanText(purchase.acceptedFen)} 元` },
          { label: '已支付', value: `${yuanText(purchase.paidFen)} 元` },
          { label: '说明', value: payment.note || null, wide: true },
        ]}
        actions={
          <>
            {payment.state === 'requested' && (
              <>
                <ActionButton primary refusal={may.decide} onClick={() => setOpen('approve')}>
                  同意付款
                </ActionButton>
                <ActionButton refusal={may.decide} onClick={() => setOpen('return')}>
                  退回
                </ActionButton>
              </>
            )}
            {payment.state === 'paid' && (
              <ActionButton refusal={may.reverse} onClick={() => setOpen('reverse')}>
                冲销
              </ActionButton>
            )}
          </>
        }
        details={
          lines.length > 0 ? (
            <Table
              label="列支的计划行"
              rows={lines}
              keyOf={({ ledgerLineId }) => ledgerLineId}
              height="auto"
              columns={[
                { key: 'name', title: '计划行', value: ({ name }) => name },
                {
                  key: 'number',
                  title: '计划编号',
                  value: ({ number }) => number,
                  render: ({ number, ledgerLineId }) => <Go to={`/ledger/lines/${ledgerLineId}`}>{number}</Go>,
                },
                {
                  key: 'amount',
                  title: '列支',
                  kind: 'yuan',
                  value: ({ amountFen }) => amountFen,
                  total: payment.amountFen,
                },
              ]}
              empty={null}
            />
          ) : undefined
        }
        course={<CoursePanel caseId={payment.caseId} />}
        files={<AttachmentsPanel caseId={payment.caseId} />}
        changes={<ChangesPanel subject={{ kind: 'procurement.payment', id: payment.id }} />}
      />
      {open === 'approve' && (
        <OpinionDialog
          title="同意付款"
          lead={`同意向${purchase.supplier}支付 ${yuanText(payment.amountFen)} 元，同时登记计划台账支出。`}
          submit="同意付款"
          onSend={(opinion) => approve.send({ ...step, voucher, ...(opinion === '' ? {} : { opinion }) })}
          error={approve.error}
          onRetry={approve.retry}
          onClose={close}
        >
          <EntryLabel text="会计凭证号（选填）">
            {(id) => (
              <Input id={id} value={voucher} maxLength={60} onChange={({ target }) => setVoucher(target.value)} />
            )}
          </EntryLabel>
        </OpinionDialog>
      )}
      {open === 'reverse' && (
        <OpinionDialog
          title="冲销付款"
          lead={`冲销 ${payment.decidedOn ?? ''} 的付款 ${yuanText(payment.amountFen)} 元，计划台账登记冲销，款项由本采购重新占用。`}
          required
          phrases={['银行退票，账号有误', '金额付错']}
          submit="冲销"
          onSend={(opinion) => reverse.send({ ...step, opinion })}
          error={reverse.error}
          onRetry={reverse.retry}
          onClose={close}
        />
      )}
      {open === 'return' && (
        <OpinionDialog
          title="退回付款"
          required
          submit="退回"
          onSend={(opinion) => giveBack.send({ ...step, opinion })}
          error={giveBack.error}
          onRetry={giveBack.retry}
          onClose={close}
        />
      )}
    </>
  )
}
