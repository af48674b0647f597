import { isLocalDate, type LocalDate } from './local-date.ts'
import { formatYuan } from './money.ts'

/**
 * A cell as the workbook holds it; a formula stands for its last result. `repeated` marks the cells of a merge after its
 * first: they show a value that was entered once.
 */
export type RawCell =
  | { kind: 'empty'; repeated?: true }
  | { kind: 'text'; text: string; repeated?: true }
  /** `format` as the sheet shows it (`#,##0.00`), left out for the general one. */
  | { kind: 'number'; number: number; format?: string; repeated?: true }
  | { kind: 'date'; date: LocalDate; repeated?: true }
  | { kind: 'boolean'; value: boolean; repeated?: true }
  /** An error of the sheet (#REF!), or a formula nobody has computed. */
  | { kind: 'error'; text: string; repeated?: true }

export const emptyCell: RawCell = { kind: 'empty' }

/**
 * What a cell means: a value (null for an empty cell), with a note where something was understood rather than read, or
 * what is wrong, in Chinese. Accepts what a careful clerk would accept, and nothing that could be two things.
 */
export type Reading<T> = { value: T | null; note: string | null } | { problem: string }

const read = <T>(value: T | null, note: string | null = null): Reading<T> => ({ value, note })
const wrong = (problem: string): { problem: string } => ({ problem })

/** A cell as one would read it aloud; for messages and for text columns. */
export function shownCell(cell: RawCell): string {
  switch (cell.kind) {
    case 'empty':
      return ''
    case 'text':
      return cell.text
    case 'number':
      return String(cell.number)
    case 'date':
      return cell.date
    case 'boolean':
      return cell.value ? '是' : '否'
    case 'error':
      return cell.text
  }
}

/** Full-width signs, odd blanks and line ends as everybody else writes them. */
export function plainText(text: string): string {
  return text.normalize('NFKC').replace(/[\s\u00a0\u200b-\u200f\ufeff]+/g, ' ').trim()
}

export function isBlank(cell: RawCell): boolean {
  return cell.kind === 'empty' || (cell.kind === 'text' && plainText(cell.text) === '')
}

export function readText(cell: RawCell, longest = 1000): Reading<string> {
  if (isBlank(cell)) return read<string>(null)
  if (cell.kind === 'error') return wrong(`单元格是错误值“${cell.text}”。请在表格中改正后重新导入。`)
  const text = shownCell(cell).replace(/[\u200b-\u200f\ufeff]/g, '').replace(/\s+/g, ' ').trim()
  return text.length > longest ? wrong(`文字有${text.length}个字,最多${longest}个。请精简。`) : read(text)
}

