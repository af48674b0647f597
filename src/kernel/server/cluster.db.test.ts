import { once } from 'node:events'
import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import {
  cleanUp,
  cleanups,
  forever,
  madeDirectory,
  newDirectory,
  open,
  query,
  recordedPid,
  small,
  startApp,
} from './cluster/testing/cluster-stage.ts'

afterEach(cleanUp)

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
