import fc from 'fast-check'
import { expect, it } from 'vitest'
import { quantityText, readNumber, readYuan, wanText, yuanText } from './money.ts'

it.each([
  ['1,234.5', 123450],
  ['¥1,234.50元', 123450],
  ['1.2万', 1200000],
  ['1.234567万元', 1234567],
  ['12,345.60', 1234560],
  ['.5', 50],
  ['-3', -300],
  ['0.07', 7],
  ['1.005', null],
  ['约40', null],
  ['', null],
  ['.', null],
  ['99999999999999999', null],
])('reads %s as %s 分', (text, fen) => expect(readYuan(text)).toBe(fen))

it.each([
  ['12', 12],
  [' 1,200 ', 1200],
  ['36.5', 36.5],
  ['约40', null],
  ['1e3', null],
  ['', null],
])('reads the number %s', (text, number) => expect(readNumber(text)).toBe(number))

it('shows 万元 with two decimals and quantities with the decimals they have', () => {
  expect(wanText(123_456_789)).toBe('123.46')
  expect(quantityText(12_000)).toBe('12,000')
  expect(quantityText(36.5)).toBe('36.5')
})

it('every amount shown is read back to the fen', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e13, max: 1e13 }), (fen) => {
      expect(readYuan(yuanText(fen))).toBe(fen)
    }),
  )
})
