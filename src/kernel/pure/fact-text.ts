import { formatYuan } from './money.ts'

/** Facts as people read them, on screens, in explanations and in print alike: rules reckon in 分, people read yuan. */

/** `单价（分）` → `单价（元）`. */
export function factLabel(label: string): string {
  return label.replace('（分）', '（元）')
}

/** The value of a fact in words; `label` says whether it is an amount in 分. */
export function factText(label: string, value: string | number | boolean | null): string {
  if (value === null || value === '') return '无'
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return value
  return label.includes('（分）') ? formatYuan(value) : numberText(value)
}

/** A number with separators and every decimal it has: `12,000`, `36.125`. */
function numberText(value: number): string {
  const [whole = '', fraction] = String(value).split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`
}
