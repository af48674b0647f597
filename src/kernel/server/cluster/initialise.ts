import { execFile, type ExecFileOptions } from 'node:child_process'
import { chown, lchown, mkdtemp, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import { ClusterError } from './cluster-error.ts'
import type { Runner, ServiceUser } from './service-user.ts'

const execute = promisify(execFile)

/** Trigrams of Chinese need a character type beyond C; ICU's zh-CN sorts by pinyin. */
const locale = [
  '--encoding=UTF8',
  '--locale-provider=icu',
  '--icu-locale=zh-CN',
  `--lc-ctype=${process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8'}`,
  `--lc-collate=${process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8'}`,
  '--lc-messages=C',
]

const draftPrefix = 'pg.new-'
const passwordPrefix = 'initdb.password-'

/**
 * Makes a new data directory beside its final place and renames it when it is complete, so that a crash on the way
 * leaves nothing that looks like a database. Every try has names of its own: the initdb of a killed app may still write.
 */
export async function initialise(options: {
  binaries: Binaries
  runner: Runner
  directory: string
  dataDirectory: string
  superuser: string
  password: string
  /** False only for databases that are thrown away. */
  durable: boolean
}): Promise<void> {
  const { binaries, runner, directory, dataDirectory } = options
  await clearDrafts(directory)
  const draft = await mkdtemp(join(directory, draftPrefix))
  const passwordFile = join(directory, passwordPrefix + basename(draft).slice(draftPrefix.length))
  await writeFile(passwordFile, options.password, { mode: 0o600 })
  if (runner.user) for (const path of [draft, passwordFile]) await chown(path, runner.user.uid, runner.user.gid)
  const command = runner.commandFor(binaries.initdb, [
    `--pgdata=${draft}`,
    ...locale,
    '--auth=scram-sha-256',
    '--data-checksums',
    `--username=${options.superuser}`,
    `--pwfile=${passwordFile}`,
    ...(options.durable ? [] : ['--no-sync']),
  ])
  try {
    await execute(command.file, command.args, { ...command.options, cwd: directory } as ExecFileOptions)
  } catch (cause) {
    const said = String((cause as { stderr?: string }).stderr || (cause as Error).message).trim()
    await rm(draft, { recursive: true, force: true }).catch(() => {})
    throw new ClusterError('init-failed', `初始化内置数据库失败（目录 ${directory}）：${said}`, { cause })
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(draft, dataDirectory)
  if (options.durable) await syncDirectory(directory)
}

/** What is still being written stays until the next first start; it is in nobody's way. */
async function clearDrafts(directory: string): Promise<void> {
  for (const name of await readdir(directory))
    if (name.startsWith(draftPrefix) || name.startsWith(passwordPrefix))
      await rm(join(directory, name), { recursive: true, force: true }).catch(() => {})
}

/** Directory entries reach the disk only when the directory itself is synced; Windows has no such thing. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(directory, 'r')
  await handle.sync().finally(() => handle.close())
}

/** Gives a data directory that root copied here (a restored backup) to the user PostgreSQL runs as. */
export async function giveTo(user: ServiceUser, path: string): Promise<void> {
  await lchown(path, user.uid, user.gid)
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) await giveTo(user, inner)
    else await lchown(inner, user.uid, user.gid)
  }
}
