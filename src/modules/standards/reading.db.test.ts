import { text } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { levels } from '#kernel/pure/actor.ts'
import { transaction } from '#kernel/server/database.ts'
import { newId } from '#kernel/server/identifier.ts'
import { emptyDirectory, testAct, testCtx } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import organs from '#modules/organs/module.ts'
import { ranks } from '#modules/organs/model.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import standards from './module.ts'

const today = '2026-11-23'
let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
  await transaction(database.db, async (tx) => {
    for (const { reference } of [organs, standards]) await reference?.(testAct({ tx, today }), () => {})
  })
})
afterAll(() => database.drop())

/** Who asks without a place is shown the highest level's. */
const top = { id: newId(), name: '山西省机关事务管理局', jurisdictionCode: '140000' }
const directory = { ...emptyDirectory, topAuthority: async () => top }

async function ask<N extends keyof typeof contract>(
  name: N,
  input: z.input<(typeof contract)[N]['input']>,
): Promise<z.output<(typeof contract)[N]['output']>> {
  const operation = contract[name]
  const action = actions[name] as (ctx: unknown) => Promise<unknown>
  const parsed = operation.input.parse(input)
  return (await transaction(database.db, (tx) => action(testCtx({ tx, today, directory }, parsed)))) as never
}

describe('A15-1 the library of standards', () => {
  it('pages through every standard once, by field of work, with true counts', async () => {
    const seen: string[] = []
    let after: string | undefined
    for (;;) {
      const page = await ask('overview', { limit: 40, ...(after === undefined ? {} : { after }) })
      seen.push(...page.items.map(({ code }) => code))
      expect(page.fields.reduce((sum, { count }) => sum + count, 0)).toBe(page.total)
      if (page.next === null) {
        expect(seen).toHaveLength(page.total ?? 0)
        break
      }
      after = page.next
    }
    expect(new Set(seen).size).toBe(seen.length)
  })
  it('narrows by field, kind, confidence and words', async () => {
    const found = async (input: Parameters<typeof ask<'overview'>>[1]) =>
      (await ask('overview', { limit: 200, ...input })).items
    expect((await found({ text: '台式' })).map(({ code }) => code)).toContain('item.desktop')
    expect((await found({ field: 'vehicles' })).every(({ field }) => field === 'vehicles')).toBe(true)
    expect((await found({ kind: 'parameter' })).every(({ kind }) => kind === 'parameter')).toBe(true)
    const unsure = await found({ provisional: true })
    expect(unsure.length).toBeGreaterThan(0)
    for (const { rows } of unsure) expect(rows.some(({ confidence }) => confidence > 'B')).toBe(true)
    expect(await found({ text: '没有这样的标准' })).toEqual([])
  })
  it('rows of one standard stand by level and rank, the highest first', async () => {
    const { items } = await ask('overview', { text: 'office.area-cap', limit: 5 })
    const rows = items.find(({ code }) => code === 'office.area-cap')?.rows ?? []
    expect(rows.length).toBeGreaterThan(15)
    const places = rows.map(({ level, rank }) => [levels.indexOf(level ?? 'province'), ranks.indexOf(rank ?? 'clerk')])
    expect(places).toEqual(places.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d))
  })
  it('exports what is filtered as a workbook', async () => {
    const { body, fileName } = (await ask('exportStandards', { field: 'vehicles' })) as {
      body: Readable
      fileName: string
    }
    expect(fileName).toMatch(/\.xlsx$/)
    expect((await text(body)).startsWith('PK')).toBe(true)
  })
})

describe('A9-2 two days, one standard', () => {
  it('before anything was in force there is nothing, and everything has come since', async () => {
    const { rows, same } = await ask('compareStandards', { from: '1990-01-01', to: today })
    expect(same).toBe(0)
    expect(rows.every(({ how }) => how === 'added')).toBe(true)
    expect((await ask('compareStandards', { from: today, to: today })).rows).toEqual([])
  })
  it('a standard is shown with its versions; one that is none is missing', async () => {
    const view = await ask('viewStandard', { code: 'item.desktop' })
    expect(view.rows).toHaveLength(1)
    expect(view.norms).toContain('A22-1')
    await expect(ask('viewStandard', { code: 'item.nothing' })).rejects.toThrow(/没有找到/)
  })
})

describe('A6-2 the guidance catalogue by level', () => {
  it('has all nine kinds, each with what holds and who says so', async () => {
    const { kinds } = await ask('catalogueLevels', { jurisdictionCode: '140121' })
    expect(kinds).toHaveLength(9)
    for (const { effective, levels: places } of kinds) {
      expect(effective?.jurisdictionCode).toBe('140000')
      expect(places.map(({ jurisdictionCode }) => jurisdictionCode)).toEqual(['140000', '140100', '140121'])
    }
  })
})
