import { memo } from 'react'
import type { ReactNode } from 'react'
import { Go } from '../going.tsx'
import { cellText, isNumeric, nextSort, unitOf } from './column.ts'
import type { Column, ColumnKind } from './column.ts'

export function HeadCell<Row>({
  column,
  first,
  sort,
  onSort,
}: {
  column: Column<Row>
  first: boolean
  sort: string | undefined
  onSort: ((sort: string | undefined) => void) | undefined
}) {
  const unit = unitOf(column)
  const words = (
    <>
      {column.title}
      {unit && <small>({unit})</small>}
    </>
  )
  const direction = sort === column.key ? 'ascending' : sort === `-${column.key}` ? 'descending' : undefined
  return (
    <th
      scope="col"
      aria-sort={direction}
      className={
        [first ? 'table-first' : '', isNumeric(column.kind) ? 'table-number' : ''].join(' ').trim() || undefined
      }
    >
      {column.sortable && onSort ? (
        <button type="button" onClick={() => onSort(nextSort(sort, column.key))}>
          {words}
          <span aria-hidden="true" className={direction ? 'table-sort' : 'table-sort table-sort-off'}>
            {direction === 'ascending' ? '▲' : '▼'}
          </span>
        </button>
      ) : (
        words
      )}
    </th>
  )
}

const titleWithUnit = (column: { title: string; kind?: ColumnKind; unit?: string }) => {
  const unit = unitOf(column)
  return unit === undefined ? column.title : `${column.title}(${unit})`
}

/** Longer texts take the whole line where rows are narrow; what says nothing is left out there. */
export function cellClass({ kind }: { kind?: ColumnKind }, text: string): string | undefined {
  const classes = [
    isNumeric(kind) ? 'table-number' : kind === 'date' ? 'table-date' : '',
    text === '–' ? 'table-empty' : '',
    text.length > 11 && !isNumeric(kind) ? 'table-long' : '',
  ]
  return classes.join(' ').trim() || undefined
}

type CellsProps<Row> = {
  row: Row
  columns: readonly Column<Row>[]
  href: ((row: Row) => string | null) | undefined
  onOpen: ((row: Row) => void) | undefined
}

/** Drawn anew only when the row or the columns change, not at every step of the focus. */
export const Cells = memo(function Cells<Row>({ row, columns, href, onOpen }: CellsProps<Row>) {
  return (
    <>
      {columns.map((column, index) => {
        const value = column.value(row)
        const text = cellText(column.kind, value)
        const drawn = column.render?.(row) ?? null
        const content = drawn ?? text
        const title = typeof value === 'string' ? value : undefined
        const address = href?.(row) ?? null
        if (index > 0)
          return (
            <td
              key={column.key}
              title={title}
              data-title={titleWithUnit(column)}
              className={cellClass(column, drawn === null ? text : '')}
            >
              {content}
            </td>
          )
        return (
          <th key={column.key} scope="row" title={title} className="table-first">
            {onOpen ? (
              <button type="button" className="table-link" tabIndex={-1} onClick={() => onOpen(row)}>
                {content}
              </button>
            ) : address !== null ? (
              <Go to={address}>{content}</Go>
            ) : (
              content
            )}
          </th>
        )
      })}
    </>
  )
}) as <Row>(props: CellsProps<Row>) => ReactNode
