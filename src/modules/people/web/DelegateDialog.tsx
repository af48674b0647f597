import { Input, Select } from 'antd'
import { roleLabels } from '#kernel/pure/actor.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import type { Holding } from '../model.ts'

/** Gives a role of one's own to a colleague of the same organ, for a period. */
export function DelegateDialog({ holding, onClose }: { holding: Holding; onClose: () => void }) {
  const { data } = useFetchedLater(contract.people, { organId: holding.organId, limit: 200 })
  const colleagues = (data?.items ?? []).filter(({ id }) => id !== holding.personId)
  return (
    <Dialog title={`委托：${roleLabels[holding.role]}`} onClose={onClose}>
      <EntryForm
        operation={contract.delegateRole}
        fixed={{ holdingId: holding.id }}
        initial={{ validFrom: todayHere() }}
        submit="委托"
        onDone={() => (tell('已委托。'), onClose())}
        onCancel={onClose}
      >
        <Field name="personId" label="受托人">
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={colleagues.map(({ id, name, post }) => ({ value: id, label: post ? `${name}（${post}）` : name }))}
          />
        </Field>
        <Field name="validFrom" label="自">
          <LocalDateInput />
        </Field>
        <Field name="validUntil" label="至">
          <LocalDateInput />
        </Field>
        <Field name="document" label="依据文件">
          <Input maxLength={200} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
