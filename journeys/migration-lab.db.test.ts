import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate, MigrationRefused, readMigrations, type MigrationSource } from '#kernel/server/migrate.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { migrationOrder } from '#kernel/testing/global-database.ts'
import { fillTables, rowsIn } from './migration-lab/fill-tables.ts'

/** G27: every schema there was migrates forward with rows in its tables. */
let fresh: FreshDatabase
let root: string
let owner: pg.Client
beforeAll(async () => {
  fresh = await freshDatabase({ empty: true })
  root = await mkdtemp(join(tmpdir(), 'yunbao-migration-lab-'))
  owner = await connected(fresh.superuserUrl)
})
afterAll(async () => {
  await owner.end()
  await fresh.drop()
  await rm(root, { recursive: true, force: true })
})

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {}) // the query under way reports it
  await client.connect()
  return client
}

const quiet = () => {}
/** A thing: `standards/0002` gives the values of these another form. */
const known = { 'standards.standard.code': 'item.desktop' }

test(
  'G27 each migration is applied to tables with rows in them, and no row is lost',
  { timeout: 120_000 },
  async () => {
    const order = await migrationOrder()
    const all = await readMigrations(order)
    const sources: MigrationSource[] = order.map(({ module }) => ({ module, directory: join(root, module) }))
    for (const { directory } of sources) await mkdir(directory)
    let held = new Map<string, number>()
    let withRows = 0
    for (const { module, name, path } of all) {
      await copyFile(path, join(root, module, name))
      expect(await migrate(fresh.ownerUrl, sources, quiet)).toEqual([`${module}/${name}`])
      const now = await rowsIn(owner, [...held.keys()])
      for (const [table, rows] of held)
        expect([`${module}/${name}`, table, (now.get(table) ?? 0) >= rows]).toEqual([`${module}/${name}`, table, true])
      if ([...held.keys()].some((table) => table.startsWith(`${module}.`))) withRows++
      held = await fillTables(owner, known)
    }
    const { rows } = await owner.query(
      `select count(*)::int as n from pg_tables where schemaname not in ('pg_catalog', 'information_schema', 'jobs')`,
    )
    // The lab would prove nothing on empty tables.
    expect(held.size).toBeGreaterThan(rows[0].n * 0.5)
    expect(withRows).toBeGreaterThan(10)
    expect(await migrate(fresh.ownerUrl, sources, quiet)).toEqual([])
  },
)

test(
  'G27 an application of the earlier version that holds a table makes the migration fail whole; once it is gone it completes',
  {
    timeout: 90_000,
  },
  async () => {
    const directory = join(root, 'later')
    await mkdir(directory)
    const later: MigrationSource = { module: 'later', directory }
    await copyFile(
      join(import.meta.dirname, 'migration-lab', '0001-wider-demand.sql'),
      join(directory, '0001-wider-demand.sql'),
    )
    const old = await connected(fresh.appUrl)
    try {
      await old.query('begin')
      await old.query(`select set_config('app.all', 'on', true)`)
      await old.query('select id from plans.demand for update')
      const refused = await migrate(fresh.ownerUrl, [later], quiet).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(MigrationRefused)
      expect((refused as Error).message).toMatch(/0001-wider-demand\.sql.*失败，未作改动/)
      await old.query('commit')
      expect(await migrate(fresh.ownerUrl, [later], quiet)).toEqual(['later/0001-wider-demand.sql'])
      // What it knew is still there for it.
      await old.query('begin')
      await old.query(`select set_config('app.all', 'on', true)`)
      expect((await old.query('select id, version from plans.demand')).rowCount).toBeGreaterThanOrEqual(0)
      await old.query('commit')
    } finally {
      await old.end()
    }
  },
)
