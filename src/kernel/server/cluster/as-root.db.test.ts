import { spawnSync } from 'node:child_process'
import { chmod, chown, cp, mkdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { completeLibraryLinks, findBinaries } from './binaries.ts'
import { initialise } from './initialise.ts'
import { chooseRunner } from './service-user.ts'
import {
  cleanUp,
  isRoot,
  madeDirectory,
  newDirectory,
  open,
  query,
  recordedPid,
  startApp,
} from './testing/cluster-stage.ts'

afterEach(cleanUp)

describe.runIf(isRoot)('as root', () => {
  it('runs the server as another user', async () => {
    const directory = await madeDirectory()
    await open(directory)
    const status = await readFile(`/proc/${await recordedPid(directory)}/status`, 'utf8')
    expect(status).not.toMatch(/^Uid:\s+0\b/m)
    expect(status).toMatch(/^CapEff:\s+0+$/m)
  })

  it('works in a private folder of root', async () => {
    const directory = join(await newDirectory(0o700), 'inner', 'data')
    const cluster = await open(directory)
    const status = await readFile(`/proc/${await recordedPid(directory)}/status`, 'utf8')
    expect(status).not.toMatch(/^Uid:\s+0\b/m)
    expect(status).toMatch(/^CapEff:\s+0+2$/m) // dac_override and nothing else
    await query(cluster.ownerUrl, 'create table kept as select 7 as n')
    await cluster.stop()
    expect(await query((await open(directory)).ownerUrl, 'select n from kept')).toEqual([{ n: 7 }])
  })

  it('works when the programs lie in a private folder of root', async () => {
    const directory = await newDirectory(0o700)
    const installed = await findBinaries(join(directory, 'lib'))
    const copy = join(directory, 'native')
    await cp(join(installed.postgres, '..', '..'), copy, { recursive: true, verbatimSymlinks: true })
    await chmod(copy, 0o700)
    const binaries = { ...installed, initdb: join(copy, 'bin', 'initdb'), postgres: join(copy, 'bin', 'postgres') }
    const dataDirectory = join(directory, 'pg')
    const runner = await chooseRunner(binaries, directory, dataDirectory)
    expect(runner.version).toMatch(/^\d+\.\d+$/)
    await initialise({
      binaries,
      runner,
      directory,
      dataDirectory,
      superuser: 'postgres',
      password: 'x',
      durable: false,
    })
    expect(await readFile(join(dataDirectory, 'PG_VERSION'), 'utf8')).toBe(`${runner.version.split('.')[0]}\n`)
  })

  it('opens data that was copied here by root', async () => {
    const directory = await madeDirectory()
    const first = await open(directory)
    await query(first.ownerUrl, 'create table kept as select 7 as n')
    await first.stop()
    const restored = await newDirectory()
    expect(spawnSync('cp', ['-r', join(directory, 'pg'), join(directory, 'cluster.json'), restored]).status).toBe(0)
    expect(await query((await open(restored)).ownerUrl, 'select n from kept')).toEqual([{ n: 7 }])
  })

  const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups']
  const nobodyMayRead =
    spawnSync(asNobody[0] as string, [...asNobody.slice(1), 'test', '-r', import.meta.filename]).status === 0

  it.runIf(nobodyMayRead)('an ordinary user can work here too, and root after them', async () => {
    const directory = join(await newDirectory(), 'data')
    await mkdir(directory)
    await chown(directory, 65534, 65534)
    const app = startApp(directory, `await cluster.stop(); console.log('stopped')`, asNobody)
    await app.heard('stopped')
    expect((await stat(join(directory, 'pg'))).uid).toBe(65534)
    const cluster = await open(directory)
    expect(await query(cluster.ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }])
    await cluster.stop()
    await startApp(directory, `await cluster.stop(); console.log('stopped again')`, asNobody).heard('stopped again')
  })
})

describe('a package whose install script did not run', () => {
  async function withoutLinks(): Promise<{ root: string; links: string[] }> {
    const root = await newDirectory()
    const { postgres } = await findBinaries(join(root, 'unused'))
    const native = join(postgres, '..', '..')
    const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[]
    await cp(native, join(root, 'native'), { recursive: true, verbatimSymlinks: true })
    for (const { target } of links) await rm(join(root, target))
    expect(links.length).toBeGreaterThan(0)
    return { root, links: links.map(({ target }) => target) }
  }
  const version = (root: string, environment: Record<string, string>) =>
    spawnSync(join(root, 'native', 'bin', 'postgres'), ['--version'], { env: environment, encoding: 'utf8' })

  it('gets its library links on first use', async () => {
    const { root } = await withoutLinks()
    expect(version(root, {}).status).not.toBe(0)
    expect(await completeLibraryLinks(join(root, 'native'), join(root, 'elsewhere'))).toEqual({})
    expect(version(root, {}).stdout).toContain('PostgreSQL')
    expect(await completeLibraryLinks(join(root, 'native'), join(root, 'elsewhere'))).toEqual({})
  })

  it.runIf(isRoot)('gets them in a folder of its own where the package is read-only', async () => {
    const { root } = await withoutLinks()
    const elsewhere = join(root, 'elsewhere')
    await mkdir(elsewhere)
    await chown(elsewhere, 65534, 65534)
    process.seteuid?.(65534)
    const environment = await completeLibraryLinks(join(root, 'native'), elsewhere).finally(() => process.seteuid?.(0))
    expect(environment).toEqual({ LD_LIBRARY_PATH: elsewhere })
    expect(version(root, environment).stdout).toContain('PostgreSQL')
  })
})
