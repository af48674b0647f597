import { Document, Packer, Paragraph } from 'docx'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor, Role } from '#kernel/pure/actor.ts'
import { transaction } from '#kernel/server/database.ts'
import { BadInput, Conflict, Forbidden, Missing, Refused } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { testActor } from '#kernel/testing/act.ts'
import { regulationWorkId } from './model.ts'
import {
  act,
  city,
  clerk,
  closeLibraryStage,
  colleague,
  county,
  database,
  facts,
  lawOf,
  openLibraryStage,
  otherCity,
  provincial,
  take,
  today,
  upload,
} from './testing/library-stage.ts'

beforeAll(openLibraryStage)
afterAll(closeLibraryStage)

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
