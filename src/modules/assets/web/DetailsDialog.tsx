import { Input } from 'antd'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { classOf } from '../model/classes.ts'
import { detailFieldOf } from '../model/custom-field.ts'
import { detailKind } from '../model/detail.ts'
import type { CardView } from './CardPage.tsx'
import { CardFieldEntries, CardFieldEntry } from './CardFieldEntry.tsx'
import { DetailEntry } from './DetailEntry.tsx'

/** What a card says of its thing beside value, place and people. */
const entered = [
  'name',
  'model',
  'serialNumber',
  'supplier',
  'contractNumber',
  'invoiceNumber',
  'voucherNumber',
  'warrantyUntil',
  'inspectionDue',
] as const

/** Changes what a card says of its thing; each change is an event with its reason. */
export function DetailsDialog({ view, onClose }: { view: CardView; onClose: () => void }) {
  const { card, customFields } = view
  const kind = classOf(card.classEdition, card.classCode)?.detail
  return (
    <Dialog title="修改资产信息" onClose={onClose}>
      <EntryForm
        operation={contract.changeDetails}
        fixed={{ cardId: card.id, version: card.version }}
        initial={{
          effectiveOn: todayHere(),
          ...Object.fromEntries([...entered, 'note' as const].map((name) => [name, card[name]])),
          detail: card.detail,
        }}
        submit="保存"
        onDone={() => {
          tell('已保存。')
          onClose()
        }}
        onCancel={onClose}
      >
        <CardFieldEntry name="name" />
        <CardFieldEntries names={entered.slice(1)} optional />
        {kind && detailKind(kind).fields.map((field) => <DetailEntry key={field.key} field={field} />)}
        {customFields
          .filter(({ retired }) => !retired)
          .map((field) => (
            <DetailEntry key={field.id} field={detailFieldOf(field)} />
          ))}
        <CardFieldEntry name="note" optional />
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
