import type { Outcome } from '#kernel/pure/verdict.ts'
import { isNumberColumn } from './cell-kinds.ts'
import type { GridColumn } from './cell-kinds.ts'

export const rowHeight = 32
export const numberWidth = 44

/** What is to be said of a cell: from a finding of the rules, or of the server. */
export type CellMark = { outcome: Outcome; message: string; citation?: string | null; remedy?: string | null }

export function widthOf(column: GridColumn | undefined): number {
  if (column === undefined) return 0
  return column.width ?? (isNumberColumn(column) ? 112 : column.kind === 'choice' ? 140 : 180)
}

export function leftEdges(columns: readonly GridColumn[]): number[] {
  let left = 0
  return columns.map((column) => {
    const here = left
    left += widthOf(column)
    return here
  })
}

/** Frozen cells keep their place beside the row's number. */
export function cellStyle(column: GridColumn, frozenLeft: number | null) {
  const width = widthOf(column)
  return { width, minWidth: width, ...(frozenLeft === null ? {} : { left: frozenLeft + numberWidth }) }
}

export function cellClass(column: GridColumn, index: number, frozen: number, ...more: string[]): string {
  const classes = ['grid-cell', isNumberColumn(column) ? 'grid-cell-number' : '', index < frozen ? 'grid-frozen' : '']
  return [...classes, ...more].filter(Boolean).join(' ')
}
