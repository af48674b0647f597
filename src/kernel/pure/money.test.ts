import fc from 'fast-check'
import { expect, it } from 'vitest'
import { capitalAmount, formatWanYuan, formatYuan } from './money.ts'

it.each([
  [0, '0.00'],
  [5, '0.05'],
  [123_450, '1,234.50'],
  [-123_450, '-1,234.50'],
  [100_000_000_00, '100,000,000.00'],
])('%i 分 is %s yuan', (fen, text) => {
  expect(formatYuan(fen)).toBe(text)
})

it.each([
  [0, '0.00'],
  [12_345_000, '12.35'],
  [12_344_999, '12.34'],
  [-12_345_000, '-12.35'],
  [1_900_000_000_00, '190,000.00'],
  [4_999, '0.00'],
])('%i 分 is %s 万元', (fen, text) => {
  expect(formatWanYuan(fen)).toBe(text)
})

it.each([
  [0, '零元整'],
  [12_000_00, '壹万贰仟元整'],
  [105_03, '壹佰零伍元零叁分'],
  [10_00, '壹拾元整'],
  [5, '伍分'],
  [50, '伍角整'],
  [1_55, '壹元伍角伍分'],
  [10_050_00, '壹万零伍拾元整'],
  [100_010_000_00, '壹亿零壹万元整'],
  [100_000_001_00, '壹亿零壹元整'],
  [20_300_000_00, '贰仟零叁拾万元整'],
  [1_000_000_000_000_00, '壹万亿元整'],
  [1_000_100_000_000_00, '壹万零壹亿元整'],
  [90_000_000_000_001_00, '玖拾万亿零壹元整'],
])('%i 分 is %s', (fen, text) => {
  expect(capitalAmount(fen)).toBe(text)
})

it('yuan are exact to the 分 for every amount', () =>
  fc.assert(
    fc.property(fc.maxSafeInteger(), (fen) => {
      expect(BigInt(formatYuan(fen).replace(/[,.]/g, ''))).toBe(BigInt(fen))
    }),
  ))
