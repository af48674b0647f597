import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  readChoice,
  readDate,
  readInteger,
  readMoney,
  readQuantity,
  readText,
  readYesNo,
  shownCell,
  type RawCell,
} from './cell-reading.ts'
import { columnName, layoutOf, moneyUnitOf, type SheetGrid } from './sheet-layout.ts'

const text = (value: string): RawCell => ({ kind: 'text', text: value })
const valueOf = <T>(reading: { value: T | null } | { problem: string }) =>
  'problem' in reading ? 'problem' : reading.value

describe('numbers as clerks type them', () => {
  test.each([
    ['6', 6],
    ['６', 6],
    [' 3台', 3],
    ['1,200', 1200],
    ['12.5', 12.5],
    ['约40', 'problem'],
    ['-60', 'problem'],
    ['1.234', 'problem'],
    ['1,20', 'problem'],
    ['三十', 'problem'],
    ['', null],
  ])('quantity %s is %s', (typed, expected) => expect(valueOf(readQuantity(text(typed)))).toBe(expected))
  test('a unit written with the number is told apart', () =>
    expect(readQuantity(text('3台'))).toMatchObject({ value: 3, unit: '台' }))
  test.each([
    ['4,800.00', 480_000],
    ['28,800', 2_880_000],
    ['900元', 90_000],
    ['18万', 18_000_000],
    ['3.6万元', 3_600_000],
    ['¥1,234.50', 123_450],
    ['1,20.00', 'problem'],
    ['3亿', 30_000_000_000],
    ['0.001', 'problem'],
    ['12人', 'problem'],
    ['-5', 'problem'],
  ])('money %s is %s 分', (typed, expected) => expect(valueOf(readMoney(text(typed)))).toBe(expected))
  test('a column in 万元 reads plain numbers so, and a unit in the cell wins', () => {
    expect(valueOf(readMoney({ kind: 'number', number: 1.2 }, '万元'))).toBe(1_200_000)
    expect(valueOf(readMoney(text('900元'), '万元'))).toBe(90_000)
  })
  test.each([
    ['320㎡', 320, '㎡'],
    ['1.2万册', 12_000, '册'],
    ['3.5m2', 3.5, '㎡'],
    ['12千瓦时', 12, '千瓦时'],
    ['5元/台', 5, '元/台'],
    ['3百', 'problem', undefined],
    ['1E5', 'problem', undefined],
  ])('quantity %s is %s in %s', (typed, value, unit) => {
    const reading = readQuantity(text(typed))
    expect([valueOf(reading), 'unit' in reading ? reading.unit : undefined]).toEqual([value, unit])
  })
  test('whole numbers', () =>
    expect(['12', '１２人', '12.5', '-1', ''].map((typed) => valueOf(readInteger(text(typed))))).toEqual([
      12,
      12,
      'problem',
      'problem',
      null,
    ]))
  test('what a format writes behind a number is read with it', () => {
    const shown = (number: number, format: string) => readMoney({ kind: 'number', number, format })
    expect(shown(3, '0.00"万元"')).toEqual({ value: 3_000_000, note: '“3万元”读作30,000.00元' })
    expect(shown(30_000, '0!.0,"万"')).toEqual({ value: 3_000_000, note: null }) // drawn as 3.0万, held in 元
    expect(valueOf(shown(1200, '#,##0.00'))).toBe(120_000)
    expect(valueOf(shown(0.05, '0.0%'))).toBe('problem')
    expect(readQuantity({ kind: 'number', number: 0.07, format: '0%' })).toMatchObject({ value: 7, unit: '%' })
  })
  test('the noise of sums in a sheet is no fraction of a fen; a third is', () => {
    expect(
      [0.1 + 0.2, 4.2 * 2600, 1e-9, 1e21, 100 / 3].map((number) => valueOf(readMoney({ kind: 'number', number }))),
    ).toEqual([30, 1_092_000, 'problem', 'problem', 'problem'])
    expect(shownCell({ kind: 'number', number: 0.1 + 0.2 })).toBe('0.3')
  })
  test('a number entered once over merged cells is not counted again; a text is', () => {
    expect(readMoney({ kind: 'number', number: 9, repeated: true })).toEqual({
      problem: '与其他单元格合并，“9”只填了一次。请取消合并，分别填写。',
    })
    expect(valueOf(readQuantity({ kind: 'text', text: '3台', repeated: true }))).toBe('problem')
    expect(valueOf(readText({ kind: 'text', text: '通用资产配置', repeated: true }))).toBe('通用资产配置')
  })
  test('a column of 千元 is read so', () =>
    expect(valueOf(readMoney({ kind: 'number', number: 3.6 }, '千元'))).toBe(360_000))
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
  ['2026-03-12', '2026-03-12'],
  ['2026/3/2', '2026-03-02'],
  ['2026年6月18日', '2026-06-18'],
  ['2026.6.20', '2026-06-20'],
  ['20260312', '2026-03-12'],
  ['2026-02-30', 'problem'],
  ['明年', 'problem'],
  ['2026年3月12日 10:30', '2026-03-12'],
  ['2026-03-12 00:00:00', '2026-03-12'],
  ['26/3/12', 'problem'],
  ['2026年3月', 'problem'],
  ['46093', 'problem'],
])('date %s is %s', (typed, expected) => expect(valueOf(readDate(text(typed)))).toBe(expected))

