import { hash } from 'node:crypto'
import {
  AbortedTransactionError,
  DummyDriver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  Transaction,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type { Pool, PoolClient } from 'pg'
import { isConnectionLost, OutcomeUnknown, saysUndone, translated } from './errors.ts'

/** A connection of ours: Kysely's, and the `pg` client under it for what Kysely cannot do (COPY). */
export type PgConnection = DatabaseConnection & {
  client: PoolClient
  dialect: Dialect
  /** Milliseconds we wait for one answer before we give the connection up; null waits forever. */
  patienceMs: number | null
  /** Statements sent along with the next BEGIN. */
  opening: readonly string[]
  /** Milliseconds it was waited for. */
  waitedMs: number
  /** Set when the connection must not go back to the pool. */
  broken: boolean
  /** How many groups of statements are being sent without waiting for each other's answers. */
  groups: number
}

/** A statement whose text PostgreSQL keeps prepared on the connection. */
export type PreparedQuery = CompiledQuery & { prepared?: true }

/**
 * Kysely on our `pg` pool. Kysely's own PostgreSQL driver hides the client, and does not tell a COMMIT that failed from
 * one that nobody knows about.
 */
export function pgDialect(pool: Pool, patienceMs: number): Dialect {
  const dialect: Dialect = {
    createDriver: () => pgDriver(pool, patienceMs, dialect),
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  }
  return dialect
}

/** Kysely wants a driver where it is given connections already; this one is never asked. */
const noDriver = new DummyDriver()

/**
 * The same transaction, its statements no longer waiting for each other's answers: the server gets all that are asked for
 * at once and answers in their order. Kysely queues them; the client here sends them on.
 */
export async function unqueued<Tables, R>(
  tx: Transaction<Tables>,
  connection: PgConnection,
  work: (tx: Transaction<Tables>) => Promise<R>,
): Promise<R> {
  const { client, dialect } = connection
  const executor = tx.getExecutor().withConnectionProvider({ provideConnection: (use) => use(connection) })
  const props = { config: { dialect }, dialect, driver: noDriver, executor }
  connection.groups++
  pipelining(client, true)
  try {
    return await work(new Transaction<Tables>(props))
  } finally {
    if (--connection.groups === 0) pipelining(client, false)
  }
}

/** Only while a group is being sent: COPY and cursors cannot share a connection that pipelines. */
function pipelining(client: PoolClient, on: boolean): void {
  ;(client as { pipeline: boolean }).pipeline = on
}

function pgDriver(pool: Pool, patienceMs: number, dialect: Dialect): Driver {
  return {
    init: async () => {},
    acquireConnection: async () => {
      const askedAt = performance.now()
      const client = await pool.connect().catch(rethrowTranslated)
      return connectionOn(client, dialect, patienceMs, performance.now() - askedAt)
    },
    beginTransaction: begin,
    commitTransaction: commit,
    rollbackTransaction: rollback,
    savepoint: async (connection, name) => void (await command(connection, `savepoint ${quoted(name)}`)),
    rollbackToSavepoint: async (connection, name) => void (await command(connection, `rollback to ${quoted(name)}`)),
    releaseSavepoint: async (connection, name) => void (await command(connection, `release ${quoted(name)}`)),
    releaseConnection: async (connection) => {
      const { client, broken } = connection as PgConnection
      client.release(broken)
    },
    destroy: async () => {}, // the pool is closed by whoever opened it
  }
}

function connectionOn(client: PoolClient, dialect: Dialect, patienceMs: number, waitedMs: number): PgConnection {
  const connection: PgConnection = {
    client,
    dialect,
    patienceMs,
    opening: [],
    waitedMs,
    broken: false,
    groups: 0,
    executeQuery: <R>(query: CompiledQuery) => answerOf<R>(connection, query),
    streamQuery: () => {
      throw new Error('streams are not offered: read by key, page by page')
    },
  }
  return connection
}

async function answerOf<R>(connection: PgConnection, query: PreparedQuery): Promise<QueryResult<R>> {
  const name = query.prepared ? nameOf(query.sql) : undefined
  const { command, rowCount, rows } = await send<R>(connection, query.sql, query.parameters, name)
  const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE' || command === 'MERGE'
  return { rows: rows ?? [], ...(changes ? { numAffectedRows: BigInt(rowCount ?? 0) } : {}) }
}

const names = new Map<string, string>()

/** Name of a prepared statement: the digest of its text, so that one text has one name in every process. */
function nameOf(text: string): string {
  const known = names.get(text) ?? hash('sha256', text).slice(0, 32)
  names.set(text, known)
  return known
}

async function send<R>(connection: PgConnection, text: string, values?: readonly unknown[], name?: string) {
  try {
    return await connection.client.query<R & Record<string, unknown>>({
      ...(name === undefined ? {} : { name }),
      text,
      ...(values ? { values: [...values] } : {}),
      ...(connection.patienceMs === null ? {} : { query_timeout: connection.patienceMs }),
    })
  } catch (error) {
    if (isConnectionLost(error)) connection.broken = true
    // The trace of a network event says nothing; this one leads to the statement's author.
    if (error instanceof Error) Error.captureStackTrace(error, send)
    return rethrowTranslated(error)
  }
}

function command(connection: DatabaseConnection, sql: string) {
  return send<never>(connection as PgConnection, sql)
}

/**
 * BEGIN costs the server nothing: one that is silent is away, and nothing has been done on it yet. With the wait for the
 * connection, whoever asks hears of it within five seconds.
 */
const beginPatienceMs = { most: 4000, least: 1000 }

async function begin(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
  const ours = connection as PgConnection
  const usual = ours.patienceMs
  const patience = Math.max(beginPatienceMs.least, beginPatienceMs.most - ours.waitedMs)
  ours.patienceMs = Math.min(patience, usual ?? patience)
  const opened = command(connection, [beginSql(settings), ...ours.opening].join('; '))
  await opened.finally(() => (ours.patienceMs = usual))
}

async function commit(connection: DatabaseConnection): Promise<void> {
  let tag: string
  try {
    tag = (await command(connection, 'commit')).command
  } catch (error) {
    if (saysUndone(error)) throw error
    ;(connection as PgConnection).broken = true
    throw new OutcomeUnknown(error)
  }
  // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK: somebody swallowed an error.
  if (tag === 'ROLLBACK') throw new AbortedTransactionError()
}

/** Never throws: the error that led here is the one to report, and a connection that cannot roll back is discarded. */
async function rollback(connection: DatabaseConnection): Promise<void> {
  const ours = connection as PgConnection
  if (ours.broken) return
  await command(connection, 'rollback').catch(() => (ours.broken = true))
}

function beginSql({ isolationLevel, accessMode }: TransactionSettings): string {
  return ['begin', isolationLevel && `isolation level ${isolationLevel}`, accessMode].filter(Boolean).join(' ')
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function rethrowTranslated(error: unknown): never {
  throw translated(error)
}
