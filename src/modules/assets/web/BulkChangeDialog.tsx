import { Input, Select } from 'antd'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { changeableStates, stateLabels, type ListedCard } from '../model.ts'
import { detailFieldOf } from '../model/custom-field.ts'
import { cardField } from '../model/fields.ts'
import { DetailEntry } from './DetailEntry.tsx'
import { sharedFields, useCustomFields } from './use-custom-fields.ts'
import { CardFieldEntries, CardFieldEntry } from './CardFieldEntry.tsx'

/** Moves, gives into care or changes the state of the cards chosen; what is left empty stays as it is. */
export function BulkChangeDialog({
  cards,
  onDone,
  onClose,
}: {
  cards: readonly Pick<ListedCard, 'id' | 'classCode' | 'classEdition'>[]
  onDone: () => void
  onClose: () => void
}) {
  const fields = sharedFields(useCustomFields(), cards)
  return (
    <Dialog title={cards.length === 1 ? '变更资产' : `变更 ${cards.length} 件资产`} onClose={onClose}>
      <EntryForm
        operation={contract.changeCards}
        fixed={{ cardIds: cards.map(({ id }) => id) }}
        initial={{ effectiveOn: todayHere() }}
        submit="变更"
        onDone={({ changed, unchanged }) => {
          tell(`已变更 ${changed} 件${unchanged > 0 ? `，${unchanged} 件本来如此` : ''}。`)
          onDone()
        }}
        onCancel={onClose}
      >
        <p className="quiet">只填要改的内容，没有填写的保持不变。</p>
        <CardFieldEntries names={['place', 'department', 'userName']} />
        <CardFieldEntry name="custodianName" help="需要接收人签收的，请用“交接”办理。" />
        <Field name="state" label={cardField('state').title} help="借出的，请用“借用”办理，由借用人签收。">
          <Select allowClear options={changeableStates.map((state) => ({ value: state, label: stateLabels[state] }))} />
        </Field>
        {fields.map((field) => (
          <DetailEntry key={field.id} field={{ ...detailFieldOf(field), required: false }} under="custom" />
        ))}
        <Field name="effectiveOn" label="变动日期" help="实际发生的日期，可以早于今天。">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="reason" label="原因">
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
