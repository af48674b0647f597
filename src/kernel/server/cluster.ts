import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, realpath, stat } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { archivingEnvironment, archivingSettings, prepareArchive, type Archiving } from './cluster/archiving.ts'
import { findBinaries } from './cluster/binaries.ts'
import { ClusterError } from './cluster/cluster-error.ts'
import { lockDirectory } from './cluster/directory-lock.ts'
import { giveTo, initialise } from './cluster/initialise.ts'
import {
  endAbandonedServer,
  freePort,
  isPortFree,
  StartFailed,
  startPostmaster,
  stopServer,
  type Place,
} from './cluster/postmaster.ts'
import { appRole, databaseName, ownerRole, prepareRoles, readerRole, superuserRole } from './cluster/roles.ts'
import { newSecrets, readSecrets, writeSecrets, type ClusterSecrets } from './cluster/secrets.ts'
import { chooseRunner } from './cluster/service-user.ts'

export type Cluster = {
  /** Runs migrations. */
  ownerUrl: string
  /** What the app works with. */
  appUrl: string
  /** Reads only: statistics, export. */
  readerUrl: string
  /** For set-up, physical backup and tests; the app never connects with it. */
  superuserUrl: string
  port: number
  dataDirectory: string
  /** True on the first start, when the database was made. */
  created: boolean
  /** True when a server that a killed app had left running was found; it was ended and started anew. */
  tookOver: boolean
  /** Fast shutdown; close connection pools first. Safe to call twice. */
  stop: () => Promise<void>
}

/** An eighth of the machine's memory, so that a small one keeps room for the app and the reading of workbooks. */
const sharedMegabytes = Math.min(2048, Math.max(256, Math.floor(totalmem() / 8 / 2 ** 20)))

/** Sized for two cores and a machine shared with others; durable, whatever happens. */
const defaultSettings: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: `${sharedMegabytes}MB`,
  effective_cache_size: `${sharedMegabytes * 4}MB`,
  work_mem: '16MB',
  maintenance_work_mem: '256MB',
  max_parallel_workers_per_gather: '1',
  max_parallel_maintenance_workers: '1',
  random_page_cost: '1.1',
  jit: 'off',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  wal_level: 'replica',
  wal_compression: 'on',
  max_wal_size: '4GB',
  checkpoint_timeout: '10min',
  // Work for a client that died must not hold its locks until it is done (Windows cannot tell).
  ...(process.platform === 'win32' ? {} : { client_connection_check_interval: '2s' }),
  timezone: 'Asia/Shanghai',
  log_timezone: 'Asia/Shanghai',
  // A week of logs, one file a day. Terse: the details of an error quote row contents, which have no place in a log.
  logging_collector: 'on',
  log_filename: 'postgresql-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_error_verbosity: 'terse',
}

/**
 * Opens the embedded PostgreSQL in a directory, making it on first use, and keeps it running until `stop`: should the
 * server die, it is started again on the same port. Works as root and as an ordinary user.
 * @param options.directory everything lies in it: `pg` (data), `cluster.json` (passwords, 0600), `startup.log`
 * @param options.log progress for the person who waits, in Chinese, a line at a time
 * @param options.settings server settings over ours, e.g. `{ fsync: 'off' }` for tests
 * @param options.archiving hands every finished log segment to the archive of the backups
 * @throws ClusterError with a message that names the remedy
 */
