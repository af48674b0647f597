import { AsyncLocalStorage } from 'node:async_hooks'
import type pg from 'pg'

/**
 * Which call to the database fails, counted within one piece of work, and how: an error of a statement, a connection that
 * breaks before it is sent, or one that breaks after it was carried out.
 */
export type Failure = {
  at: { call: number } | { commit: number }
  how: 'error' | 'cut' | 'answer-lost'
}
type Watch = { failure: Failure | null; calls: number; begins: number[]; commits: number; failed: boolean }

const watching = new AsyncLocalStorage<Watch>()

/** Runs work whose calls to a database made failable are counted. @returns its result, how many calls it made, and which of them were BEGIN */
export async function failing<T>(
  failure: Failure | null,
  work: () => Promise<T>,
): Promise<{ result: T; calls: number; begins: readonly number[]; failed: boolean }> {
  const watch: Watch = { failure, calls: 0, begins: [], commits: 0, failed: false }
  const result = await watching.run(watch, work)
  const { calls, begins, failed } = watch
  return { result, calls, begins, failed }
}

/** From now on the calls of work under {@link failing} fail as it says; everybody else's go through untouched. */
export function makeFailable(pool: pg.Pool): void {
  const connect = pool.connect.bind(pool) as () => Promise<pg.PoolClient>
  const connectWatched = async (): Promise<pg.PoolClient> => {
    const watch = watching.getStore()
    const client = await connect()
    if (!watch) return client
    const query = client.query.bind(client) as (config: { text: string }) => Promise<unknown>
    const release = client.release.bind(client)
    const restore = (): void => {
      Object.assign(client, { query, release })
    }
    Object.assign(client, {
      query: (config: { text: string }) => queryWatched(client, query, watch, config),
      release: (error?: Error | boolean) => {
        restore()
        release(error)
      },
    })
    return client
  }
  // A pool's own `query` asks with a callback; only transactions are made to fail.
  pool.connect = ((callback?: never) =>
    callback ? (connect as (one: never) => unknown)(callback) : connectWatched()) as never
}

async function queryWatched(
  client: pg.PoolClient,
  query: (config: { text: string }) => Promise<unknown>,
  watch: Watch,
  config: { text: string },
): Promise<unknown> {
  watch.calls++
  if (config.text.startsWith('begin')) watch.begins.push(watch.calls)
  if (config.text === 'commit') watch.commits++
  const { failure } = watch
  const due =
    failure !== null &&
    !watch.failed &&
    ('call' in failure.at
      ? failure.at.call === watch.calls
      : config.text === 'commit' && failure.at.commit === watch.commits)
  if (!due) return query(config)
  watch.failed = true
  // Without the name of a prepared statement, which would stand for another text.
  if (failure.how === 'error') return query({ text: 'select 1/0' })
  if (failure.how === 'answer-lost') await query(config)
  breakConnection(client)
  return query(config)
}

function breakConnection(client: pg.PoolClient): void {
  ;(client as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy()
}
