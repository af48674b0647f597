import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testAct } from '#kernel/testing/act.ts'
import { openCluster, type Cluster } from '../cluster.ts'
import type { Act } from '../context.ts'
import { openDatabase, transaction, type Database } from '../database.ts'
import { migrate } from '../migrate.ts'
import { systemScope } from '../scope.ts'
import { openKeeper } from '../upkeep/keeper.ts'
import { liveProcesses } from '../upkeep/server-process.ts'
import { BackupFault } from './backup-fault.ts'
import { makeBackupKey, readBackupKey, walKeyOf } from './backup-key.ts'
import { latestBackups } from './backup-log.ts'
import { makeBackup, type BackupMade } from './make-backup.ts'
import { backupIds } from './manifest.ts'
import { repositoryIn } from './repository.ts'
import { restoreBackup } from './restore-backup.ts'
import { removeOld } from './retention.ts'
import type { BackupKey } from './sealed-file.ts'

const planted = '14010519880204777X'
let directory: string
let data: string
let repository: string
let key: BackupKey
let cluster: Cluster
let db: Database
let owner: pg.Client
let superuser: pg.Client
let made: BackupMade
/** After the first backup, with writes on both sides. */
let moment: Date

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-backup-'))
  await chmod(directory, 0o711)
  data = join(directory, 'data')
  repository = join(directory, 'backups')
  key = await makeBackupKey(join(directory, 'key.json'), 'gm', data, new Date())
  cluster = await openCluster({
    directory: join(data, 'database'),
    log: () => {},
    settings: { fsync: 'off', shared_buffers: '16MB' },
    archiving: { directory: join(repository, 'wal'), key: walKeyOf(key), timeoutSeconds: 60 },
  })
  await migrate(
    cluster.ownerUrl,
    [{ module: 'kernel', directory: join(import.meta.dirname, '..', 'migrations') }],
    () => {},
  )
  owner = await connected(cluster.ownerUrl)
  superuser = await connected(cluster.superuserUrl)
  db = openDatabase(cluster.appUrl, { max: 4, scope: systemScope })
  await owner.query('create table public.written (n int primary key, text text)')
  await write(1)
  await mkdir(join(data, 'keys'), { recursive: true })
  await writeFile(join(data, 'keys', 'audit.pem'), 'secret')
  await attach('附件一')
  made = await backUp()
  await write(2)
  await attach('附件二')
  await makeBackup(source(), { directory: repository, key }, () => new Date(Date.now() + 1000)) // ships the attachment too
  await rm(join(repository, 'backups', (await backupIds(repositoryIn(repository))).at(-1) as string), {
    recursive: true,
  })
  await pause(30)
  moment = new Date()
  await pause(30)
  await write(3)
  await archiveAll()
}, 120_000)

afterAll(async () => {
  await db?.close()
  await Promise.all([owner?.end(), superuser?.end()])
  await cluster?.stop()
  await rm(directory, { recursive: true, force: true })
})

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
}
const source = () => ({ dataDirectory: data, superuserUrl: cluster.superuserUrl, version: 'test' })
const backUp = () => makeBackup(source(), { directory: repository, key }, () => new Date())
const write = (n: number) => owner.query('insert into public.written values ($1, $2)', [n, planted])

async function attach(text: string): Promise<string> {
  const sha256 = createHash('sha256').update(text).digest('hex')
  await mkdir(join(data, 'files', sha256.slice(0, 2)), { recursive: true })
  await writeFile(join(data, 'files', sha256.slice(0, 2), sha256), text)
  await owner.query(
    `insert into kernel.stored_file (sha256, size_bytes, media_type, stored_at) values ($1, $2, 'text/plain', now())`,
    [sha256, Buffer.byteLength(text)],
  )
  return sha256
}

/** Ends the segment under way and waits until it is in the archive. */
async function archiveAll(): Promise<void> {
  await superuser.query(`select pg_logical_emit_message(true, 'test', '')`) // an empty segment would not end
  const { rows } = await superuser.query<{ name: string }>('select pg_walfile_name(pg_switch_wal()) as name')
  const file = join(repository, 'wal', `${rows[0]?.name}.yb`)
  for (const until = Date.now() + 20_000; Date.now() < until; await pause(20))
    if (await stat(file).catch(() => null)) return
  throw new Error(`${file} was not archived`)
}

