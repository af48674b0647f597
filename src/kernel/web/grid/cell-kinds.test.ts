import { expect, it } from 'vitest'
import { cellProblem, columnTotal, matchingChoices, readCell, shownCell, writeCell } from './cell-kinds.ts'
import type { GridColumn } from './cell-kinds.ts'

const quantity: GridColumn = { key: 'quantity', title: '数量', kind: 'number' }
const price: GridColumn = { key: 'price', title: '单价', kind: 'money' }
const kind: GridColumn = {
  key: 'kind',
  title: '类别',
  kind: 'choice',
  choices: [
    { value: 'asset', label: '资产配置' },
    { value: 'vehicle', label: '公务用车', words: 'che' },
    { value: 'idle', label: '处置资产' },
  ],
}
const row = (cells: Record<string, string>) => ({ key: 'r', cells })

it.each([
  [quantity, '1,200', 1200],
  [quantity, '12', 12],
  [quantity, '约40', null],
  [price, '5,000', 500_000],
  [kind, '公务用车', 'vehicle'],
  [kind, 'asset', 'asset'],
  [kind, '别的', null],
  [quantity, '  ', null],
] as const)('reads a cell', (column, text, value) => expect(readCell(column, text)).toBe(value))

it.each([
  [quantity, '约40', '数量应为数字，现为“约40”。请改为数字。'],
  [price, '1.005', '单价应为金额（元，最多两位小数），现为“1.005”。请改为数字。'],
  [kind, '别的', '类别没有“别的”这一项。请从所列选项中选择。'],
  [quantity, '', null],
  [quantity, '40', null],
] as const)('says why a cell cannot be read', (column, text, problem) =>
  expect(cellProblem(column, text)).toBe(problem),
)

it('a value written to a cell is read back', () => {
  for (const [column, value] of [
    [price, 123_450],
    [quantity, 36.5],
    [kind, 'vehicle'],
  ] as const)
    expect(readCell(column, writeCell(column, value))).toBe(value)
  expect(writeCell(price, null)).toBe('')
})

it('shows what can be read with separators and the rest as typed', () => {
  expect(shownCell(price, row({ price: '5000' }))).toBe('5,000.00')
  expect(shownCell(price, row({ price: '约5000' }))).toBe('约5000')
})

it('sums the cells that can be read', () => {
  const rows = [row({ quantity: '1.1', price: '10' }), row({ quantity: '2.2', price: '约3' }), row({})]
  expect(columnTotal(quantity, rows)).toBe('3.3')
  expect(columnTotal(price, rows)).toBe('10.00')
  const sum: GridColumn = { key: 'sum', title: '金额', kind: 'readonly', show: () => '1,000.50' }
  expect(columnTotal(sum, rows)).toBe('3,001.50')
})

it('offers choices by what they begin with, then by what they hold', () => {
  const labels = (typed: string) => matchingChoices(kind.choices ?? [], typed).map(({ label }) => label)
  expect(labels('资产')).toEqual(['资产配置', '处置资产'])
  expect(labels('CHE')).toEqual(['公务用车'])
  expect(labels('')).toHaveLength(3)
})
