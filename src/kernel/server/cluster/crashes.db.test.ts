import { once } from 'node:events'
import { chown, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import {
  cleanUp,
  forever,
  isRunning,
  kill,
  madeDirectory,
  newDirectory,
  open,
  query,
  recordedPid,
  startApp,
} from './testing/cluster-stage.ts'

afterEach(cleanUp)

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
