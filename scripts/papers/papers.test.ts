import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const rowsOf = async (path: string) => {
  const [head = [], ...rows] = (await readFile(join(root, path), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'))
  return rows.map(
    (cells) => Object.fromEntries(head.map((name, at) => [name, cells[at] ?? ''])) as Record<string, string>,
  )
}
const asvs = await rowsOf('docs/asvs.tsv')
const dengbao = await rowsOf('docs/dengbao.tsv')
const all = [...asvs, ...dengbao]

/** Every test there is, as it stands in the sources. */
async function testFiles(): Promise<{ path: string; text: string }[]> {
  const files: { path: string; text: string }[] = []
  for (const folder of ['src', 'journeys', 'scripts'])
    for (const path of await readdir(join(root, folder), { recursive: true }))
      if (/\.(?:test|e2e)\.ts$/.test(path))
        files.push({ path: `${folder}/${path}`, text: await readFile(join(root, folder, path), 'utf8') })
  return files
}
const titles = (await testFiles())
  .filter(({ path }) => !path.includes('papers.test'))
  .map(({ text }) => text)
  .join('\n')
  .replaceAll("\\'", "'")

/** Requirements whose test, named in the row, has not come in yet. */
const mostOpen = 9

describe('G1 papers for assessors', () => {
  test('ASVS 5.0: levels 1 and 2 chapter by chapter, level 3 where it was promised', () => {
    const chapters = new Set(asvs.map(({ id = '' }) => id.split('.')[0]))
    expect([...chapters].map(Number)).toEqual(Array.from({ length: 17 }, (_, at) => at + 1))
    expect(new Set(asvs.map(({ id }) => id)).size).toBe(asvs.length)
    for (const chapter of ['2', '7', '8', '15', '16'])
      expect(
        asvs.some(({ id = '', level }) => id.startsWith(`${chapter}.`) && level === '3'),
        chapter,
      ).toBe(true)
  })

  test('GB/T 22239-2019 level 3: 8.1.4 and 8.1.5 item by item', () => {
    const groups = new Set(dengbao.map(({ item = '' }) => item.split(' ')[0]))
    const expected = [
      ...Array.from({ length: 11 }, (_, at) => `8.1.4.${at + 1}`),
      ...Array.from({ length: 4 }, (_, at) => `8.1.5.${at + 1}`),
    ]
    expect([...groups]).toEqual(expected)
    expect(new Set(dengbao.map(({ item }) => item)).size).toBe(dengbao.length)
  })

  test('whatever is claimed has code that is there and a test that is there', () => {
    const claimed = all.filter(({ applies }) => applies === 'yes')
    expect(claimed.length).toBeGreaterThan(150)
    for (const { id, item, where = '', test: title = '' } of claimed) {
      const name = id ?? item
      expect([name, title !== '' && titles.includes(title)], title).toEqual([name, true])
      const missing = where.split(';').filter((path) => !existsSync(join(root, path.trim())))
      expect([name, where !== '', missing]).toEqual([name, true, []])
    }
  })

  test('what does not apply or deviates says why; deviations are ten at most', () => {
    for (const row of all) {
      expect(['yes', 'no', 'deviation', 'open']).toContain(row['applies'])
      if (row['applies'] === 'no' || row['applies'] === 'deviation')
        expect([row['id'] ?? row['item'], row['note']]).not.toContain('')
    }
    expect(all.filter(({ applies }) => applies === 'deviation').length).toBeLessThanOrEqual(10)
  })

  test('what is not shown yet is counted, and does not become more', () => {
    expect(all.filter(({ applies }) => applies === 'open').length).toBeLessThanOrEqual(mostOpen)
  })

  test('each goal of the operations page is named by a title in one of the tests beside it', async () => {
    const page = await readFile(join(root, 'docs', 'operations.md'), 'utf8')
    const rows = [...page.matchAll(/^\| (G\d.*?) \| (.*?) \|/gm)].map(([, goals = '', by = '']) => ({
      goals: goals.match(/\bG\d+/g) ?? [],
      tests: [...by.matchAll(/`([\w./-]+\.(?:test|e2e)\.ts)`/g)].map(([, name = '']) => name),
    }))
    expect(new Set(rows.flatMap(({ goals }) => goals)).size).toBe(32)
    const sources = await testFiles()
    const unnamed = rows.flatMap(({ goals, tests }) => {
      const beside = sources.filter(({ path }) => tests.some((name) => `/${path}`.endsWith(`/${name}`)))
      expect([goals, tests.filter((name) => !sources.some(({ path }) => `/${path}`.endsWith(`/${name}`)))]).toEqual([
        goals,
        [],
      ])
      return goals.filter((goal) => !beside.some(({ text }) => new RegExp(`\\b${goal}\\b`).test(text)))
    })
    expect(unnamed).toEqual([])
  })

  test('the page of threats names tests that are there', async () => {
    const page = await readFile(join(root, 'docs', 'threats.md'), 'utf8')
    const names = [...page.matchAll(/`([\w-]+\.(?:db\.test|test|e2e)\.ts)`/g)].map(([, name]) => name as string)
    const files = (
      await Promise.all(
        ['src', 'journeys', 'scripts'].map((folder) => readdir(join(root, folder), { recursive: true })),
      )
    ).flat()
    expect(names.length).toBeGreaterThan(10)
    expect(names.filter((name) => !files.some((path) => path.endsWith(`/${name}`) || path === name))).toEqual([])
  })
})
