import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../../testing/database.ts'
import { openDatabase, schemaOf, transaction, type Database, type DatabaseOptions, type Tx } from '../database.ts'
import { DatabaseAway, OutcomeUnknown, RetryLater } from './errors.ts'

let fresh: FreshDatabase
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  fresh = await freshDatabase()
  await asOwner(`create schema cars; create table cars.line (id int primary key, balance_fen bigint not null)`)
})

afterAll(async () => {
  for (const close of closing) await close()
  await fresh.drop()
})

const asOwner = (statement: string) => fresh.asOwner(statement)

function opened(options: Partial<DatabaseOptions> = {}, url = fresh.appUrl): Database {
  const database = openDatabase(url, { max: 4, ...options })
  closing.push(() => database.close())
  return database
}

const cars = (tx: Tx) => schemaOf<{ line: { id: number; balanceFen: number } }>(tx, 'cars')

/** A wire between app and database that a test can cut or hold. `watch` sees what the app sends. */
async function wire(
  watch: (sent: string, connection: { app: Socket; server: Socket }) => 'pass' | 'drop' = () => 'pass',
) {
  const target = new URL(fresh.appUrl)
  const pairs = new Set<{ app: Socket; server: Socket }>()
  let held = false
  const proxy = createServer((app) => {
    const server = connect(Number(target.port), target.hostname)
    const pair = { app, server }
    pairs.add(pair)
    for (const socket of [app, server]) socket.on('error', () => {})
    app.on('data', (data) => void (!held && watch(data.toString('latin1'), pair) === 'pass' && server.write(data)))
    server.on('data', (data) => void (!held && app.write(data)))
    app.on('close', () => server.destroy())
    server.on('close', () => app.destroy())
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const cut = () => pairs.forEach(({ app, server }) => (app.destroy(), server.destroy()))
  closing.push(async () => (cut(), proxy.close()))
  return {
    url: Object.assign(new URL(target), { port: String((proxy.address() as AddressInfo).port) }).href,
    cut,
    hold: () => (held = true),
  }
}

describe('a database that goes away', () => {
  beforeEach(() => asOwner('truncate cars.line; insert into cars.line values (1, 0)'))
  const add = (tx: Tx) =>
    cars(tx)
      .updateTable('line')
      .set((line) => ({ balanceFen: line('balanceFen', '+', 1) }))
      .where('id', '=', 1)
      .execute()
  const balance = async () => (await asOwner('select balance_fen::int as n from cars.line')).rows[0].n as number

  it('is said to be away when nobody answers', async () => {
    const nobody = createServer().listen(0, '127.0.0.1')
    await once(nobody, 'listening')
    const { port } = nobody.address() as AddressInfo
    nobody.close()
    const away = opened({}, Object.assign(new URL(fresh.appUrl), { port: String(port) }).href)
    await expect(transaction(away, add)).rejects.toThrow(DatabaseAway)
    await expect(transaction(away, add)).rejects.toMatchObject({ name: 'DatabaseAway', code: 'database-away' })
  })

  it('ends neither the process nor the pool when sessions are ended, idle or in the middle', async () => {
    const lines: string[] = []
    const pool = opened({ max: 3, log: (line) => lines.push(line) })
    await Promise.all([1, 2].map(() => transaction(pool, add)))
    const middle = transaction(pool, async (tx) => {
      await add(tx)
      await asSuperuser(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'yunbao_app' and application_name = 'yunbao'`,
      )
      await pause(50)
      await add(tx)
    })
    await expect(middle).rejects.toThrow(DatabaseAway)
    expect(lines.length).toBeGreaterThan(0)
    await Promise.all([1, 2, 3, 4].map(() => transaction(pool, add)))
    expect(await balance()).toBe(6)
    expect(pool.pool).toMatchObject({ waitingCount: 0 })
    expect(pool.pool.idleCount).toBe(pool.pool.totalCount)
  })

  it('tries another connection when a pooled one turns out dead', async () => {
    const line = await wire()
    const pool = opened({ max: 1 }, line.url)
    await transaction(pool, add)
    line.cut()
    await transaction(pool, add)
    expect(await balance()).toBe(2)
  })

  it('does not claim to know when the wire is cut at COMMIT, and does not run again', async () => {
    let runs = 0
    const line = await wire((sent, { app }) => {
      if (!sent.includes('commit\0')) return 'pass'
      app.destroy()
      return 'drop'
    })
    const pool = opened({ max: 1 }, line.url)
    await expect(transaction(pool, async (tx) => (runs++, add(tx)))).rejects.toThrow(OutcomeUnknown)
    expect([runs, await balance()]).toEqual([1, 0])
  })

  it('nor when COMMIT arrived and only its answer was lost', async () => {
    let runs = 0
    const line = await wire((sent, { app, server }) => {
      if (!sent.includes('commit\0')) return 'pass'
      server.removeAllListeners('data')
      server.once('data', () => app.destroy())
      return 'pass'
    })
    const pool = opened({ max: 1 }, line.url)
    await expect(transaction(pool, async (tx) => (runs++, add(tx)))).rejects.toThrow(OutcomeUnknown)
    expect([runs, await balance()]).toEqual([1, 1])
  })

  it('does not wait forever for a server that says nothing', async () => {
    const line = await wire()
    const pool = opened({ max: 2, statementTimeoutMs: 100, connectTimeoutMs: 300 }, line.url)
    await Promise.all([1, 2].map(() => transaction(pool, async (tx) => (await add(tx), pause(20)))))
    line.hold()
    const [first, second] = await Promise.allSettled([transaction(pool, add), transaction(pool, add)])
    expect([first, second].map((outcome) => outcome.status === 'rejected' && outcome.reason.name)).toEqual([
      'DatabaseAway',
      'DatabaseAway',
    ])
    expect(pool.pool.waitingCount).toBe(0)
  })

  it('asks to come again when all connections are taken', async () => {
    const pool = opened({ max: 1, connectTimeoutMs: 50 })
    const holding = transaction(pool, () => pause(300))
    await pause(20)
    await expect(transaction(pool, add)).rejects.toThrow(RetryLater)
    await holding
    await transaction(pool, add)
  })

  async function asSuperuser(statement: string): Promise<void> {
    const client = new pg.Client({ connectionString: fresh.superuserUrl })
    await client.connect()
    await client.query(statement).finally(() => client.end())
  }
})
