/** A column that holds sealed values; modules declare theirs (`sealed` of the manifest), so that keys can change. */
export type SealedColumn = {
  /** Schema and table. */
  table: string
  /** The primary key: one column, a UUID. */
  key: string
  column: string
  /** What the values are sealed for; no two columns share one. */
  purpose: string
  /** Column with the blind index, where equal values can be searched for. */
  index?: string
}

/** What a value in a column is bound to: in another row or column it does not open. */
export function boundTo({ table, column }: Pick<SealedColumn, 'table' | 'column'>, key: string): string {
  return `${table}.${column} ${key}`
}
