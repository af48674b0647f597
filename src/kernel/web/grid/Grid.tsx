import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { PointerEvent, ReactNode } from 'react'
import { FindingMark } from '../verdict/FindingMark.tsx'
import { cellProblem, columnTotal } from './cell-kinds.ts'
import type { GridColumn } from './cell-kinds.ts'
import { CellEditor } from './CellEditor.tsx'
import { cellClass, cellStyle, leftEdges, numberWidth, rowHeight, widthOf } from './grid-layout.ts'
import type { CellMark } from './grid-layout.ts'
import { selectionOf } from './grid-state.ts'
import type { Cell, GridRow } from './grid-state.ts'
import { GridLine } from './GridLine.tsx'
import { GridTools } from './GridTools.tsx'
import type { GridHandle } from './use-grid.ts'
import './grid.css'

/**
 * Entry as in a spreadsheet: the keyboard of Excel, blocks pasted from it, fill down, undo; findings at the cell, said
 * in full in the strip below for the cell in focus or under the pointer.
 */
export function Grid({
  label,
  grid,
  columns,
  marks,
  frozen = 1,
  readOnly = false,
  tools,
  status,
  height = 'max(320px, calc(100vh - 300px))',
  onActive,
}: {
  label: string
  grid: GridHandle
  columns: readonly GridColumn[]
  /** What the rules say of a cell; beside it the grid itself says what cannot be read. */
  marks?: (row: GridRow, columnKey: string) => CellMark | null
  /** How many columns stay in place when scrolling sideways. */
  frozen?: number
  readOnly?: boolean
  /** Buttons of the page, beside those of the grid. */
  tools?: ReactNode
  /** Right end of the tools: `draft.words`. */
  status?: ReactNode
  height?: string
  onActive?: (row: GridRow, columnKey: string) => void
}) {
  const { state, send } = grid
  const id = useId()
  const frame = useRef<HTMLDivElement>(null)
  const [focused, setFocused] = useState(false)
  const [hovered, setHovered] = useState<Cell | null>(null)
  const selecting = useRef(false)
  const { from, to } = selectionOf(state)
  const { anchor, head } = state
  const lefts = useMemo(() => leftEdges(columns), [columns])
  const width = (lefts.at(-1) ?? 0) + widthOf(columns.at(-1))

  const virtual = useVirtualizer({
    count: state.rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    scrollPaddingStart: rowHeight + 4,
    scrollPaddingEnd: rowHeight * 2,
    useFlushSync: false,
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), anchor.row])].sort((a, b) => a - b),
  })

  const markOf = useCallback(
    (row: GridRow, column: GridColumn): CellMark | null => {
      const problem = cellProblem(column, row.cells[column.key] ?? '')
      return problem === null ? (marks?.(row, column.key) ?? null) : { outcome: 'block', message: problem }
    },
    [marks],
  )

  useLayoutEffect(() => {
    virtual.scrollToIndex(head.row)
    scrollColumnIntoView(frame.current, columns, lefts, head.column, frozen)
  }, [head.row, head.column]) // eslint-disable-line react-hooks/exhaustive-deps -- only when the selection moves
  const activeRow = state.rows[anchor.row]
  const activeColumn = columns[anchor.column]
  useEffect(() => {
    if (activeRow && activeColumn) onActive?.(activeRow, activeColumn.key)
  }, [activeRow, activeColumn]) // eslint-disable-line react-hooks/exhaustive-deps -- only when it moves

  const cellUnder = (event: PointerEvent): Cell | null => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-column]')
    const line = cell?.closest<HTMLElement>('[data-row]')
    return cell && line ? { row: Number(line.dataset['row']), column: Number(cell.dataset['column']) } : null
  }
  const pressed = (event: PointerEvent) => {
    if (event.button !== 0 || (event.target as HTMLElement).closest('.cell-editor-open, .cell-choices')) return
    const target = event.target as HTMLElement
    const line = target.closest<HTMLElement>('[data-row-number]')
    const head = target.closest<HTMLElement>('[data-column-head]')
    const cell = cellUnder(event)
    if (line) send({ type: 'select-rows', row: Number(line.dataset['rowNumber']), extend: event.shiftKey })
    else if (head) send({ type: 'select-column', column: Number(head.dataset['columnHead']), extend: event.shiftKey })
    else if (cell) send({ type: 'select', cell, extend: event.shiftKey })
    else return
    event.preventDefault() // the editor keeps the focus; a first press gives it
    setFocused(true)
    frame.current?.querySelector<HTMLElement>('.cell-editor')?.focus({ preventScroll: true })
    selecting.current = cell !== null
  }
  const moved = (event: PointerEvent) => {
    const cell = cellUnder(event)
    if (cell?.row !== hovered?.row || cell?.column !== hovered?.column) setHovered(cell)
    if (selecting.current && cell && event.buttons === 1 && (cell.row !== head.row || cell.column !== head.column))
      send({ type: 'select', cell, extend: true })
  }

  const show = useCallback(
    (row: GridRow, key: string) => columns.find((column) => column.key === key && column.show)?.show?.(row),
    [columns],
  )
  const strip = stripFor(hovered) ?? stripFor(anchor)
  function stripFor(cell: Cell | null): { where: string; mark: CellMark } | null {
    const row = cell && state.rows[cell.row]
    const column = cell && columns[cell.column]
    const mark = row && column ? markOf(row, column) : null
    return cell && column && mark ? { where: `第 ${cell.row + 1} 行 ${column.title}`, mark } : null
  }
  const drawn = virtual.getVirtualItems().filter(({ index }) => index < state.rows.length)
  let drawnTo = 0
  return (
    <div className="grid-whole">
      <GridTools grid={grid} readOnly={readOnly} tools={tools} status={status} />
      <div
        ref={frame}
        role="grid"
        data-entry
        aria-label={label}
        aria-rowcount={state.rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        className={focused ? 'grid-frame grid-focused' : 'grid-frame'}
        style={{ maxHeight: height, scrollPaddingLeft: numberWidth + (lefts[frozen] ?? 0) }}
        onPointerDown={pressed}
        onPointerMove={moved}
        onPointerUp={() => (selecting.current = false)}
        onPointerLeave={() => setHovered(null)}
        onDoubleClick={() => !readOnly && send({ type: 'edit' })}
        onFocus={() => setFocused(true)}
        onBlur={(event) => {
          if (event.currentTarget.contains(event.relatedTarget as Node)) return
          setFocused(false)
          send({ type: 'commit' })
        }}
      >
        <div role="row" aria-rowindex={1} className="grid-line grid-head" style={{ width: width + numberWidth }}>
          <span role="columnheader" className="grid-number">
            <span className="sr-only">行号</span>
          </span>
          {columns.map((column, index) => (
            <span
              key={column.key}
              role="columnheader"
              aria-colindex={index + 2}
              data-column-head={index}
              className={cellClass(
                column,
                index,
                frozen,
                from.column <= index && index <= to.column ? 'grid-head-selected' : '',
              )}
              style={cellStyle(column, index < frozen ? (lefts[index] ?? 0) : null)}
            >
              {column.title}
              {column.unit && <small>({column.unit})</small>}
            </span>
          ))}
        </div>
        {drawn.map(({ index, start, end }) => {
          const gap = start - drawnTo
          drawnTo = end
          const row = state.rows[index] as GridRow
          const selected = from.row <= index && index <= to.row
          const active = index === anchor.row
          return (
            <GridLine
              key={row.key}
              row={row}
              index={index}
              gap={gap}
              columns={columns}
              lefts={lefts}
              frozen={frozen}
              width={width + numberWidth}
              markOf={markOf}
              selectedFrom={selected ? from.column : -1}
              selectedTo={selected ? to.column : -1}
              activeColumn={active ? anchor.column : -1}
              editor={
                active && activeColumn ? (
                  <CellEditor
                    state={state}
                    send={send}
                    column={activeColumn}
                    label={`第 ${index + 1} 行 ${activeColumn.title}`}
                    describedBy={`${id}strip`}
                    show={show}
                    readOnly={readOnly}
                    takesFocus={focused}
                  />
                ) : null
              }
            />
          )
        })}
        <div aria-hidden="true" style={{ height: Math.max(0, virtual.getTotalSize() - drawnTo) }} />
        {columns.some((column) => column.total) && (
          <div role="row" className="grid-line grid-total" style={{ width: width + numberWidth }}>
            <span role="rowheader" className="grid-number">
              合计
            </span>
            {columns.map((column, index) => (
              <span
                key={column.key}
                role="gridcell"
                className={cellClass(column, index, frozen)}
                style={cellStyle(column, index < frozen ? (lefts[index] ?? 0) : null)}
              >
                {column.total && columnTotal(column, state.rows)}
              </span>
            ))}
          </div>
        )}
      </div>
      <div id={`${id}strip`} className="grid-strip" role="status">
        {strip ? (
          <>
            <FindingMark outcome={strip.mark.outcome} />
            <span>
              <b>{strip.where}</b> {strip.mark.message}
              {strip.mark.remedy && ` ${strip.mark.remedy}`}
              {strip.mark.citation && <span className="quiet"> 依据：{strip.mark.citation}</span>}
            </span>
          </>
        ) : state.lost ? (
          <span className="field-error">{lostText(state.lost)}</span>
        ) : (
          <span className="quiet">
            共 {state.rows.length.toLocaleString('zh-CN')} 行。方向键移动，直接输入或按 F2 修改，可粘贴 Excel 表格；按
            Esc 再按 Tab 离开表格。
          </span>
        )}
      </div>
    </div>
  )
}

function lostText({ rows, columns }: { rows: number; columns: number }): string {
  const parts = [rows > 0 ? `${rows} 行` : '', columns > 0 ? `${columns} 列` : ''].filter(Boolean)
  return `粘贴的内容有 ${parts.join('、')}超出表格，没有粘贴。请核对后分次粘贴，或按 Ctrl+Z 撤销。`
}

function scrollColumnIntoView(
  frame: HTMLElement | null,
  columns: readonly GridColumn[],
  lefts: readonly number[],
  index: number,
  frozen: number,
): void {
  if (frame === null || index < frozen) return
  const left = (lefts[index] ?? 0) + numberWidth
  const right = left + widthOf(columns[index])
  const covered = numberWidth + (lefts[frozen] ?? 0)
  if (left - covered < frame.scrollLeft) frame.scrollLeft = left - covered
  else if (right > frame.scrollLeft + frame.clientWidth) frame.scrollLeft = right - frame.clientWidth
}
