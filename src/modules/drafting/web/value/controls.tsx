import { Button, Input, Radio, Select } from 'antd'
import type { ReactNode } from 'react'
import { MoneyInput, QuantityInput } from '#kernel/web/form/inputs.tsx'

/** What a form gives its control. */
export type Bound<T> = { id?: string; value?: T; onChange?: (value: T) => void; 'aria-label'?: string }

export function YesNo({ id, value, onChange, yes = '是', no = '否' }: Bound<boolean> & { yes?: string; no?: string }) {
  return (
    <Radio.Group
      {...(id === undefined ? {} : { id })}
      value={value ?? false}
      onChange={(event) => onChange?.(event.target.value as boolean)}
      options={[
        { value: true, label: yes },
        { value: false, label: no },
      ]}
    />
  )
}

/** Clauses, one a line. */
export function LinesInput({ id, value, onChange }: Bound<readonly string[]>) {
  return (
    <Input.TextArea
      {...(id === undefined ? {} : { id })}
      autoSize={{ minRows: 4, maxRows: 16 }}
      value={(value ?? []).join('\n')}
      onChange={(event) => onChange?.(event.target.value === '' ? [] : event.target.value.split('\n'))}
      onBlur={() => onChange?.((value ?? []).map((line) => line.trim()).filter((line) => line !== ''))}
    />
  )
}

/** One choice of few words; `null` where nothing is chosen. */
export function Choice<V extends string>({
  id,
  value,
  onChange,
  labels,
  none,
}: Bound<V | null> & { labels: Readonly<Record<V, string>>; none?: string }) {
  return (
    <Select<V | ''>
      {...(id === undefined ? {} : { id })}
      value={value ?? ''}
      onChange={(chosen) => onChange?.(chosen === '' ? null : chosen)}
      options={[
        ...(none === undefined ? [] : [{ value: '' as const, label: none }]),
        ...(Object.entries(labels) as [V, string][]).map(([choice, label]) => ({ value: choice, label })),
      ]}
    />
  )
}

export type CellKind =
  | { kind: 'text' }
  | { kind: 'money' }
  | { kind: 'number'; unit: string; none?: boolean }
  | { kind: 'choices'; labels: Readonly<Record<string, string>> }
export type RowColumn = CellKind & { key: string; label: string }

type Row = Record<string, unknown>

/** Rows of a value (brackets, tiers, rooms, alternatives), each with its own labelled cells. */
export function RowsInput({
  value,
  onChange,
  columns,
  blank,
  add,
}: Bound<readonly Row[]> & { columns: readonly RowColumn[]; blank: Row; add: string }) {
  const rows = value ?? []
  const put = (index: number, row: Row) => onChange?.(rows.map((one, place) => (place === index ? row : one)))
  return (
    <div className="rows-input">
      {rows.map((row, index) => (
        <fieldset key={index}>
          <legend>第 {index + 1} 档</legend>
          {columns.map((column) => (
            <Cell
              key={column.key}
              column={column}
              place={index + 1}
              value={row[column.key]}
              onChange={(cell) => put(index, { ...row, [column.key]: cell })}
            />
          ))}
          <Button size="small" onClick={() => onChange?.(rows.filter((_, place) => place !== index))}>
            删除
          </Button>
        </fieldset>
      ))}
      <Button onClick={() => onChange?.([...rows, blank])}>{add}</Button>
    </div>
  )
}

function Cell({
  column,
  place,
  value,
  onChange,
}: {
  column: RowColumn
  place: number
  value: unknown
  onChange: (value: unknown) => void
}): ReactNode {
  const label = { 'aria-label': `第 ${place} 档 ${column.label}` }
  const control = () => {
    switch (column.kind) {
      case 'text':
        return <Input {...label} value={String(value ?? '')} onChange={(event) => onChange(event.target.value)} />
      case 'money':
        return <MoneyInput {...label} value={(value ?? null) as number | null} onChange={onChange} />
      case 'number':
        return (
          <QuantityInput {...label} unit={column.unit} value={(value ?? null) as number | null} onChange={onChange} />
        )
      case 'choices':
        return (
          <Select
            {...label}
            mode="multiple"
            value={(value ?? []) as string[]}
            onChange={onChange}
            options={Object.entries(column.labels).map(([choice, words]) => ({ value: choice, label: words }))}
          />
        )
    }
  }
  return (
    <label className="rows-cell">
      <span>{column.label}</span>
      {control()}
    </label>
  )
}