export async function openCluster(options: {
  directory: string
  log: (line: string) => void
  settings?: Readonly<Record<string, string>>
  archiving?: Archiving | undefined
}): Promise<Cluster> {
  const { log, archiving } = options
  const directory = await claimDirectory(options.directory)
  const unlock = lockDirectory(directory)
  const settings = {
    ...defaultSettings,
    ...(archiving && archivingSettings(archiving)),
    ...options.settings,
  }
  try {
    return await openLocked(directory, log, settings, archiving, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

async function claimDirectory(path: string): Promise<string> {
  try {
    // As root, the user that PostgreSQL runs as must be able to pass; what is secret in it has its own mode.
    await mkdir(path, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
    return await realpath(path)
  } catch (cause) {
    throw new ClusterError(
      'no-permission',
      `无法建立数据目录 ${path}。请检查权限，或用 YUNBAO_DATA_DIR 指定另一个目录。`,
      { cause },
    )
  }
}

async function openLocked(
  directory: string,
  log: (line: string) => void,
  settings: Readonly<Record<string, string>>,
  archiving: Archiving | undefined,
  unlock: () => void,
): Promise<Cluster> {
  const dataDirectory = join(directory, 'pg')
  const binaries = await findBinaries(join(directory, 'lib'))
  if (archiving) Object.assign(binaries.environment, archivingEnvironment(archiving))
  const runner = await chooseRunner(binaries, directory, dataDirectory)
  const place: Place = { binaries, runner, directory, dataDirectory }
  if (archiving) await prepareArchive(archiving, runner, dataDirectory)
  const created = !existsSync(dataDirectory)
  const secrets = await secretsFor(directory, created)
  if (created) {
    log('首次启动，正在初始化数据库……')
    const password = secrets.superuserPassword
    await initialise({ ...place, superuser: superuserRole, password, durable: settings['fsync'] !== 'off' })
  } else {
    await refuseOtherVersion(dataDirectory, runner.version)
    if (runner.user && (await stat(dataDirectory)).uid === 0) await giveTo(runner.user, dataDirectory)
  }
  const tookOver = await endAbandonedServer(place, log)
  const { child, port } = await startWherePossible(place, secrets.port, settings, log)
  const server = keepRunning(place, child, port, settings, log)
  const url = (role: string, password: string, database = databaseName) =>
    `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`
  try {
    if (port !== secrets.port) await writeSecrets(directory, { ...secrets, port })
    await prepareRoles(url(superuserRole, secrets.superuserPassword, 'postgres'), secrets).catch(
      explainPassword(directory),
    )
  } catch (error) {
    await server.stop()
    throw error
  }
  if (created) log('数据库已就绪。')
  let stopped: Promise<void> | null = null
  return {
    ownerUrl: url(ownerRole, secrets.ownerPassword),
    appUrl: url(appRole, secrets.appPassword),
    readerUrl: url(readerRole, secrets.readerPassword),
    superuserUrl: url(superuserRole, secrets.superuserPassword),
    port,
    dataDirectory,
    created,
    tookOver,
    stop: () => (stopped ??= server.stop().finally(unlock)),
  }
}

async function secretsFor(directory: string, created: boolean): Promise<ClusterSecrets> {
  const present = await readSecrets(directory)
  if (present) return present
  if (!created)
    throw new ClusterError(
      'secrets',
      `数据目录 ${directory} 缺少 cluster.json（内含数据库口令）。请从备份中恢复该文件后再启动。`,
    )
  const secrets = newSecrets()
  await writeSecrets(directory, secrets)
  return secrets
}

async function refuseOtherVersion(dataDirectory: string, version: string): Promise<void> {
  const present = (await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  const major = version.split('.')[0]
  if (present === major) return
  throw new ClusterError(
    'version',
    present === ''
      ? `数据目录 ${dataDirectory} 不是完整的数据库（缺少 PG_VERSION）。请从备份中恢复，或用 YUNBAO_DATA_DIR 指定另一个目录。`
      : `数据目录 ${dataDirectory} 由 PostgreSQL ${present} 建立，当前程序是 ${version}，不能直接打开。请先用原版本导出数据，再导入新目录。`,
  )
}

function explainPassword(directory: string): (error: unknown) => never {
  return (error) => {
    if ((error as { code?: string }).code !== '28P01') throw error
    throw new ClusterError(
      'secrets',
      `${join(directory, 'cluster.json')} 中的口令与数据库不符。请从同一份备份中恢复该文件。`,
      {
        cause: error,
      },
    )
  }
}

/** Keeps the port of last time; another when that is taken. */
async function startWherePossible(
  place: Place,
  lastPort: number | null,
  settings: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Promise<{ child: ChildProcess; port: number }> {
  let port = lastPort !== null && (await isPortFree(lastPort)) ? lastPort : await freePort()
  for (const until = Date.now() + 60_000; ;) {
    try {
      return { child: await startPostmaster(place, port, settings, log), port }
    } catch (error) {
      const reason = error instanceof StartFailed ? error.reason : 'other'
      if (reason === 'other' || Date.now() > until) throw startFault(place, error)
      if (reason === 'port-taken') port = await freePort()
      else await pause(100) // sessions of a killed server need a moment to notice
    }
  }
}

function startFault(place: Place, cause: unknown): ClusterError {
  const said = cause instanceof Error ? cause.message : String(cause)
  return new ClusterError(
    'start-failed',
    `内置数据库无法启动：${said}\n详情见 ${join(place.directory, 'startup.log')} 和 ${join(place.dataDirectory, 'log')}。`,
    { cause },
  )
}

/** Starts the server again whenever it ends unasked; the app sees a database that is away for a moment. */
function keepRunning(
  place: Place,
  first: ChildProcess,
  port: number,
  settings: Readonly<Record<string, string>>,
  log: (line: string) => void,
): { stop: () => Promise<void> } {
  let child = first
  let stopping = false
  let reviving: Promise<void> | null = null
  const revive = async () => {
    for (let wait = 100; !stopping; wait = Math.min(wait * 2, 5000)) {
      try {
        child = await startPostmaster(place, port, settings, log)
        log('数据库已重新启动。')
        reviving = null
        return watch()
      } catch (error) {
        log(`数据库暂时无法重新启动，稍后再试：${error instanceof Error ? error.message : String(error)}`)
        await pause(wait, undefined, { ref: false })
      }
    }
  }
  const watch = () => {
    const watched = child
    const ended = () => {
      if (stopping || reviving) return
      log(`数据库意外停止（${watched.signalCode ?? `退出码 ${watched.exitCode}`}），正在重新启动……`)
      reviving = revive()
    }
    child.once('exit', ended)
    // It may have ended between being ready and being watched.
    if (child.exitCode !== null || child.signalCode !== null) ended()
  }
  // An app that ends without `stop` takes its server along, as well as a signal can.
  const onExit = () => void (stopping || child.kill('SIGINT'))
  process.once('exit', onExit)
  watch()
  return {
    stop: async () => {
      stopping = true
      await reviving
      process.off('exit', onExit)
      if (child.pid !== undefined) await stopServer(place, child.pid)
    },
  }
}
