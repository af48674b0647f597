import { memo } from 'react'
import type { ReactNode } from 'react'
import { outcomeLabels } from '#kernel/pure/verdict.ts'
import { shownCell } from './cell-kinds.ts'
import type { GridColumn } from './cell-kinds.ts'
import { cellClass, cellStyle } from './grid-layout.ts'
import type { CellMark } from './grid-layout.ts'
import type { GridRow } from './grid-state.ts'

/** One row of the grid; drawn anew only when its row, its marks or its part of the selection change. */
export const GridLine = memo(function GridLine({
  row,
  index,
  gap,
  columns,
  lefts,
  frozen,
  width,
  markOf,
  selectedFrom,
  selectedTo,
  activeColumn,
  editor,
}: {
  row: GridRow
  index: number
  /** Height of the rows left out above. */
  gap: number
  columns: readonly GridColumn[]
  lefts: readonly number[]
  frozen: number
  width: number
  markOf: (row: GridRow, column: GridColumn) => CellMark | null
  selectedFrom: number
  selectedTo: number
  activeColumn: number
  editor: ReactNode
}) {
  return (
    <div role="row" aria-rowindex={index + 2} data-row={index} className="grid-line" style={{ width, marginTop: gap }}>
      <span role="rowheader" className="grid-number" data-row-number={index}>
        {index + 1}
      </span>
      {columns.map((column, position) => {
        const mark = markOf(row, column)
        const selected = selectedFrom <= position && position <= selectedTo
        const className = cellClass(
          column,
          position,
          frozen,
          column.kind === 'readonly' ? 'grid-cell-readonly' : '',
          column.applies?.(row) === false ? 'grid-cell-idle' : '',
          selected ? 'grid-selected' : '',
          position === activeColumn ? 'grid-active' : '',
          mark && mark.outcome !== 'ok' ? `grid-mark-${mark.outcome}` : '',
        )
        return (
          <span
            key={column.key}
            role="gridcell"
            aria-colindex={position + 2}
            aria-selected={selected}
            aria-readonly={column.kind === 'readonly' || undefined}
            aria-invalid={mark?.outcome === 'block' || undefined}
            data-column={position}
            className={className}
            style={cellStyle(column, position < frozen ? (lefts[position] ?? 0) : null)}
          >
            <span className="grid-text">{shownCell(column, row)}</span>
            {mark && mark.outcome !== 'ok' && <span className="sr-only">{outcomeLabels[mark.outcome]}</span>}
            {position === activeColumn && editor}
          </span>
        )
      })}
    </div>
  )
})
