import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openCommandStage, type CommandStage } from './testing/command-stage.ts'

// Sealing waits for every open transaction of the server, those of other test files too.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let stage: CommandStage
beforeAll(async () => {
  stage = await openCommandStage()
  await sealed()
})
afterAll(() => stage.close())

/** Every command seals when it ends; until the last row is in the tree. */
async function sealed(): Promise<void> {
  for (const endsAt = Date.now() + 150_000; Date.now() < endsAt;) {
    await stage.run(null, 'audit', 'checkpoint')
    const { rows } = await stage.fresh.db.pool.query(
      `select (select count(*) from kernel.audit_entry)::int - (select count(*) from kernel.audit_leaf)::int as open`,
    )
    if (rows[0].open === 0) return
  }
}
async function asSuperuser(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: stage.fresh.superuserUrl })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}
const newest = async () => (await stage.run(null, 'audit', 'checkpoint', '--json')).json().checkpoint

test('verify tells of the record, its checkpoints and the speed, for people and machines', async () => {
  const said = await stage.run(null, 'verify')
  expect([said.exitCode, said.out]).toEqual([
    0,
    expect.stringMatching(/通过 {2}审计记录（核对 \d+ 条，.*检查点 \d+ 个，外部留存 \d+ 个，每秒 \d+ 条）/),
  ])
  const { ok, audit } = (await stage.run(null, 'verify', '--json')).json()
  expect(ok).toBe(true)
  expect(audit).toMatchObject({
    unsealed: 0,
    purged: 0,
    newest: expect.stringMatching(/^\d+-[0-9a-f]{16}-[0-9a-f]{8}$/),
  })
  expect(audit.checked).toBeGreaterThan(50)
  expect(audit.rowsPerSecond).toBeGreaterThan(0)
  expect((await stage.run(null, 'verify', '--since', '2026-11-01')).exitCode).toBe(0)
})

test('a checkpoint kept by somebody is compared, as note, as file or in short; a foreign one is a fault', async () => {
  const { short, note, size } = await newest()
  const path = join(stage.directory, 'kept.txt')
  await writeFile(path, note)
  for (const kept of [short, path, join(stage.directory, 'audit', 'checkpoints.jsonl')])
    expect([kept, (await stage.run(null, 'verify', '--checkpoint', kept)).exitCode]).toEqual([kept, 0])
  const other = `${size}-0123456789abcdef-01234567`
  const said = await stage.run(null, 'verify', '--checkpoint', other)
  expect([said.exitCode, said.out]).toEqual([1, expect.stringContaining('所持检查点')])
  const more = await stage.run(null, 'verify', '--checkpoint', short.replace(/^\d+/, String(size + 9)))
  expect([more.exitCode, more.out]).toEqual([1, expect.stringContaining('被截去')])
  for (const nonsense of ['nothing', path.replace('kept', 'gone')])
    expect((await stage.run(null, 'verify', '--checkpoint', nonsense)).exitCode).toBe(2)
  for (const wrong of [
    ['--since', 'gestern'],
    ['--key', 'x'],
    ['--proof', path],
    ['--proof', '/nowhere.json'],
  ])
    expect([wrong, (await stage.run(null, 'verify', ...wrong)).exitCode]).toEqual([wrong, 2])
})

test('purge says what is due, and nothing young goes; less than a year is refused before anything starts', async () => {
  expect((await stage.run(null, 'audit', 'purge', '--dry-run', '--json')).json()).toMatchObject({
    ok: true,
    due: 0,
    years: 3,
  })
  expect((await stage.run(null, 'audit', 'purge', '--json')).json()).toMatchObject({ ok: true, rows: 0 })
  stage.env['YUNBAO_AUDIT_RETENTION_YEARS'] = '0'
  const refused = await stage.run(null, 'audit', 'purge')
  delete stage.env['YUNBAO_AUDIT_RETENTION_YEARS']
  expect([refused.exitCode, refused.err]).toEqual([2, expect.stringContaining('至少保存 1 年')])
})

test('A44-1 withdraw takes the content of one row, leaves its trace, and the record still verifies', async () => {
  const { rows } = await stage.fresh.db.pool.query(
    'select id from kernel.audit_entry where after is not null order by id limit 1',
  )
  const entry = String(rows[0].id)
  const done = await stage.run(null, 'audit', 'withdraw', '--entry', entry, '--ground', '属国家秘密', '--json')
  expect([done.exitCode, done.json()]).toMatchObject([0, { ok: true, entry: Number(entry) }])
  expect((await stage.run(null, 'audit', 'withdraw', '--entry', entry, '--ground', '属国家秘密')).exitCode).toBe(2)
  expect((await stage.run(null, 'audit', 'withdraw', '--entry', 'x', '--ground', '无')).exitCode).toBe(2)
  const kept = await stage.fresh.db.pool.query(
    `select source, after from kernel.audit_entry where fact = 'kernel.audit-content-withdrawn'`,
  )
  expect(kept.rows).toEqual([{ source: expect.stringContaining('命令行'), after: { ground: '属国家秘密' } }])
  await sealed()
  expect((await stage.run(null, 'verify')).exitCode).toBe(0)
})

test('what was changed behind its back is named, and the exit code says so', async () => {
  await asSuperuser(
    `update kernel.audit_entry set person_name = '他人' where id = (select max(id) from kernel.audit_entry)`,
  )
  const said = await stage.run(null, 'verify', '--json')
  expect(said.exitCode).toBe(1)
  expect(said.json().checks[0].faults[0]).toMatch(/^第 \d+ 条（审计记录 \d+）操作人和来源与承诺值不符，已被改动$/)
  const file = join(stage.directory, 'audit', 'checkpoints.jsonl')
  const lines = await readFile(file, 'utf8')
  await appendFile(file, '{"size":1,"note":"x"}\n')
  expect((await stage.run(null, 'verify')).out).toMatch(/锚定文件 .+ 第 \d+ 行无法读取，已被改动/)
  await writeFile(file, lines)
})
