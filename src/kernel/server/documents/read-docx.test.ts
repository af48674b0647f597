import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { crc32 } from 'node:zlib'
import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { textOfXml } from './docx-text.ts'
import { readDocx } from './read-docx.ts'

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'yunbao-docx-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

let turn = 0
async function read(bytes: Buffer) {
  const path = join(folder, String(turn++))
  await writeFile(path, bytes)
  return readDocx(path)
}

/** A zip of one entry; `size` is what its directory claims of it. */
function zipOf(name: string, content: Buffer, { size = content.length, flags = 0 } = {}): Buffer {
  const packed = deflateRawSync(content)
  const path = Buffer.from(name)
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(flags, 2)
  fields.writeUInt16LE(8, 4)
  fields.writeUInt32LE(crc32(content), 10)
  fields.writeUInt32LE(packed.length, 14)
  fields.writeUInt32LE(size, 18)
  fields.writeUInt16LE(path.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, path, packed])
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, Buffer.alloc(14), path])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

describe('a document', () => {
  it('is read paragraph by paragraph, cells of tables too', async () => {
    const document = new Document({
      sections: [
        {
          children: [
            new Paragraph('第一条　甲“乙”<丙>&丁。'),
            new Paragraph({
              children: [
                new TextRun('第二'),
                new TextRun({ text: '条', bold: true }),
                new TextRun({ break: 1, text: '戊。' }),
              ],
            }),
            new Table({
              rows: [
                new TableRow({
                  children: [
                    new TableCell({ children: [new Paragraph('己')] }),
                    new TableCell({ children: [new Paragraph('庚')] }),
                  ],
                }),
              ],
            }),
          ],
        },
      ],
    })
    expect(await read(await Packer.toBuffer(document))).toEqual({
      text: '第一条　甲“乙”<丙>&丁。\n第二条\n戊。\n己\n庚\n',
      automaticNumbers: 0,
    })
  })

  it('tells of numbers that the word processor makes', async () => {
    const numbering = {
      config: [{ reference: 'a', levels: [{ level: 0, format: 'chineseCounting' as const, text: '第%1条' }] }],
    }
    const document = new Document({
      numbering,
      sections: [{ children: [new Paragraph({ text: '甲。', numbering: { reference: 'a', level: 0 } })] }],
    })
    expect(await read(await Packer.toBuffer(document))).toEqual({ text: '甲。\n', automaticNumbers: 1 })
  })

  it('is read as people see it: nothing deleted, no field codes, nothing twice', () => {
    const xml = (body: string) => `<?xml version="1.0"?><w:document><w:body>${body}</w:body></w:document>`
    const text = (body: string) => (textOfXml(xml(body)) as { text: string }).text
    expect(
      text(
        '<w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>乙</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space="preserve">丙 </w:t></w:r></w:ins></w:p>',
      ),
    ).toBe('甲丙 \n')
    expect(text('<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>3</w:t></w:r></w:p>')).toBe('3\n')
    expect(
      text(
        '<w:p><mc:AlternateContent><mc:Choice><w:t>甲</w:t></mc:Choice><mc:Fallback><w:t>甲</w:t></mc:Fallback></mc:AlternateContent></w:p>',
      ),
    ).toBe('甲\n')
    expect(text('<w:p><w:r><w:t>甲&#x4E59;&#19993;&lt;&unknown;</w:t><w:br w:type="page"/><w:t/></w:r></w:p>')).toBe(
      '甲乙丙<&unknown;\f\n',
    )
    expect(text('<!-- <w:t>不读</w:t> --><w:p><w:t><![CDATA[丁<]]></w:t></w:p>')).toBe('丁<\n')
  })

  it('whatever its markup, is read or refused, quickly and without a fault', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<w:t>',
            '</w:t>',
            '<w:p/>',
            '<',
            '>',
            '&',
            '&#xFFFFFFF;',
            '<!--',
            '<![CDATA[',
            ']]>',
            '文',
            '<w:del>',
            '</w:del>',
            '"',
          ),
          { maxLength: 200 },
        ),
        (parts) => {
          const read = textOfXml(parts.join(''))
          expect(typeof (typeof read === 'string' ? read : read.text)).toBe('string')
        },
      ),
    )
    const startedAt = performance.now()
    textOfXml('<w:t '.repeat(200_000))
    textOfXml('<!--'.repeat(200_000))
    expect(performance.now() - startedAt).toBeLessThan(5000)
  }, 30_000)
})

describe('refused in words', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), '空文件'],
    ['the old binary format', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), '旧版 .doc'],
    ['another kind of file', Buffer.from('%PDF-1.7'), '不是 Word 文档'],
    ['a broken archive', Buffer.from('PK\x03\x04xxxxxxxxxxxxxxxxxxxxxxxxxx'), '无法打开'],
    ['an archive without the text', zipOf('xl/workbook.xml', Buffer.from('<x/>')), '没有正文'],
    [
      'a document type',
      zipOf('word/document.xml', Buffer.from('<!DOCTYPE w [<!ENTITY a "b">]><w:t>&a;</w:t>')),
      '文档类型声明',
    ],
    ['bytes that are no text', zipOf('word/document.xml', Buffer.from([0xff, 0xfe, 0x00])), '无法打开'],
    ['a password', zipOf('word/document.xml', Buffer.from('<x/>'), { flags: 1 }), '密码'],
    ['a bomb', zipOf('word/document.xml', Buffer.alloc(30 * 1024 * 1024, 32)), '展开后过大'],
  ])(
    '%s',
    async (_, bytes, why) => {
      expect(await read(bytes)).toContain(why)
    },
    30_000,
  )

  it('a bomb that lies about its size is not unpacked to its end', async () => {
    const bytes = zipOf('word/document.xml', Buffer.alloc(40 * 1024 * 1024, 32), { size: 100 })
    expect(await read(bytes)).toMatch(/展开后过大|无法打开/)
  }, 30_000)
})
