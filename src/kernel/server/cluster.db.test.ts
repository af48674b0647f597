import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { openCluster, type Cluster } from './cluster.ts'
import { completeLibraryLinks, findBinaries } from './cluster/binaries.ts'
import { initialise } from './cluster/initialise.ts'
import { chooseRunner } from './cluster/service-user.ts'

const isRoot = process.getuid?.() === 0
// Killed servers leave shared memory behind; in the data directory it is removed with it.
const small = { shared_buffers: '16MB', fsync: 'off', dynamic_shared_memory_type: 'mmap' }
const cleanups: (() => Promise<unknown> | unknown)[] = []

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function newDirectory(mode = 0o711): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'yunbao-cluster-'))
  await chmod(directory, mode)
  cleanups.push(() => rm(directory, { recursive: true, force: true }))
  return directory
}

let template: string | null = null

/** A directory with a database made and stopped before: what these tests are about comes after the first start. */
async function madeDirectory(mode = 0o711): Promise<string> {
  if (template === null) {
    template = await mkdtemp(join(tmpdir(), 'yunbao-cluster-'))
    await chmod(template, 0o711)
    await (await openCluster({ directory: template, log: () => {}, settings: small })).stop()
  }
  const directory = await newDirectory(mode)
  spawnSync('cp', ['-a', `${template}/.`, directory])
  await chmod(directory, mode)
  return directory
}
afterAll(async () => {
  if (template !== null) await rm(template, { recursive: true, force: true })
})

async function open(
  directory: string,
  settings: Record<string, string> = small,
): Promise<Cluster & { lines: string[] }> {
  const lines: string[] = []
  const cluster = await openCluster({ directory, log: (line) => lines.push(line), settings })
  cleanups.push(() => cluster.stop())
  return { ...cluster, lines }
}

async function query<R extends pg.QueryResultRow>(url: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return (await client.query<R>(text).finally(() => client.end())).rows
}

