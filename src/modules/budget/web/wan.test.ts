import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readWan, wanEntry } from './wan.ts'

it.each([
  ['12.35', 12_350_000],
  ['1,234.5', 1_234_500_000],
  ['12.345678', 12_345_678],
  ['0', 0],
  ['5万元', 5_000_000],
  ['5万', 5_000_000],
  ['3元', 3_000_000],
])('reads %s 万元', (text, fen) => {
  expect(readWan(text)).toBe(fen)
})
it.each(['', '甲', '-1', '1.2345678', '1.2.3'])('does not read %j', (text) => expect(readWan(text)).toBeNull())
it('what is shown is read back to the 分', () =>
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000_000_000_00 }), (fen) => {
      expect(readWan(wanEntry(fen))).toBe(fen)
    }),
  ))