/** Number with what stood around it: `３台` is 3 and 台; `约40` is no number. */
function numberIn(cell: RawCell): { number: number; unit: string; changed: boolean } | { problem: string } {
  if (cell.kind === 'number') return Number.isFinite(cell.number) ? { number: cell.number, unit: '', changed: false } : wrong('不是数字。')
  if (cell.kind === 'error') return wrong(`单元格是错误值“${cell.text}”。请在表格中改正后重新导入。`)
  if (cell.kind !== 'text') return wrong(`应为数字,现为“${shownCell(cell)}”。`)
  const text = plainText(cell.text)
  const match = /^[¥¥]?\s*(-?)\s*((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)\s*([\p{L}㎡%/²]*)$/u.exec(text)
  if (!match) return wrong(`应为数字,现为“${cell.text.trim()}”。请改为数字。`)
  const number = Number(`${match[1]}${(match[2] as string).replaceAll(',', '')}`)
  return { number, unit: match[3] ?? '', changed: text !== String(number) }
}

/** A quantity of at most two decimals; a unit written with it is told apart. */
export function readQuantity(cell: RawCell): Reading<number> & { unit?: string } {
  if (isBlank(cell)) return read<number>(null)
  const found = numberIn(cell)
  if ('problem' in found) return found
  const scale = found.unit === '万' ? 10_000 : 1
  const number = found.number * scale
  if (number < 0) return wrong(`数量不能为负,现为${number}。请改正。`)
  if (Math.abs(Math.round(number * 100) - number * 100) > 1e-6) return wrong(`数量最多两位小数,现为${number}。`)
  const unit = scale === 1 ? found.unit : ''
  return { value: Math.round(number * 100) / 100, note: found.changed ? `“${shownCell(cell).trim()}”读作${number}` : null, ...(unit ? { unit } : {}) }
}

const moneyUnits: Readonly<Record<string, number>> = { '': 1, 元: 1, 块: 1, 千元: 1000, 万: 10_000, 万元: 10_000, 亿: 100_000_000, 亿元: 100_000_000 }

/** Money as integer 分. `unit` is what the column says its numbers are in; a unit in the cell itself wins. */
export function readMoney(cell: RawCell, unit: '元' | '万元' = '元'): Reading<number> {
  if (isBlank(cell)) return read<number>(null)
  const found = numberIn(cell)
  if ('problem' in found) return found
  const factor = moneyUnits[found.unit]
  if (factor === undefined) return wrong(`看不懂金额单位“${found.unit}”。请改为以元为单位的数字。`)
  const scale = found.unit === '' ? (unit === '万元' ? 10_000 : 1) : factor
  const exact = found.number * scale * 100
  const fen = Math.round(exact)
  if (fen < 0) return wrong(`金额不能为负,现为${shownCell(cell).trim()}。请改正。`)
  if (Math.abs(exact - fen) > 1e-3) return wrong(`金额精确到分,现为${shownCell(cell).trim()}。`)
  if (fen > Number.MAX_SAFE_INTEGER) return wrong('金额过大。请核对。')
  return read(fen, found.changed || scale !== 1 ? `“${shownCell(cell).trim()}”读作${formatYuan(fen)}元` : null)
}

/** A law date: as a date cell, `2026-3-12`, `2026/3/12`, `2026.3.12`, `2026年3月12日`, `20260312`. */
export function readDate(cell: RawCell): Reading<LocalDate> {
  if (isBlank(cell)) return read<LocalDate>(null)
  if (cell.kind === 'date') return read(cell.date)
  const text = plainText(shownCell(cell)).replace(/\s/g, '')
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  const date = match ? `${match[1]}-${(match[2] as string).padStart(2, '0')}-${(match[3] as string).padStart(2, '0')}` : ''
  if (!isLocalDate(date)) return wrong(`应为日期(如2026-03-12),现为“${shownCell(cell).trim()}”。请改正。`)
  return read(date, text === date ? null : `“${shownCell(cell).trim()}”读作${date}`)
}

export function readYesNo(cell: RawCell): Reading<boolean> {
  if (isBlank(cell)) return read<boolean>(null)
  if (cell.kind === 'boolean') return read(cell.value)
  const text = plainText(shownCell(cell)).toLowerCase()
  if (['是', '√', '✓', 'y', 'yes', '1', '有'].includes(text)) return read(true)
  if (['否', '×', '✗', 'x', 'n', 'no', '0', '无'].includes(text)) return read(false)
  return wrong(`应为“是”或“否”,现为“${shownCell(cell).trim()}”。`)
}

export type Choice<V> = { value: V; label: string; also?: readonly string[] }

/** One of a list, by its label or another name it goes by. */
export function readChoice<V>(cell: RawCell, choices: readonly Choice<V>[], what: string): Reading<V> {
  if (isBlank(cell)) return read<V>(null)
  const key = (text: string) => plainText(text).replace(/[\s()()、,]/g, '').toLowerCase()
  const asked = key(shownCell(cell))
  const exact = choices.find(({ label }) => key(label) === asked)
  if (exact) return read(exact.value)
  const alias = choices.find(({ also }) => also?.some((name) => key(name) === asked))
  if (alias) return read(alias.value, `“${shownCell(cell).trim()}”读作“${alias.label}”`)
  return wrong(`没有“${shownCell(cell).trim()}”这个${what}。可填:${choices.map(({ label }) => label).join('、')}。`)
}
