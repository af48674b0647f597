import { sql } from 'kysely'
import type { Tx } from '../database.ts'
import type { Keyring } from './keyring.ts'
import { boundTo, type SealedColumn } from './sealed-column.ts'

/** Runs a piece of work in a transaction of its own; keeps each of them short. */
export type InTransaction = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>

/** Rows of one statement. */
const batch = 500

/**
 * Seals every value anew that is not sealed with the present key and suite, a batch a transaction, while others read and
 * write: a row that was written meanwhile is newer and stays. May end anywhere and begin again.
 * @param progress rows sealed anew so far, of all columns
 * @returns rows sealed anew
 */
export async function resealAll(
  transact: InTransaction,
  keyring: Keyring,
  columns: readonly SealedColumn[],
  progress: (done: number) => void | Promise<void> = () => {},
): Promise<number> {
  let done = 0
  for (const column of columns)
    for (let after: string | null = null; ;) {
      const read: { changed: number; last: string | null } = await transact((tx) =>
        resealBatch(tx, keyring, column, after),
      )
      done += read.changed
      if (read.changed > 0) await progress(done)
      if (read.last === null) break
      after = read.last
    }
  return done
}

async function resealBatch(
  tx: Tx,
  keyring: Keyring,
  column: SealedColumn,
  after: string | null,
): Promise<{ changed: number; last: string | null }> {
  const { table, key, value } = names(column)
  const current = keyring.currentPrefix()
  const { rows } = await sql<{ id: string; sealed: string }>`select ${key}::text as id, ${value} as sealed from ${table}
    where ${value} is not null and not starts_with(${value}, ${current})
      and (${after}::text is null or ${key} > (${after})::uuid) order by ${key} limit ${batch}`.execute(tx)
  const anew = rows.map(({ id, sealed }) => {
    const bound = boundTo(column, id)
    const plain = keyring.open(column.purpose, sealed, bound)
    return {
      id,
      before: sealed,
      after: keyring.seal(column.purpose, plain, bound),
      index: column.index ? keyring.blindIndex(column.purpose, plain).toString('hex') : null,
    }
  })
  if (anew.length > 0)
    await sql`update ${table} as r set ${value} = n.after ${column.index ? sql`, ${sql.ref(column.index)} = decode(n.index, 'hex')` : sql``}
      from jsonb_to_recordset(${JSON.stringify(anew)}::jsonb) as n(id text, before text, after text, index text)
      where r.${key} = n.id::uuid and r.${value} = n.before`.execute(tx)
  return { changed: anew.length, last: rows.length < batch ? null : (rows.at(-1)?.id ?? null) }
}

/** How many values rest on each key, by its id. */
export async function usesOfKeys(tx: Tx, columns: readonly SealedColumn[]): Promise<Map<string, number>> {
  const uses = new Map<string, number>()
  for (const column of columns) {
    const { table, value } = names(column)
    const { rows } = await sql<{
      keyId: string
      count: number
    }>`select split_part(${value}, '.', 3) as key_id, count(*)::int as count
      from ${table} where ${value} is not null group by 1`.execute(tx)
    for (const { keyId, count } of rows) uses.set(keyId, (uses.get(keyId) ?? 0) + count)
  }
  return uses
}

/** Values that do not open, by row; each is one line for people. */
export async function unreadable(
  tx: Tx,
  keyring: Keyring,
  columns: readonly SealedColumn[],
): Promise<{ checked: number; faults: string[] }> {
  let checked = 0
  const faults: string[] = []
  for (const column of columns) {
    const { table, key, value } = names(column)
    for (let after: string | null = null; ;) {
      const { rows }: { rows: { id: string; sealed: string }[] } = await sql<{ id: string; sealed: string }>`
        select ${key}::text as id, ${value} as sealed from ${table} where ${value} is not null
          and (${after}::text is null or ${key} > (${after})::uuid) order by ${key} limit ${batch * 10}`.execute(tx)
      for (const { id, sealed } of rows) {
        checked++
        try {
          keyring.open(column.purpose, sealed, boundTo(column, id))
        } catch (error) {
          faults.push(
            `${column.table}.${column.column}（${id}）：${error instanceof Error ? error.message : String(error)}`,
          )
        }
      }
      if (rows.length < batch * 10) break
      after = rows.at(-1)?.id ?? null
    }
  }
  return { checked, faults }
}

function names({ table, key, column }: SealedColumn) {
  return { table: sql.table(table), key: sql.ref(key), value: sql.ref(column) }
}
