import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { openCluster } from '../cluster.ts'
import { ClusterError } from './cluster-error.ts'
import type { Archiving } from './archiving.ts'
import { appRole, databaseName, ownerRole, readerRole, superuserRole } from './roles.ts'
import { readSecrets } from './secrets.ts'

/** A cluster of our own, or the running one of another process, joined for a while. */
export type SharedCluster = {
  ownerUrl: string
  appUrl: string
  readerUrl: string
  /** For backups. */
  superuserUrl: string
  joined: boolean
  stop: () => Promise<void>
}

type ClusterOptions = { directory: string; log: (line: string) => void; archiving?: Archiving | undefined }

/** How long a process that is just starting or ending its cluster is waited for, milliseconds. */
const patienceMs = 30_000

/**
 * Opens the cluster in a directory, or joins it where another process runs it: a command works beside the server.
 * Who opened the cluster lets those who joined finish before it ends it.
 * @throws ClusterError `in-use` when the other process does not get ready in time
 */
export async function openOrJoinCluster(options: ClusterOptions): Promise<SharedCluster> {
  return whileInUse<SharedCluster>(
    async () => {
      const cluster = await openCluster(options)
      const { ownerUrl, appUrl, readerUrl, superuserUrl } = cluster
      return {
        ownerUrl,
        appUrl,
        readerUrl,
        superuserUrl,
        joined: false,
        stop: () => othersDone(appUrl).then(cluster.stop),
      }
    },
    async () => {
      const running = await runningCluster(options.directory)
      return running && { ...running, joined: true, stop: async () => {} }
    },
  )
}

/**
 * Opens the cluster in a directory for this process alone, once a command or a server that is ending has left it.
 * @throws ClusterError `in-use` when the other process does not leave in time
 */
export async function openClusterPatiently(options: ClusterOptions): Promise<SharedCluster> {
  let told = false
  return whileInUse(
    async () => ({ ...(await openCluster(options)), joined: false }),
    async () => {
      if (!told) options.log('数据目录正由另一个运保进程使用，等待它结束……')
      told = true
      return null
    },
    15_000,
  )
}

/** Tries to open; where the directory is in use, asks for another way, and tries again for a while. */
async function whileInUse<T>(
  open: () => Promise<T>,
  otherwise: () => Promise<T | null>,
  waitMs = patienceMs,
): Promise<T> {
  for (const until = Date.now() + waitMs; ;) {
    try {
      return await open()
    } catch (error) {
      if (!(error instanceof ClusterError) || error.fault !== 'in-use') throw error
      const other = await otherwise()
      if (other) return other
      if (Date.now() > until) throw error
      await pause(200)
    }
  }
}

async function runningCluster(directory: string): Promise<Omit<SharedCluster, 'joined' | 'stop'> | null> {
  const secrets = await readSecrets(directory)
  if (!secrets?.port) return null
  const url = (role: string, password: string) =>
    `postgresql://${role}:${password}@127.0.0.1:${secrets.port}/${databaseName}`
  const appUrl = url(appRole, secrets.appPassword)
  // Without its migrations the database is just being made; the app cannot ask yet.
  const ready = await ask(appUrl, 'select from kernel.installation limit 1').catch(() => null)
  if (ready === null) return null
  const readerUrl = url(readerRole, secrets.readerPassword)
  return {
    ownerUrl: url(ownerRole, secrets.ownerPassword),
    appUrl,
    readerUrl,
    superuserUrl: url(superuserRole, secrets.superuserPassword),
  }
}

/** Waits while other processes work with the database, ten minutes at most. */
async function othersDone(appUrl: string): Promise<void> {
  const sessions = `select from pg_stat_activity where datname = current_database()
    and application_name like 'yunbao%' and pid <> pg_backend_pid()`
  for (const until = Date.now() + 600_000; Date.now() < until;) {
    if (((await ask(appUrl, sessions).catch(() => null)) ?? 0) === 0) return
    await pause(200)
  }
}

/** @returns how many rows a query has */
async function ask(url: string, text: string): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  client.on('error', () => {}) // the query under way reports it
  try {
    await client.connect()
    return (await client.query(text)).rowCount ?? 0
  } finally {
    await client.end().catch(() => {})
  }
}
