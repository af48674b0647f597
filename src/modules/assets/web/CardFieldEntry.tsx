import { Input, Select } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, MoneyInput, QuantityInput } from '#kernel/web/form/inputs.tsx'
import { cardField, type CardFieldName, type FieldKind } from '../model/fields.ts'

/** The control a field is entered with. */
export function controlOf(field: FieldKind, { unit = '', clearable = true } = {}): ReactElement {
  switch (field.kind) {
    case 'text':
      return <Input maxLength={field.longest} autoComplete="off" />
    case 'long-text':
      return <Input.TextArea rows={2} maxLength={field.longest} />
    case 'money':
      return <MoneyInput />
    case 'count':
      return <QuantityInput unit={unit || '件'} />
    case 'months':
      return <QuantityInput unit="个月" />
    case 'date':
      return <LocalDateInput {...(field.past ? { max: todayHere() } : {})} />
    case 'choice':
      return (
        <Select
          allowClear={clearable}
          options={field.values.map((value) => ({ value, label: field.labels[value] ?? value }))}
        />
      )
  }
}

/** A field of a card in a form: title, control and limits as the one description of fields says. */
export function CardFieldEntry({
  name,
  under,
  label,
  help,
  unit,
  optional,
}: {
  name: CardFieldName
  /** The part of the input it stands in: `changes`. */
  under?: string
  /** In place of its title, where a form means it more closely: 变动后原值. */
  label?: string
  help?: ReactNode
  unit?: string | undefined
  optional?: boolean
}) {
  const field = cardField(name)
  return (
    <Field
      name={under === undefined ? name : [under, name]}
      label={label ?? field.title}
      help={help}
      {...(optional === undefined ? {} : { optional })}
    >
      {controlOf(field, { ...(unit ? { unit } : {}), clearable: under === undefined })}
    </Field>
  )
}

/** Several of them, in that order. */
export function CardFieldEntries({
  names,
  ...rest
}: { names: readonly CardFieldName[] } & Omit<Parameters<typeof CardFieldEntry>[0], 'name' | 'label' | 'help'>) {
  return names.map((name) => <CardFieldEntry key={name} name={name} {...rest} />)
}
