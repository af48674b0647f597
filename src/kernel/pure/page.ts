import type { Page } from './contract.ts'

/**
 * The page of a list read with one row more than `limit`: the row too many only tells that more follow. The cursor is the
 * id of the last row shown, or what `cursor` makes of that row; the total stays unsaid where the caller counted nothing.
 */
export function pageFrom<Row extends { id: string }>(rows: readonly Row[], limit: number): Page<Row>
export function pageFrom<Row>(rows: readonly Row[], limit: number, cursor: (last: Row) => string): Page<Row>
export function pageFrom<Row>(
  rows: readonly Row[],
  limit: number,
  cursor: (last: Row) => string = (last) => (last as { id: string }).id,
): Page<Row> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? cursor(last) : null, total: null }
}
