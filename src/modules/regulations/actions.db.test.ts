import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Document, Packer, Paragraph } from 'docx'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor, Level, Role } from '#kernel/pure/actor.ts'
import type { ParsedInputOf } from '#kernel/pure/contract.ts'
import { transaction } from '#kernel/server/database.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { BadInput, Conflict, Forbidden, Missing, Refused } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { testAct, testActor, testCtx } from '#kernel/testing/act.ts'
import { freshDatabase, type FreshDatabase } from '#kernel/testing/database.ts'
import { actions } from './actions.ts'
import { contract } from './contract.ts'
import { regulationWorkId } from './model.ts'
import { loadReference } from './seed.ts'

const today = '2026-11-23'
const organ = (level: Level, jurisdictionCode: string, authority = true) => ({
  id: newId(),
  name: '机关事务管理局',
  jurisdictionCode,
  jurisdictionName: '',
  level,
  parts: authority ? ['authority' as const] : [],
})
const provincial = testActor(organ('province', '140000'), ['plan-reviewer'], { name: '省计划科' })
const city = testActor(organ('city', '140100'), ['plan-reviewer'], { name: '市计划科' })
const colleague = testActor(city.organ as never, ['supervision-reviewer'], { name: '市监督科' })
const county = testActor(organ('county', '140121'), ['authority-leader'], { name: '县局长' })
const otherCity = testActor(organ('city', '140200'), ['plan-reviewer'])
const clerk = testActor(organ('city', '140100', false), ['organ-clerk'])

let database: FreshDatabase
let folder: string
beforeAll(async () => {
  database = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'yunbao-law-'))
  await transaction(database.db, async (tx) => {
    await loadReference(testAct({ tx, today }))
    await loadReference(testAct({ tx, today })) // loading twice makes one
  })
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

type Actions = typeof actions
/** One act in its own transaction, its input checked by the contract and its answer too, as the server does. */
async function act<N extends keyof Actions>(actor: Actor, name: N, input: Record<string, unknown>) {
  const parsed = contract[name].input.parse(input) as ParsedInputOf<(typeof contract)[N]>
  const answer = await transaction(database.db, (tx) => actions[name](testCtx({ tx, actor, today }, parsed) as never), {
    scope: scopeOf(actor),
  })
  return contract[name].output.parse(answer) as never as Awaited<ReturnType<Actions[N]>>
}

async function upload(actor: Actor, fileName: string, bytes: Buffer | string) {
  const path = join(folder, newId())
  const content = Buffer.from(bytes as Buffer)
  await writeFile(path, content)
  const sha256 = createHash('sha256').update(content).digest('hex')
  return act(actor, 'readText', {
    file: { path, fileName, sizeBytes: content.length, mediaType: 'text/plain', sha256 },
  })
}

const facts = {
  kind: 'normative-document',
  fields: ['vehicles'],
  issuer: '太原市机关事务管理局',
  issuedOn: '2025-01-10',
  validFrom: '2025-02-01',
}
const lawOf = (title: string, ...articles: string[]) =>
  [title, ...articles.map((text, index) => `第${'一二三四五六七八九'[index]}条　${text}`)].join('\n')

/** Uploads and confirms at once. */
async function take(actor: Actor, title: string, articles: string[], more: Record<string, unknown> = {}) {
  const source = lawOf(title, ...articles)
  const { id } = await upload(actor, `${title}.txt`, source)
  return act(actor, 'confirmImport', { importId: id, source, title, ...facts, ...more })
}

const tables = () =>
  transaction(database.db, async (tx) => {
    const { rows } = await sql<{ works: number; versions: number; passages: number; imports: number }>`select
      (select count(*)::int from regulations.work) as works, (select count(*)::int from regulations.version) as versions,
      (select count(*)::int from regulations.passage) as passages, (select count(*)::int from regulations.import) as imports`.execute(
      tx,
    )
    return rows[0]
  })

