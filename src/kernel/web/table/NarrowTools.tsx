import { useNarrow } from '../narrow.ts'
import type { Column } from './column.ts'

/** Rows drawn at a time where the page itself scrolls: what stands below the table must stay within reach. */
export const shownAtATime = 20
/** What the page leaves at both sides of a table, in pixels. */
const margins = 34

/** On a phone a table that is wider than the screen gives way to rows one can read: a name, and what is said of it below. */
export function useNarrowRows(widthPx: number): boolean {
  return useNarrow() && widthPx > window.innerWidth - margins
}

/** In place of the header: choosing all, and the order. */
export function NarrowTools<Row>({
  columns,
  sort,
  onSort,
  allSelected,
  onSelectAll,
}: {
  columns: readonly Column<Row>[]
  sort: string | undefined
  onSort: ((sort: string | undefined) => void) | undefined
  allSelected: boolean
  onSelectAll: (() => void) | undefined
}) {
  const sortable = onSort ? columns.filter((column) => column.sortable) : []
  if (sortable.length === 0 && !onSelectAll) return null
  return (
    <div className="table-narrow-tools">
      {onSelectAll && (
        <label>
          <input type="checkbox" checked={allSelected} onChange={onSelectAll} />
          全选已显示的行
        </label>
      )}
      {sortable.length > 0 && (
        <select
          aria-label="排序"
          value={sort ?? ''}
          onChange={({ target }) => onSort?.(target.value === '' ? undefined : target.value)}
        >
          <option value="">默认顺序</option>
          {sortable.flatMap(({ key, title }) => [
            <option key={`-${key}`} value={`-${key}`}>
              {title}从大到小
            </option>,
            <option key={key} value={key}>
              {title}从小到大
            </option>,
          ])}
        </select>
      )}
    </div>
  )
}
