import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import { withConnection, type Tx } from '../database.ts'
import { isConnectionLost, translated } from './errors.ts'

/** Null, text, number, boolean and instant as they are; an array for an array column; an object for a json column. */
export type CopyValue = string | number | bigint | boolean | null | Date | Uint8Array | readonly CopyValue[] | object

/**
 * Loads many rows by COPY in the given transaction, some 200,000 a second. A json column that holds an array is given
 * as text. Statement timeout applies to the whole load: raise it in the transaction's options.
 * @param table with its schema, e.g. `vehicles.trip`
 * @param columns camelCase
 * @returns how many rows were loaded
 */
export async function copyInto(
  tx: Tx,
  table: string,
  columns: readonly string[],
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
): Promise<number> {
  const target = table.split('.').map(identifier).join('.')
  return withConnection(tx, async (connection) => {
    const copy = connection.client.query(copyFrom(`copy ${target} (${columns.map(identifier).join(', ')}) from stdin`))
    try {
      await pipeline(Readable.from(chunksOf(rows, columns.length), { objectMode: false }), copy)
    } catch (error) {
      if (isConnectionLost(error)) connection.broken = true
      throw translated(error)
    }
    return copy.rowCount
  })
}

const chunkSize = 65_536

/** Rows in COPY's text format, joined into pieces worth a system call. */
async function* chunksOf(
  rows: Iterable<readonly CopyValue[]> | AsyncIterable<readonly CopyValue[]>,
  width: number,
): AsyncGenerator<Buffer> {
  let text = ''
  for await (const row of rows) {
    if (row.length !== width) throw new Error(`a row has ${row.length} values for ${width} columns`)
    text += `${row.map(copyText).join('\t')}\n`
    if (text.length < chunkSize) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

function copyText(value: CopyValue | undefined): string {
  if (value === null || value === undefined) return '\\N'
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value)
  return plainText(value).replace(/[\\\n\r\t]/g, (character) => escapes[character] as string)
}

function plainText(value: CopyValue): string {
  if (typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  if (Array.isArray(value)) return `{${(value as readonly CopyValue[]).map(arrayMember).join(',')}}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function arrayMember(value: CopyValue): string {
  if (value === null) return 'NULL'
  if (Array.isArray(value)) return plainText(value)
  return `"${plainText(value).replace(/[\\"]/g, (character) => `\\${character}`)}"`
}

function identifier(name: string): string {
  const snake = name.replace(/[A-Z]+/g, (capitals) => `_${capitals.toLowerCase()}`)
  return `"${snake.replaceAll('"', '""')}"`
}
