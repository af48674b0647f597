import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { migrate, type MigrationSource } from '../migrate.ts'
import { ArchiveFault } from './archive-fault.ts'
import type { ArchiveManifest } from './manifest.ts'
import type { OpenedArchive } from './open-archive.ts'
import {
  archivedTables,
  columnList,
  digesting,
  ownerConnection,
  quoted,
  tableDigest,
  type ArchivedTable,
} from './tables.ts'

type Listed = ArchiveManifest['tables'][number]

/**
 * Takes the rows of an archive into an empty database: its tables are made as they were when the archive was written, and
 * filled in one transaction that ends only when every table reads back with the digest of the archive. The next start brings
 * them to the present version.
 * @param step told before each table, of how many
 * @returns rows that were loaded
 * @throws ArchiveFault when the database is not empty, or a table does not read back as it was written; nothing is left
 */
export async function loadArchive(
  { folder, manifest }: OpenedArchive,
  ownerUrl: string,
  sources: readonly MigrationSource[],
  step: (what: string, total: number) => void = () => {},
): Promise<number> {
  await refuseFilled(ownerUrl)
  try {
    const carried = new Set(manifest.migrations.map(({ module, name }) => `${module}/${name}`))
    await migrate(
      ownerUrl,
      sources,
      () => {},
      ({ module, name }) => carried.has(`${module}/${name}`),
    )
    return await inOneTransaction(ownerUrl, async (client) => {
      const pairs = pairsOf(await archivedTables(client), manifest.tables)
      const tables = pairs.map(([table]) => table)
      const references = await openTables(client, tables)
      let rows = 0
      for (const [table, listed] of pairs) {
        step(`${table.schema}.${table.table}`, pairs.length)
        rows += await loadTable(client, folder, table, listed)
      }
      await closeTables(client, tables, references)
      for (const [table, listed] of pairs) refuseOther(listed, await tableDigest(client, table))
      return rows
    })
  } catch (error) {
    await leaveNothing(ownerUrl, manifest).catch(() => {}) // what failed is what must be told
    throw error
  }
}

async function refuseFilled(ownerUrl: string): Promise<void> {
  const client = await ownerConnection(ownerUrl, 'yunbao import')
  try {
    const { rows } = await client.query<{ filled: boolean }>(
      `select to_regclass('kernel.migration') is not null as filled`,
    )
    if (rows[0]?.filled)
      throw new ArchiveFault(
        'refused',
        '数据库中已有运保的数据，没有改动。归档只能导入空的数据库：请指定另一个数据库。',
      )
  } finally {
    await client.end()
  }
}

async function inOneTransaction<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await ownerConnection(ownerUrl, 'yunbao import')
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    await client.query('analyze') // or the first readers would be planned for empty tables
    return result
  } finally {
    await client.end()
  }
}

/** @throws ArchiveFault where the archive has other tables or columns than the version it names */
function pairsOf(tables: readonly ArchivedTable[], listed: readonly Listed[]): [ArchivedTable, Listed][] {
  const byName = new Map(listed.map((one) => [quoted(one), one]))
  const pairs = tables.map((table): [ArchivedTable, Listed] => {
    const one = byName.get(quoted(table))
    if (one?.columns.join() !== table.columns.join())
      throw new ArchiveFault(
        'damaged',
        `归档中的表 ${table.schema}.${table.table} 缺失或结构不符。请改用另一份归档，或重新导出。`,
      )
    return [table, one]
  })
  if (pairs.length !== listed.length)
    throw new ArchiveFault('damaged', '归档中有其数据结构版本所没有的表。请改用另一份归档，或重新导出。')
  return pairs
}

type Reference = { table: string; name: string; definition: string }

/** Tables without order among them, without triggers, open to their owner, and empty. */
async function openTables(client: pg.Client, tables: readonly ArchivedTable[]): Promise<Reference[]> {
  const { rows: references } = await client.query<Reference>(`
    select c.conrelid::regclass::text as "table", c.conname as name, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c join pg_namespace n on n.oid = c.connamespace
    where c.contype = 'f' and n.nspname in (select module from kernel.migration) order by c.conname, c.oid`)
  for (const { table, name } of references)
    await client.query(`alter table ${table} drop constraint ${pg.escapeIdentifier(name)}`)
  for (const table of tables) {
    await client.query(`alter table ${quoted(table)} disable trigger user`)
    // COPY is refused where row-level security holds for who copies.
    if (table.forced) await client.query(`alter table ${quoted(table)} no force row level security`)
  }
  await client.query(`truncate ${tables.map(quoted).join(', ')}`) // reference rows that migrations brought along
  return references
}

/** Puts back what `openTables` took away; every reference is checked against all rows. */
async function closeTables(
  client: pg.Client,
  tables: readonly ArchivedTable[],
  references: readonly Reference[],
): Promise<void> {
  for (const { table, name, definition } of references)
    await client.query(`alter table ${table} add constraint ${pg.escapeIdentifier(name)} ${definition}`)
  for (const table of tables) {
    await client.query(`alter table ${quoted(table)} enable trigger user`)
    if (table.forced) await client.query(`alter table ${quoted(table)} force row level security`)
    for (const column of table.numbered)
      await client.query(
        `select setval(pg_get_serial_sequence($1, $2), max(${pg.escapeIdentifier(column)})) from ${quoted(table)}`,
        [quoted(table), column],
      )
  }
}

async function loadTable(client: pg.Client, folder: string, table: ArchivedTable, listed: Listed): Promise<number> {
  const digest = digesting()
  const target = client.query(
    copyFrom(`copy ${quoted(table)} (${columnList(table)}) from stdin (format csv, header match)`),
  )
  await pipeline(createReadStream(join(folder, listed.file)), createZstdDecompress(), digest.pass, target)
  refuseOther(listed, { rows: target.rowCount, ...digest.done() })
  return target.rowCount
}

function refuseOther(listed: Listed, found: { rows: number; sha256: string }): void {
  if (found.rows === listed.rows && found.sha256 === listed.sha256) return
  throw new ArchiveFault(
    'damaged',
    `表 ${listed.schema}.${listed.table} 与归档清单不符（应有 ${listed.rows} 行）。没有导入任何内容，请改用另一份归档，或重新导出。`,
  )
}

/** The database was empty: it is again. */
async function leaveNothing(ownerUrl: string, { migrations }: ArchiveManifest): Promise<void> {
  const client = await ownerConnection(ownerUrl, 'yunbao import')
  try {
    for (const schema of new Set(['kernel', ...migrations.map(({ module }) => module)]))
      await client.query(`drop schema if exists ${pg.escapeIdentifier(schema)} cascade`)
  } finally {
    await client.end()
  }
}