const into = () => join(directory, 'restored')
const restore = (given: { to?: Date; key?: BackupKey } = {}) =>
  restoreBackup({ from: repository, into: into(), key, to: moment, log: () => {}, ...given })

async function faultOf(work: Promise<unknown>): Promise<BackupFault> {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error,
  )
  expect(outcome).toBeInstanceOf(BackupFault)
  return outcome as BackupFault
}

test('G25 what was written before the moment is back, with keys and attachments, and nothing of later', async () => {
  const restored = await restore()
  expect(restored).toMatchObject({ backup: made.id, attachments: 2, setAsideTo: null })
  expect(restored.indexesChecked).toBeGreaterThan(150)
  expect(await readFile(join(into(), 'keys', 'audit.pem'), 'utf8')).toBe('secret')
  const back = await openCluster({ directory: join(into(), 'database'), log: () => {}, settings: { fsync: 'off' } })
  const client = await connected(back.ownerUrl)
  const { rows } = await client.query('select n from public.written order by n')
  await client.end()
  await back.stop()
  expect(rows).toEqual([{ n: 1 }, { n: 2 }])
  expect((await faultOf(restore())).message).toContain('不是空的')
  await rm(into(), { recursive: true })
}, 60_000)

test('nothing of the data can be read in the backup folder', async () => {
  const files = await readdir(repository, { recursive: true, withFileTypes: true })
  for (const file of files.filter((one) => one.isFile())) {
    const bytes = await readFile(join(file.parentPath, file.name))
    expect(bytes.includes(Buffer.from(planted)), file.name).toBe(false)
    expect(bytes.includes(Buffer.from('附件一')), file.name).toBe(false)
  }
})

describe('G26 a damaged backup is refused with the file named', () => {
  type Damage = { kind: string; file: string; code: string; harm: (path: string) => Promise<() => Promise<void>> }

  /** The same numbers every run. */
  function seeded(seed: number): (below: number) => number {
    let state = (seed * 2654435761) >>> 0
    return (below) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below
  }

  const withBytes = (change: (bytes: Buffer) => Buffer) => async (path: string) => {
    const whole = await readFile(path)
    await writeFile(path, change(Buffer.from(whole)))
    return () => writeFile(path, whole)
  }
  const gone = async (path: string) => {
    await rename(path, `${path}.away`)
    return () => rename(`${path}.away`, path)
  }

  async function damages(): Promise<Damage[]> {
    const names = (await readdir(join(repository, 'wal'))).filter((name) => /^[0-9A-F]{24}\.yb$/.test(name))
    const log = `wal/${names.at(-1)}`
    const files = await readdir(join(repository, 'files'), { recursive: true })
    const attachment = `files/${files.find((name) => name.endsWith('.yb'))}`
    const set = (name: string) => `backups/${made.id}/${name}.yb`
    const targets = [set('database'), set('log'), set('keys'), set('manifest'), log, attachment]
    return Array.from({ length: 20 }, (_, index): Damage => {
      const next = seeded(index + 1)
      const file = targets[index % targets.length] as string
      const kind = (['flip', 'cut', 'missing', 'flip', 'longer'] as const)[
        Math.floor(index / targets.length) + (index % 2)
      ]
      if (kind === 'missing') return { kind, file, code: 'missing', harm: gone }
      if (kind === 'cut')
        return {
          kind,
          file,
          code: 'damaged',
          harm: withBytes((bytes) => bytes.subarray(0, 200 + next(bytes.length - 200))),
        }
      if (kind === 'longer')
        return {
          kind,
          file,
          code: 'damaged',
          harm: withBytes((bytes) => Buffer.concat([bytes, Buffer.from([next(256)])])),
        }
      const flip = (bytes: Buffer) => {
        const at = 250 + next(bytes.length - 250)
        bytes[at] = (bytes[at] ?? 0) ^ (1 << next(8))
        return bytes
      }
      return { kind: 'flip', file, code: 'damaged', harm: withBytes(flip) }
    })
  }

  test('20 of 20: bits, cuts, additions, missing files', async () => {
    const all = await damages()
    expect(new Set(all.map(({ kind }) => kind)).size).toBe(4)
    for (const { kind, file, code, harm } of all) {
      const mend = await harm(join(repository, file))
      const found = await faultOf(restore())
      await mend()
      expect([kind, found.code, found.message.includes(file)], `${kind} ${file}: ${found.message}`).toEqual([
        kind,
        code,
        true,
      ])
      await expect(stat(into())).rejects.toMatchObject({ code: 'ENOENT' })
      await expect(stat(`${into()}.restoring`)).rejects.toMatchObject({ code: 'ENOENT' })
    }
  }, 120_000)

  test('another key, a log that does not reach, a moment before all backups', async () => {
    const other = await makeBackupKey(join(directory, 'other.json'), 'gm', data, new Date())
    const wrong = await faultOf(restore({ key: other }))
    expect([wrong.code, wrong.message]).toEqual(['wrong-key', expect.stringContaining(other.id)])
    expect((await faultOf(restore({ to: new Date(Date.now() + 3_600_000) }))).message).toContain('日志归档只到')
    expect((await faultOf(restore({ to: new Date(0) }))).message).toContain('最早的备份')
  })
})

