import { Input, Select } from 'antd'
import { Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, YesBox } from '#kernel/web/form/inputs.tsx'
import type { DetailField } from '../model/detail.ts'

/** A field of the class's own detail, or one that the authority defined for it. */
export function DetailEntry({ field, under = 'detail' }: { field: DetailField; under?: string }) {
  return (
    <Field name={[under, field.key]} label={field.title} optional={field.required !== true}>
      {controlOfDetail(field)}
    </Field>
  )
}

function controlOfDetail(field: DetailField) {
  switch (field.kind) {
    case 'choice':
      return <Select allowClear options={(field.choices ?? []).map((choice) => ({ value: choice, label: choice }))} />
    case 'yes-no':
      return <YesBox>{field.title}</YesBox>
    case 'date':
      return <LocalDateInput />
    case 'number':
      return <NumberEntry unit={field.unit ?? ''} />
    case 'text':
      return <Input maxLength={200} autoComplete="off" />
  }
}

/** A number with decimals: what is typed stays, what is no number is told by the form. */
function NumberEntry({
  id,
  unit,
  value,
  onChange,
}: {
  id?: string
  unit: string
  value?: number | string | null
  onChange?: (value: number | string | null) => void
}) {
  return (
    <Input
      {...(id === undefined ? {} : { id })}
      className="number-input"
      inputMode="decimal"
      autoComplete="off"
      suffix={unit}
      value={value ?? ''}
      onChange={({ target }) => {
        const typed = target.value.trim()
        onChange?.(typed === '' ? null : /^-?\d+(\.\d*[1-9])?$/.test(typed) ? Number(typed) : typed)
      }}
    />
  )
}
