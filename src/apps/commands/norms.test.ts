import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runCommandLine } from './program.ts'

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'yunbao-norms-'))))
afterAll(() => rm(folder, { recursive: true }))

async function run(...argv: string[]) {
  const out: string[] = []
  const err: string[] = []
  const exitCode = await runCommandLine(['norms', 'coverage', ...argv], {
    env: {},
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    bars: null,
  })
  return { exitCode, out: out.join('\n'), err: err.join('\n') }
}

async function fileOf(text: string): Promise<string> {
  const path = join(folder, 'results.json')
  await writeFile(path, text)
  return path
}

describe('yunbao norms coverage', () => {
  it('finds code and a test for every norm marked as carried in this checkout, and says what was not checked', async () => {
    const { exitCode, out } = await run()
    expect(out).toMatch(/没有发现问题。$/)
    expect(exitCode).toBe(0)
    expect(out).toContain('没有核对是否通过')
  })

  it('--json is one document with a status, code and tests for each norm', async () => {
    const { exitCode, out } = await run('--json', '--article', '35')
    expect(exitCode).toBe(0)
    const { norms, total, carried, partial, display, open } = JSON.parse(out) as {
      [count in 'total' | 'carried' | 'partial' | 'display' | 'open']: number
    } & { norms: { id: string; status: string; code: string[]; tests: string[] }[] }
    expect(carried + partial + display + open).toBe(total)
    expect(norms.map(({ id, status }) => [id, status])).toEqual([
      ['A35-1', 'carried'],
      ['A35-2', 'carried'],
    ])
    for (const { code, tests } of norms) expect([code.length > 0, tests.length > 0]).toEqual([true, true])
  })

  it('with results in which nothing ran, or a test fails, it fails and names the norm', async () => {
    const empty = await run('--results', await fileOf('{"testResults":[]}'))
    expect(empty.exitCode).toBe(1)
    expect(empty.out).toContain('A35-2 标为已承载，但没有测试在名称中写明它。')
    const assertionResults = [{ fullName: `filing ${'A35'}-2`, status: 'failed' }]
    const failing = await run(
      '--results',
      await fileOf(JSON.stringify({ testResults: [{ name: 'a.test.ts', assertionResults }] })),
    )
    expect(failing.out).toContain('A35-2 标为已承载，但写明它的测试没有全部通过。')
  })

  it('refuses what is no article and no results', async () => {
    expect(await run('--article', '46')).toMatchObject({ exitCode: 2, err: expect.stringContaining('1至45') })
    expect(await run('--results', join(folder, 'none.json'))).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('没有找到测试结果文件'),
    })
    for (const text of ['null', '{', '{}'])
      expect(await run('--results', await fileOf(text))).toMatchObject({
        exitCode: 1,
        err: expect.stringContaining('不是 vitest 的 JSON 测试结果'),
      })
  })
})