/** An app of its own process that opens the cluster, then does what `then` says; it prints its steps a line each. */
function startApp(
  directory: string,
  then: string,
  before: readonly string[] = [],
): ChildProcess & { heard: (line: string) => Promise<string> } {
  const module = JSON.stringify(join(import.meta.dirname, 'cluster.ts'))
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

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

/** A process that ended but was not yet collected has no command line. */
async function isRunning(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')) !== ''
}

async function recordedPid(directory: string): Promise<number> {
  return Number((await readFile(join(directory, 'pg', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

const forever = 'await pause(1e9)'

describe('start and stop', () => {
  it('makes the database once, keeps data, port and passwords, and tells who waits', async () => {
    const directory = join(await newDirectory(), '数据 目录')
    const first = await open(directory)
    expect(first).toMatchObject({ created: true, tookOver: false })
    expect(first.lines).toEqual(['首次启动，正在初始化数据库……', '数据库已就绪。'])
    await query(first.ownerUrl, 'create table kept as select 7 as n')
    await first.stop()
    await first.stop()
    await expect(query(first.ownerUrl, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    const second = await open(directory)
    expect(second).toMatchObject({
      created: false,
      tookOver: false,
      port: first.port,
      ownerUrl: first.ownerUrl,
      lines: [],
    })
    expect(await query(second.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }])
  })

  it('keeps its passwords to its owner and shows none in the process list', async () => {
    const directory = await madeDirectory()
    const cluster = await open(directory)
    expect((await stat(join(directory, 'cluster.json'))).mode & 0o777).toBe(0o600)
    expect((await readdir(directory)).filter((name) => name.includes('password'))).toEqual([])
    const commandLine = await readFile(`/proc/${await recordedPid(directory)}/cmdline`, 'utf8')
    const environment = await readFile(`/proc/${await recordedPid(directory)}/environ`, 'utf8')
    for (const url of [cluster.ownerUrl, cluster.appUrl, cluster.readerUrl, cluster.superuserUrl])
      expect(commandLine + environment).not.toContain(new URL(url).password)
    await expect(query(cluster.appUrl.replace(/:[^:@]+@/, ':wrong@'), 'select 1')).rejects.toMatchObject({
      code: '28P01',
    })
  })

  it('is durable by default, listens on loopback only, and checks its pages', async () => {
    const cluster = await open(await newDirectory(), {})
    const rows = await query<{ name: string; setting: string }>(
      cluster.superuserUrl,
      `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit',
        'listen_addresses', 'unix_socket_directories', 'data_checksums', 'server_encoding') order by name`,
    )
    expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
      data_checksums: 'on',
      fsync: 'on',
      full_page_writes: 'on',
      listen_addresses: '127.0.0.1',
      server_encoding: 'UTF8',
      synchronous_commit: 'on',
      unix_socket_directories: '',
    })
  })

  it('gives three roles, none of them above row-level security', async () => {
    const cluster = await open(await madeDirectory())
    const roles = await query(
      cluster.superuserUrl,
      `select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as mighty,
        (select count(*)::int from pg_database where datdba = r.oid) as databases
       from pg_roles r where rolname like 'yunbao%' order by rolname`,
    )
    expect(roles).toEqual([
      { rolname: 'yunbao_app', mighty: false, databases: 0 },
      { rolname: 'yunbao_owner', mighty: false, databases: 1 },
      { rolname: 'yunbao_reader', mighty: false, databases: 0 },
    ])
    await expect(query(cluster.appUrl, 'create table mine ()')).rejects.toMatchObject({ code: '42501' })
    await expect(query(cluster.readerUrl, 'create schema mine')).rejects.toMatchObject({ code: '42501' })
  })

  it('takes another port when its own is taken, and keeps that one', async () => {
    const directory = await madeDirectory()
    const first = await open(directory)
    await first.stop()
    const squatter = createServer().listen(first.port, '127.0.0.1')
    await once(squatter, 'listening')
    cleanups.push(() => squatter.close())
    const second = await open(directory)
    expect(second.port).not.toBe(first.port)
    await second.stop()
    expect((await open(directory)).port).toBe(second.port)
  })
})

describe('what a crash leaves behind', () => {
  it('takes over the server of an app that was killed', async () => {
    const directory = await madeDirectory()
    const app = startApp(directory, forever)
    await app.heard('open')
    const orphan = await recordedPid(directory)
    await kill(app)
    expect(await isRunning(orphan)).toBe(true)
    const cluster = await open(directory)
    expect(cluster).toMatchObject({ created: false, tookOver: true })
    expect(cluster.lines.join()).toContain(String(orphan))
    expect(await isRunning(orphan)).toBe(false)
    expect(await query(cluster.ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  it('starts after app and server were both killed, with everything that was committed', async () => {
    const directory = await madeDirectory()
    const app = startApp(directory, forever)
    await app.heard('open')
    const secrets = JSON.parse(await readFile(join(directory, 'cluster.json'), 'utf8'))
    await query(
      `postgresql://yunbao_owner:${secrets.ownerPassword}@127.0.0.1:${secrets.port}/yunbao`,
      'create table kept as select 7 as n',
    )
    await kill(app)
    const orphan = await recordedPid(directory)
    process.kill(orphan, 'SIGKILL')
    while (await isRunning(orphan)) await pause(10)
    const cluster = await open(directory)
    expect(cluster.tookOver).toBe(false)
    expect(await query(cluster.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }])
  })

  it('is not fooled by a stale note whose process number now belongs to somebody else', async () => {
    const directory = await madeDirectory()
    const first = await open(directory)
    await first.stop()
    const note = join(directory, 'pg', 'postmaster.pid')
    await writeFile(
      note,
      [process.pid, join(directory, 'pg'), 1, first.port, '', '127.0.0.1', '', 'ready', ''].join('\n'),
    )
    const { uid, gid } = await stat(join(directory, 'pg'))
    await chown(note, uid, gid)
    const second = await open(directory)
    expect(second.tookOver).toBe(false)
    expect(await query(second.ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  it('starts the server again on the same port when it alone is killed', async () => {
    const directory = await madeDirectory()
    const cluster = await open(directory)
    await query(cluster.ownerUrl, 'create table kept as select 7 as n')
    for (let time = 0; time < 3; time++) {
      const killed = await recordedPid(directory)
      process.kill(killed, 'SIGKILL')
      const until = Date.now() + 20_000
      let rows: unknown = null
      while (rows === null && Date.now() < until) {
        await pause(20)
        rows =
          (await recordedPid(directory).catch(() => killed)) === killed
            ? null
            : await query(cluster.ownerUrl, 'select n from kept').catch(() => null)
      }
      expect(rows).toEqual([{ n: 7 }])
    }
    expect(cluster.lines.filter((line) => line.includes('意外停止'))).toHaveLength(3)
    await cluster.stop()
    await expect(query(cluster.ownerUrl, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  it.each([0, 40, 120, 250, 400])('starts after being killed %i ms into initialising', async (delay) => {
    const directory = await newDirectory()
    const app = startApp(directory, forever)
    await app.heard('首次启动')
    await pause(delay)
    await kill(app)
    const cluster = await open(directory)
    expect(await query(cluster.ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  it('ends its server when the app ends without stopping it', async () => {
    const directory = await madeDirectory()
    const app = startApp(directory, 'process.exit(3)')
    await app.heard('open')
    if (app.exitCode === null) await once(app, 'exit')
    for (const until = Date.now() + 10_000; Date.now() < until; await pause(10))
      if (!(await stat(join(directory, 'pg', 'postmaster.pid')).catch(() => null))) break
    expect(await readdir(join(directory, 'pg'))).not.toContain('postmaster.pid')
  })
})

describe('others', () => {
  it('refuses a second app on the same directory and names the first', async () => {
    const directory = await madeDirectory()
    const first = await open(directory)
    await expect(open(directory)).rejects.toMatchObject({
      fault: 'in-use',
      message: expect.stringContaining(`进程号 ${process.pid}`),
    })
    expect(await startApp(directory, forever).heard('failed')).toContain(`failed in-use 数据目录 ${directory}`)
    expect(await query(first.ownerUrl, 'select 1 as n')).toEqual([{ n: 1 }])
    await first.stop()
    expect((await open(directory)).created).toBe(false)
  })

  it('survives Ctrl+C in the terminal until the app has finished', async () => {
    const directory = await madeDirectory()
    const app = startApp(
      directory,
      `process.once('SIGINT', async () => {
        const { default: pg } = await import('pg')
        await pause(500)
        const client = new pg.Client(cluster.appUrl)
        await client.connect()
        console.log('answered ' + (await client.query('select 6 * 7 as n')).rows[0].n)
        await client.end()
        await cluster.stop()
        process.exit(0)
      })
      console.log('listening')
      ${forever}`,
    )
    await app.heard('listening')
    process.kill(-(app.pid as number), 'SIGINT')
    expect(await app.heard('answered')).toBe('answered 42')
  })
})

describe('what cannot be opened is refused with the remedy', () => {
  it('names a lost password file', async () => {
    const directory = await madeDirectory()
    await (await open(directory)).stop()
    await rm(join(directory, 'cluster.json'))
    await expect(open(directory)).rejects.toMatchObject({
      fault: 'secrets',
      message: expect.stringContaining('从备份中恢复'),
    })
  })

  it('names a password file that belongs to another database', async () => {
    const directory = await madeDirectory()
    await (await open(directory)).stop()
    const path = join(directory, 'cluster.json')
    await writeFile(path, (await readFile(path, 'utf8')).replace(/("superuserPassword": ")[^"]+/, '$1other'))
    await expect(open(directory)).rejects.toMatchObject({
      fault: 'secrets',
      message: expect.stringContaining('口令与数据库不符'),
    })
    await expect(stat(join(directory, 'pg', 'postmaster.pid'))).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('names a database of another version', async () => {
    const directory = await madeDirectory()
    await (await open(directory)).stop()
    await writeFile(join(directory, 'pg', 'PG_VERSION'), '15\n')
    await expect(open(directory)).rejects.toMatchObject({
      fault: 'version',
      message: expect.stringContaining('PostgreSQL 15'),
    })
  })

  it('says why the server would not start', async () => {
    await expect(open(await madeDirectory(), { ...small, shared_buffers: 'plenty' })).rejects.toMatchObject({
      fault: 'start-failed',
      message: expect.stringMatching(/shared_buffers.*startup\.log/s),
    })
  })
})

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