describe('keys', () => {
  test('are never overwritten, never in the data directory, never readable by others', async () => {
    const path = join(directory, 'key.json')
    expect(await readBackupKey(path)).toEqual(key)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await faultOf(makeBackupKey(path, 'gm', data, new Date()))).message).toContain('已经存在')
    expect((await faultOf(makeBackupKey(join(data, 'k.json'), 'gm', data, new Date()))).message).toContain('数据目录')
    await chmod(path, 0o644)
    expect((await faultOf(readBackupKey(path))).message).toContain('chmod 600')
    await chmod(path, 0o600)
    await writeFile(join(directory, 'bad.json'), '{}', { mode: 0o600 })
    expect((await faultOf(readBackupKey(join(directory, 'bad.json')))).code).toBe('damaged')
  })
})

describe('the keeper', () => {
  const act = <T>(work: (act: Act) => Promise<T>) =>
    transaction(db, (tx) => work(testAct({ tx, now: new Date() })), { scope: systemScope })
  const keeperWith = (parts: {
    alarm?: (problem: string | null) => Promise<void>
    elapsed?: () => number
    keep?: number
  }) =>
    openKeeper({
      act,
      space: async () => null,
      dataDirectory: data,
      version: 'test',
      sealing: () => ({ working: true, lagSeconds: 0, problem: null, sealed: 0 }),
      pending: async () => 0,
      superuserUrl: cluster.superuserUrl,
      backup: { directory: repository, key, keep: parts.keep ?? 7, at: { hour: 2, minute: 30 } },
      clock: () => new Date(),
      log: () => {},
      alarm: parts.alarm ?? (async () => {}),
      ...(parts.elapsed && { elapsed: parts.elapsed }),
    })

  test('backs up when it is due, notes it, keeps as many as asked for, and removes what none of them needs', async () => {
    const keeper = await keeperWith({ keep: 1 })
    const keeping = keeper.keep(60_000)
    const newest = async () => (await act(({ tx }) => latestBackups(tx, 1)))[0]
    for (const until = Date.now() + 20_000; (await newest())?.state !== 'done' && Date.now() < until;) await pause(20)
    expect(await act(({ tx }) => liveProcesses(tx, new Date()))).toMatchObject([
      { version: 'test', state: { archive: { state: 'working' }, migrations: 'current' } },
    ])
    await keeping.stop()
    const noted = await newest()
    expect(noted).toMatchObject({ state: 'done', origin: 'scheduled', keyId: key.id, attachments: 2 })
    expect(await backupIds(repositoryIn(repository))).toEqual([noted?.name])
    const again = await keeperWith({})
    await again.look() // made today: not due
    expect((await act(({ tx }) => latestBackups(tx, 5))).map(({ id }) => id)).toEqual([noted?.id])
    expect(await act(({ tx }) => liveProcesses(tx, new Date()))).toHaveLength(1)
    // A key made since is copied within seconds, and is there after a restore to a moment before it was made.
    const beforeKey = new Date()
    await pause(20)
    await writeFile(join(data, 'keys', 'sealing-00000002.key'), 'newer')
    await writeFile(join(data, 'keys', 'audit.pem'), 'changed')
    await again.look()
    await archiveAll()
    const restored = await restoreBackup({ from: repository, into: into(), key, to: beforeKey, log: () => {} })
    expect(restored).toMatchObject({ backup: noted?.name, attachments: 2 })
    expect(await readFile(join(into(), 'keys', 'sealing-00000002.key'), 'utf8')).toBe('newer')
    expect(await readFile(join(into(), 'keys', 'audit.pem'), 'utf8')).toBe('secret')
    await rm(into(), { recursive: true })
  }, 60_000)

  test('a fault of the archive shows at once, alarms after five minutes, once, and its end is told', async () => {
    let seconds = 0
    const told: (string | null)[] = []
    const keeper = await keeperWith({
      alarm: async (problem) => void told.push(problem),
      elapsed: () => seconds * 1000,
    })
    await keeper.look()
    expect(keeper.state()?.archive.state).toBe('working')
    await rename(join(repository, 'wal'), join(repository, 'wal.away'))
    await superuser.query('select pg_switch_wal()')
    for (const until = Date.now() + 20_000; keeper.state()?.archive.state === 'working' && Date.now() < until;) {
      await write(10 + told.length + Math.floor(Date.now() % 1e6))
      await superuser.query('select pg_switch_wal()')
      await pause(100)
      await keeper.look()
    }
    expect([keeper.state()?.archive.state, told]).toEqual(['failing', []])
    seconds = 299
    await keeper.look()
    expect(told).toEqual([])
    seconds = 300
    await keeper.look()
    await keeper.look()
    expect(told).toEqual([expect.stringContaining('五分钟')])
    await rename(join(repository, 'wal.away'), join(repository, 'wal'))
    await superuser.query('select pg_reload_conf()')
    for (const until = Date.now() + 70_000; told.length < 2 && Date.now() < until; await pause(200)) await keeper.look()
    expect(told).toEqual([expect.stringContaining('五分钟'), null])
  }, 90_000)
})

