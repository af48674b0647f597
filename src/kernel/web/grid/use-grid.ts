import { useReducer } from 'react'
import type { GridColumn } from './cell-kinds.ts'
import { afterEvent, startGrid } from './grid-model.ts'
import type { GridEvent } from './grid-model.ts'
import type { GridRow, GridState } from './grid-state.ts'

export type GridHandle = {
  state: GridState
  rows: readonly GridRow[]
  send: (event: GridEvent) => void
}

/**
 * The sheet of a page: `const grid = useGrid(columns, rows)`, drawn by `<Grid grid={grid} …>`. `grid.rows` is what has
 * been entered (give it to `useDraft`); `grid.send({ type: 'replace-rows', rows })` puts other rows in, undoably.
 * The columns are fixed when it begins.
 */
export function useGrid(
  columns: readonly GridColumn[],
  rows: readonly GridRow[] | (() => readonly GridRow[]),
  options: { maxRows?: number; fixedRows?: boolean } = {},
): GridHandle {
  const [state, send] = useReducer(afterEvent, null, () =>
    startGrid(columns, typeof rows === 'function' ? rows() : rows, options),
  )
  return { state, rows: state.rows, send }
}