describe('A15-1 the library holds the Regulation in every mode', () => {
  it('with its 45 articles, oddities at their places, and norms beside them', async () => {
    const view = await act(clerk, 'viewWork', { workId: regulationWorkId })
    expect(view.law.articles).toHaveLength(45)
    expect(view.versions).toMatchObject([
      {
        standing: 'in-force',
        validFrom: '2021-01-01',
        articles: 45,
        documentNumber: '山西省人民代表大会常务委员会公告第五十八号',
      },
    ])
    const beside = view.beside.find(({ article }) => article === '35')
    expect(beside?.norms.map(({ id }) => id)).toEqual(['A35-1', 'A35-2'])
    expect(view.may.change).toMatchObject([{ code: 'not-librarian', basis: { norm: 'A6-1' } }])
    expect(await act(clerk, 'viewWork', { workId: regulationWorkId, on: '2020-12-31' })).toMatchObject({
      versions: [{ standing: 'in-force' }],
    })
  })

  it('shows one article with its chapter, oddities and neighbours', async () => {
    const view = await act(clerk, 'viewArticle', { workId: regulationWorkId, article: '44' })
    expect(view).toMatchObject({
      headings: ['第七章 附则'],
      article: { label: '第四十四条' },
      previous: { key: '43' },
      next: { key: '45' },
      beside: { norms: [{ id: 'A44-1' }] },
    })
    expect(view.oddities.map(({ code }) => code)).toEqual(['out-of-order', 'sentence-cut'])
    await expect(act(clerk, 'viewArticle', { workId: regulationWorkId, article: '46' })).rejects.toThrow(Missing)
  })
})

