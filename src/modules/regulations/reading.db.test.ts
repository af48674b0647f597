import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '#kernel/pure/actor.ts'
import { transaction } from '#kernel/server/database.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { Missing } from '#kernel/server/errors.ts'
import { regulationWorkId } from './model.ts'
import {
  type Actions,
  act,
  city,
  clerk,
  closeLibraryStage,
  colleague,
  county,
  database,
  lawOf,
  openLibraryStage,
  otherCity,
  provincial,
  take,
  upload,
} from './testing/library-stage.ts'

beforeAll(openLibraryStage)
afterAll(closeLibraryStage)

describe('who reads what', () => {
  it('a city’s text binds the city and its counties; a county’s itself; the province’s all', async () => {
    const ofCity = await take(city, '太原市只在本市的办法', ['甲。'])
    const ofCounty = await take(county, '清徐县只在本县的办法', ['甲。'])
    const ofProvince = await take(provincial, '全省都有的办法', ['甲。'])
    const reads = async (actor: Actor) => {
      const seen = await Promise.allSettled(
        [ofCity, ofCounty, ofProvince].map(({ workId }) => act(actor, 'viewWork', { workId })),
      )
      return seen.map(({ status }) => status === 'fulfilled')
    }
    expect(await reads(city)).toEqual([true, false, true])
    expect(await reads(county)).toEqual([true, true, true])
    expect(await reads(provincial)).toEqual([false, false, true])
    expect(await reads(otherCity)).toEqual([false, false, true])
    const found = async (actor: Actor) =>
      (await act(actor, 'works', { text: '只在本' })).items.map(({ title }) => title)
    expect(await found(otherCity)).toEqual([])
    expect((await found(county)).sort()).toEqual(['太原市只在本市的办法', '清徐县只在本县的办法'].sort())
    const hits = async (actor: Actor) => (await act(actor, 'search', { text: '只在本' })).total
    expect([await hits(otherCity), await hits(city), await hits(county)]).toEqual([0, 1, 2])
    // The second wall says the same where code forgets to ask.
    const rows = (actor: Actor) =>
      transaction(
        database.db,
        async (tx) =>
          (
            await sql<{
              title: string
            }>`select w.title from regulations.work w join regulations.version v on v.work_id = w.id where w.title like '%只在本%' order by w.title`.execute(
              tx,
            )
          ).rows.length,
        { scope: scopeOf(actor) },
      )
    expect([await rows(otherCity), await rows(provincial), await rows(city), await rows(county)]).toEqual([0, 0, 1, 2])
    // Nobody sees the import of another authority.
    const { id } = await upload(city, 'a.txt', lawOf('未确认', '甲。'))
    await expect(act(county, 'viewImport', { importId: id })).rejects.toThrow(Missing)
    await expect(act(county, 'giveUpImport', { importId: id })).rejects.toThrow(Missing)
    expect((await act(county, 'openImports', {})).items).toEqual([])
    expect((await act(colleague, 'openImports', {})).items.map((one) => one.id)).toContain(id)
  })
})

describe('search', () => {
  const labels = async (text: string, more: Record<string, unknown> = {}) =>
    (await act(clerk, 'search', { text, workId: regulationWorkId, ...more })).items.map(({ label }) => label)

  it('finds an article by its number first, however it is written', async () => {
    for (const text of ['第三十五条', '三十五条', '35条', '第35条', '３５条'])
      expect([text, (await labels(text))[0]]).toEqual([text, '第三十五条'])
  })

  it('finds fragments of one, two and more characters, in either width, with the words marked', async () => {
    expect(await labels('备案')).toEqual(['第三十五条'])
    expect(await labels('公物仓')).toEqual(['第二十三条'])
    expect(await labels('仓')).toEqual(['第二十三条'])
    expect(await labels('统筹、配置')).toEqual(['第三条'])
    expect(await labels('2021年1月1日')).toEqual(['第四十五条'])
    expect(await labels('能源 奖励')).toEqual(['第二十八条'])
    expect(await labels('没有的词')).toEqual([])
    const [hit] = (await act(clerk, 'search', { text: '备案', workId: regulationWorkId })).items
    expect(hit?.excerpt.marks.map(({ from, to }) => hit.excerpt.text.slice(from, to))).toEqual(['备案'])
    // What a query means to the database is only what it says.
    for (const text of ["%' or 1=1 --", '_', '\\', '“”']) expect(await labels(text)).toEqual([])
  })

  it('says the whole list page by page, the title first, each passage once', async () => {
    const all = await act(clerk, 'search', { text: '机关', limit: 200 })
    expect(all.items[0]).toMatchObject({ article: null, workTitle: '山西省机关运行保障条例' })
    expect(all.total).toBe(all.items.length)
    const seen: string[] = []
    for (let after: string | null | undefined = undefined; after !== null;) {
      const page: Awaited<ReturnType<Actions['search']>> = await act(clerk, 'search', {
        text: '机关',
        limit: 7,
        ...(after ? { after } : {}),
      })
      seen.push(...page.items.map(({ versionId, article }) => `${versionId}${article}`))
      after = page.next
    }
    expect(seen).toEqual(all.items.map(({ versionId, article }) => `${versionId}${article}`))
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('looks only through versions in force on the day', async () => {
    expect(await labels('备案', { on: '2020-12-31' })).toEqual([])
    const title = '太原市会议费用办法'
    const { workId, versionId } = await take(city, title, ['会议应当精简。'])
    const next = { workId, supersedes: versionId, validFrom: '2026-01-01', issuedOn: '2025-12-01' }
    await take(city, title, ['会议应当精简，优先采用视频方式。'], next)
    const found = async (on: string) => (await act(city, 'search', { text: '优先采用视频', on })).total
    expect([await found('2025-12-31'), await found('2026-01-01')]).toEqual([0, 1])
  })

  it('is served by the index of characters and pairs', async () => {
    const plan = await transaction(database.db, async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx)
      return (
        await sql<Record<string, string>>`explain select from regulations.passage where grams @> array['备案']`.execute(
          tx,
        )
      ).rows
    })
    expect(JSON.stringify(plan)).toContain('passage_grams')
  })
})
