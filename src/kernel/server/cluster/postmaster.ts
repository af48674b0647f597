import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { ClusterError } from './cluster-error.ts'
import type { Runner } from './service-user.ts'

const execute = promisify(execFile)

export type Place = { binaries: Binaries; runner: Runner; directory: string; dataDirectory: string }

/** Thrown when the server ends before it is ready. */
export class StartFailed extends Error {
  readonly reason: 'port-taken' | 'memory-in-use' | 'other'
  constructor(said: string) {
    super(said)
    this.reason = /could not bind|could not create any TCP\/IP sockets/.test(said)
      ? 'port-taken'
      : /is still in use/.test(said)
        ? 'memory-in-use'
        : 'other'
  }
}

/**
 * Starts the server as leader of its own session (Ctrl+C in the terminal must not reach it before the app has closed
 * its connections) and waits until it takes connections, however long recovery lasts.
 */
export async function startPostmaster(
  place: Place,
  port: number,
  settings: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Promise<ChildProcess> {
  const { binaries, runner, directory, dataDirectory } = place
  const spoken = join(directory, 'startup.log')
  const output = openSync(spoken, 'w', 0o600)
  const flags = Object.entries({ ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const command = runner.commandFor(binaries.postgres, ['-D', dataDirectory, ...flags])
  const child = spawn(command.file, command.args, {
    ...command.options,
    cwd: directory,
    detached: true,
    windowsHide: true,
    stdio: ['ignore', output, output],
  })
  closeSync(output)
  let ended: Error | null = null
  child.once('error', (error) => (ended = error))
  child.once('exit', () => (ended ??= new StartFailed(saidIn(spoken))))
  child.unref()
  const begun = Date.now()
  let reported = begun
  while (!isReady(dataDirectory, child.pid)) {
    if (ended) throw ended
    if (Date.now() - reported > 5000) {
      reported = Date.now()
      log(`数据库正在恢复上次未写完的数据，已用 ${Math.round((reported - begun) / 1000)} 秒，请勿关闭……`)
    }
    await pause(10)
  }
  return child
}

/** What the server said; nothing when its folder went with it, long after it had started. */
function saidIn(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

/** PostgreSQL writes its state on the eighth line of postmaster.pid. */
function isReady(dataDirectory: string, pid: number | undefined): boolean {
  const lines = pidFile(dataDirectory)
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

function pidFile(dataDirectory: string): string[] {
  try {
    return readFileSync(join(dataDirectory, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

/**
 * Deals with what a killed app left: a server still running on this data directory is ended; a note of one that is gone
 * is removed (its process number may belong to anybody by now, which PostgreSQL itself cannot tell).
 * @returns true when a running server was ended
 */
export async function endAbandonedServer(place: Place, log: (line: string) => void): Promise<boolean> {
  const recorded = pidFile(place.dataDirectory)
  if (recorded.length === 0) return false
  const pid = Number(recorded[0])
  if (!Number.isInteger(pid) || pid <= 0 || !serves(pid, place.dataDirectory)) {
    rmSync(join(place.dataDirectory, 'postmaster.pid'), { force: true })
    return false
  }
  log(`上次运行遗留的数据库进程（进程号 ${pid}）仍在运行，正在接管……`)
  await stopServer(place, pid)
  // One that was killed leaves its note; its number may linger as a zombie, which PostgreSQL takes for a live server.
  rmSync(join(place.dataDirectory, 'postmaster.pid'), { force: true })
  return true
}

/**
 * True when the process is a live server of exactly this data directory. Its command line tells, which every user may
 * read (the working directory may not be read in a container), and which is empty for a zombie.
 */
function serves(pid: number, dataDirectory: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dataDirectory)
    if (process.platform === 'win32') return true
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(dataDirectory)
  } catch {
    return false
  }
}

/** Fast shutdown (open transactions are undone, everything is written); harder means only when that does not end. */
export async function stopServer(place: Place, pid: number): Promise<void> {
  if (process.platform === 'win32') {
    await execute(place.binaries.pgCtl, ['stop', '-D', place.dataDirectory, '-m', 'fast', '-w'], {
      env: place.binaries.environment,
    })
    return
  }
  const means = [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 10_000],
  ] as const
  for (const [signal, patienceMs] of means) {
    if (!serves(pid, place.dataDirectory)) return
    process.kill(pid, signal)
    for (const until = Date.now() + patienceMs; Date.now() < until; await pause(10))
      if (!serves(pid, place.dataDirectory)) return
  }
  throw new ClusterError('start-failed', `无法停止数据库进程（进程号 ${pid}）。请手工结束它后重试。`)
}

export async function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** A free port below the range that systems hand out to outgoing connections, so that it can be kept. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = 15_432 + Math.floor(Math.random() * 16_000)
    if (await isPortFree(port)) return port
  }
  throw new ClusterError(
    'start-failed',
    '本机没有可用的端口（15432–31431）供内置数据库使用。请检查本机防火墙和已占用的端口。',
  )
}
