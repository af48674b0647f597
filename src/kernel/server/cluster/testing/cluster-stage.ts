import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { inject } from 'vitest'
import { openCluster, type Cluster } from '../../cluster.ts'

export const isRoot = process.getuid?.() === 0
// Killed servers leave shared memory behind; in the data directory it is removed with it.
export const small = { shared_buffers: '16MB', fsync: 'off', dynamic_shared_memory_type: 'mmap' }
export const cleanups: (() => Promise<unknown> | unknown)[] = []

/** For `afterEach`: what a test opened is closed and its folders are gone. */
export async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
}

export async function newDirectory(mode = 0o711): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'yunbao-cluster-'))
  await chmod(directory, mode)
  cleanups.push(() => rm(directory, { recursive: true, force: true }))
  return directory
}

/** Once in a process, with the cluster of the run and gone with it. */
let template: Promise<string> | null = null

async function made(): Promise<string> {
  const directory = await mkdtemp(join(inject('testCluster').directory, 'cluster-'))
  await chmod(directory, 0o711)
  await (await openCluster({ directory, log: () => {}, settings: small })).stop()
  return directory
}

/** A directory with a database made and stopped before: what these tests are about comes after the first start. */
export async function madeDirectory(mode = 0o711): Promise<string> {
  const directory = await newDirectory(mode)
  spawnSync('cp', ['-a', `${await (template ??= made())}/.`, directory])
  await chmod(directory, mode)
  return directory
}

export async function open(
  directory: string,
  settings: Record<string, string> = small,
): Promise<Cluster & { lines: string[] }> {
  const lines: string[] = []
  const cluster = await openCluster({ directory, log: (line) => lines.push(line), settings })
  cleanups.push(() => cluster.stop())
  return { ...cluster, lines }
}

export async function query<R extends pg.QueryResultRow>(url: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return (await client.query<R>(text).finally(() => client.end())).rows
}

/** An app of its own process that opens the cluster, then does what `then` says; it prints its steps a line each. */
export function startApp(
  directory: string,
  then: string,
  before: readonly string[] = [],
): ChildProcess & { heard: (line: string) => Promise<string> } {
  const module = JSON.stringify(join(import.meta.dirname, '../../cluster.ts'))
  const script = `
    import { setTimeout as pause } from 'node:timers/promises'
    import { openCluster } from ${module}
    try {
      const cluster = await openCluster({ directory: ${JSON.stringify(directory)}, log: console.log, settings: ${JSON.stringify(small)} })
      console.log('open ' + cluster.port)
      ${then}
    } catch (error) { console.log('failed ' + error.fault + ' ' + error.message) }`
  const [file = '', ...args] = [...before, process.execPath, '--input-type=module', '-e', script]
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: import.meta.dirname, detached: true })
  cleanups.push(() => child.kill('SIGKILL'))
  let said = ''
  child.stdout.on('data', (data) => (said += String(data)))
  const heard = async (start: string): Promise<string> => {
    for (const until = Date.now() + 30_000; Date.now() < until; await pause(5)) {
      const line = said.split('\n').find((each, at, all) => each.startsWith(start) && at < all.length - 1)
      if (line !== undefined) return line
    }
    throw new Error(`the app did not say ${start}, but: ${said}`)
  }
  return Object.assign(child, { heard })
}

export async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** A process that ended but was not yet collected has no command line. */
export async function isRunning(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')) !== ''
}

export async function recordedPid(directory: string): Promise<number> {
  return Number((await readFile(join(directory, 'pg', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

export const forever = 'await pause(1e9)'
