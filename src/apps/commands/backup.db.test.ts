import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommandLine } from './program.ts'

let directory: string
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'yunbao-backup-command-'))
})
afterAll(() => rm(directory, { recursive: true, force: true }))

async function run(...argv: string[]) {
  const out: string[] = []
  const err: string[] = []
  const exitCode = await runCommandLine(argv, {
    env: { YUNBAO_DATA_DIR: join(directory, 'data') },
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    bars: null,
  })
  return { exitCode, out: out.join('\n'), err: err.join('\n') }
}

test('G25 drill: backed up under load and restored to a second elsewhere, nothing is lost, doubled or too much', async () => {
  const { exitCode, out, err } = await run('drill', '--seconds', '2', '--writers', '8', '--json')
  expect(exitCode, err + out).toBe(0)
  const { comparison, restore, rpo, verify } = JSON.parse(out)
  expect(comparison).toMatchObject({
    lost: 0,
    tooMany: 0,
    balancesEqual: true,
    auditRootEqual: true,
    attachmentsEqual: true,
  })
  // The comparison compares something: both sides were written, and receipts among them.
  expect(comparison.acknowledgedBefore).toBeGreaterThan(20)
  expect(comparison.acknowledgedAfter).toBeGreaterThan(5)
  expect(comparison.attachments).toBeGreaterThan(5)
  expect(restore.indexesChecked).toBeGreaterThan(300)
  expect(rpo.timeoutSeconds).toBeLessThanOrEqual(60)
  expect(verify.checks.map(({ name }: { name: string }) => name)).toContain('audit-tree')
}, 180_000)

test('what is not understood changes nothing: a key in the data directory, a moment, a folder without backups', async () => {
  const inside = await run('backup-key', '--out', join(directory, 'data', 'key.json'))
  expect([inside.exitCode, inside.err]).toEqual([1, expect.stringContaining('数据目录')])
  const file = join(directory, 'key.json')
  expect((await run('backup-key', '--out', file, '--json')).exitCode).toBe(0)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const place = ['--from', directory, '--key-file', file]
  const into = ['--into', join(directory, 'restored')]
  const wrongTime = await run('restore', ...place, ...into, '--to-time', '昨天')
  expect([wrongTime.exitCode, wrongTime.err]).toEqual([2, expect.stringContaining('例如')])
  const noBackup = await run('restore', ...place, ...into)
  expect([noBackup.exitCode, noBackup.err]).toEqual([1, expect.stringContaining('没有完成的备份')])
  const nowhere = await run('backups')
  expect([nowhere.exitCode, nowhere.err]).toEqual([2, expect.stringContaining('YUNBAO_BACKUP_DIR')])
  await expect(stat(join(directory, 'restored'))).rejects.toMatchObject({ code: 'ENOENT' })
})
