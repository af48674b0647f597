import { Select } from 'antd'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import type { CountView } from './CountPage.tsx'

/** Who counts. */
export function TeamDialog({ view: { count, team }, onClose }: { view: CountView; onClose: () => void }) {
  const { data } = useFetchedLater(contract.scopeChoices, {})
  return (
    <Dialog title="调整盘点小组" onClose={onClose}>
      <EntryForm
        operation={contract.changeTeam}
        fixed={{ countId: count.id, version: count.version }}
        initial={{ team: team.map(({ id }) => id) }}
        submit="保存"
        onDone={() => {
          tell('已调整盘点小组。')
          onClose()
        }}
        onCancel={onClose}
      >
        <Field name="team" label="盘点小组">
          <Select
            mode="multiple"
            optionFilterProp="label"
            options={(data?.people ?? team).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
