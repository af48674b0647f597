import { sql } from 'kysely'
import type { Tx } from './database.ts'

/**
 * The next number of a series such as `XQ-2027-140000`; the row lock makes it unique, the caller's transaction gapless.
 * @returns 1 for the first.
 */
export async function nextNumber(tx: Tx, series: string): Promise<number> {
  return nextNumbers(tx, series, 1)
}

/**
 * As {@link nextNumber} for `count` numbers in a row.
 * @returns the first of them
 */
export async function nextNumbers(tx: Tx, series: string, count: number): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    insert into kernel.number_series as s (series, last) values (${series}, ${count})
    on conflict (series) do update set last = s.last + ${count} returning last`.execute(tx)
  return (rows[0] as { last: number }).last - count + 1
}
