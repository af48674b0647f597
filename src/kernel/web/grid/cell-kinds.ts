import { quantityText, readNumber, readYuan, yuanText } from '../money.ts'
import type { GridRow } from './grid-state.ts'

export type Choice = {
  value: string
  label: string
  /** Further words it is found by: code, short name. */
  words?: string
}

export type GridColumn = {
  key: string
  title: string
  /** `money` is typed in yuan; `readonly` is shown, never typed. */
  kind: 'text' | 'number' | 'money' | 'choice' | 'readonly'
  unit?: string
  width?: number
  choices?: readonly Choice[]
  /** Text of a readonly column that is reckoned from the row. */
  show?: (row: GridRow) => string
  /** Not asked of some rows: drawn quiet there; what is typed all the same stays. */
  applies?: (row: GridRow) => boolean
  /** Summed under the column (numbers and money; readonly ones by the number in their text). */
  total?: boolean
  align?: 'end'
}

/**
 * What a cell means: a number, 分, the value of a choice, or the text itself. Blank is null; so is what cannot be read
 * (then `cellProblem` says why).
 */
export function readCell(column: GridColumn, text: string): string | number | null {
  const clean = text.trim()
  if (clean === '') return null
  if (column.kind === 'number') return readNumber(clean)
  if (column.kind === 'money') return readYuan(clean)
  if (column.kind === 'choice') return choiceOf(column, clean)?.value ?? null
  return clean
}

/** The text of a value, as a cell holds it: 分 as yuan, a choice by its label. */
export function writeCell(column: GridColumn, value: string | number | null | undefined): string {
  if (value === null || value === undefined) return ''
  if (column.kind === 'money' && typeof value === 'number') return yuanText(value)
  if (column.kind === 'choice') return column.choices?.find((choice) => choice.value === value)?.label ?? String(value)
  return String(value)
}

/** Why a cell cannot be read, in the words of the column; null when it can. */
export function cellProblem(column: GridColumn, text: string): string | null {
  if (text.trim() === '' || readCell(column, text) !== null) return null
  if (column.kind === 'number') return `${column.title}应为数字，现为“${text}”。请改为数字。`
  if (column.kind === 'money') return `${column.title}应为金额（元，最多两位小数），现为“${text}”。请改为数字。`
  return `${column.title}没有“${text}”这一项。请从所列选项中选择。`
}

/** How a cell is drawn: numbers with separators when they can be read, else as typed. */
export function shownCell(column: GridColumn, row: GridRow): string {
  if (column.show) return column.show(row)
  const text = row.cells[column.key] ?? ''
  const value = readCell(column, text)
  if (typeof value !== 'number') return text
  return column.kind === 'money' ? yuanText(value) : quantityText(value)
}

/** Sum of a column over its readable cells, as it stands under it. */
export function columnTotal(column: GridColumn, rows: readonly GridRow[]): string {
  let sum = 0
  for (const row of rows) {
    const value =
      column.kind === 'readonly' ? readYuan(shownCell(column, row)) : readCell(column, row.cells[column.key] ?? '')
    if (typeof value === 'number') sum += value
  }
  return column.kind === 'number' ? quantityText(Math.round(sum * 10_000) / 10_000) : yuanText(sum)
}

function choiceOf(column: GridColumn, text: string): Choice | undefined {
  const normal = text.normalize('NFKC')
  return column.choices?.find(
    ({ label, value }) => label === text || value === text || label.normalize('NFKC') === normal,
  )
}

/** Choices that hold what is typed, those that begin with it first; all of them while nothing is typed. */
export function matchingChoices(choices: readonly Choice[], typed: string): readonly Choice[] {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return choices
  const begins = ({ label, value }: Choice) =>
    label.toLowerCase().startsWith(wanted) || value.toLowerCase().startsWith(wanted)
  const holds = ({ label, words = '', value }: Choice) => `${label} ${words} ${value}`.toLowerCase().includes(wanted)
  return [...choices.filter(begins), ...choices.filter((choice) => !begins(choice) && holds(choice))]
}

export function isNumberColumn(column: GridColumn): boolean {
  return column.kind === 'number' || column.kind === 'money' || column.align === 'end'
}
