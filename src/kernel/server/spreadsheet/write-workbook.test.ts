import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { spooledWorkbook, workbookDownload, type SheetRow, type SheetToWrite } from './write-workbook.ts'

async function written(sheets: readonly SheetToWrite[]): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load((await buffer(workbookDownload('表.xlsx', sheets).body as Readable)).buffer as ArrayBuffer)
  return workbook
}

test('text stays text whatever it begins with, money is a number in its unit, a date is a date', async () => {
  const sheet = (
    await written([
      {
        name: '台账',
        lead: ['标题'],
        columns: [
          { title: '事项' },
          { title: '金额（元）', kind: 'yuan' },
          { title: '金额（万元）', kind: 'wan' },
          { title: '日期', kind: 'date' },
        ],
        rows: [
          ['=HYPERLINK("http://x","点")', 123_450, 123_450, '2026-03-12'],
          ['+1', null, 0, null],
          ['@SUM(A1)', 1, 1, null],
          ['-2+3', 1, 1, null],
        ],
        total: ['合计', 123_452, null, null],
      },
    ])
  ).getWorksheet('台账')
  const column = (number: number) => [3, 4, 5, 6].map((row) => sheet?.getRow(row).getCell(number))
  expect(column(1).map((cell) => [cell?.type, cell?.value])).toEqual([
    [ExcelJS.ValueType.String, '=HYPERLINK("http://x","点")'],
    [ExcelJS.ValueType.String, '+1'],
    [ExcelJS.ValueType.String, '@SUM(A1)'],
    [ExcelJS.ValueType.String, '-2+3'],
  ])
  expect(column(1).every((cell) => cell?.numFmt === '@')).toBe(true)
  expect([sheet?.getCell('B3').value, sheet?.getCell('C3').value, sheet?.getCell('B3').numFmt]).toEqual([
    1234.5,
    0.12345,
    '#,##0.00',
  ])
  expect(sheet?.getCell('D3').value).toEqual(new Date('2026-03-12T00:00:00Z'))
  expect(sheet?.getCell('B7').value).toBe(1234.52)
  expect(sheet?.views[0]).toMatchObject({ state: 'frozen', ySplit: 2 })
})

test('short choices stand in the rule of the cell, long ones in a hidden sheet, none is cut', async () => {
  const long = Array.from({ length: 100 }, (_, index) => `302${String(index).padStart(2, '0')} 科目${index}`)
  const workbook = await written([
    {
      name: '申报',
      columns: [
        { title: '类别', choices: ['甲', '乙'] },
        { title: '科目', choices: long },
        { title: '选', choices: ['一,二'] },
      ],
      rows: [],
      spareRows: 2,
    },
  ])
  const sheet = workbook.getWorksheet('申报')
  expect(['A2', 'B3', 'C3'].map((address) => sheet?.getCell(address).dataValidation.formulae[0])).toEqual([
    '"甲,乙"',
    "'选项'!$A$1:$A$100",
    "'选项'!$B$1:$B$1",
  ])
  const list = workbook.getWorksheet('选项')
  expect(list?.state).toBe('veryHidden')
  expect([list?.getCell('A100').value, list?.getCell('B1').value]).toEqual([long[99], '一,二'])
})

test(
  '200,000 rows are made no faster than they are taken, and no further once nobody takes them',
  { timeout: 30_000 },
  async () => {
    let made = 0
    let ended = false
    function* rows(): Generator<SheetRow> {
      try {
        for (; made < 200_000; made++)
          yield Array.from({ length: 15 }, (_, column) => `${made}-${Math.random()}-${column}`)
      } finally {
        ended = true
      }
    }
    const body = workbookDownload('大表.xlsx', [
      { name: '表', columns: Array.from({ length: 15 }, (_, index) => ({ title: `列${index}` })), rows: rows() },
    ]).body as Readable
    body.on('error', () => {})
    // However slow the machine: at rest once two looks in a row see the same.
    let before = -1
    await expect.poll(() => before === (before = made) && made > 0, { interval: 500, timeout: 20_000 }).toBe(true)
    expect(made).toBeLessThan(20_000)
    body.destroy()
    await expect.poll(() => ended).toBe(true)
  },
)

test('an error of the rows ends the download', async () => {
  const rows = async function* (): AsyncGenerator<SheetRow> {
    yield ['1']
    throw new Error('connection lost')
  }
  const sheets = () => [{ name: '表', columns: [{ title: '列' }], rows: rows() }]
  await expect(buffer(workbookDownload('表.xlsx', sheets()).body as Readable)).rejects.toThrow('connection lost')
  await expect(spooledWorkbook('表.xlsx', sheets())).rejects.toThrow('connection lost')
})

test('a spooled workbook has taken all its rows before it is sent', async () => {
  let open = true
  const rows = async function* (): AsyncGenerator<SheetRow> {
    for (let row = 0; row < 500; row++) {
      if (!open) throw new Error('the transaction is over')
      yield [row]
    }
  }
  const { body } = await spooledWorkbook('表.xlsx', [
    { name: '表', columns: [{ title: '数', kind: 'number' }], rows: rows() },
  ])
  open = false
  const workbook = new ExcelJS.Workbook()
  await workbook.xlsx.load((await buffer(body as Readable)).buffer as ArrayBuffer)
  expect(workbook.getWorksheet('表')?.rowCount).toBe(501)
})
