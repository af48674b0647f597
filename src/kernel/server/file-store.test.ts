import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { Document, Packer, Paragraph } from 'docx'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { BadInput, Missing } from './errors.ts'
import { openFileStore, sweepIncoming, type Disk, type FileStore } from './file-store.ts'

let root: string
let directory: string
let store: FileStore
let round = 0
beforeAll(async () => void (root = await mkdtemp(join(tmpdir(), 'yunbao-files-'))))
afterAll(() => rm(root, { recursive: true }))
beforeEach(async () => {
  directory = join(root, `store-${++round}`)
  store = await openFileStore(directory)
})

async function upload(fileName: string, content: Buffer | string) {
  const bytes = Buffer.from(content)
  const path = join(root, `incoming-${++round}`)
  await writeFile(path, bytes)
  return {
    path,
    fileName,
    sizeBytes: bytes.length,
    mediaType: 'application/x-said-by-the-browser',
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}
const keep = async (fileName: string, content: Buffer | string) => store.keep(await upload(fileName, content))
const gone = (path: string) =>
  stat(path).then(
    () => false,
    () => true,
  )
const filesIn = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

/** An archive without compression; enough for what looks at names. */
function archive(names: readonly string[]): Buffer {
  const heads: Buffer[] = []
  const directoryRows: Buffer[] = []
  let offset = 0
  for (const name of names.map((given) => Buffer.from(given))) {
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(name.length, 26)
    const row = Buffer.alloc(46)
    row.writeUInt32LE(0x02014b50, 0)
    row.writeUInt16LE(name.length, 28)
    row.writeUInt32LE(offset, 42)
    heads.push(head, name)
    directoryRows.push(row, name)
    offset += head.length + name.length
  }
  const listing = Buffer.concat(directoryRows)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(names.length, 8)
  end.writeUInt16LE(names.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...heads, listing, end])
}

async function workbook(): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  book.addWorksheet('明细').addRow(['事项', 1])
  return Buffer.from(await book.xlsx.writeBuffer())
}
const word = () => Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('通知')] }] }))
const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')

