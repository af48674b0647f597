import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readChoice, readDate, readMoney, readQuantity, readYesNo, type RawCell } from './cell-reading.ts'
import { columnName, layoutOf, type SheetGrid } from './sheet-layout.ts'

const text = (value: string): RawCell => ({ kind: 'text', text: value })
const valueOf = <T>(reading: { value: T | null } | { problem: string }) => ('problem' in reading ? 'problem' : reading.value)

describe('numbers as clerks type them', () => {
  test.each([
    ['6', 6], ['６', 6], [' 3台', 3], ['1,200', 1200], ['12.5', 12.5], ['约40', 'problem'], ['-60', 'problem'], ['1.234', 'problem'], ['1,20', 'problem'], ['三十', 'problem'], ['', null],
  ])('quantity %s is %s', (typed, expected) => expect(valueOf(readQuantity(text(typed)))).toBe(expected))
  test('a unit written with the number is told apart', () => expect(readQuantity(text('3台'))).toMatchObject({ value: 3, unit: '台' }))
  test.each([
    ['4,800.00', 480_000], ['28,800', 2_880_000], ['900元', 90_000], ['18万', 18_000_000], ['3.6万元', 3_600_000], ['¥1,234.50', 123_450], ['1,20.00', 'problem'],
    ['3亿', 30_000_000_000], ['0.001', 'problem'], ['12人', 'problem'], ['-5', 'problem'],
  ])('money %s is %s 分', (typed, expected) => expect(valueOf(readMoney(text(typed)))).toBe(expected))
  test('a column in 万元 reads plain numbers so, and a unit in the cell wins', () => {
    expect(valueOf(readMoney({ kind: 'number', number: 1.2 }, '万元'))).toBe(1_200_000)
    expect(valueOf(readMoney(text('900元'), '万元'))).toBe(90_000)
  })
  test('money with separators reads as it was written, to the fen', () => {
    fc.assert(
      fc.property(fc.nat(900_000_000_000), (fen) => {
        const written = `${Math.floor(fen / 100).toLocaleString('en-US')}.${String(fen % 100).padStart(2, '0')}`
        expect(valueOf(readMoney(text(written)))).toBe(fen)
      }),
    )
  })
})

test.each([
  ['2026-03-12', '2026-03-12'], ['2026/3/2', '2026-03-02'], ['2026年6月18日', '2026-06-18'], ['2026.6.20', '2026-06-20'], ['20260312', '2026-03-12'], ['2026-02-30', 'problem'], ['明年', 'problem'],
])('date %s is %s', (typed, expected) => expect(valueOf(readDate(text(typed)))).toBe(expected))

test('yes, no and choices', () => {
  expect([text('√'), text('是'), text('否'), text('也许')].map((cell) => valueOf(readYesNo(cell)))).toEqual([true, true, false, 'problem'])
  const choices = [{ value: 'N05', label: '公务用车配备更新', also: ['公车更新'] }]
  expect(readChoice(text('公车更新'), choices, '类别')).toMatchObject({ value: 'N05', note: expect.stringContaining('公务用车配备更新') })
  expect(readChoice(text('买设备'), choices, '类别')).toHaveProperty('problem')
})

describe('the table in a sheet', () => {
  const wanted = [{ key: 'kind', titles: ['需求事项'], required: true }, { key: 'name', titles: ['项目名称'], required: true }, { key: 'amount', titles: ['金额'] }]
  const sheet = (...lines: string[][]): SheetGrid => ({ name: 's', rows: lines.map((cells, index) => ({ row: index + 1, hidden: false, cells: cells.map(text) })) })
  test('title rows over it, totals in it, a signature and blanks under it', () => {
    const layout = layoutOf(sheet(['申报表', '', ''], ['单位:万元', '', ''], ['需求事项', '项目 名称', '金额(元)', '颜色'].slice(0, 4), ['办公', '纸', '1'], ['小计', '', '1'], ['', '', ''], ['办公', '笔', '2'], ['合计', '', '3'], ['负责人:张', '', '']), wanted)
    expect(layout?.headerRow).toBe(3)
    expect(layout?.columns.map(({ key, unit }) => [key, unit])).toEqual([['kind', '万元'], ['name', '万元'], ['amount', '元']])
    expect(layout?.data.map(({ row }) => row)).toEqual([4, 7])
    expect(layout?.skipped.map(({ row, reason }) => [row, reason])).toEqual([[5, '合计行'], [6, '空行'], [8, '合计行'], [9, '落款或说明']])
    expect(layout?.unknown).toEqual([{ title: '颜色', index: 3 }])
  })
  test('a sheet without such a table is none', () => expect(layoutOf(sheet(['a', 'b'], ['1', '2']), wanted)).toBeNull())
  test('columns are named as people see them', () => expect([0, 25, 26, 701].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ']))
})
