import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { openDatabase, type Database } from '#kernel/server/database.ts'
import { systemScope } from '#kernel/server/scope.ts'
import type { TestCluster } from './global-database.ts'

export type FreshDatabase = {
  /** Connected as the app; without a scope of its own a transaction sees all, what dispatch runs sees what its actor may. */
  db: Database
  ownerUrl: string
  appUrl: string
  readerUrl: string
  /** For tests that play the attacker or the operator. */
  superuserUrl: string
  /** What a started app gets as `DATABASE_URL`: the owner's; `DATABASE_APP_URL` is `appUrl`. */
  url: string
  /** One statement, or several, as the owner of all tables. */
  asOwner: (statement: string) => Promise<pg.QueryResult>
  drop: () => Promise<void>
}

/**
 * A database of its own for a test file, with all migrations applied: a copy of the template, 15 to 250 ms.
 * @param options.empty true for a database without any migration
 * @param options.template a database nobody is connected to, copied instead
 * @param options.max connections of `db`, 10 unless said otherwise
 */
export async function freshDatabase(
  options: { empty?: boolean; template?: string; max?: number } = {},
): Promise<FreshDatabase> {
  const cluster = inject('testCluster')
  const name = `test_${randomBytes(6).toString('hex')}`
  // The template is small: copying its files is quicker than writing each page to the log first.
  const template = `${options.empty ? 'template0' : (options.template ?? cluster.template)} strategy file_copy`
  await asSuperuser(cluster, `create database ${name} template ${template} owner yunbao_owner`)
  const urlOf = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  const ownerUrl = urlOf(cluster.ownerUrl)
  const appUrl = urlOf(cluster.appUrl)
  const db = openDatabase(appUrl, { max: options.max ?? 10, scope: systemScope })
  return {
    db,
    ownerUrl,
    appUrl,
    readerUrl: urlOf(cluster.readerUrl),
    superuserUrl: urlOf(cluster.superuserUrl),
    url: ownerUrl,
    asOwner: async (statement) => {
      const client = new pg.Client({ connectionString: ownerUrl })
      await client.connect()
      return client.query(statement).finally(() => client.end())
    },
    drop: async () => {
      await db.close()
      await asSuperuser(cluster, `drop database if exists ${name} with (force)`)
    },
  }
}

/**
 * Makes a database once in a run, whoever asks first, for others to copy (`template`); who asks meanwhile waits.
 * @param fill gets a database and must leave no connection to it
 * @param from what that database is a copy of, as `freshDatabase` takes it
 */
export async function preparedDatabase(
  name: string,
  fill: (database: FreshDatabase) => Promise<void>,
  from: { template?: string } = {},
): Promise<string> {
  const cluster = inject('testCluster')
  await withSuperuser(cluster, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [name])
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount !== 0) return
    const database = await freshDatabase(from)
    await fill(database).finally(() => database.db.close())
    await client.query(`alter database ${new URL(database.url).pathname.slice(1)} rename to ${name}`)
  })
  return name
}

/** Never connects to the template: a database in use cannot be copied. */
async function asSuperuser(cluster: TestCluster, statement: string): Promise<void> {
  await withSuperuser(cluster, (client) => client.query(statement))
}

async function withSuperuser(cluster: TestCluster, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({
    connectionString: Object.assign(new URL(cluster.superuserUrl), { pathname: '/postgres' }).href,
  })
  client.on('error', () => {}) // the query under way reports it
  await client.connect()
  await work(client).finally(() => client.end())
}