describe('importing a text', () => {
  const title = '太原市公务用车管理细则'

  it('is for those who keep the library of an authority, and leaves no trace otherwise', async () => {
    const before = await tables()
    for (const actor of [clerk, testActor(city.organ as never, ['asset-reviewer'] as Role[])])
      await expect(upload(actor, 'a.txt', lawOf(title, '甲。'))).rejects.toThrow(Forbidden)
    await expect(act(clerk, 'viewImport', { importId: newId() })).rejects.toThrow(Forbidden)
    expect(await act(clerk, 'openImports', {})).toMatchObject({
      items: [],
      may: { import: [{ code: 'not-librarian' }] },
    })
    expect(await tables()).toEqual(before)
  })

  it('A44-1 is refused where the text has a mark of secrecy, and nothing of it is kept', async () => {
    const before = await tables()
    await expect(upload(city, '办法.txt', `机密★10年\n${lawOf(title, '甲。')}`)).rejects.toThrow('涉密标识')
    await expect(upload(city, '秘密★5年 办法.txt', lawOf(title, '甲。'))).rejects.toThrow('涉密标识')
    expect(await tables()).toEqual(before)
    const { id } = await upload(city, '办法.txt', lawOf(title, '甲。'))
    await expect(
      act(city, 'confirmImport', { importId: id, source: `绝密★\n${lawOf(title, '甲。')}`, title, ...facts }),
    ).rejects.toThrow('涉密标识')
    await act(city, 'giveUpImport', { importId: id })
  })

  it.each([
    ['a.txt', '', '没有文字'],
    ['a.txt', Buffer.from([0x00, 0x01, 0x02]), '不是文本文件'],
    ['a.txt', Buffer.from([0xff, 0xfe, 0xff, 0xff, 0xff]), '文字编码无法识别'],
    ['a.txt', 'x', '没有中文'],
    ['a.pdf', '%PDF-1.7', '请上传 .docx 或 .txt 文件'],
    ['a.docx', 'no archive', '不是 Word 文档'],
    ['a.docx', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]), '旧版 .doc'],
    ['a.docx', Buffer.from('PK\x03\x04broken'), '无法打开'],
    ['a.txt', '长'.repeat(400_001), '超过40万字'],
  ])('refuses %s that is no text, in words', async (fileName, bytes, why) => {
    const before = await tables()
    await expect(upload(city, fileName, bytes)).rejects.toThrow(BadInput)
    await expect(upload(city, fileName, bytes)).rejects.toThrow(why)
    expect(await tables()).toEqual(before)
  })

  it('reads .docx, UTF-8 with and without a mark, and GB 18030 alike', async () => {
    const text = lawOf('甲乙办法', '管理办法。', '执行标准。')
    const docx = await Packer.toBuffer(
      new Document({ sections: [{ children: text.split('\n').map((line) => new Paragraph(line)) }] }),
    )
    const gb = Buffer.from(
      'bcd7d2d2b0ecb7a80ab5dad2bbccf5a1a1b9dcc0edb0ecb7a8a1a30ab5dab6feccf5a1a1d6b4d0d0b1ead7bca1a3',
      'hex',
    )
    for (const [name, bytes] of [
      ['a.docx', docx],
      ['a.txt', text],
      ['b.txt', `\uFEFF${text}`],
      ['c.txt', gb],
    ] as const) {
      const read = await upload(city, name, bytes)
      expect([name, read.source?.replace('\uFEFF', '').trimEnd()]).toEqual([name, text])
      expect(read.oddities).toEqual([])
      await act(city, 'giveUpImport', { importId: read.id })
    }
    expect((await act(city, 'openImports', {})).items).toEqual([])
  })

  it('with a broken numbering is refused with place and remedy, and goes through once it is mended', async () => {
    const broken = [title, '第一条　甲。', '第二条　乙。', '第二条　丙。', '第四条　丁。'].join('\n')
    const read = await upload(city, '细则.txt', broken)
    expect(read.oddities.map(({ code, line }) => [code, line])).toEqual([
      ['number-twice', 4],
      ['number-missing', 5],
    ])
    const confirm = (source: string, confirmed: string[] = []) =>
      act(city, 'confirmImport', { importId: read.id, source, confirmed, title, ...facts })
    const refusal = await confirm(broken).catch((error: Refused) => error)
    expect(refusal).toBeInstanceOf(Refused)
    expect((refusal as Refused).refusals).toMatchObject([
      { code: 'number-twice', message: '第二条出现两次：第3行和第4行。按顺序应为第三条。', basis: { norm: 'A15-1' } },
      { code: 'number-missing', message: '缺第三条：第二条之后是第四条（第5行）。' },
    ])
    // What is twice cannot be talked away.
    await expect(confirm(broken, ['number-twice:4', 'number-missing:3-3'])).rejects.toThrow('出现两次')
    expect((await act(city, 'viewImport', { importId: read.id })).state).toBe('open')
    const { workId } = await confirm(broken.replace('第二条　丙', '第三条　丙'))
    expect((await act(city, 'viewWork', { workId })).law.articles.map(({ key }) => key)).toEqual(['1', '2', '3', '4'])
    expect(await act(city, 'viewImport', { importId: read.id })).toMatchObject({
      state: 'confirmed',
      source: null,
      workId,
    })
  })

  it('a gap that the text really has is confirmed by the clerk and kept with the version', async () => {
    const source = ['太原市修订后的规定', '第一条　甲。', '第三条　丙。'].join('\n')
    const { id } = await upload(city, 'a.txt', source)
    const input = { importId: id, source, title: '太原市修订后的规定', ...facts }
    await expect(act(city, 'confirmImport', input)).rejects.toThrow('缺第二条')
    const { versionId } = await act(city, 'confirmImport', { ...input, confirmed: ['number-missing:2-2'] })
    const { rows } = await transaction(database.db, (tx) =>
      sql<{ confirmed: string[] }>`select confirmed from regulations.version where id = ${versionId}`.execute(tx),
    )
    expect(rows[0]?.confirmed).toEqual(['number-missing:2-2'])
  })

  it('of two who confirm the same import one is told that it is done; two imports of one title make one work', async () => {
    const source = lawOf('太原市同时确认办法', '甲。')
    const { id } = await upload(city, 'a.txt', source)
    const input = { importId: id, source, title: '太原市同时确认办法', ...facts }
    const both = await Promise.allSettled([act(city, 'confirmImport', input), act(colleague, 'confirmImport', input)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((both.find(({ status }) => status === 'rejected') as PromiseRejectedResult).reason.message).toContain(
      '不能重复确认',
    )

    const again = lawOf('太原市两份上传办法', '甲。')
    const ids = [await upload(city, 'a.txt', again), await upload(colleague, 'b.txt', again)].map((one) => one.id)
    const two = await Promise.allSettled(
      ids.map((importId) =>
        act(city, 'confirmImport', { ...input, importId, source: again, title: '太原市两份上传办法' }),
      ),
    )
    expect(two.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = (two.find(({ status }) => status === 'rejected') as PromiseRejectedResult).reason as Conflict
    expect(lost).toBeInstanceOf(Conflict)
    expect(lost.message).toContain('作为新版本导入')
    const { total } = await act(city, 'works', { text: '太原市两份上传办法' })
    expect(total).toBe(1)
  })
})

describe('versions', () => {
  const title = '太原市会议费用办法'
  it('follow each other without overlap, and the day decides which is read', async () => {
    const first = await take(city, title, ['会议应当精简。', '费用据实结算。'])
    const next = { workId: first.workId, validFrom: '2026-01-01', issuedOn: '2025-12-01' }
    await expect(take(city, title, ['甲。'], next)).rejects.toThrow('施行期间与已有版本重叠')
    await expect(
      take(city, title, ['甲。'], { ...next, supersedes: first.versionId, validFrom: '2025-01-15' }),
    ).rejects.toThrow('不晚于被修订版本')
    await expect(take(city, title, ['甲。'], { ...next, supersedes: newId() })).rejects.toThrow(Missing)
    await expect(take(city, '另一部', ['甲。'], { supersedes: first.versionId })).rejects.toThrow(BadInput)
    await expect(take(city, title, ['甲。'], { ...next, issuedOn: '2026-12-01' })).rejects.toThrow('晚于今天')
    const second = await take(city, title, ['会议应当精简，优先采用视频方式。', '费用据实结算。', '费用按季公开。'], {
      ...next,
      supersedes: first.versionId,
    })
    expect(second.workId).toBe(first.workId)

    const read = (on: string) => act(county, 'viewWork', { workId: first.workId, on })
    expect((await read('2025-12-31')).shownVersionId).toBe(first.versionId)
    expect((await read('2026-01-01')).shownVersionId).toBe(second.versionId)
    expect(
      (await read(today)).versions.map(({ validFrom, validUntil, standing }) => [validFrom, validUntil, standing]),
    ).toEqual([
      ['2026-01-01', null, 'in-force'],
      ['2025-02-01', '2025-12-31', 'ended'],
    ])
  })

  it('never overlap even when two are confirmed at once', async () => {
    const first = await take(city, '太原市同时修订办法', ['甲。'], { validUntil: '2025-12-31' })
    const more = { workId: first.workId, issuedOn: '2025-12-01', validFrom: '2026-01-01' }
    const both = await Promise.allSettled([
      take(city, '太原市同时修订办法', ['乙。'], more),
      take(colleague, '太原市同时修订办法', ['丙。'], { ...more, validFrom: '2026-02-01' }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await act(city, 'viewWork', { workId: first.workId })).versions).toHaveLength(2)
  })

  it('are compared article by article and word by word', async () => {
    const { items } = await act(city, 'works', { text: title })
    const workId = items[0]?.id as string
    const { versions } = await act(city, 'viewWork', { workId })
    const { articles } = await act(county, 'compare', { workId, before: versions[1]?.id, after: versions[0]?.id })
    expect(articles.map(({ state }) => state)).toEqual(['changed', 'same', 'added'])
    expect(articles[0]?.runs).toEqual([
      { kind: 'same', text: '会议应当精简' },
      { kind: 'added', text: '，优先采用视频方式' },
      { kind: 'same', text: '。' },
    ])
    await expect(
      act(otherCity, 'compare', { workId, before: versions[1]?.id, after: versions[0]?.id }),
    ).rejects.toThrow(Missing)
  })

  it('end by their own authority only, earlier but never later', async () => {
    const { versionId, workId } = await take(city, '太原市待废止办法', ['甲。'])
    const end = (actor: Actor, lastDay: string) =>
      act(actor, 'endVersion', { versionId, lastDay, document: '并政发〔2026〕1号' })
    await expect(end(county, '2026-06-30')).rejects.toThrow(Forbidden)
    await expect(end(provincial, '2026-06-30')).rejects.toThrow(Missing)
    await expect(end(otherCity, '2026-06-30')).rejects.toThrow(Missing)
    await expect(end(city, '2025-01-31')).rejects.toThrow('早于施行日期')
    await end(city, '2026-06-30')
    await expect(end(city, '2026-12-31')).rejects.toThrow('已定于2026-06-30失效')
    expect((await act(city, 'viewWork', { workId })).versions[0]).toMatchObject({
      validUntil: '2026-06-30',
      standing: 'ended',
    })
  })
})

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

describe('links between articles', () => {
  it('are kept by the authority of the text, once, and lead only where the reader may go', async () => {
    const target = await take(county, '清徐县被关联办法', ['甲。'])
    const own = await take(county, '清徐县关联办法', ['甲。', '乙。'])
    const link = { versionId: own.versionId, article: '2', toWorkId: regulationWorkId, toArticle: '35', note: '细化' }
    await expect(act(clerk, 'addLink', link)).rejects.toThrow(Missing)
    await expect(act(county, 'addLink', { ...link, article: '9' })).rejects.toThrow('没有这条条文')
    await expect(act(county, 'addLink', { ...link, toArticle: '99' })).rejects.toThrow('没有这条条文')
    await expect(act(county, 'addLink', { ...link, toWorkId: newId() })).rejects.toThrow(Missing)
    const { id } = await act(county, 'addLink', link)
    await expect(act(county, 'addLink', link)).rejects.toThrow(Conflict)
    await act(county, 'addLink', { ...link, toWorkId: target.workId, toArticle: null })
    const links = async () => (await act(county, 'viewArticle', { workId: own.workId, article: '2' })).beside.links
    expect(await links()).toMatchObject([
      { workTitle: '山西省机关运行保障条例', article: '35', note: '细化', createdByName: '县局长' },
      { workTitle: '清徐县被关联办法', article: null },
    ])
    await act(county, 'removeLink', { linkId: id })
    await expect(act(county, 'removeLink', { linkId: id })).rejects.toThrow(Missing)
    expect(await links()).toHaveLength(1)
    await act(county, 'addLink', link)
  })
})

describe('A15-1 the standards system', () => {
  it('shows texts by field, norms of the Regulation, and uses only to those who read the level', async () => {
    const view = await act(city, 'system', {})
    const vehicles = view.fields.find(({ field }) => field === 'vehicles')
    expect(vehicles?.works.map(({ title }) => title)).toContain('太原市公务用车管理细则')
    expect(vehicles?.norms).toBeGreaterThan(0)
    expect(view.fields.reduce((sum, { norms }) => sum + norms, 0)).toBe(85)
    expect(view.usesOfYear).toBe(2026)
    expect((await act(clerk, 'system', {})).usesOfYear).toBeNull()
  })
})

it('every act leaves a fact', async () => {
  const { rows } = await transaction(database.db, (tx) =>
    sql<{
      fact: string
    }>`select distinct fact from kernel.audit_entry where fact like 'regulations.%' order by fact`.execute(tx),
  )
  expect(rows.map(({ fact }) => fact)).toEqual([
    'regulations.import-given-up',
    'regulations.link-added',
    'regulations.link-removed',
    'regulations.text-read',
    'regulations.version-confirmed',
    'regulations.version-ended',
  ])
})