describe('a backup folder', () => {
  test('serves one installation, one backup at a time', async () => {
    await superuser.query('select pg_advisory_lock(7962824)')
    expect((await faultOf(backUp())).message).toContain('另一个备份正在进行')
    await superuser.query('select pg_advisory_unlock(7962824)')
    const mark = join(repository, 'repository.json')
    const own = await readFile(mark, 'utf8')
    await writeFile(mark, own.replace(/"installation":"\d+"/, '"installation":"1"'))
    expect((await faultOf(backUp())).message).toContain('另一个数据库')
    await writeFile(mark, own)
    const other = await makeBackupKey(join(directory, 'another.json'), 'gm', data, new Date())
    const underOther = makeBackup(source(), { directory: repository, key: other }, () => new Date())
    expect(await faultOf(underOther)).toMatchObject({ code: 'wrong-key', message: expect.stringContaining(key.id) })
    expect((await readdir(join(repository, 'backups'))).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  test('at least one backup stays, whatever is asked', async () => {
    expect(await removeOld(repository, key, 0, join(data, 'files'))).toEqual({
      backups: [],
      segments: 0,
      attachments: 0,
    })
    expect(await backupIds(repositoryIn(repository))).toHaveLength(1)
  })
})

test('G25 what was restored goes on with the same backup folder, and can be restored again', async () => {
  await archiveAll()
  await restoreBackup({ from: repository, into: into(), key, log: () => {} })
  await owner.end()
  await superuser.end()
  await db.close()
  await cluster.stop()
  data = into()
  cluster = await openCluster({
    directory: join(data, 'database'),
    log: () => {},
    settings: { fsync: 'off', shared_buffers: '16MB' },
    archiving: { directory: join(repository, 'wal'), key: walKeyOf(key), timeoutSeconds: 60 },
  })
  owner = await connected(cluster.ownerUrl)
  superuser = await connected(cluster.superuserUrl)
  db = openDatabase(cluster.appUrl, { max: 4, scope: systemScope })
  const again = join(directory, 'restored-again')
  const writtenIn = async (): Promise<number[]> => {
    const order = { from: repository, into: again, key, log: () => {} }
    await restoreBackup(order)
    const back = await openCluster({ directory: join(again, 'database'), log: () => {}, settings: { fsync: 'off' } })
    const client = await connected(back.ownerUrl)
    const { rows } = await client.query<{ n: number }>(
      'select n from public.written where n between 2000000 and 2000009 order by n',
    )
    await client.end()
    await back.stop()
    await rm(again, { recursive: true })
    return rows.map(({ n }) => n)
  }
  await write(2_000_001)
  await archiveAll()
  expect(await writtenIn()).toEqual([2_000_001]) // from the backup before, over the change of timeline
  await backUp()
  await write(2_000_002)
  await archiveAll()
  expect(await writtenIn()).toEqual([2_000_001, 2_000_002])
}, 120_000)
