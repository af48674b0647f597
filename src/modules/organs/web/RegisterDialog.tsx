import { Select } from 'antd'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput } from '#kernel/web/form/inputs.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { contract } from '../contract.ts'
import { isWithin, type Jurisdiction } from '../model.ts'
import { DocumentField, OrganFields, tellDone } from './OrganFields.tsx'

/** Registers an organ of the own level; the province also registers the authority of a lower one. */
export function RegisterDialog({
  jurisdictions,
  onClose,
}: {
  jurisdictions: readonly Jurisdiction[]
  onClose: () => void
}) {
  const go = useGo()
  const { organ } = useMe()
  const own = organ?.jurisdictionCode ?? ''
  const offered = jurisdictions.filter(
    ({ code, functionalZone }) =>
      !functionalZone && (code === own || (organ?.level === 'province' && isWithin(code, own))),
  )
  return (
    <Dialog title="登记机关" wide onClose={onClose}>
      <EntryForm
        operation={contract.registerOrgan}
        initial={{
          jurisdictionCode: own,
          validFrom: todayHere(),
          parts: [],
          inCompound: false,
          secretUnit: false,
          tradeUnion: false,
        }}
        submit="登记机关"
        invalidates={['organs']}
        onDone={({ organ: made, findings }) => (tellDone('已登记机关。', findings), go(`/organs/${made.id}`))}
        onCancel={onClose}
      >
        <Field
          name="jurisdictionCode"
          label="行政区划"
          {...(offered.length > 1 ? { help: '下级只能登记其机关事务管理部门，其他机关由该部门登记。' } : {})}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={offered.map(({ code, name }) => ({ value: code, label: name }))}
          />
        </Field>
        <OrganFields />
        <Field name="validFrom" label="设立日期">
          <LocalDateInput />
        </Field>
        <DocumentField />
      </EntryForm>
    </Dialog>
  )
}
