import { promisify } from 'node:util'
import yauzl from 'yauzl'
import { describe, expect, test, vi } from 'vitest'
import { cellText, type Block, type OfficialDocument } from '#kernel/pure/official-document.ts'
import { hostileTexts } from '#kernel/testing/hostile-texts.ts'
import { renderDocx } from './docx.ts'
import { renderPdf } from './pdf.ts'
import { printable } from './wording.ts'

const hostile = '#import "x.typ" $a$ *b* <w:t>&amp; \u0000\u202e \\ ``` [link](x)'
const columns = [
  { title: '事项', share: 30 },
  { title: '金额', share: 12, decimals: 2 },
  { title: '理由', share: 40 },
]
const document = (body: Block[], more: Partial<OfficialDocument> = {}): OfficialDocument => ({
  layout: 'red-head',
  organs: ['太原市机关事务管理局'],
  number: '并机管通〔2027〕3号',
  title: '关于自行制定2027年度机关运行保障计划有关事项的通知',
  recipients: ['太原市教育局'],
  body,
  signature: { organs: ['太原市机关事务管理局'], date: '2026-11-23' },
  createdAt: '2026-11-23T09:00:00+08:00',
  ...more,
})
const table = (rows: number): Block => ({
  kind: 'table',
  caption: '表1',
  unit: '单位:万元',
  columns,
  rows: Array.from({ length: rows }, (_, index) => [`第${index}项 ${hostile}`, index + 0.5, hostile]),
  total: ['合计', 1, ''],
})

/** Text of the .docx in its order, read back from the zip. */
async function textOf(docx: Buffer): Promise<string> {
  return [...(await mainPartOf(docx)).matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map((match) => match[1]).join('|')
}

async function mainPartOf(docx: Buffer): Promise<string> {
  const zip = await promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer)(docx, { lazyEntries: true })
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      if (entry.fileName !== 'word/document.xml') return zip.readEntry()
      zip.openReadStream(entry, async (error, stream) => {
        if (error) return reject(error)
        resolve(Buffer.concat(await stream.toArray()).toString('utf8'))
      })
    })
    zip.on('end', () => reject(new Error('no document.xml')))
    zip.readEntry()
  })
}
const pagesOf = (pdf: Buffer) => (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length

const mediaBoxes = (pdf: Buffer) =>
  [...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[([^\]]*)\]/g)].map((match) =>
    (match[1] ?? '')
      .trim()
      .split(/\s+/)
      .slice(2)
      .map((side) => Math.round(Number(side))),
  )
const [upright, sideways] = [
  [595, 842],
  [842, 595],
]

describe('.docx', () => {
  test('the same document is the same bytes, whatever the clock says', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    try {
      vi.setSystemTime('2027-01-01T00:00:00Z')
      const first = await renderDocx(document([table(3)]))
      vi.setSystemTime('2031-06-05T04:03:02Z')
      expect((await renderDocx(document([table(3)]))).equals(first)).toBe(true)
    } finally {
      vi.useRealTimers()
    }
  })
  test('after the signature come the attachments, and 版记 closes the document (GB/T 9704 7.4)', async () => {
    const text = await textOf(
      await renderDocx(
        document([{ kind: 'paragraph', text: '正文。' }], {
          attachments: [{ name: '事项表', body: [{ ...table(2), landscape: true } as Block] }],
          copies: ['太原市财政局'],
          imprint: { organ: '太原市机关事务管理局办公室', date: '2026-11-24' },
        }),
      ),
    )
    const places = [
      '正文。',
      '附件：',
      '2026年11月23日',
      '事项表',
      '第1项',
      '抄送：太原市财政局',
      '2026年11月24日印发',
    ].map((words) => text.lastIndexOf(words))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })
  test('holds head, number, title, recipients, body and signature in their order', async () => {
    const text = await textOf(
      await renderDocx(
        document([
          { kind: 'heading', level: 1, text: '总体要求' },
          { kind: 'paragraph', text: '请于2026年12月1日前签收。' },
          table(2),
        ]),
      ),
    )
    const order = [
      '太原市机关事务管理局文件',
      '并机管通〔2027〕3号',
      '太原市教育局：',
      '一、总体要求',
      '请于2026年12月1日前签收。',
      '表1',
      '第0项',
      '合计',
      '2026年11月23日',
    ]
    const places = order.map((words) => text.indexOf(words))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
  })
  test('what people typed stays text', async () => {
    const text = await textOf(await renderDocx(document([{ kind: 'paragraph', text: hostile }])))
    expect(text).toContain('#import')
    expect(text).toContain('&lt;w:t&gt;')
    expect(text).not.toContain('\u202e')
  })
})

