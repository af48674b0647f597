import { setTimeout as pause } from 'node:timers/promises'
import {
  CamelCasePlugin,
  Kysely,
  type CompiledQuery,
  type QueryResult,
  type RawBuilder,
  sql,
  type Transaction,
} from 'kysely'
import pg from 'pg'
import { columnTypes } from './database/column-types.ts'
import { pgDialect, unqueued, type PgConnection, type PreparedQuery } from './database/driver.ts'
import { asksForRetry, DatabaseAway, RetryLater } from './database/errors.ts'

/** No table is known until a module says which are its own (`schemaOf`). */
type NoTables = Record<never, never>

/** One open transaction; the only way to the tables. Columns are camelCase here and snake_case in PostgreSQL. */
export type Tx = Transaction<NoTables>

export type Database = {
  kysely: Kysely<NoTables>
  /** For what needs connections of its own (job queue, health); everything else goes through `transaction`. */
  pool: pg.Pool
  /** Default limit of one statement, milliseconds. */
  statementTimeoutMs: number
  close: () => Promise<void>
}

export type DatabaseOptions = {
  /** Connections at most. */
  max: number
  /** Limit of one statement in milliseconds, 20 s unless said otherwise; 0 for none. */
  statementTimeoutMs?: number
  /** How long to wait for a connection, milliseconds; 4 s unless said otherwise. */
  connectTimeoutMs?: number
  applicationName?: string
  /** Settings `app.<name>` that hold where a transaction sets none (kernel/server/scope.ts); for tests and benchmarks. */
  scope?: Readonly<Record<string, string>>
  /** Connections lost while idle are replaced by themselves; this only tells. */
  log?: (line: string) => void
}

