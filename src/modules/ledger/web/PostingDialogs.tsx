import { Input } from 'antd'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, MoneyInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import type { Commitment, LedgerEntry, LedgerLine } from '../model.ts'

type Closing = { onClose: () => void }

function PostingFields({ line, left }: { line: LedgerLine; left: number }) {
  return (
    <>
      <Field name="amountFen" label="金额" help={`可用 ${yuanText(left)} 元`}>
        <MoneyInput />
      </Field>
      <Field name="quantity" label="数量" help="不按数量执行的事项填 0。">
        <QuantityInput unit={line.unit} />
      </Field>
      <Field name="note" label="用途说明">
        <Input maxLength={500} />
      </Field>
      <Field name="occurredOn" label="日期">
        <LocalDateInput />
      </Field>
      <Field name="document" label="凭证号">
        <Input maxLength={200} />
      </Field>
      <Field name="counterparty" label="对方单位">
        <Input maxLength={200} />
      </Field>
    </>
  )
}

/** Holds money for an order, contract or approved trip. */
export function CommitDialog({ line, onClose }: { line: LedgerLine } & Closing) {
  return (
    <Dialog title="登记占用" onClose={onClose}>
      <EntryForm
        operation={contract.commit}
        fixed={{ lineId: line.id }}
        initial={{ occurredOn: todayHere(), quantity: 0 }}
        submit="登记占用"
        invalidates={['ledger']}
        onDone={() => (tell('已登记占用。'), onClose())}
        onCancel={onClose}
      >
        <Field name="title" label="占用事项" help="合同、订单或审批单的名称。">
          <Input maxLength={200} />
        </Field>
        <PostingFields line={line} left={line.remainingFen} />
      </EntryForm>
    </Dialog>
  )
}

/** Spends from the line, or against what was held for it. */
export function ExecuteDialog({
  line,
  commitment,
  onClose,
}: { line: LedgerLine; commitment: Commitment | null } & Closing) {
  return (
    <Dialog title={commitment ? `登记支出：${commitment.title}` : '登记支出'} onClose={onClose}>
      <EntryForm
        operation={contract.execute}
        fixed={{ lineId: line.id, ...(commitment ? { commitmentId: commitment.id } : {}) }}
        initial={{
          occurredOn: todayHere(),
          quantity: 0,
          ...(commitment ? { amountFen: commitment.openFen, note: commitment.title } : {}),
        }}
        submit="登记支出"
        invalidates={['ledger']}
        onDone={() => (tell('已登记支出。'), onClose())}
        onCancel={onClose}
      >
        <PostingFields line={line} left={commitment ? commitment.openFen : line.remainingFen} />
      </EntryForm>
    </Dialog>
  )
}

export function ReleaseDialog({ commitment, onClose }: { commitment: Commitment } & Closing) {
  return (
    <Dialog title="释放占用" onClose={onClose}>
      <EntryForm
        operation={contract.release}
        fixed={{ commitmentId: commitment.id }}
        initial={{ occurredOn: todayHere(), amountFen: commitment.openFen }}
        submit="释放占用"
        invalidates={['ledger']}
        onDone={() => (tell('已释放占用。'), onClose())}
        onCancel={onClose}
      >
        <Field name="amountFen" label="释放金额" help={`占用未支出 ${yuanText(commitment.openFen)} 元`}>
          <MoneyInput />
        </Field>
        <Field name="note" label="原因">
          <Input maxLength={500} />
        </Field>
        <Field name="occurredOn" label="日期">
          <LocalDateInput />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

/** A mistake is put right by an entry of its own; the wrong one stays in sight. */
export function ReverseDialog({ entry, onClose }: { entry: LedgerEntry } & Closing) {
  return (
    <Dialog title="冲销支出" onClose={onClose}>
      <EntryForm
        operation={contract.reverse}
        fixed={{ entryId: entry.id }}
        initial={{ occurredOn: todayHere() }}
        submit="冲销"
        invalidates={['ledger']}
        onDone={() => (tell('已冲销。'), onClose())}
        onCancel={onClose}
      >
        <p>
          冲销 {entry.occurredOn} 的支出 {yuanText(entry.amountFen)} 元（{entry.note}）。
        </p>
        <Field name="note" label="冲销原因">
          <Input maxLength={500} />
        </Field>
        <Field name="occurredOn" label="日期">
          <LocalDateInput />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
