import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { Fragment, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode, RefObject } from 'react'
import { flushSync } from 'react-dom'
import type { Pages } from '../fetching.ts'
import { useGo } from '../going.tsx'
import { ErrorPanel, Skeleton } from '../Panels.tsx'
import { ColumnChooser, useColumnChoice } from './column-choice.tsx'
import { cellClass, Cells, HeadCell } from './Cells.tsx'
import { cellText, countText, widthOf } from './column.ts'
import type { Column } from './column.ts'
import { useFittedWidths } from './fitted.ts'
import { useMoreAside } from './more-aside.ts'
import { NarrowTools, shownAtATime, useNarrowRows } from './NarrowTools.tsx'
import { movedTo, rowKey } from './row-keys.ts'
import './table.css'
import './narrow-rows.css'

const rowHeight = 36
const tickWidth = 40
const moreWhenLeft = 20
/** How far an arrow moves the columns beside the first, in pixels. */
const asideStep = 160

export type TableProps<Row> = {
  /** Names the table for screen readers and remembers its columns: 需求申请列表. */
  label: string
  columns: readonly Column<Row>[]
  /** A list by cursor (`usePages`), or rows that are all here. */
  pages?: Pages<Row, unknown>
  rows?: readonly Row[]
  keyOf: (row: Row) => string
  /** Where Enter or the link in the first column leads. */
  /** Null for a row that opens nothing. */
  href?: (row: Row) => string | null
  /** In place of `href`, when opening is no other page (a panel beside the table). */
  onOpen?: (row: Row) => void
  /** `-amountFen` or `amountFen`, as the server sorts. */
  sort?: string | undefined
  onSort?: (sort: string | undefined) => void
  selected?: ReadonlySet<string>
  onSelect?: (selected: ReadonlySet<string>) => void
  /** Why a row cannot be ticked, in a few words; null for those that can. One that is ticked already can be let go. */
  unselectable?: (row: Row) => string | null
  /** Further keys on the row in focus: `{ a: approve }`. */
  keys?: Readonly<Record<string, (row: Row) => void>>
  onActive?: (row: Row) => void
  /** Filters and buttons over the table, left of 列 and 导出. */
  tools?: ReactNode
  /** Address that exports exactly what is filtered. */
  exportHref?: string
  empty: ReactNode
  /** Height of the frame; fills what the window has left by default. `auto` is as high as its rows, at most the window. */
  height?: string
}

