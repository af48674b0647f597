import { Input } from 'antd'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import type { Loan } from '../model/loan.ts'

/** A later day, once, within the longest term from the day the things went out. */
export function ExtendDialog({ loan, onClose }: { loan: Loan; onClose: () => void }) {
  return (
    <Dialog title={`续借 ${loan.number}`} onClose={onClose}>
      <EntryForm
        operation={contract.extendLoan}
        fixed={{ loanId: loan.id, version: loan.version }}
        submit="续借"
        onDone={({ loan: next }) => {
          tell(`已续借至 ${next.dueOn}。`)
          onClose()
        }}
        onCancel={onClose}
      >
        <p className="quiet">
          原归还日期 {loan.dueOn}；可以续借一次，自借出之日（{loan.lentOn}）起不超过标准规定的最长期限。
        </p>
        <Field name="dueOn" label="续借至">
          <LocalDateInput min={loan.dueOn} />
        </Field>
        <Field name="reason" label="续借原因">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
