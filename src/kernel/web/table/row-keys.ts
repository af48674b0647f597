export type RowKey =
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'page-down'
  | 'page-up'
  | 'select'
  | 'open'
  | 'right'
  | 'left'

const keys: Record<string, RowKey> = {
  j: 'next',
  ArrowDown: 'next',
  k: 'previous',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  PageDown: 'page-down',
  PageUp: 'page-up',
  x: 'select',
  Enter: 'open',
  ArrowRight: 'right',
  ArrowLeft: 'left',
}

/** What a key means to a row of a table; null for keys that mean nothing here. */
export function rowKey(event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }): RowKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  return keys[event.key] ?? null
}

/** Where the focus goes among `count` rows. */
export function movedTo(key: RowKey, from: number, count: number, pageRows: number): number {
  const wanted: Partial<Record<RowKey, number>> = {
    next: from + 1,
    previous: from - 1,
    first: 0,
    last: count - 1,
    'page-down': from + pageRows,
    'page-up': from - pageRows,
  }
  return Math.max(0, Math.min(count - 1, wanted[key] ?? from))
}