/**
 * A dense table: fixed header and first column, totals, keyboard (j/k, x, Enter), virtual rows, cursor paging with its
 * count, chosen columns remembered. Prints every row that has been fetched. On a phone rows that would not fit side by side
 * are set as a list in the page.
 */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, pages, keyOf, href, onOpen, sort, onSort, selected, onSelect, keys, onActive, tools } = props
  const rows = pages?.items ?? props.rows ?? []
  const frame = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const go = useGo()
  const [active, setActive] = useState(0)
  const [printing, setPrinting] = useState(false)
  const left = useHeightLeft(frame, rows.length > 0)
  // A list by cursor draws what its frame shows and fetches what comes next: without a height it would fetch all there is.
  const frameHeight =
    pages && props.height === 'auto' ? `max(${rowHeight * 10}px, 100vh - 160px)` : (props.height ?? left)
  const { shown, isShown, choose } = useColumnChoice(label, columns)
  // A few rows in a panel need neither a choice of columns nor a count.
  const choosable = pages !== undefined || rows.length > 20 || columns.some(({ optional }) => optional)
  const here = Math.max(0, Math.min(active, rows.length - 1))
  const wished = [...(onSelect ? [tickWidth] : []), ...shown.map((column, index) => widthOf(column, index === 0))]
  const whole = wished.reduce((sum, width) => sum + width, 0)
  const narrow = useNarrowRows(whole) && !printing
  const of = [rows[0] === undefined ? '' : keyOf(rows[0]), ...shown.map(({ key }) => key)].join(' ')
  const fitted = useFittedWidths(frame, wished, of, rows.length > 0 && !narrow && !printing)
  const aside = useMoreAside(frame, rows.length > 0 && !narrow)
  const [most, setMost] = useState(shownAtATime)

  const virtual = useVirtualizer({
    count: narrow ? 0 : rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: rowHeight,
    scrollPaddingEnd: rowHeight,
    useFlushSync: false,
    // The row in focus stays drawn however far one scrolls, or the keyboard would lose its place.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), here])].sort((a, b) => a - b),
  })
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true))
    const after = () => setPrinting(false)
    window.addEventListener('beforeprint', before)
    window.addEventListener('afterprint', after)
    return () => {
      window.removeEventListener('beforeprint', before)
      window.removeEventListener('afterprint', after)
    }
  }, [])

  const items = virtual.getVirtualItems().filter(({ index }) => index < rows.length)
  const everyOne = (many: readonly Row[]) =>
    many.map((_, index) => ({ index, start: index * rowHeight, end: (index + 1) * rowHeight }))
  const drawn = printing ? everyOne(rows) : narrow ? everyOne(rows.slice(0, Math.max(most, here + 1))) : items
  const lastDrawn = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (!narrow && pages?.hasMore && !pages.fetching && lastDrawn >= rows.length - moreWhenLeft) pages.more()
  }, [narrow, pages, lastDrawn, rows.length])

  const focusRow = (index: number) => {
    flushSync(() => setActive(index))
    if (!narrow) virtual.scrollToIndex(index)
    body.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus()
    const row = rows[index]
    if (row !== undefined) onActive?.(row)
  }
  const isBarred = (row: Row) => props.unselectable?.(row) != null && !selected?.has(keyOf(row))
  const toggle = (row: Row) => {
    if (!onSelect || isBarred(row)) return
    const next = new Set(selected)
    if (!next.delete(keyOf(row))) next.add(keyOf(row))
    onSelect(next)
  }
  const open = (row: Row) => {
    if (onOpen) return onOpen(row)
    const address = href?.(row) ?? null
    if (address !== null) go(address)
  }
  const pressed = (event: KeyboardEvent<HTMLTableSectionElement>) => {
    const row = rows[here]
    const target = event.target as HTMLElement
    if (row === undefined || target.closest('input, textarea, select')) return
    const own = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys?.[event.key]
    const key = rowKey(event)
    if (own) own(row)
    else if (key === null || (key === 'open' && target.closest('a, button'))) return
    else if (key === 'open') open(row)
    else if (key === 'select') toggle(row)
    else if (key === 'right' || key === 'left')
      frame.current?.scrollBy({ left: key === 'right' ? asideStep : -asideStep })
    else focusRow(movedTo(key, here, rows.length, Math.floor((frame.current?.clientHeight ?? 360) / rowHeight) - 2))
    event.preventDefault()
  }
  const choosing = (narrow ? rows.slice(0, drawn.length) : rows).filter((row) => !isBarred(row))
  const allSelected = choosing.length > 0 && choosing.every((row) => selected?.has(keyOf(row)))
  const hasTotals = shown.some((column) => column.total !== undefined)
  // On a screen in between, the column that stays must leave room for the others.
  const firstWidth = shown[0] ? widthOf(shown[0], true) : 0
  const minWidth = `calc(min(${firstWidth}px, 42vw) + ${whole - firstWidth}px)`
  const widths =
    fitted ?? wished.map((width, index) => (index === (onSelect ? 1 : 0) ? `min(${width}px, 42vw)` : width))
  const span = shown.length + (onSelect ? 1 : 0)
  let drawnTo = 0
  const selectAll = onSelect && (() => onSelect(new Set(allSelected ? [] : choosing.map(keyOf))))
  const further = narrow && (rows.length > drawn.length || pages?.hasMore === true)
  const showFurther = () => {
    if (rows.length <= most + shownAtATime) pages?.more()
    setMost(most + shownAtATime)
  }

  return (
    <div className="table-whole">
      {(tools || choosable || props.exportHref) && (
        <div className="table-tools no-print">
          {tools}
          <span className="table-tools-end">
            {choosable && <ColumnChooser columns={columns} isShown={isShown} choose={choose} />}
            {props.exportHref && (
              <a className="table-tool" href={props.exportHref} download>
                导出
              </a>
            )}
          </span>
        </div>
      )}
      {pages?.error && rows.length === 0 ? (
        <ErrorPanel error={pages.error} onRetry={pages.refetch} />
      ) : pages?.loading ? (
        <Skeleton lines={8} />
      ) : rows.length === 0 ? (
        props.empty
      ) : (
        <div className={aside.right && !narrow ? 'table-edge table-edge-right' : 'table-edge'}>
          <div
            ref={frame}
            className={[
              'table-frame',
              pages?.fetching && !pages.hasMore ? 'table-stale' : '',
              narrow ? 'table-narrow' : '',
              aside.left && !narrow ? 'table-more-left' : '',
            ].join(' ')}
            style={narrow ? undefined : { maxHeight: frameHeight }}
          >
            {narrow && (
              <NarrowTools
                columns={shown}
                sort={sort}
                onSort={onSort}
                allSelected={allSelected}
                onSelectAll={selectAll}
              />
            )}
            <table
              role="grid"
              aria-label={label}
              aria-rowcount={pages?.total === null && pages.hasMore ? -1 : (pages?.total ?? rows.length) + 1}
              aria-colcount={span}
              aria-multiselectable={onSelect ? true : undefined}
              style={
                narrow ? undefined : { minWidth: fitted ? fitted.reduce((sum, width) => sum + width, 0) : minWidth }
              }
            >
              <colgroup>
                {widths.map((width, index) => (
                  // oxlint-disable-next-line react/no-array-index-key -- the columns in their order
                  <col key={index} style={{ width }} />
                ))}
              </colgroup>
              <thead>
                <tr aria-rowindex={1}>
                  {onSelect && (
                    <th scope="col" className="table-check">
                      <input type="checkbox" aria-label="全选已载入的行" checked={allSelected} onChange={selectAll} />
                    </th>
                  )}
                  {shown.map((column, index) => (
                    <HeadCell key={column.key} column={column} first={index === 0} sort={sort} onSort={onSort} />
                  ))}
                </tr>
              </thead>
              <tbody ref={body} onKeyDown={pressed}>
                {drawn.map(({ index, start, end }) => {
                  const row = rows[index] as Row
                  const gap = start - drawnTo
                  drawnTo = end
                  const key = keyOf(row)
                  return (
                    <Fragment key={key}>
                      {gap > 0 && !narrow && <Spacer height={gap} span={span} />}
                      <tr
                        data-index={index}
                        aria-rowindex={index + 2}
                        aria-selected={onSelect ? selected?.has(key) : undefined}
                        tabIndex={index === here ? 0 : -1}
                        onFocus={() => index !== here && setActive(index)}
                        onDoubleClick={() => open(row)}
                      >
                        {onSelect && (
                          <td className="table-check">
                            <input
                              type="checkbox"
                              tabIndex={-1}
                              aria-label={`选择 ${cellText(columns[0]?.kind, columns[0]?.value(row) ?? null)}${isBarred(row) ? `（${props.unselectable?.(row) ?? ''}）` : ''}`}
                              title={isBarred(row) ? (props.unselectable?.(row) ?? undefined) : undefined}
                              disabled={isBarred(row)}
                              checked={selected?.has(key) ?? false}
                              onChange={() => toggle(row)}
                            />
                          </td>
                        )}
                        <Cells row={row} columns={shown} href={href} onOpen={onOpen} />
                      </tr>
                    </Fragment>
                  )
                })}
                {!printing && !narrow && <Spacer height={virtual.getTotalSize() - drawnTo} span={span} />}
              </tbody>
              {hasTotals && (
                <tfoot>
                  <tr>
                    {onSelect && <td />}
                    {shown.map((column, index) => (
                      <td
                        key={column.key}
                        data-title={column.title}
                        className={cellClass(column, column.total === undefined && index > 0 ? '–' : '')}
                      >
                        {index === 0 ? '合计' : column.total === undefined ? '' : cellText(column.kind, column.total)}
                      </td>
                    ))}
                  </tr>
                </tfoot>
              )}
            </table>
          </div>
        </div>
      )}
      {further && (
        <button type="button" className="table-further" disabled={pages?.fetching} onClick={showFurther}>
          再显示一些
        </button>
      )}
      <p className="table-count quiet" role="status">
        {rows.length > 0 &&
          choosable &&
          countText(pages ? pages.total : rows.length, rows.length, pages?.hasMore ?? false)}
        {aside.right && !narrow && <span className="no-print">右侧还有列，按 → 或横向滚动查看</span>}
        {selected && selected.size > 0 && <b>已选 {selected.size.toLocaleString('zh-CN')} 条</b>}
        {pages?.error && rows.length > 0 && (
          <span className="field-error">后面的内容未能载入：{pages.error.message}</span>
        )}
      </p>
    </div>
  )
}

/** The line with the count and the foot of the page, in pixels. */
const belowFrame = 90

/** What the window has left under the frame's top, for a table that scrolls in itself; at least ten rows. */
function useHeightLeft(frame: RefObject<HTMLElement | null>, present: boolean): string {
  const [top, setTop] = useState(180)
  useLayoutEffect(() => {
    const measure = () => frame.current && setTop(frame.current.getBoundingClientRect().top + window.scrollY)
    measure()
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [frame, present])
  return `max(${rowHeight * 10}px, calc(100vh - ${Math.round(top) + belowFrame}px))`
}

function Spacer({ height, span }: { height: number; span: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden="true" style={{ height }}>
      <td colSpan={span} />
    </tr>
  )
}
