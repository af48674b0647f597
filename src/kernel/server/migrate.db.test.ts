import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { freshDatabase, type FreshDatabase } from '../testing/database.ts'
import { migrate, MigrationRefused, pendingMigrations, readMigrations, type MigrationSource } from './migrate.ts'

const kernel: MigrationSource = { module: 'kernel', directory: join(import.meta.dirname, 'migrations') }
let fresh: FreshDatabase
let root: string

beforeEach(async () => {
  fresh = await freshDatabase({ empty: true })
  root = await mkdtemp(join(tmpdir(), 'yunbao-migrate-'))
})

afterEach(async () => {
  await fresh.drop()
  await rm(root, { recursive: true, force: true })
})

/** Writes migration files of a module; a second call changes or adds. */
async function write(module: string, files: Record<string, string>): Promise<MigrationSource> {
  const directory = join(root, module)
  await mkdir(directory, { recursive: true })
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text)
  return { module, directory }
}

async function query<R extends pg.QueryResultRow>(url: string, text: string): Promise<R[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return (await client.query<R>(text).finally(() => client.end())).rows
}

const quiet = () => {}
const carTable = 'create table car (id int primary key, plate text not null);'

describe('applying', () => {
  it('applies every file once, kernel and modules in the order given, and records it', async () => {
    const cars = await write('cars', {
      '0002-colour.sql': 'alter table cars.car add colour text;',
      '0001-car.sql': carTable,
    })
    const trips = await write('trips', {
      '0001-trip.sql': 'create table trip (car_id int not null references cars.car (id));',
    })
    const lines: string[] = []
    const applied = await migrate(fresh.ownerUrl, [kernel, cars, trips], (line) => lines.push(line))
    expect(applied.filter((name) => !name.startsWith('kernel/'))).toEqual([
      'cars/0001-car.sql',
      'cars/0002-colour.sql',
      'trips/0001-trip.sql',
    ])
    expect(applied[0]).toBe('kernel/0001-roles.sql')
    expect(lines).toEqual([`正在更新数据库结构（共 ${applied.length} 步）……`, '数据库结构已是最新。'])
    expect(await migrate(fresh.ownerUrl, [kernel, cars, trips], quiet)).toEqual([])
    const later = await write('cars', { '0003-seats.sql': 'alter table car add seats int;' })
    expect(await pendingMigrations(fresh.db.pool, await readMigrations([kernel, later]))).toEqual([
      'cars/0003-seats.sql',
    ])
    expect(await migrate(fresh.ownerUrl, [kernel, later, trips], quiet)).toEqual(['cars/0003-seats.sql'])
    expect(await pendingMigrations(fresh.db.pool, await readMigrations([kernel, later]))).toEqual([])
  })

  it('lets two apps that start at once do it in turn', async () => {
    const cars = await write('cars', { '0001-car.sql': `${carTable} select pg_sleep(0.3);` })
    const applied = await Promise.all([1, 2, 3].map(() => migrate(fresh.ownerUrl, [kernel, cars], quiet)))
    expect(applied.flat().filter((name) => name === 'cars/0001-car.sql')).toHaveLength(1)
  })

  it('keeps the tables of a module whose folder was removed', async () => {
    const cars = await write('cars', { '0001-car.sql': carTable })
    await migrate(fresh.ownerUrl, [kernel, cars], quiet)
    expect(await migrate(fresh.ownerUrl, [kernel], quiet)).toEqual([])
    expect(await query(fresh.ownerUrl, 'select count(*)::int as n from cars.car')).toEqual([{ n: 0 }])
  })

  it('applies the migrations of this project, all modules of them', () => {
    expect(inject('testCluster').faults).toEqual([])
  })
})

describe('rights of the roles on what migrations make', () => {
  it('app reads and writes rows but changes no structure; reader reads; nobody else comes in', async () => {
    const cars = await write('cars', {
      '0001-car.sql': `create table car (id int generated always as identity primary key, plate text not null);
        create table note (text text); revoke update, delete on note from yunbao_app;
        create function twice(n int) returns int language sql as 'select 2 * n';`,
    })
    await migrate(fresh.ownerUrl, [kernel, cars], quiet)
    await query(
      fresh.appUrl,
      `insert into cars.car (plate) values ('晋A00001'); update cars.car set plate = '晋A00002'; insert into cars.note values ('a')`,
    )
    expect(await query(fresh.appUrl, 'select id, plate, cars.twice(id) as twice from cars.car')).toEqual([
      { id: 1, plate: '晋A00002', twice: 2 },
    ])
    expect(await query(fresh.readerUrl, 'select plate from cars.car')).toEqual([{ plate: '晋A00002' }])
    const forbidden = { [fresh.appUrl]: appForbidden, [fresh.readerUrl]: readerForbidden }
    for (const [url, statements] of Object.entries(forbidden))
      for (const statement of statements)
        await expect(query(url, statement), statement).rejects.toMatchObject({ code: '42501' })
    await query(fresh.appUrl, 'delete from cars.car')
  })

  const appForbidden = [
    `update cars.note set text = 'b'`,
    'delete from cars.note',
    'truncate cars.car',
    'create table cars.mine ()',
    'create table public.mine ()',
    'create schema mine',
    'alter table cars.car add mine int',
    'drop table cars.car',
    `insert into kernel.migration (module, name, sha256) values ('a', 'b', 'c')`,
    'delete from kernel.audit_entry',
    'set role yunbao_owner',
  ]
  const readerForbidden = [`insert into cars.note values ('b')`, 'delete from cars.car', 'create table cars.mine ()']
})

