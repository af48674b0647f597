import { Select } from 'antd'
import { todayHere } from '../dates.ts'

/** Years a list is narrowed to: next year and the four before it, and the year asked for by an address. */
export function YearFilter({
  value,
  onChange,
}: {
  value: number | undefined
  onChange: (year: number | undefined) => void
}) {
  const next = Number(todayHere().slice(0, 4)) + 1
  const years = new Set([next, next - 1, next - 2, next - 3, next - 4, ...(value === undefined ? [] : [value])])
  return (
    <Select
      aria-label="年度"
      style={{ width: 120 }}
      value={value ?? 0}
      onChange={(chosen) => onChange(chosen === 0 ? undefined : chosen)}
      options={[
        { value: 0, label: '全部年度' },
        ...[...years].toSorted((a, b) => b - a).map((year) => ({ value: year, label: `${year} 年` })),
      ]}
    />
  )
}

/**
 * Narrows a list to one of a kind; the first choice is all of them.
 * @param label names the filter, as in 状态: `全部状态` is the first choice
 * @param labels what can be chosen, with its words, in the order shown
 */
export function ChoiceFilter<V extends string>({
  label,
  labels,
  value,
  onChange,
  width = 160,
}: {
  label: string
  labels: Readonly<Record<V, string>>
  value: V | undefined
  onChange: (value: V | undefined) => void
  width?: number
}) {
  return (
    <Select<V | ''>
      aria-label={label}
      style={{ width }}
      value={value ?? ''}
      onChange={(chosen) => onChange(chosen === '' ? undefined : chosen)}
      options={[
        { value: '', label: `全部${label}` },
        ...(Object.entries(labels) as [V, string][]).map(([choice, words]) => ({ value: choice, label: words })),
      ]}
    />
  )
}
