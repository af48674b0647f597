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
  drop: () => Promise<void>
}

/**
 * A database of its own for a test file, with all migrations applied: a copy of the template, 15 to 250 ms.
 * @param options.empty true for a database without any migration
 * @param options.max connections of `db`, 10 unless said otherwise
 */
export async function freshDatabase(options: { empty?: boolean; max?: number } = {}): Promise<FreshDatabase> {
  const cluster = inject('testCluster')
  const name = `test_${randomBytes(6).toString('hex')}`
  // The template is small: copying its files is quicker than writing each page to the log first.
  const template = `${options.empty ? 'template0' : cluster.template} strategy file_copy`
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
    drop: async () => {
      await db.close()
      await asSuperuser(cluster, `drop database if exists ${name} with (force)`)
    },
  }
}

/** Never connects to the template: a database in use cannot be copied. */
async function asSuperuser(cluster: TestCluster, statement: string): Promise<void> {
  const client = new pg.Client({
    connectionString: Object.assign(new URL(cluster.superuserUrl), { pathname: '/postgres' }).href,
  })
  client.on('error', () => {}) // the query under way reports it
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
