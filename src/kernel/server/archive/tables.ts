import { createHash } from 'node:crypto'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** A table as an archive carries it. */
export type ArchivedTable = {
  schema: string
  table: string
  /** Without those that are reckoned from others. */
  columns: string[]
  /** SQL that orders rows by the primary key, the same on every server; by the whole row where there is no key. */
  ordering: string[]
  /** Columns that number themselves. */
  numbered: string[]
  /** Row-level security holds for the owner too. */
  forced: boolean
}

/** What is written and read, is written and read the same on every server. */
const plainSettings =
  "set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set bytea_output = 'hex'; set extra_float_digits = 1"

/** A connection as the owner, for a whole installation to be read or written. */
export async function ownerConnection(ownerUrl: string, applicationName: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: applicationName })
  client.on('error', () => {}) // the query under way reports it
  await client.connect()
  await client.query(plainSettings)
  return client
}

/**
 * Tables of the kernel and of every module that has migrations. The job queue's own tables are not among them: what is to
 * be done is told by `kernel.job_run`.
 */
export async function archivedTables(client: pg.Client): Promise<ArchivedTable[]> {
  const { rows } = await client.query<ArchivedTable>(`
    select n.nspname as schema, c.relname as "table", c.relforcerowsecurity as forced,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = '' order by a.attnum) as columns,
      array(select format('%I', a.attname) || case when a.attcollation = 0 then '' else ' collate "C"' end
        from pg_index i cross join unnest(i.indkey) with ordinality as k (number, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
        where i.indrelid = c.oid and i.indisprimary order by k.place) as ordering,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attidentity <> '' order by a.attnum) as numbered
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in (select module from kernel.migration)
    order by n.nspname collate "C", c.relname collate "C"`)
  return rows
}

export function quoted({ schema, table }: Pick<ArchivedTable, 'schema' | 'table'>): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`
}

export function columnList({ columns }: Pick<ArchivedTable, 'columns'>): string {
  return columns.map((column) => pg.escapeIdentifier(column)).join(', ')
}

/** Rows of a table as CSV with its columns first. */
export function tableText(client: pg.Client, table: ArchivedTable): AsyncIterable<Buffer> & { rowCount: number } {
  const by = table.ordering.length > 0 ? table.ordering.join(', ') : 't::text collate "C"'
  const rows = `select ${columnList(table)} from ${quoted(table)} t order by ${by}`
  return client.query(copyTo(`copy (${rows}) to stdout (format csv, header)`))
}

/** Passes pieces on and tells how many bytes they were and their SHA-256. */
export function digesting() {
  const hash = createHash('sha256')
  let sizeBytes = 0
  return {
    pass: async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const piece of pieces) {
        hash.update(piece)
        sizeBytes += piece.length
        yield piece
      }
    },
    done: () => ({ sizeBytes, sha256: hash.digest('hex') }),
  }
}

/** Digest of a table as it is now. */
export async function tableDigest(
  client: pg.Client,
  table: ArchivedTable,
): Promise<{ rows: number; sizeBytes: number; sha256: string }> {
  const digest = digesting()
  const text = tableText(client, table)
  for await (const _piece of digest.pass(text));
  return { rows: text.rowCount, ...digest.done() }
}
