import { expect, it } from 'vitest'
import { cellText, countText, nextSort } from './column.ts'

it.each([
  ['yuan', 123450, '1,234.50'],
  ['wan', 123450000, '123.45'],
  ['number', 12000, '12,000'],
  ['percent', 8966, '89.66%'],
  ['text', null, '–'],
  ['number', null, '–'],
  ['date', '2026-03-12', '2026-03-12'],
] as const)('shows a %s cell', (kind, value, text) => expect(cellText(kind, value)).toBe(text))

it('sorts by a column downwards, upwards, then not at all', () => {
  const first = nextSort(undefined, 'amountFen')
  const second = nextSort(first, 'amountFen')
  expect([first, second, nextSort(second, 'amountFen')]).toEqual(['-amountFen', 'amountFen', undefined])
  expect(nextSort('-organ', 'amountFen')).toBe('-amountFen')
})

it('tells a true count from more than can be counted', () => {
  expect(countText(6128)).toBe('共 6,128 条')
  expect(countText(null)).toBe('共 10,000+ 条')
  expect(countText(null, 12, false)).toBe('共 12 条')
})
