import { Input, Select } from 'antd'
import { useState, type ReactNode } from 'react'
import type { Operation } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, YesBox } from '#kernel/web/form/inputs.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import { assetClasses } from '../model/classes.ts'
import { customFieldKindLabels, customFieldKinds, type CustomFieldKind } from '../model/custom-field.ts'
import type { ListedField } from './CustomFieldsPage.tsx'

const classOptions = assetClasses
  .filter(({ edition }) => edition === '2022')
  .map(({ code, name, leaf }) => ({ value: code, label: `${name} ${code}${leaf ? '' : '（全部）'}` }))

/** A new field, or a further version of one; its class and kind are chosen once. */
export function CustomFieldDialog({ field, onClose }: { field: ListedField | null; onClose: () => void }) {
  const [kind, setKind] = useState<CustomFieldKind>(field?.kind ?? 'text')
  const done = (said: string) => {
    tell(said)
    onClose()
  }
  if (field === null)
    return (
      <Dialog title="新建自定义字段" onClose={onClose}>
        <EntryForm
          operation={contract.defineField}
          initial={{ kind: 'text', from: todayHere() }}
          submit="新建"
          invalidates={[contract.customFields as Operation]}
          onValues={(values) => setKind((values.kind as CustomFieldKind | undefined) ?? 'text')}
          onDone={({ name }) => done(`已新建“${name}”。`)}
          onCancel={onClose}
        >
          <Field name="classPrefix" label="资产分类" help="一经新建不能改变。">
            <Select showSearch optionFilterProp="label" options={classOptions} />
          </Field>
          <Field name="kind" label="类型" help="一经新建不能改变。">
            <Select options={customFieldKinds.map((value) => ({ value, label: customFieldKindLabels[value] }))} />
          </Field>
          {terms(kind)}
        </EntryForm>
      </Dialog>
    )
  const { name, unit, required, choices } = field
  return (
    <Dialog title={`修改“${field.name}”`} onClose={onClose}>
      <EntryForm
        operation={contract.reviseField}
        fixed={{ fieldId: field.id, version: field.version }}
        initial={{ name, unit, required, choices, from: todayHere() }}
        submit="保存"
        invalidates={[contract.customFields as Operation]}
        onDone={({ name: now }) => done(`已保存“${now}”，自起用之日按新的要求填写。`)}
        onCancel={onClose}
      >
        {terms(kind)}
      </EntryForm>
    </Dialog>
  )
}

function terms(kind: CustomFieldKind): ReactNode {
  return (
    <>
      <Field name="name" label="字段名称">
        <Input maxLength={30} autoComplete="off" />
      </Field>
      {kind === 'number' && (
        <Field name="unit" label="单位">
          <Input maxLength={10} autoComplete="off" />
        </Field>
      )}
      {kind === 'choice' && (
        <Field name="choices" label="选项" help="一行一个。" optional={false}>
          <LinesInput />
        </Field>
      )}
      <Field name="required" label="是否必填">
        <YesBox>登记时必须填写</YesBox>
      </Field>
      <Field name="from" label="起用日期" help="以前登记的卡片不受影响。">
        <LocalDateInput min={todayHere()} />
      </Field>
      <Field name="reason" label="原因">
        <Input.TextArea rows={2} maxLength={500} />
      </Field>
    </>
  )
}

/** One of several texts a line; blank lines are none. */
function LinesInput({
  id,
  value = [],
  onChange,
}: {
  id?: string
  value?: readonly string[]
  onChange?: (lines: readonly string[]) => void
}) {
  const [typed, setTyped] = useState(value.join('\n'))
  return (
    <Input.TextArea
      {...(id === undefined ? {} : { id })}
      rows={4}
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value)
        onChange?.(
          target.value
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean),
        )
      }}
    />
  )
}

export function RetireFieldDialog({ field, onClose }: { field: ListedField; onClose: () => void }) {
  return (
    <Dialog title={`停用“${field.name}”`} onClose={onClose}>
      <EntryForm
        operation={contract.retireField}
        fixed={{ fieldId: field.id, version: field.version }}
        initial={{ from: todayHere() }}
        submit="停用"
        invalidates={[contract.customFields as Operation]}
        onDone={() => {
          tell(`已停用“${field.name}”。`)
          onClose()
        }}
        onCancel={onClose}
      >
        <p className="quiet">停用后不再填写；卡片上已有的内容仍然保留和显示。</p>
        <Field name="from" label="停用日期">
          <LocalDateInput min={todayHere()} />
        </Field>
        <Field name="reason" label="原因">
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}
