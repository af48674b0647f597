import { Input, Select } from 'antd'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { contract } from '../contract.ts'

/** Offers the cards chosen to a person of the organ, who signs for them. */
export function OfferDialog({ cardIds, onClose }: { cardIds: readonly string[]; onClose: () => void }) {
  const go = useGo()
  const { data } = useFetchedLater(contract.receivers, {})
  return (
    <Dialog title={`交接 ${cardIds.length} 件资产`} onClose={onClose}>
      <EntryForm
        operation={contract.offerHandover}
        fixed={{ cardIds: [...cardIds] }}
        submit="发起交接"
        onDone={({ handover }) => go(`/assets/handovers/${handover.id}`)}
        onCancel={onClose}
      >
        <Field name="toPersonId" label="接收人" help="接收人核对后签收，签收之日起由其保管。">
          <Select
            showSearch
            optionFilterProp="label"
            loading={data === undefined}
            options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field name="reason" label="交接原因">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
