import { Input, Select } from 'antd'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, MoneyInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { acquiringLabels, acquiringWays, eventKindLabels, settableStates, stateLabels } from '../model.ts'
import type { CardView } from './CardPage.tsx'

type Event = CardView['events'][number]

/** What is corrected in the form of each field; a registration offers what is most often entered wrongly. */
const fields = {
  name: ['资产名称', <Input key="name" maxLength={120} />],
  model: ['规格型号', <Input key="model" maxLength={200} />],
  serialNumber: ['序列号', <Input key="serialNumber" maxLength={100} />],
  costFen: ['原值', <MoneyInput key="costFen" />],
  fiscalFen: ['其中：财政资金', <MoneyInput key="fiscalFen" />],
  depreciationMonths: ['折旧年限', <QuantityInput key="depreciationMonths" unit="个月" />],
  acquiredOn: ['取得日期', <LocalDateInput key="acquiredOn" max={todayHere()} />],
  acquiredBy: [
    '取得方式',
    <Select key="acquiredBy" options={acquiringWays.map((value) => ({ value, label: acquiringLabels[value] }))} />,
  ],
  bookedOn: ['财务入账日期', <LocalDateInput key="bookedOn" max={todayHere()} />],
  place: ['存放地点', <Input key="place" maxLength={120} />],
  department: ['使用部门', <Input key="department" maxLength={80} />],
  userName: ['使用人', <Input key="userName" maxLength={40} />],
  custodianName: ['保管人', <Input key="custodianName" maxLength={40} />],
  state: [
    '使用状况',
    <Select key="state" options={settableStates.map((value) => ({ value, label: stateLabels[value] }))} />,
  ],
} as const

/** Puts a wrong or late entry right: the entry stays, the correction counts. */
export function CorrectDialog({ view, event, onClose }: { view: CardView; event: Event; onClose: () => void }) {
  const shown = (Object.keys(fields) as (keyof typeof fields)[]).filter((key) => key in event.changes)
  const initial = Object.fromEntries(shown.map((key) => [key, event.changes[key]]))
  return (
    <Dialog title={`更正${eventKindLabels[event.kind]}（${event.effectiveOn}）`} onClose={onClose}>
      <EntryForm
        operation={contract.correctEvent}
        fixed={{ cardId: view.card.id, version: view.card.version, eventId: event.id }}
        initial={{ effectiveOn: event.effectiveOn, changes: initial }}
        submit="更正"
        onDone={() => {
          tell('已更正，原来的记录仍然保留。')
          onClose()
        }}
        onCancel={onClose}
      >
        <p className="quiet">
          原来的记录不会改动；更正后的内容自变动日期起算。
          {view.openMonth && `影响已结账月份折旧的，差额计入 ${view.openMonth}。`}
        </p>
        {shown.map((key) => (
          <Field key={key} name={['changes', key]} label={fields[key][0]} optional={false}>
            {fields[key][1]}
          </Field>
        ))}
        {event.kind !== 'registered' && (
          <Field name="effectiveOn" label="变动日期">
            <LocalDateInput max={todayHere()} />
          </Field>
        )}
        <Field name="reason" label="更正原因">
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
