import { Input, Select } from 'antd'
import { useState } from 'react'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetchedLater } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { contract } from '../contract.ts'

/** Lends the cards chosen to a person of the organ, or to another organ of the level, until a day. */
export function LendDialog({ cardIds, onClose }: { cardIds: readonly string[]; onClose: () => void }) {
  const go = useGo()
  const { organ } = useMe()
  const [organId, setOrganId] = useState(organ?.id)
  const { data } = useFetchedLater(contract.borrowers, organId === undefined ? null : { organId })
  const other = organId !== organ?.id
  return (
    <Dialog title={`借出 ${cardIds.length} 件资产`} onClose={onClose}>
      <EntryForm
        operation={contract.offerLoan}
        fixed={{ cardIds: [...cardIds] }}
        {...(organ ? { initial: { organId: organ.id } } : {})}
        submit="办理借用"
        onValues={(values) => setOrganId(values.organId ?? organ?.id)}
        onDone={({ loan }) => go(`/assets/loans/${loan.id}`)}
        onCancel={onClose}
      >
        <Field name="organId" label="借用机关" optional={false}>
          <Select
            showSearch
            optionFilterProp="label"
            options={(data?.organs ?? (organ ? [organ] : [])).map(({ id, name }) => ({
              value: id,
              label: id === organ?.id ? `${name}（本机关）` : name,
            }))}
          />
        </Field>
        <Field name="toPersonId" label="借用人" help="借用人核对后签收；资产仍由原保管人管理，不变更持有机关。">
          <Select
            key={organId ?? ''}
            showSearch
            optionFilterProp="label"
            loading={data === undefined}
            options={(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Field>
        <Field name="dueOn" label="归还日期" help="不超过标准规定的出借最长期限；到期前后提醒借用人和保管人。">
          <LocalDateInput />
        </Field>
        <Field name="reason" label="用途">
          <Input.TextArea rows={2} maxLength={300} />
        </Field>
        {other ? (
          <Field name="document" label="批准文号" optional={false} help="借给其他机关的，按规定报批后填写。">
            <Input maxLength={200} autoComplete="off" />
          </Field>
        ) : (
          <></>
        )}
      </EntryForm>
    </Dialog>
  )
}