test('a date that lost its format is a serial of the sheet; other numbers are none', () => {
  expect(readDate({ kind: 'number', number: 46_093 })).toEqual({
    value: '2026-03-12',
    note: '日期序号46093读作2026-03-12',
  })
  expect(
    [20_260_312, 46_093.75, 2026, 100_000, -1].map((number) => valueOf(readDate({ kind: 'number', number }))),
  ).toEqual(['2026-03-12', '2026-03-12', 'problem', 'problem', 'problem'])
})

test('no cell makes a reader throw, and every problem is a whole sentence', { timeout: 30_000 }, () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }).map(text),
    fc.double().map((number): RawCell => ({ kind: 'number', number })),
    fc.string().map((format): RawCell => ({ kind: 'number', number: 1.5, format })),
    fc.boolean().map((value): RawCell => ({ kind: 'boolean', value })),
    fc.constant<RawCell>({ kind: 'error', text: '#REF!' }),
  )
  fc.assert(
    fc.property(cell, (one) => {
      for (const reading of [
        readText(one),
        readInteger(one),
        readQuantity(one),
        readMoney(one),
        readDate(one),
        readYesNo(one),
        readChoice(one, [{ value: 1, label: '甲' }], '类别'),
      ])
        if ('problem' in reading) expect(reading.problem).toMatch(/。$|可填:/)
        else if (typeof reading.value === 'number') expect(reading.value).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('yes, no and choices', () => {
  expect([text('√'), text('是'), text('否'), text('也许')].map((cell) => valueOf(readYesNo(cell)))).toEqual([
    true,
    true,
    false,
    'problem',
  ])
  const choices = [{ value: 'N05', label: '公务用车配备更新', also: ['公车更新'] }]
  expect(readChoice(text('公车更新'), choices, '类别')).toMatchObject({
    value: 'N05',
    note: expect.stringContaining('公务用车配备更新'),
  })
  expect(readChoice(text('买设备'), choices, '类别')).toHaveProperty('problem')
})

describe('the table in a sheet', () => {
  const wanted = [
    { key: 'kind', titles: ['需求事项'], required: true },
    { key: 'name', titles: ['项目名称'], required: true },
    { key: 'amount', titles: ['金额'] },
  ]
  const sheet = (...lines: string[][]): SheetGrid => ({
    name: 's',
    rows: lines.map((cells, index) => ({ row: index + 1, hidden: false, cells: cells.map(text) })),
  })
  test('title rows over it, totals in it, a signature and blanks under it', () => {
    const layout = layoutOf(
      sheet(
        ['申报表', '', ''],
        ['单位：万元', '', ''],
        ['需求事项', '项目 名称', '金额（元）', '颜色'].slice(0, 4),
        ['办公', '纸', '1'],
        ['小计', '', '1'],
        ['', '', ''],
        ['办公', '笔', '2'],
        ['合计', '', '3'],
        ['负责人：张', '', ''],
      ),
      wanted,
    )
    expect(layout?.headerRow).toBe(3)
    expect(layout?.columns.map(({ key, unit }) => [key, unit])).toEqual([
      ['kind', '万元'],
      ['name', '万元'],
      ['amount', '元'],
    ])
    expect(layout?.data.map(({ row }) => row)).toEqual([4, 7])
    expect(layout?.skipped.map(({ row, reason }) => [row, reason])).toEqual([
      [5, '合计行'],
      [6, '空行'],
      [8, '合计行'],
      [9, '落款或说明'],
    ])
    expect(layout?.unknown).toEqual([{ title: '颜色', index: 3 }])
  })
  test('two rows of titles: a group over its columns, merged or not', () => {
    const merged = sheet(
      ['', '', '', ''],
      ['需求事项', '项目名称', '预算', '预算'],
      ['需求事项', '项目名称', '数量', '金额（万元）'],
      ['办公', '纸', '1', '2'],
    )
    const repeat = (line: number, ...columns: number[]) => ({
      ...(merged.rows[line - 1] as SheetGrid['rows'][number]),
      cells: (merged.rows[line - 1]?.cells ?? []).map((cell, index): RawCell =>
        columns.includes(index) ? { ...cell, repeated: true } : cell,
      ),
    })
    const plain = sheet(
      ['需求事项', '项目名称', '预算', ''],
      ['', '', '数量', '金额（万元）'],
      ['办公', '纸', '1', '2'],
    )
    for (const [grid, headerRow] of [
      [{ name: 's', rows: [merged.rows[0], repeat(2, 3), repeat(3, 0, 1), merged.rows[3]] } as SheetGrid, 3],
      [plain, 2],
    ] as const) {
      const layout = layoutOf(grid, wanted)
      expect(layout?.columns.map(({ key, index }) => [key, index])).toEqual([
        ['kind', 0],
        ['name', 1],
        ['amount', 3],
      ])
      expect([layout?.headerRow, layout?.missing, layout?.data.length, moneyUnitOf(layout?.columns[2])]).toEqual([
        headerRow,
        [],
        1,
        '万元',
      ])
    }
  })
  test('a row of units under the titles belongs to them', () => {
    const layout = layoutOf(sheet(['需求事项', '项目名称', '金额'], ['', '', '（万元）'], ['办公', '纸', '1']), wanted)
    expect([layout?.headerRow, layout?.columns[2]?.unit, layout?.data.length]).toEqual([2, '万元', 1])
  })
  test.each([
    ['金额（千元）', '千元'],
    ['金额万元', '万元'],
    ['金额/万元', '万元'],
    ['金额（元/年）', '元'],
    ['金额', '元'],
  ])('money under %s is in %s', (title, unit) => {
    expect(moneyUnitOf(layoutOf(sheet(['需求事项', '项目名称', title]), wanted)?.columns[2])).toBe(unit)
  })
  test('of two columns that would do, the better name is read and the other is told', () => {
    const twice = [
      { key: 'kind', titles: ['需求事项', '类别'] },
      { key: 'name', titles: ['项目名称', '名称'] },
    ]
    const layout = layoutOf(sheet(['类别', '需求事项', '名称', '名称'], ['甲', '办公', '纸', '笔']), twice)
    expect(layout?.columns.map(({ key, index }) => [key, index])).toEqual([
      ['kind', 1],
      ['name', 2],
    ])
    expect(layout?.unknown).toEqual([
      { title: '类别', index: 0 },
      { title: '名称', index: 3 },
    ])
  })
  test('a row that only a merge reaches into is blank', () => {
    const grid = sheet(['需求事项', '项目名称', '金额'], ['办公', '纸', '1'], ['办公', '', ''], ['办公', '笔', '2'])
    const [, , third] = grid.rows
    const layout = layoutOf(
      {
        ...grid,
        rows: grid.rows.map((one) =>
          one === third
            ? {
                ...one,
                cells: one.cells.map((cell, index): RawCell => (index === 0 ? { ...cell, repeated: true } : cell)),
              }
            : one,
        ),
      },
      wanted,
    )
    expect([layout?.data.map(({ row }) => row), layout?.skipped]).toEqual([
      [2, 4],
      [{ row: 3, reason: '空行', text: '' }],
    ])
  })
  test('every row under the header is data or is skipped with its reason, down to the last with content', () => {
    const word = fc.constantFrom('', ' ', '办公', '小计', '合计', '负责人：张', '1', '需求事项', '项目名称')
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word, word), { maxLength: 12 }), (lines) => {
        const grid = sheet(['需求事项', '项目名称', '金额'], ...lines.map((line) => [...line]))
        const layout = layoutOf(grid, wanted)
        if (!layout) throw new Error('the header was not found')
        const last =
          grid.rows.findLast(({ cells }) => cells.some((cell) => cell.kind === 'text' && cell.text.trim() !== ''))
            ?.row ?? 0
        const told = [...layout.data, ...layout.skipped].map(({ row }) => row).sort((a, b) => a - b)
        expect(told).toEqual(grid.rows.map(({ row }) => row).filter((row) => row > layout.headerRow && row <= last))
      }),
    )
  })
  test('a sheet without such a table is none', () => expect(layoutOf(sheet(['a', 'b'], ['1', '2']), wanted)).toBeNull())
  test('columns are named as people see them', () =>
    expect([0, 25, 26, 701].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ']))
})
