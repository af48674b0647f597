import { Input } from 'antd'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { contract } from '../contract.ts'

/** Withdraws what a workbook registered by mistake, with the reason that stays on record. */
export function TakeBackImportDialog({
  taken,
  onClose,
}: {
  taken: OutputOf<(typeof contract)['viewImport']>
  onClose: () => void
}) {
  return (
    <Dialog title="撤销导入" onClose={onClose}>
      <EntryForm
        operation={contract.takeBackImport}
        fixed={{ importId: taken.id, version: taken.version }}
        initial={{}}
        submit={`撤销 ${taken.appliedRows ?? 0} 张卡片`}
        onDone={onClose}
        onCancel={onClose}
      >
        <p className="quiet">
          整批撤销：卡片不再计入台账，编号可以重新使用，登记和撤销的经过留在变动历史中。登记后已有变动或已计提折旧的，不能撤销。
        </p>
        <Field name="reason" label="原因">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
