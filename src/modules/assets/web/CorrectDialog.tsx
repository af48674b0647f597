import { Input } from 'antd'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { eventKindLabels } from '../model.ts'
import type { CardFieldName } from '../model/fields.ts'
import { CardFieldEntries } from './CardFieldEntry.tsx'
import type { CardView } from './CardPage.tsx'

type Event = CardView['events'][number]

/** What is corrected; a registration offers what is most often entered wrongly. */
const corrected: readonly CardFieldName[] = [
  'name',
  'model',
  'serialNumber',
  'costFen',
  'fiscalFen',
  'depreciationMonths',
  'acquiredOn',
  'acquiredBy',
  'bookedOn',
  'place',
  'department',
  'userName',
  'custodianName',
  'state',
]

/** Puts a wrong or late entry right: the entry stays, the correction counts. */
export function CorrectDialog({ view, event, onClose }: { view: CardView; event: Event; onClose: () => void }) {
  const shown = corrected.filter((key) => key in event.changes)
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
        <CardFieldEntries names={shown} under="changes" optional={false} />
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