describe('refusing', () => {
  it('an applied file that was changed, naming it', async () => {
    const cars = await write('cars', { '0001-car.sql': carTable })
    await migrate(fresh.ownerUrl, [kernel, cars], quiet)
    await write('cars', { '0001-car.sql': `${carTable} -- better`, '0002-more.sql': 'create table more ();' })
    await expect(migrate(fresh.ownerUrl, [kernel, cars], quiet)).rejects.toThrow(/cars\/0001-car\.sql 在执行之后被改动/)
    expect(await query(fresh.ownerUrl, `select to_regclass('cars.more') as more`)).toEqual([{ more: null }])
  })

  it('not the same file with the line ends of Windows', async () => {
    const cars = await write('cars', { '0001-car.sql': `${carTable}\n-- end\n` })
    await migrate(fresh.ownerUrl, [kernel, cars], quiet)
    await write('cars', { '0001-car.sql': `${carTable}\r\n-- end\r\n` })
    expect(await migrate(fresh.ownerUrl, [kernel, cars], quiet)).toEqual([])
  })

  it('a database newer than the program', async () => {
    const cars = await write('cars', { '0001-car.sql': carTable, '0002-more.sql': 'create table more ();' })
    await migrate(fresh.ownerUrl, [kernel, cars], quiet)
    await rm(join(cars.directory, '0002-more.sql'))
    await expect(migrate(fresh.ownerUrl, [kernel, cars], quiet)).rejects.toThrow(/数据库比程序新/)
  })

  it.each([
    ['a misnamed file', { '1-car.sql': carTable }, /文件名不合规/],
    ['a number used twice', { '0001-car.sql': carTable, '0001-bus.sql': carTable }, /相同编号/],
    [
      'a file that commits by itself',
      { '0001-car.sql': `${carTable}\ncommit;\ncreate table b ();` },
      /含有 begin、commit/,
    ],
  ])('%s', async (_, files, message) => {
    const cars = await write('cars', files)
    await expect(migrate(fresh.ownerUrl, [kernel, cars], quiet)).rejects.toThrow(message)
  })
})

describe('nothing half done', () => {
  it('a file that fails leaves nothing of itself, keeps those before it, and is named with its line', async () => {
    const cars = await write('cars', { '0001-car.sql': carTable })
    const trips = await write('trips', {
      '0001-trip.sql': `create table trip ();\ninsert into cars.car values (1, 'x');\nselect wrong from trip;`,
    })
    const failed = await migrate(fresh.ownerUrl, [kernel, cars, trips], quiet).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(MigrationRefused)
    expect((failed as Error).message).toMatch(/0001-trip\.sql 第 3 行 失败，未作改动：column "wrong" does not exist/)
    expect(
      await query(
        fresh.ownerUrl,
        `select to_regnamespace('trips') as trips, (select count(*)::int from cars.car) as cars`,
      ),
    ).toEqual([{ trips: null, cars: 0 }])
    await write('trips', { '0001-trip.sql': 'create table trip ();' })
    expect(await migrate(fresh.ownerUrl, [kernel, cars, trips], quiet)).toEqual(['trips/0001-trip.sql'])
  })

  it('G27 a process killed in the middle leaves nothing of the file, and the next start completes', async () => {
    await migrate(fresh.ownerUrl, [kernel], quiet)
    const cars = await write('cars', { '0001-car.sql': `${carTable} select pg_sleep(600);` })
    const module = JSON.stringify(join(import.meta.dirname, 'migrate.ts'))
    const script = `import { migrate } from ${module}; await migrate(${JSON.stringify(fresh.ownerUrl)}, ${JSON.stringify([kernel, cars])}, () => {})`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
    const asleep = `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`
    for (const until = Date.now() + 20_000; Date.now() < until; await pause(20))
      if ((await query<{ n: number }>(fresh.superuserUrl, asleep))[0]?.n === 1) break
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
    await write('cars', { '0001-car.sql': carTable })
    expect(await migrate(fresh.ownerUrl, [kernel, cars], quiet)).toEqual(['cars/0001-car.sql'])
    expect(await query(fresh.ownerUrl, 'select count(*)::int as n from cars.car')).toEqual([{ n: 0 }])
  })
})
