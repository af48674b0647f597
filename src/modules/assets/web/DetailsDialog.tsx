import { Input } from 'antd'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import type { Card } from '../model.ts'
import { classOf } from '../model/classes.ts'
import { detailKind } from '../model/detail.ts'
import { DetailEntry } from './RegisterPage.tsx'

/** Changes what a card says of its thing; each change is an event with its reason. */
export function DetailsDialog({ card, onClose }: { card: Card; onClose: () => void }) {
  const kind = classOf(card.classEdition, card.classCode)?.detail
  const {
    name,
    model,
    serialNumber,
    supplier,
    contractNumber,
    invoiceNumber,
    voucherNumber,
    warrantyUntil,
    inspectionDue,
    note,
    detail,
  } = card
  return (
    <Dialog title="修改资产信息" onClose={onClose}>
      <EntryForm
        operation={contract.changeDetails}
        fixed={{ cardId: card.id, version: card.version }}
        initial={{
          effectiveOn: todayHere(),
          name,
          model,
          serialNumber,
          supplier,
          contractNumber,
          invoiceNumber,
          voucherNumber,
          warrantyUntil,
          inspectionDue,
          note,
          detail,
        }}
        submit="保存"
        onDone={() => {
          tell('已保存。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="name" label="资产名称">
          <Input maxLength={120} />
        </Field>
        <Field name="model" label="规格型号" optional>
          <Input maxLength={200} />
        </Field>
        <Field name="serialNumber" label="序列号" optional>
          <Input maxLength={100} />
        </Field>
        {kind && detailKind(kind).fields.map((field) => <DetailEntry key={field.key} field={field} />)}
        <Field name="supplier" label="供应商" optional>
          <Input maxLength={120} />
        </Field>
        <Field name="contractNumber" label="合同编号" optional>
          <Input maxLength={60} />
        </Field>
        <Field name="invoiceNumber" label="发票号" optional>
          <Input maxLength={60} />
        </Field>
        <Field name="voucherNumber" label="会计凭证号" optional>
          <Input maxLength={60} />
        </Field>
        <Field name="warrantyUntil" label="保修截止" optional>
          <LocalDateInput />
        </Field>
        <Field name="inspectionDue" label="检验到期" optional>
          <LocalDateInput />
        </Field>
        <Field name="note" label="备注" optional>
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
        <Field name="effectiveOn" label="变动日期">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="reason" label="原因">
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
