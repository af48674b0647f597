import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import { shownCell } from '#kernel/pure/cell-reading.ts'
import { uploaded, workbookParts, zipOf } from '#kernel/testing/workbook-file.ts'
import { annotatedWorkbook } from './annotate-workbook.ts'
import { readWorkbook } from './read-workbook.ts'

const sample = (fileName: string) => ({
  path: join(import.meta.dirname, 'fixtures', fileName),
  fileName,
  sizeBytes: 0,
  mediaType: '',
  sha256: '',
})
const workbook = async (parts: Parameters<typeof workbookParts>[0]) => uploaded(zipOf(workbookParts(parts)))
const row = (number: number, ...cells: string[]) => `<row r="${number}">${cells.join('')}</row>`
const refusal = (file: Awaited<ReturnType<typeof uploaded>>) =>
  readWorkbook(file).then(
    () => 'read',
    (error: Error) => error.message,
  )

describe('workbooks as people make them', { timeout: 20_000 }, () => {
  test('hidden rows are marked, merges repeat their value, formats beyond the table do not count', async () => {
    const [sheet] = await readWorkbook(sample('2027-demand-messy.xlsx'))
    if (!sheet) throw new Error('no sheet')
    const at = (number: number, column: number) => sheet.rows.find((one) => one.row === number)?.cells[column]
    expect(sheet.rows.filter(({ hidden }) => hidden).map(({ row: number }) => number)).toEqual([10])
    expect([at(4, 1), at(5, 1)]).toEqual([
      { kind: 'text', text: '通用资产配置' },
      { kind: 'text', text: '通用资产配置', repeated: true },
    ])
    expect(at(20, 7)).toEqual({ kind: 'error', text: '公式没有计算结果' })
    expect(at(11, 6)).toMatchObject({ kind: 'number', number: 120_000 })
  })
  test('five hundred asset cards, dates as dates and as text', async () => {
    const [sheet] = await readWorkbook(sample('asset-cards-500.xlsx'))
    expect(sheet?.rows).toHaveLength(501)
    expect(sheet?.rows[2]?.cells[7]).toEqual({ kind: 'date', date: '2012-09-21' })
    expect(shownCell(sheet?.rows[1]?.cells[7] ?? { kind: 'empty' })).toBe('2020.9.25')
  })
  test('an empty row with a format at the end of the sheet is no content', async () => {
    const [sheet] = await readWorkbook(
      await workbook({ rows: row(1, '<c r="A1"><v>1</v></c>') + row(1_048_576, '<c r="A1048576"/>') }),
    )
    expect(sheet?.rows).toEqual([{ row: 1, hidden: false, cells: [{ kind: 'number', number: 1 }] }])
  })
  test('names over whole columns are not expanded', async () => {
    const names = '<definedNames><definedName name="x">表!$A$1:$XFD$1048576</definedName></definedNames>'
    expect(
      (await readWorkbook(await workbook({ rows: row(1, '<c r="A1"><v>1</v></c>'), names })))[0]?.rows,
    ).toHaveLength(1)
  })
  test('a formula stands for its result, an error for itself', async () => {
    const [sheet] = await readWorkbook(
      await workbook({
        rows: row(
          1,
          '<c r="A1"><f>1+1</f><v>2</v></c>',
          '<c r="B1" t="e"><v>#REF!</v></c>',
          '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        ),
      }),
    )
    expect(sheet?.rows[0]?.cells).toEqual([
      { kind: 'number', number: 2 },
      { kind: 'error', text: '#REF!' },
      { kind: 'error', text: '#DIV/0!' },
    ])
  })
  test('more at once than there are places are all read, one after the other', async () => {
    const file = await workbook({ rows: row(1, '<c r="A1"><v>7</v></c>') })
    const grids = await Promise.all(Array.from({ length: 5 }, () => readWorkbook(file)))
    expect(grids.map(([sheet]) => sheet?.rows.length)).toEqual([1, 1, 1, 1, 1])
  })
})

describe('CSV', { timeout: 20_000 }, () => {
  // “编号,用途” as GB18030 writes it.
  const gb18030 = Buffer.from('b1e0bac52cd3c3cdbe0d0a', 'hex')
  test.each([
    [
      'UTF-8 with its mark',
      '\ufeff编号,用途\r\n1,"纸,笔"\r\n2,"他说""好"""\r\n',
      [
        ['编号', '用途'],
        ['1', '纸,笔'],
        ['2', '他说"好"'],
      ],
    ],
    ['GB18030', gb18030, [['编号', '用途']]],
    [
      'tabs, and lines inside quotes',
      '编号\t用途\n1\t"两\n行"',
      [
        ['编号', '用途'],
        ['1', '两\n行'],
      ],
    ],
    [
      'empty cells, and no end of the last line',
      '编号,用途,\n,,1',
      [
        ['编号', '用途', ''],
        ['', '', '1'],
      ],
    ],
  ])('%s', async (_, content, cells) => {
    const [sheet] = await readWorkbook(await uploaded(content, '明细.csv'))
    expect(sheet?.rows.map((one) => one.cells.map(shownCell))).toEqual(cells)
  })
  test('an open quote and a picture are refused', async () => {
    expect(await refusal(await uploaded('a,"b', '明细.csv'))).toContain('引号不成对')
    expect(await refusal(await uploaded(Buffer.from([0x89, 0x50, 0, 1]), '明细.csv'))).toContain('不是文本文件')
  })
})

describe(
  'G15 what is no workbook, or a trap, is refused in Chinese and takes nothing down',
  { timeout: 30_000 },
  () => {
    test.each([
      ['an empty file', '', '是空文件'],
      ['text', '你好,世界', '不是 Excel 工作簿'],
      ['an old .xls, or one with a password', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '旧版 .xls 或加了密码'],
      ['another kind of archive', zipOf({ 'word/document.xml': '<a/>' }), '不是 Excel 工作簿'],
      ['half a workbook', zipOf(workbookParts({})).subarray(0, 600), '无法打开'],
      [
        'broken XML',
        zipOf({ ...workbookParts({}), 'xl/worksheets/sheet1.xml': '<worksheet><sheetData><row' }),
        '无法打开',
      ],
      [
        'content in the last row there is',
        zipOf(workbookParts({ rows: row(1_048_576, '<c r="A1048576"><v>1</v></c>') })),
        '第1048576行还有内容',
      ],
      [
        'content in the last column there is',
        zipOf(workbookParts({ rows: row(1, '<c r="XFD1"><v>1</v></c>') })),
        '16384列',
      ],
      [
        'a merge over all cells',
        zipOf(workbookParts({ after: '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>' })),
        '展开后过大',
      ],
      ['a million cells', zipOf(workbookParts({ rows: row(1, '<c r="A1"/>'.repeat(1_000_000)) })), '展开后过大'],
      ['200 MB of blanks', zipOf(workbookParts({ after: ' '.repeat(200 * 1024 * 1024) })), '展开后过大'],
      [
        '200 MB said to be a thousand bytes',
        zipOf(workbookParts({ after: ' '.repeat(200 * 1024 * 1024) }), { 'xl/worksheets/sheet1.xml': 1000 }),
        '无法打开',
      ],
    ])('%s', async (_, bytes, why) => expect(await refusal(await uploaded(bytes))).toContain(why))
  },
)

test(
  'a copy is marked at the problem cells and nowhere else, and lists all problems',
  { timeout: 20_000 },
  async () => {
    const file = sample('asset-cards-500.xlsx')
    const [sheet] = await readWorkbook(file)
    const name = sheet?.name ?? ''
    const copy = await annotatedWorkbook(file, [
      { sheet: name, row: 113, column: 'H', message: '日期不存在' },
      { sheet: name, row: 113, column: 'H', message: '早于建卡' },
      { sheet: name, row: 224, column: 'G', message: '没有原值' },
    ])
    const marked = new ExcelJS.Workbook()
    await marked.xlsx.load((copy.body as Buffer).buffer as ArrayBuffer)
    const red: string[] = []
    marked
      .getWorksheet(name)
      ?.eachRow((one) =>
        one.eachCell(
          { includeEmpty: true },
          (cell) =>
            void (cell.fill?.type === 'pattern' && cell.fill.fgColor?.argb === 'FFFBD5D2' && red.push(cell.address)),
        ),
      )
    expect(red).toEqual(['H113', 'G224'])
    expect(JSON.stringify(marked.getWorksheet(name)?.getCell('H113').note)).toContain('日期不存在\\n早于建卡')
    expect(marked.getWorksheet('问题清单')?.getColumn(2).values.slice(1)).toEqual(['单元格', 'H113', 'H113', 'G224'])
    expect(copy.fileName).toBe('asset-cards-500（标注问题）.xlsx')
  },
)
