import type { ReactNode } from 'react'
import { quantityText, wanText, yuanText } from '../money.ts'

export type ColumnKind = 'text' | 'number' | 'yuan' | 'wan' | 'percent' | 'date'

export type Column<Row> = {
  key: string
  title: string
  /** `yuan` and `wan` (万元) take 分; `percent` takes basis points; `date` takes YYYY-MM-DD. Text by default. */
  kind?: ColumnKind
  /** Stands in the header: 台, ㎡. Money has its own. */
  unit?: string
  value: (row: Row) => string | number | null
  /** Drawn in place of the text, which is still used for the tooltip. */
  render?: (row: Row) => ReactNode
  width?: number
  /** Only where the server sorts by this key. */
  sortable?: boolean
  /** Not shown until chosen. */
  optional?: boolean
  /** Sum over everything filtered, as the server told it. */
  total?: number | null
}

export function isNumeric(kind: ColumnKind | undefined): boolean {
  return kind !== undefined && kind !== 'text' && kind !== 'date'
}

/** A value as its column shows it; nothing is an en dash, so that empty is told from forgotten. */
export function cellText(kind: ColumnKind | undefined, value: string | number | null): string {
  if (value === null || value === '') return '–'
  if (typeof value === 'string') return value
  if (kind === 'yuan') return yuanText(value)
  if (kind === 'percent') return `${(value / 100).toFixed(2)}%`
  return kind === 'wan' ? wanText(value) : quantityText(value)
}

export function unitOf(column: { kind?: ColumnKind; unit?: string }): string | undefined {
  return column.unit ?? (column.kind === 'yuan' ? '元' : column.kind === 'wan' ? '万元' : undefined)
}

/** Width a column takes when it says none; first columns hold names. */
export function widthOf(column: { kind?: ColumnKind; width?: number }, first: boolean): number {
  return column.width ?? (first ? 240 : isNumeric(column.kind) ? 128 : column.kind === 'date' ? 112 : 160)
}

/** `-amountFen` is descending; a further press goes ascending, then back to the server's own order. */
export function nextSort(current: string | undefined, key: string): string | undefined {
  if (current === `-${key}`) return key
  return current === key ? undefined : `-${key}`
}

/** `共 6,128 条` · `共 10,000+ 条`; a list that all came at once is counted here where the server has not. */
export function countText(total: number | null | undefined, loaded = 0, hasMore = true): string {
  if (total === undefined) return ''
  if (total === null && hasMore)
    return loaded < 10_000 && loaded > 0
      ? `已载入 ${loaded.toLocaleString('zh-CN')} 条，向下滚动载入更多`
      : '共 10,000+ 条'
  return `共 ${(total ?? loaded).toLocaleString('zh-CN')} 条`
}
