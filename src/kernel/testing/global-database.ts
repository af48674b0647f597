import { chmod, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openCluster, type Cluster } from '#kernel/server/cluster.ts'
import { databaseName } from '#kernel/server/cluster/roles.ts'
import { migrate, type MigrationSource } from '#kernel/server/migrate.ts'
import { fastFolder } from './fast-folder.ts'

/** What test files get of the one cluster that runs for all of them. */
export type TestCluster = {
  ownerUrl: string
  appUrl: string
  readerUrl: string
  superuserUrl: string
  template: string
  /** Folder of the run, gone with it. */
  directory: string
  /** Modules whose migrations failed, with the reason: they fail their own tests and one of the kernel's, not all. */
  faults: string[]
}

declare module 'vitest' {
  interface ProvidedContext {
    testCluster: TestCluster
  }
}

const folderPrefix = 'yunbao-test-'
const kernelDirectory = join(import.meta.dirname, '..')
const modulesDirectory = join(kernelDirectory, '..', 'modules')

/** Several projects may ask in one run; all get the same cluster, and the last to leave stops it. */
const shared = globalThis as { yunbaoTestCluster?: { users: number; opening: Promise<Opened> } }
type Opened = { cluster: Cluster; directory: string; faults: string[] }

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.yunbaoTestCluster ??= { users: 0, opening: open() }
  shared.yunbaoTestCluster.users++
  const { cluster, directory, faults } = await shared.yunbaoTestCluster.opening
  const { ownerUrl, appUrl, readerUrl, superuserUrl } = cluster
  project.provide('testCluster', {
    ownerUrl,
    appUrl,
    readerUrl,
    superuserUrl,
    template: databaseName,
    directory,
    faults,
  })
  return close
}

async function open(): Promise<Opened> {
  const base = await fastFolder()
  await sweepAbandoned(base)
  const directory = await mkdtemp(join(base, folderPrefix))
  await chmod(directory, 0o711) // mkdtemp makes it private, which is a case of its own, tested where it belongs
  // Nothing here outlives the run, so nothing needs to survive a power cut.
  const settings = {
    fsync: 'off',
    full_page_writes: 'off',
    synchronous_commit: 'off',
    shared_buffers: '128MB',
    max_connections: '200', // three files, and one of them opens sixty
    max_wal_size: '256MB',
  }
  const cluster = await openCluster({ directory, log: () => {}, settings })
  const faults: string[] = []
  for (const source of await migrationOrder())
    await migrate(cluster.ownerUrl, [source], () => {}).catch((error: Error) => faults.push(error.message))
  for (const fault of faults) console.error(fault)
  return { cluster, directory, faults }
}

async function close(): Promise<void> {
  const held = shared.yunbaoTestCluster
  if (!held || --held.users > 0) return
  delete shared.yunbaoTestCluster
  const { cluster, directory } = await held.opening
  await cluster.stop()
  await rm(directory, { recursive: true, force: true })
}

/** Runs that were killed leave a server and a folder behind; the next run clears those whose lock nobody holds. */
async function sweepAbandoned(base: string): Promise<void> {
  const tenMinutesAgo = Date.now() - 600_000
  for (const name of await readdir(base)) {
    const directory = join(base, name)
    const found = name.startsWith(folderPrefix) ? await stat(directory).catch(() => null) : null
    if (!found || found.birthtimeMs > tenMinutesAgo || found.uid !== process.getuid?.()) continue
    try {
      const cluster = await openCluster({ directory, log: () => {} })
      await cluster.stop()
    } catch {
      continue // in use, or no cluster of ours
    }
    await rm(directory, { recursive: true, force: true })
  }
}

/**
 * Kernel first, then every module that has migrations after the modules it needs. The needs are read from the text of
 * `module.ts` instead of importing it: a module under construction must not stop the database tests of all others.
 */
export async function migrationOrder(): Promise<MigrationSource[]> {
  const names = (await readdir(modulesDirectory)).sort()
  const ordered: string[] = []
  const visit = async (name: string, trail: readonly string[]): Promise<void> => {
    if (ordered.includes(name) || trail.includes(name)) return
    for (const need of await needsOf(name)) if (names.includes(need)) await visit(need, [...trail, name])
    ordered.push(name)
  }
  for (const name of names) await visit(name, [])
  return [
    { module: 'kernel', directory: join(kernelDirectory, 'server', 'migrations') },
    ...ordered.map((module) => ({ module, directory: join(modulesDirectory, module, 'migrations') })),
  ]
}

async function needsOf(module: string): Promise<string[]> {
  const manifest = await readFile(join(modulesDirectory, module, 'module.ts'), 'utf8').catch(() => '')
  const needs = /\bneeds:\s*\[([^\]]*)\]/.exec(manifest)?.[1] ?? ''
  return [...needs.matchAll(/['"]([a-z-]+)['"]/g)].map((match) => match[1] as string)
}