/** Opens a pool of connections; none is made before the first query, so it succeeds while the database is away. */
export function openDatabase(url: string, options: DatabaseOptions): Database {
  const statementTimeoutMs = options.statementTimeoutMs ?? 20_000
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 4000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: options.applicationName ?? 'yunbao',
    statement_timeout: statementTimeoutMs,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    options: [
      'TimeZone=Asia/Shanghai',
      ...Object.entries(options.scope ?? {}).map(([name, value]) => `app.${name}=${value}`),
    ]
      .map((setting) => `-c ${setting}`)
      .join(' '),
    types: columnTypes,
  })
  // Without these listeners a connection that the server ends, idle or in use, ends the process.
  pool.on('error', (error) => options.log?.(`数据库连接中断：${error.message}`))
  pool.on('connect', (client) => client.on('error', () => {}))
  const kysely = new Kysely<NoTables>({
    dialect: pgDialect(pool, patience(statementTimeoutMs)),
    // Keys inside json columns are data, not column names.
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  let closing: Promise<void> | null = null
  return { kysely, pool, statementTimeoutMs, close: () => (closing ??= pool.end()) }
}

/** The server's limit answers first; ours only when the server does not answer at all. */
function patience(statementTimeoutMs: number): number {
  return statementTimeoutMs === 0 ? 24 * 3_600_000 : statementTimeoutMs + 5000
}

export type TransactionOptions = {
  /** Reads only, all from one snapshot: a page and its count agree. */
  readOnly?: boolean
  /** `read committed` unless said otherwise (`repeatable read` when read only). */
  isolation?: 'read committed' | 'repeatable read' | 'serializable'
  /** Settings `app.<name>` for row-level security, gone with the transaction. */
  scope?: Readonly<Record<string, string>>
  /** Limit of one statement in this transaction, milliseconds; 0 for none. */
  statementTimeoutMs?: number
}

const maxTries = 5

/**
 * Runs `work` in one transaction: all of it is kept, or nothing. On a serialization failure or deadlock the whole
 * function runs again, so it must change nothing but the database.
 * @throws RetryLater after five tries; DatabaseAway when nothing was kept; OutcomeUnknown when COMMIT was sent and the
 *   connection broke (never tried again here: only an idempotency key makes that safe)
 */
export async function transaction<T>(
  db: Database,
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const startedAt = performance.now()
  for (let attempt = 1; ; attempt++) {
    let begun = false
    try {
      return await inTransaction(db, options, async (tx) => {
        begun = true
        return await work(tx)
      })
    } catch (error) {
      // A pooled connection may have died unnoticed: nothing was done on it yet, so another is tried, once and at once.
      if (error instanceof DatabaseAway && !begun && attempt === 1 && performance.now() - startedAt < 1000) continue
      if (!asksForRetry(error)) throw error
      if (attempt >= maxTries) throw new RetryLater(error)
      await pause(Math.random() * 20 * 2 ** attempt)
    }
  }
}

/** Begins on a connection that knows what holds from the start, so that settings cost no statement of their own. */
function inTransaction<T>(
  db: Database,
  { readOnly, isolation, scope, statementTimeoutMs }: TransactionOptions,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const level = isolation ?? (readOnly ? 'repeatable read' : null)
  return db.kysely.connection().execute(async (kysely) => {
    await withConnection(kysely, async (connection) => {
      connection.opening = [
        ...(statementTimeoutMs === undefined
          ? []
          : [`set local statement_timeout = ${Math.trunc(statementTimeoutMs)}`]),
        ...(scope === undefined ? [] : [localSettings(scope)]),
      ]
      if (statementTimeoutMs !== undefined) connection.patienceMs = patience(statementTimeoutMs)
    })
    let builder = kysely.transaction()
    if (level) builder = builder.setIsolationLevel(level)
    return (readOnly ? builder.setAccessMode('read only') : builder).execute(work)
  })
}

/** SQL that sets `app.<name>` for the rest of the transaction; far cheaper than calls of set_config. */
export function localSettings(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(
      ([name, value]) =>
        `set local ${pg.escapeIdentifier('app')}.${pg.escapeIdentifier(name)} = ${pg.escapeLiteral(value)}`,
    )
    .join('; ')
}

/** The connection under a transaction. */
export async function withConnection<T>(
  tx: Kysely<NoTables>,
  use: (connection: PgConnection) => Promise<T>,
): Promise<T> {
  return tx.getExecutor().provideConnection((connection) => use(connection as PgConnection))
}

/**
 * The transaction as one module sees it: its schema, its tables, no others.
 * @example const vehicles = (tx: Tx) => schemaOf<{ trip: Trip }>(tx, 'vehicles')
 */
export function schemaOf<Tables extends Record<string, Record<string, unknown>>>(tx: Tx, schema: string) {
  return tx.withSchema(schema).withTables<Tables>()
}

/**
 * Runs a statement that is sent all the time, its text always the same: PostgreSQL keeps it parsed, rewritten by
 * row-level security and planned on each connection, and only gets the values. For statements led by keys, whose plan
 * does not depend on the values.
 */
export function executePrepared<R>(tx: Tx, statement: RawBuilder<R>): Promise<QueryResult<R>> {
  const query: PreparedQuery = { ...statement.compile(tx), prepared: true }
  return tx.executeQuery<R>(query as CompiledQuery<R>)
}

/**
 * Statements that do not need each other's answers, sent in one go and carried out in their order: the server is waited for
 * once, not once for each. Nothing else of the transaction runs meanwhile.
 * @returns the answers in order; when some fail, the error of the first of them, after all have come back
 * @example const [events, files] = await together(tx, (tx) => [eventsOf(tx, ids), attachmentsOf(tx, subject)])
 */
export async function together<T extends readonly unknown[] | []>(
  tx: Tx,
  statements: (tx: Tx) => T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  return withConnection(tx, (connection) =>
    unqueued(tx, connection, async (direct) => {
      const asked = statements(direct)
      await Promise.allSettled(asked) // a group is over when all of it has been answered
      return Promise.all(asked)
    }),
  )
}

/**
 * A statement put together and not yet sent. Putting together what many rows are made of takes as long as the server takes to
 * write them: the next can be put together while one is under way.
 */
export type Sending = (tx: Tx) => Promise<void>

/** Sends a statement whose answer nobody needs. */
export function sendingOf(statement: RawBuilder<unknown>): Sending {
  return async (tx) => {
    await statement.execute(tx)
  }
}

/** A value for a json or jsonb column; without it `pg` would send an array as a PostgreSQL array. */
export function asJson<T>(value: T): RawBuilder<T> {
  return sql<T>`${JSON.stringify(value)}::jsonb`
}
