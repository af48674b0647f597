/** What a grid holds, and what can be read off it. Cells hold what was typed, right or wrong. */

export type GridRow = Readonly<{ key: string; cells: Readonly<Record<string, string>> }>
export type Cell = Readonly<{ row: number; column: number }>
export type Block = readonly (readonly string[])[]

/** What the model must know of a column; the view knows more. */
export type ColumnShape = Readonly<{ key: string; kind: string }>

export type GridState = Readonly<{
  columns: readonly ColumnShape[]
  rows: readonly GridRow[]
  /** Where the selection began; the editor stands here. */
  anchor: Cell
  /** Its other corner. */
  head: Cell
  /** Text in the editor; `typing` was begun by typing (arrows leave), `editing` by F2 (arrows move the caret). */
  edit: Readonly<{ text: string; mode: 'typing' | 'editing' }> | null
  /** Column where a run of Tab began: Enter goes back under it, as in Excel. */
  tabbedFrom: number | null
  past: readonly Snapshot[]
  future: readonly Snapshot[]
  /** Counts new rows for their keys. */
  made: number
  maxRows: number
  /** Rows can be neither added nor removed. */
  fixedRows: boolean
  /** What the last paste could not place. */
  lost: Readonly<{ rows: number; columns: number }> | null
}>

export type Snapshot = Readonly<{ rows: readonly GridRow[]; anchor: Cell; head: Cell }>

/** Corners of the selection, top left first. */
export function selectionOf({ anchor, head }: Pick<GridState, 'anchor' | 'head'>): { from: Cell; to: Cell } {
  return {
    from: { row: Math.min(anchor.row, head.row), column: Math.min(anchor.column, head.column) },
    to: { row: Math.max(anchor.row, head.row), column: Math.max(anchor.column, head.column) },
  }
}

/** Text of a cell; a cell never written is empty. */
export function textAt(state: Pick<GridState, 'rows' | 'columns'>, { row, column }: Cell): string {
  return state.rows[row]?.cells[state.columns[column]?.key ?? ''] ?? ''
}

/** The selected block, for the clipboard. `show` gives the text of columns that are reckoned and not stored. */
export function copiedBlock(
  state: GridState,
  show?: (row: GridRow, columnKey: string) => string | undefined,
): string[][] {
  const { from, to } = selectionOf(state)
  return state.rows
    .slice(from.row, to.row + 1)
    .map((row) =>
      state.columns.slice(from.column, to.column + 1).map(({ key }) => show?.(row, key) ?? row.cells[key] ?? ''),
    )
}

export function isBlank(row: GridRow): boolean {
  return Object.values(row.cells).every((text) => text.trim() === '')
}
