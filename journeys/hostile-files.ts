import { crc32, deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'
import { workbookParts, zipOf } from '#kernel/testing/workbook-file.ts'

/** A file that a clerk might pass on without knowing, or somebody might send on purpose. */
export type HostileFile = {
  what: string
  extension: string
  bytes: Buffer
  /** Some readers may rightly take it. */ harmless?: boolean
}

const row = (number: number, ...cells: string[]) => `<row r="${number}">${cells.join('')}</row>`
const documentType = (inner: string) => `<?xml version="1.0"?><!DOCTYPE x [${inner}]>`
const laughs = documentType(
  ['<!ENTITY a0 "哈">', ...Array.from({ length: 9 }, (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`)].join(
    '',
  ),
)
const external = documentType('<!ENTITY x SYSTEM "file:///etc/passwd">')
const word = (xml: string) =>
  zipOf({
    '[Content_Types].xml': workbookParts({})['[Content_Types].xml'] as string,
    'word/document.xml': `${xml}<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>第一条 &x;</w:t></w:r></w:p></w:body></w:document>`,
  })
const sheetWith = (declaration: string) => {
  const parts = workbookParts({ rows: row(1, '<c r="A1" t="inlineStr"><is><t>&x;</t></is></c>') })
  const sheet = 'xl/worksheets/sheet1.xml'
  return zipOf({ ...parts, [sheet]: (parts[sheet] as string).replace(/<\?xml[^>]*>/, declaration) })
}
const blanks = ' '.repeat(120 * 1024 * 1024)
const deep = `${'<a>'.repeat(200_000)}${'</a>'.repeat(200_000)}`

/** An archive in an archive, each of it nothing but repetition: what is inside is never opened. */
function nestedBomb(): Buffer {
  let inner = zipOf({ 'a.txt': '0'.repeat(20 * 1024 * 1024) })
  for (let turn = 0; turn < 3; turn++) inner = stored(`${turn}.zip`, inner)
  return inner
}

/** One entry, as it is given. */
function stored(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content)
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(8, 4)
  fields.writeUInt32LE(crc32(content), 10)
  fields.writeUInt32LE(packed.length, 14)
  fields.writeUInt32LE(content.length, 18)
  fields.writeUInt16LE(Buffer.byteLength(name), 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed])
  const tail = Buffer.alloc(14)
  const directory = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, Buffer.from(name)])
  const end = Buffer.alloc(18)
  end.writeUInt16LE(1, 4)
  end.writeUInt16LE(1, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(local.length, 12)
  return Buffer.concat([local, directory, Buffer.from('PK\x05\x06', 'latin1'), end])
}

async function wrongCells(): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook()
  const sheet = workbook.addWorksheet('申报表')
  sheet.addRow(['需求事项', '项目名称', '单位', '数量', '单价（元）', '金额（元）', '经济科目', '需求理由'])
  for (let line = 0; line < 1250; line++)
    sheet.addRow(['？', '', '=1+1', '负一', '0c' + 'm2cm2c'.repeat(40), '-', 'x', '@SUM(A1)'])
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

const many = Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`xl/media/${n}.png`, '']))
const parts = workbookParts({ rows: row(1, '<c r="A1"><v>1</v></c>') })
const links = {
  ...workbookParts({ rows: row(1, '<c r="A1"><f>[1]表!A1+WEBSERVICE("http://127.0.0.1:9/")</f><v>1</v></c>') }),
  'xl/externalLinks/externalLink1.xml': '<externalLink/>',
}

/** Built anew for each run; nothing of it is kept in the repository. */
export async function hostileFiles(): Promise<HostileFile[]> {
  return [
    { what: '120 MB of blanks', extension: 'xlsx', bytes: zipOf(workbookParts({ after: blanks })) },
    {
      what: '120 MB that call themselves a thousand bytes',
      extension: 'xlsx',
      bytes: zipOf(workbookParts({ after: blanks }), { 'xl/worksheets/sheet1.xml': 1000 }),
    },
    { what: 'a bomb within an archive within an archive', extension: 'xlsx', bytes: nestedBomb() },
    { what: '1,001 entries', extension: 'xlsx', bytes: zipOf({ ...parts, ...many }) },
    {
      what: 'a billion laughs',
      extension: 'xlsx',
      bytes: sheetWith(laughs.replace('x [', 'worksheet [').replace('a9 ', 'x ')),
    },
    { what: 'an entity from a file', extension: 'xlsx', bytes: sheetWith(external) },
    { what: 'markup 200,000 deep', extension: 'xlsx', bytes: zipOf({ ...parts, 'xl/styles.xml': deep }) },
    {
      what: 'a name that leads out of the archive',
      extension: 'xlsx',
      bytes: zipOf({ ...parts, '../../etc/cron.d/x': 'x' }),
    },
    { what: 'a program', extension: 'xlsx', bytes: Buffer.from(`MZ${'\0'.repeat(500)}`, 'latin1') },
    { what: 'a workbook with a password', extension: 'xlsx', bytes: Buffer.from('d0cf11e0a1b11ae10000', 'hex') },
    { what: 'half a workbook', extension: 'xlsx', bytes: zipOf(parts).subarray(0, 700) },
    {
      what: 'a million cells',
      extension: 'xlsx',
      bytes: zipOf(workbookParts({ rows: row(1, '<c r="A1"/>'.repeat(1_000_000)) })),
    },
    {
      what: 'a workbook with a macro',
      extension: 'xlsx',
      bytes: zipOf({ ...parts, 'xl/vbaProject.bin': 'x' }),
      harmless: true,
    },
    { what: 'formulas and links to elsewhere', extension: 'xlsx', bytes: zipOf(links), harmless: true },
    { what: '10,000 wrong cells', extension: 'xlsx', bytes: await wrongCells(), harmless: true },
    { what: 'a billion laughs', extension: 'docx', bytes: word(laughs) },
    { what: 'an entity from a file', extension: 'docx', bytes: word(external) },
    { what: 'markup 200,000 deep', extension: 'docx', bytes: word(deep) },
    { what: '120 MB of blanks', extension: 'docx', bytes: word(blanks) },
    { what: 'a page', extension: 'docx', bytes: Buffer.from('<html><script>alert(1)</script></html>') },
    { what: 'a page', extension: 'txt', bytes: Buffer.from('<html><script>alert(1)</script></html>') },
    { what: 'a drawing with a script', extension: 'png', bytes: Buffer.from('<svg onload="alert(1)"/>') },
    { what: 'UTF-16', extension: 'txt', bytes: Buffer.from('\ufeff第一条 内容', 'utf16le') },
    { what: 'bytes of no encoding', extension: 'csv', bytes: Buffer.from([0x81, 0xff, 0xff, 0x0a]), harmless: true },
    {
      what: 'a formula in every cell',
      extension: 'csv',
      bytes: Buffer.from('=cmd|calc!A0,+1,-1,@x\n'.repeat(1000)),
      harmless: true,
    },
    {
      what: 'a quote without an end',
      extension: 'csv',
      bytes: Buffer.from(`"${'a,'.repeat(100_000)}`),
      harmless: true,
    },
  ]
}
