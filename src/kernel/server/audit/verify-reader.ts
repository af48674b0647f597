import pg from 'pg'
import { columnTypes } from '../database/column-types.ts'

/** Row-shaped answer of `pg`, columns in camelCase. */
export type Ask = <R>(text: string, values?: readonly unknown[]) => Promise<R[]>

export type Reader = { ask: Ask; close: () => Promise<void> }

/**
 * A connection of the verifier's own, reading one snapshot of the database and never writing.
 * @param snapshot the snapshot another reader has exported, so that both see the same rows
 */
export async function openReader(url: string, snapshot?: string): Promise<Reader> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'yunbao verify',
    types: columnTypes,
    options: '-c TimeZone=Asia/Shanghai',
  })
  client.on('error', () => {}) // the query under way reports it
  await client.connect()
  try {
    await client.query('begin transaction isolation level repeatable read read only')
    if (snapshot !== undefined) await client.query(`set transaction snapshot ${pg.escapeLiteral(snapshot)}`)
  } catch (error) {
    await client.end()
    throw error
  }
  return { ask: askerOf(client), close: () => client.end() }
}

function askerOf(client: pg.Client): Ask {
  const names = new Map<string, string>()
  const camel = (name: string) => {
    const known = names.get(name) ?? name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
    names.set(name, known)
    return known
  }
  return async <R>(text: string, values: readonly unknown[] = []) => {
    const { rows, fields } = await client.query({ text, values: [...values], rowMode: 'array' })
    const columns = fields.map(({ name }) => camel(name))
    // Copied whole, so that all rows share one shape.
    const empty: Record<string, unknown> = Object.fromEntries(columns.map((column) => [column, null]))
    return (rows as unknown[][]).map((row) => {
      const made = { ...empty }
      for (let place = 0; place < columns.length; place++) made[columns[place] as string] = row[place]
      return made as R
    })
  }
}
