import { addDays, isLocalDate, type LocalDate } from './local-date.ts'
import { formatYuan, parseMoney, type MoneyUnit } from './money.ts'

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
      return exactDecimal(cell.number)
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
  return text
    .normalize('NFKC')
    .replace(/[\s\u00a0\u200b-\u200f\ufeff]+/g, ' ')
    .trim()
}

/** Whatever has one of these is not blank: told without the cost of {@link plainText}, for millions of cells. */
const written = /[0-9A-Za-z\u4e00-\u9fff]/

export function isBlank(cell: RawCell): boolean {
  return cell.kind === 'empty' || (cell.kind === 'text' && !written.test(cell.text) && plainText(cell.text) === '')
}

export function readText(cell: RawCell, longest = 1000): Reading<string> {
  if (isBlank(cell)) return read<string>(null)
  if (cell.kind === 'error') return wrong(`单元格是错误值“${cell.text}”。请在表格中改正后重新导入。`)
  const text = shownCell(cell)
    .replace(/[\u200b-\u200f\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return text.length > longest ? wrong(`文字有${text.length}个字，最多${longest}个。请精简。`) : read(text)
}

/** Fifteen digits are what a sheet holds: `0.1+0.2` in a formula is 0.3. */
function exactDecimal(number: number): string {
  return String(Number(number.toPrecision(15)))
}

/** What a format writes behind its number: `0.00"万元"` shows 3 as 3.00万元, `0.0%` shows 0.05 as 5.0%. */
function shownUnit(format: string): '万元' | '%' | null {
  const shown = (format.split(';')[0] as string).replace(/\[[^[\]]*\]/g, '')
  // A comma behind the digits, or a point that is only drawn, scales the display: the number itself is in 元.
  if (shown.includes('万')) return /[0#?],+(?![0#?])|[!\\]\./.test(shown) ? null : '万元'
  return shown.replace(/"[^"]*"|[\\!]./g, '').includes('%') ? '%' : null
}

const misread = (cell: RawCell): { problem: string } => wrong(`应为数字，现为“${shownCell(cell).trim()}”。请改为数字。`)

/** Why no number may be read from a cell whatever stands in it. */
function unusable(cell: RawCell): { problem: string } | null {
  if (cell.kind === 'error') return wrong(`单元格是错误值“${cell.text}”。请在表格中改正后重新导入。`)
  if (cell.repeated) return wrong(`与其他单元格合并，“${shownCell(cell).trim()}”只填了一次。请取消合并，分别填写。`)
  return cell.kind === 'number' || cell.kind === 'text' ? null : misread(cell)
}

/** Number with what stood around it: `３台` is 3 and 台, `1.2万册` is 12000 and 册; `约40` is no number. */
function numberIn(cell: RawCell): { number: number; unit: string; changed: boolean } | { problem: string } {
  const problem = unusable(cell)
  if (problem) return problem
  if (cell.kind === 'number') {
    if (!Number.isFinite(cell.number)) return wrong('不是数字。')
    const percent = shownUnit(cell.format ?? '') === '%'
    return {
      number: Number(exactDecimal(percent ? cell.number * 100 : cell.number)),
      unit: percent ? '%' : '',
      changed: percent,
    }
  }
  const text = plainText((cell as { text: string }).text)
  const match = /^([-+]?) ?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+) ?([万亿]?)((?:[\p{L}%/·]|(?<=m)[23])*)$/u.exec(
    text,
  )
  // 千瓦时 is a unit, 三百 left behind a digit is half a number.
  if (!match || /^(十|百|拾|佰|[千仟](?![瓦克米卡伏安字]))/.test(match[4] as string)) return misread(cell)
  const scale = match[3] === '万' ? 10_000 : match[3] === '亿' ? 100_000_000 : 1
  const number = Number(exactDecimal(Number(`${match[1]}${(match[2] as string).replaceAll(',', '')}`) * scale))
  const unit = (match[4] as string).replace(/([kcd]?)m([23])/g, (whole, prefix: string, power: string) =>
    prefix === '' ? (power === '2' ? '㎡' : 'm³') : whole,
  )
  return { number, unit, changed: !/^\d+(\.\d+)?$/.test((cell as { text: string }).text.trim()) }
}

function counted(cell: RawCell, decimals: 0 | 2): Reading<number> & { unit?: string } {
  if (isBlank(cell)) return read<number>(null)
  const found = numberIn(cell)
  if ('problem' in found) return found
  const { number, unit } = found
  if (number < 0) return wrong(`数量不能为负，现为${number}。请改正。`)
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER / 100) return wrong('数量过大。请核对。')
  const rounded = decimals === 0 ? Math.round(number) : Math.round(number * 100) / 100
  if (Math.abs(rounded - number) > 1e-8)
    return wrong(decimals === 0 ? `应为整数，现为${number}。` : `数量最多两位小数，现为${number}。`)
  return {
    value: rounded,
    note: found.changed ? `“${shownCell(cell).trim()}”读作${rounded}${unit}` : null,
    ...(unit ? { unit } : {}),
  }
}

/** A whole number of 0 or more; a unit written with it is told apart. */
export function readInteger(cell: RawCell): Reading<number> & { unit?: string } {
  return counted(cell, 0)
}

/** A quantity of 0 or more with at most two decimals; a unit written with it is told apart. */
export function readQuantity(cell: RawCell): Reading<number> & { unit?: string } {
  return counted(cell, 2)
}

/** Money as integer 分. `unit` is what the column says its numbers are in; a unit shown in the cell itself wins. */
export function readMoney(cell: RawCell, unit: MoneyUnit = '元'): Reading<number> {
  if (isBlank(cell)) return read<number>(null)
  const problem = unusable(cell)
  if (problem) return problem
  const shown = cell.kind === 'number' ? shownUnit(cell.format ?? '') : null
  if (shown === '%')
    return wrong(`应为金额，现为百分比${exactDecimal((cell as { number: number }).number * 100)}%。请改正。`)
  const asked = shown ?? unit
  // A number finer than a ten-millionth is written with an exponent; it is finer than a 分 in every unit.
  const written = shownCell(cell)
  const text =
    cell.kind === 'number' && written.includes('e-')
      ? `${written.startsWith('-') ? '-' : ''}0.000000000000001`
      : cell.kind === 'number' && written.includes('e+')
        ? '9'.repeat(30)
        : written
  const found = parseMoney(text, { unit: asked })
  if ('problem' in found) return wrong(`${found.problem}请改正。`)
  const plain = cell.kind === 'number' || /^(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/.test(text.trim())
  return read(
    found.fen,
    plain && asked === '元' ? null : `“${shownCell(cell).trim()}${shown ?? ''}”读作${formatYuan(found.fen)}元`,
  )
}

/** Days that a sheet counts from 1899-12-30; of a number only those of 1950 to 2099 are taken for one. */
const [firstSerial, lastSerial] = [18_264, 73_050]

/** A law date: as a date cell or its serial, `2026-3-12`, `2026/3/12`, `2026.3.12`, `2026年3月12日`, `20260312`; a time of day is left out. */
export function readDate(cell: RawCell): Reading<LocalDate> {
  if (isBlank(cell)) return read<LocalDate>(null)
  if (cell.kind === 'date') return read(cell.date)
  const shown = shownCell(cell).trim()
  if (cell.kind === 'number' && cell.number >= firstSerial && cell.number < lastSerial + 1) {
    const date = addDays('1899-12-30', Math.floor(cell.number))
    return read(date, `日期序号${shown}读作${date}`)
  }
  const text = plainText(shown)
    .replace(/[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/, '')
    .replace(/\s/g, '')
  const match = /^(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?$/.exec(text)
  const eight = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  const [year, month, day] = match ? [match[1], match[3], match[5]] : eight ? eight.slice(1) : []
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  if (!isLocalDate(date)) return wrong(`应为日期（如2026-03-12），现为“${shown}”。请改正。`)
  return read(date, shown === date ? null : `“${shown}”读作${date}`)
}

/** 是, 否, √ and their like; null for an empty cell. */
export function readYesNo(cell: RawCell): Reading<boolean> {
  if (isBlank(cell)) return read<boolean>(null)
  if (cell.kind === 'boolean') return read(cell.value)
  const text = plainText(shownCell(cell)).toLowerCase()
  if (['是', '√', '✓', 'y', 'yes', '1', '有'].includes(text)) return read(true)
  if (['否', '×', '✗', 'x', 'n', 'no', '0', '无'].includes(text)) return read(false)
  return wrong(`应为“是”或“否”，现为“${shownCell(cell).trim()}”。`)
}

export type Choice<V> = { value: V; label: string; also?: readonly string[] }

/** One of a list, by its label or another name it goes by. */
export function readChoice<V>(cell: RawCell, choices: readonly Choice<V>[], what: string): Reading<V> {
  if (isBlank(cell)) return read<V>(null)
  const key = (text: string) =>
    plainText(text)
      .replace(/[\s()()、,]/g, '')
      .toLowerCase()
  const asked = key(shownCell(cell))
  const exact = choices.find(({ label }) => key(label) === asked)
  if (exact) return read(exact.value)
  const alias = choices.find(({ also }) => also?.some((name) => key(name) === asked))
  if (alias) return read(alias.value, `“${shownCell(cell).trim()}”读作“${alias.label}”`)
  return wrong(`没有“${shownCell(cell).trim()}”这个${what}。可填：${choices.map(({ label }) => label).join('、')}。`)
}