describe('what is kept', () => {
  test.each([
    ['清单.pdf', async () => '%PDF-1.7\n', 'application/pdf'],
    ['照片.PNG', async () => png, 'image/png'],
    ['照片.jpeg', async () => Buffer.from('ffd8ffe0', 'hex'), 'image/jpeg'],
    ['说明.txt', async () => '第一行\n第二行', 'text/plain'],
    ['明细.csv', async () => Buffer.from('c3fbb3c62cbdf0b6ee0d0a', 'hex'), 'text/csv'], // 名称,金额 in GB 18030
    ['有符号.csv', async () => '<单位>,金额\n', 'text/csv'],
    ['表.xlsx', workbook, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['文.docx', word, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['版式.ofd', async () => archive(['OFD.xml', 'Doc_0/Document.xml']), 'application/ofd'],
  ])('%s', async (name, content, mediaType) => {
    const bytes = Buffer.from(await content())
    const kept = await keep(name, bytes)
    expect(kept).toMatchObject({ mediaType, sizeBytes: bytes.length })
    expect(await readFile(store.pathOf(kept.sha256))).toEqual(bytes)
  })

  test('the same content is stored once, under whatever name, and nothing stays behind', async () => {
    const first = await upload('甲.txt', '同样的内容')
    const second = await upload('乙.txt', '同样的内容')
    expect((await store.keep(first)).sha256).toBe((await store.keep(second)).sha256)
    expect(await filesIn(directory)).toEqual([first.sha256])
    expect([await gone(first.path), await gone(second.path)]).toEqual([true, true])
  })

  test('a transaction that runs again keeps the same upload again', async () => {
    const file = await upload('甲.txt', '内容')
    expect(await store.keep(file)).toEqual(await store.keep(file))
  })

  test('many at once of the same content', async () => {
    const files = await Promise.all(Array.from({ length: 20 }, () => upload('甲.txt', '内容')))
    await Promise.all(files.map((file) => store.keep(file)))
    expect(await filesIn(directory)).toHaveLength(1)
    expect(await store.verify([(files[0] as { sha256: string }).sha256])).toEqual([])
  })
})

describe('what is refused, and leaves nothing', () => {
  test.each([
    ['a program called .pdf', '合同.pdf', Buffer.from('4d5a90000300000004', 'hex')],
    ['a program called .txt', '合同.txt', Buffer.from('4d5a90000300000004', 'hex')],
    ['a program by its own name', 'setup.exe', Buffer.from('4d5a90000300000004', 'hex')],
    ['a script called .txt', '合同.txt', '#!/bin/sh\nrm -rf /\n'],
    ['a page', '合同.html', '<html><script>alert(1)</script></html>'],
    ['a page called .txt', '合同.txt', '\ufeff \n<!DOCTYPE html><script>alert(1)</script>'],
    ['a drawing', '图.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a drawing called .csv', '图.csv', '<?xml version="1.0"?><svg/>'],
    ['a drawing called .png', '图.png', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a picture called .pdf', '图.pdf', png],
    ['any archive called .docx', '文.docx', archive(['evil.exe'])],
    ['a workbook called .docx', '文.docx', archive(['xl/workbook.xml'])],
    ['a damaged archive', '表.xlsx', Buffer.from('504b0304ffffffff', 'hex')],
    ['an archive by its own name', '包.zip', archive(['a.txt'])],
    ['binary after much text', '明细.csv', Buffer.concat([Buffer.alloc(200_000, 'a'), Buffer.from([0])])],
    ['no extension', '合同', '文字'],
  ])('%s', async (_, name, content) => {
    const error = await keep(name, content).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(BadInput)
    expect((error as BadInput).errors[0]).toMatchObject({
      code: 'file-kind',
      message: expect.stringContaining('不是可以保存的文件'),
    })
    expect(await filesIn(directory)).toEqual([])
  })

  test('a workbook with macros and an empty file are told in their own words', async () => {
    await expect(keep('表.xlsx', archive(['xl/workbook.xml', 'xl/vbaProject.bin']))).rejects.toThrow('含有宏')
    await expect(keep('空.txt', '')).rejects.toThrow('空文件')
  })
})

describe('what was kept', () => {
  test('is read back; content that is gone is missing, and a digest is no path', async () => {
    const { sha256 } = await keep('甲.txt', '内容')
    expect(await text(await store.read(sha256))).toBe('内容')
    await rm(store.pathOf(sha256))
    await expect(store.read(sha256)).rejects.toBeInstanceOf(Missing)
    for (const path of ['../../etc/passwd', '', `${sha256}/..`])
      expect(() => store.pathOf(path)).toThrow('not a digest')
  })

  test.runIf(process.platform === 'linux')(
    'leaves no open file behind when nobody reads it, or not to the end',
    async () => {
      const { sha256 } = await keep('长.txt', '内容'.repeat(200_000))
      const openOnes = async () => {
        const links = await Promise.all(
          (await readdir('/proc/self/fd')).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')),
        )
        return links.filter((link) => link.endsWith(sha256)).length
      }
      await store.read(sha256)
      expect(await openOnes()).toBe(0)
      const broken = await store.read(sha256)
      await once(broken, 'readable')
      expect(await openOnes()).toBe(1)
      broken.destroy()
      await vi.waitFor(async () => expect(await openOnes()).toBe(0))
    },
  )

  test('is verified by its bytes, and mended when it comes again', async () => {
    const [a, b, c] = [await keep('甲.txt', '甲'), await keep('乙.txt', '乙'), await keep('丙.txt', '丙')]
    await writeFile(store.pathOf(a.sha256), '改')
    await rm(store.pathOf(b.sha256))
    expect(await store.verify([a.sha256, b.sha256, c.sha256])).toEqual([a.sha256, b.sha256])
    await keep('甲.txt', '甲')
    expect(await store.verify([a.sha256, c.sha256])).toEqual([])
  })
})

test('a file on another file system is kept as well, and gone from where it was', async () => {
  const acrossFileSystems = async (from: string, to: string) => {
    if (from.endsWith('incoming-elsewhere')) throw Object.assign(new Error('cross-device link'), { code: 'EXDEV' })
    await rename(from, to)
  }
  const disk = { mkdir, open, rename: acrossFileSystems, rm, createReadStream } as Disk
  const elsewhere = await openFileStore(join(root, 'elsewhere'), disk)
  const path = join(root, 'incoming-elsewhere')
  await writeFile(path, png)
  const sha256 = createHash('sha256').update(png).digest('hex')
  const file = { path, fileName: '照片.png', sizeBytes: png.length, mediaType: '', sha256 }
  expect((await elsewhere.keep(file)).mediaType).toBe('image/png')
  expect(await elsewhere.verify([sha256])).toEqual([])
  expect(await readdir(join(root, 'elsewhere', sha256.slice(0, 2)))).toEqual([sha256])
  await expect(stat(path)).rejects.toThrow('ENOENT')
})

test('uploads left behind are swept when they are old', async () => {
  const incoming = join(root, 'incoming')
  await mkdir(incoming)
  await writeFile(join(incoming, 'old'), 'x')
  await writeFile(join(incoming, 'new'), 'x')
  await mkdir(join(incoming, 'reading-old'))
  await writeFile(join(incoming, 'reading-old', 'sheet'), 'x')
  await utimes(join(incoming, 'reading-old'), new Date('2026-11-20'), new Date('2026-11-20'))
  await utimes(join(incoming, 'old'), new Date('2026-11-20'), new Date('2026-11-20'))
  await utimes(join(incoming, 'new'), new Date('2026-11-23'), new Date('2026-11-23'))
  await sweepIncoming(incoming, 86_400_000, Date.parse('2026-11-23T12:00:00Z'))
  expect(await readdir(incoming)).toEqual(['new'])
  await sweepIncoming(join(root, 'nowhere'), 1, 0)
})
