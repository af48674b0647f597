import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openGround } from '../application.ts'
import { readSettings } from '../settings.ts'
import { openCommandStage, type CommandStage } from './testing/command-stage.ts'

const root = join(import.meta.dirname, '../../..')
let stage: CommandStage
beforeAll(async () => {
  stage = await openCommandStage()
})
afterAll(() => stage.close())

/** The real thing: `bin/yunbao.js` in a process of its own. */
async function yunbao(env: Record<string, string>, ...argv: string[]) {
  const child = spawn(process.execPath, [join(root, 'bin/yunbao.js'), ...argv], {
    // Where a test runs with settings of its own, the command must not see them.
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (data) => (said.out += String(data)))
  child.stderr.on('data', (data) => (said.err += String(data)))
  const [exitCode] = (await once(child, 'close')) as [number]
  return { exitCode, ...said }
}

test('the year is opened, listed and shown from a shell: one JSON document on stdout, messages on stderr', async () => {
  const dates = '--opens 2026-11-01 --closes 2026-12-01 --review-until 2026-12-15 --plan-until 2026-12-28'
  const opened = await yunbao(
    stage.env,
    ...`plans open --as xian.jihua --jurisdiction 140121 --year 2027 --json ${dates}`.split(' '),
  )
  expect(opened.exitCode, opened.err).toBe(0)
  expect(JSON.parse(opened.out)).toMatchObject({ ok: true, cycle: { year: 2027, jurisdictionCode: '140121' } })
  const clerk = { ...stage.env, YUNBAO_USER: 'xian.education.jingban' }
  const listed = await yunbao(clerk, 'plans', 'list')
  expect([listed.exitCode, listed.err]).toEqual([0, ''])
  expect(listed.out).toContain('清徐县')
  const workbook = join(root, 'src/modules/plans/fixtures/2027-demand-clean.xlsx')
  const imported = await yunbao(
    clerk,
    'plans',
    'import-demand',
    workbook,
    '--organ',
    '清徐县教育局',
    '--year',
    '2027',
    '--json',
  )
  expect(imported.exitCode, imported.err).toBe(0)
  expect(JSON.parse(imported.out)).toMatchObject({ ok: true, rows: 12, imported: { rows: 12 } })
  expect(await readdir(join(stage.directory, 'incoming'))).toEqual([])
}, 60_000)

test('a wrong command line ends with 2 and help with 0, both in Chinese', async () => {
  const wrong = await yunbao(stage.env, 'plans', 'import-demand', '没有.xlsx')
  expect([wrong.exitCode, wrong.out]).toEqual([2, ''])
  expect(wrong.err).toContain('缺少必须的选项 --organ')
  const help = await yunbao(stage.env, 'plans', '--help')
  expect(help.exitCode).toBe(0)
  expect(help.out).toMatch(/用法：[^]*选项：[^]*命令：/)
  expect(help.out).not.toMatch(/Usage|Options|Commands/)
})

test('a data directory that is not there is not made', async () => {
  const nowhere = join(stage.directory, 'nowhere')
  const told = await yunbao({ YUNBAO_DATA_DIR: nowhere }, 'plans', 'list', '--as', 'xian.jihua')
  expect(told.exitCode).toBe(2)
  expect(told.err).toContain('还没有数据库')
  expect(await readdir(stage.directory)).not.toContain('nowhere')
})

test('beside a running server the command works with its embedded database, and without one it runs the database itself', async () => {
  const env = { YUNBAO_DATA_DIR: join(stage.directory, 'embedded'), YUNBAO_MODE: 'demo' }
  const server = await openGround(
    readSettings(env),
    async () => 'demo',
    () => {},
    { demonstration: 'people' },
  )
  try {
    const beside = await yunbao(env, 'verify', '--json')
    expect(beside.exitCode, beside.err).toBe(0)
    expect(JSON.parse(beside.out)).toMatchObject({ ok: true })
  } finally {
    await server.close()
  }
  const alone = await yunbao(env, 'plans', 'list', '--as', 'shi.jihua', '--json')
  expect(alone.exitCode, alone.err).toBe(0)
  expect(JSON.parse(alone.out)).toEqual({ ok: true, cycles: [] })
}, 120_000)

test('G13 keys are changed beside the application, told with what rests on them, and a start without them is refused', async () => {
  const before = (await stage.run(null, 'keys', 'status', '--json')).json()
  expect(before).toMatchObject({ ok: true, suite: 'gm', faults: [], keys: [{ current: true }] })
  expect(before.checked).toBeGreaterThan(100)
  const old = before.keys[0].id as string
  const rotated = (await stage.run(null, 'keys', 'rotate', '--json')).json()
  expect(rotated).toMatchObject({ ok: true, rows: before.checked })
  const after = (await stage.run(null, 'keys', 'status', '--json')).json()
  expect(after.keys).toMatchObject([
    { id: old, current: false, uses: 0 },
    { id: rotated.key, current: true, uses: before.checked },
  ])
  expect((await stage.run(null, 'keys', 'reseal', '--json')).json()).toMatchObject({ ok: true, rows: 0 })
  const early = await stage.run(null, 'keys', 'retire', old)
  expect([early.exitCode, early.out]).toEqual([1, expect.stringContaining('不足 60 分钟')])
  expect((await stage.run(null, 'keys', 'retire', 'x')).exitCode).toBe(2)
  const keys = join(stage.directory, 'keys')
  await rename(keys, `${keys}-away`)
  const refused = await stage.run(null, 'keys', 'status')
  expect([refused.exitCode, refused.err]).toEqual([
    1,
    expect.stringMatching(/数据库中有用密钥 .* 加密的数据.*从备份恢复密钥文件/),
  ])
  await expect(readdir(keys)).rejects.toThrow('ENOENT') // nothing was made in their place
  await rename(`${keys}-away`, keys)
  expect((await stage.run(null, 'keys', 'status')).out).toContain('全部可以解密')
}, 60_000)