describe('PDF', () => {
  test('is one page for a short notice, more with a long table, and the same bytes each time', async () => {
    const short = document([{ kind: 'paragraph', text: '请签收。' }])
    const pdf = await renderPdf(short)
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pagesOf(pdf)).toBe(1)
    expect((await renderPdf(short)).equals(pdf)).toBe(true)
    expect(pagesOf(await renderPdf(document([{ ...table(300), landscape: true } as Block])))).toBeGreaterThan(20)
  })
  test('stands on A4, wide tables sideways, 版记 on an upright page after them', async () => {
    const pdf = await renderPdf(
      document([{ kind: 'paragraph', text: '正文。' }], {
        attachments: [{ name: '事项表', body: [{ ...table(1), landscape: true } as Block] }],
        copies: ['太原市财政局'],
      }),
    )
    expect(mediaBoxes(pdf)).toEqual([upright, sideways, upright])
  })
  test('a row higher than the page goes on overleaf, beside short cells too', async () => {
    const tall: Block = { kind: 'table', columns, rows: [['长'.repeat(10_000), 1, '短']] }
    // 10,000 characters in a third of the width: no fewer pages hold them.
    expect(pagesOf(await renderPdf(document([tall])))).toBeGreaterThan(20)
    const opinion: Block = { kind: 'form', rows: [{ opinion: { label: '意见', text: '长'.repeat(5000) } }] }
    expect(pagesOf(await renderPdf(document([opinion], { layout: 'form' })))).toBeGreaterThan(5)
  })
  test('a table of 2,000 rows', async () => {
    const long = document([table(2000)])
    expect(pagesOf(await renderPdf(long))).toBeGreaterThan(100)
    expect(await textOf(await renderDocx(long))).toContain('第1999项')
  }, 30_000)
  test('G14 texts that would be orders elsewhere stand in a document as texts, without fields or links', async () => {
    const body: Block[] = hostileTexts.map((text) => ({ kind: 'paragraph', text }))
    expect(pagesOf(await renderPdf(document(body)))).toBeGreaterThan(1)
    const docx = await renderDocx(document(body))
    for (const part of ['hostile()', 'drop table plans.demand', '#read(', 'INCLUDETEXT'])
      expect(await textOf(docx)).toContain(part)
    expect(await mainPartOf(docx)).not.toMatch(/<w:(?:hyperlink|altChunk|object)/)
  })
  test('words that look like markup change nothing in how it is made', async () => {
    for (const text of [hostile, '#panic("x")', '\\'.repeat(200), '长'.repeat(10_000)])
      expect(
        pagesOf(
          await renderPdf(
            document([
              { kind: 'paragraph', text },
              { kind: 'list', items: [text], ordered: true },
            ]),
          ),
        ),
      ).toBeGreaterThan(0)
  })
  test('a form with fields, items and an opinion, and a report without a red head', async () => {
    const form = document(
      [
        {
          kind: 'form',
          rows: [
            {
              fields: [
                { label: '类型', value: '突发事件' },
                { label: '日期', value: '2026年2月13日' },
              ],
            },
            { band: '明细' },
            { items: { columns, rows: [['办公费', 1, '']] } },
            { opinion: { label: '受理意见', text: '收讫。' } },
          ],
        },
      ],
      { layout: 'form' },
    )
    expect(pagesOf(await renderPdf(form))).toBe(1)
    expect((await renderDocx(form)).length).toBeGreaterThan(5000)
    expect(
      pagesOf(
        await renderPdf(
          document([{ kind: 'heading', level: 1, text: '总体情况' }], { layout: 'report', subtitle: '(2026年度)' }),
        ),
      ),
    ).toBe(1)
  })
})

test('half-width signs beside Chinese characters become those of Chinese text; figures and codes keep theirs', () => {
  expect(printable('经审核,核定12,345.60元(含税);详见附表1:明细。')).toBe(
    '经审核，核定12,345.60元（含税）；详见附表1：明细。',
  )
  expect(printable('http://a.b/c, ratio 1:2 (x)')).toBe('http://a.b/c, ratio 1:2 (x)')
})

test('an amount that rounds to nothing has no sign', () => {
  expect([cellText(-0, 2), cellText(-0.001, 2), cellText(-0.01, 2)]).toEqual(['0.00', '0.00', '-0.01'])
})
