import { Input, Select } from 'antd'
import type { CustomField } from '../model/custom-field.ts'

/** Whether a list narrowed to a class may be narrowed further by a field: it is of that class or of a branch above it. */
export const narrows = (field: Pick<CustomField, 'classPrefix'>, classPrefix: string): boolean =>
  classPrefix.startsWith(field.classPrefix)

type Narrowed = { field?: string | undefined; fieldText?: string | undefined }

/** Narrows the list by a custom field of the class chosen: that it is filled in, or with what. */
export function CustomFieldFilter({
  fields,
  filter,
  onChange,
}: {
  fields: readonly CustomField[]
  filter: Narrowed
  onChange: (change: Narrowed) => void
}) {
  const field = fields.find(({ id }) => id === filter.field)
  return (
    <>
      <Select
        aria-label="自定义字段"
        style={{ width: 150 }}
        allowClear
        placeholder="自定义字段"
        value={field?.id}
        onChange={(id: string | undefined) => onChange({ field: id, fieldText: undefined })}
        options={fields.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {field?.kind === 'choice' && (
        <Select
          aria-label={field.name}
          style={{ width: 130 }}
          allowClear
          placeholder="已填写"
          value={filter.fieldText}
          onChange={(fieldText: string | undefined) => onChange({ field: field.id, fieldText })}
          options={field.choices.map((choice) => ({ value: choice, label: choice }))}
        />
      )}
      {field && field.kind !== 'choice' && (
        <Input.Search
          aria-label={field.name}
          style={{ width: 150 }}
          allowClear
          placeholder={`${field.name}${field.unit ? `（${field.unit}）` : ''}`}
          key={filter.fieldText ?? ''}
          defaultValue={filter.fieldText}
          onSearch={(text) => onChange({ field: field.id, fieldText: text.trim() === '' ? undefined : text.trim() })}
        />
      )}
    </>
  )
}
