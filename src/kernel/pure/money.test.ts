import fc from 'fast-check'
import { expect, it } from 'vitest'
import { capitalAmount, formatWanYuan, formatYuan, moneyUnitIn, parseMoney, type MoneyUnit } from './money.ts'

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

const fenOf = (text: string, unit: MoneyUnit = '元') => {
  const read = parseMoney(text, { unit })
  return 'fen' in read ? read.fen : read.problem.slice(0, read.problem.indexOf('，现为'))
}

it.each([
  ['1200', 120_000],
  ['1,200.00', 120_000],
  ['１，２００．５', 120_050],
  ['￥1,234.50元', 123_450],
  ['¥ -0', 0],
  ['人民币3万元整', 3_000_000],
  [' 3 万元 ', 3_000_000],
  ['3.6万', 3_600_000],
  ['0.000001万元', 1],
  ['12千元', 1_200_000],
  ['1.5亿', 15_000_000_000],
  ['90071992547409.91', 9_007_199_254_740_991],
  ['90071992547409.92', '金额过大'],
  ['1,20.00', '逗号的位置不对，看不出是多少'],
  ['1234,567', '逗号的位置不对，看不出是多少'],
  ['约40', '金额应为一个确定的数'],
  ['3万左右', '金额应为一个确定的数'],
  ['3-5万', '金额应为一个确定的数'],
  ['3万多', '金额应为一个确定的数'],
  ['十几万', '金额应为一个确定的数'],
  ['1.005', '金额最多精确到分'],
  ['-5', '金额不能为负'],
  ['5美元', '看不懂金额单位“美元”，可用元、千元、万元、亿元'],
  ['1e5', '应为金额（数字）'],
  ['1.2.3', '应为金额（数字）'],
  ['待定', '应为金额（数字）'],
  ['.', '应为金额（数字）'],
])('money %s is %s', (text, expected) => {
  expect(fenOf(text)).toBe(expected)
})

it('a bare number is in the unit of its column, a unit that is written wins', () => {
  expect([fenOf('1.2', '万元'), fenOf('900元', '万元'), fenOf('3', '千元'), fenOf('0.0000001', '万元')]).toEqual([
    1_200_000,
    90_000,
    300_000,
    '金额最多精确到分',
  ])
  expect(parseMoney('-3', { signed: true })).toEqual({ fen: -300 })
  expect(parseMoney('  ')).toEqual({ problem: '未填写金额。' })
})

it.each([
  ['金额（万元）', '万元'],
  ['单位：元/台', '元'],
  ['（千元）', '千元'],
  ['预算百万元', '百万元'],
  ['金额', null],
])('the unit in %s is %s', (text, unit) => {
  expect(moneyUnitIn(text)).toBe(unit)
})

it('every amount is read back to the 分 in yuan, and in 万元 with six decimals', () =>
  fc.assert(
    fc.property(fc.nat(Number.MAX_SAFE_INTEGER), (fen) => {
      expect(parseMoney(formatYuan(fen))).toEqual({ fen })
      const digits = String(fen).padStart(7, '0')
      expect(parseMoney(`${digits.slice(0, -6)}.${digits.slice(-6)}`, { unit: '万元' })).toEqual({ fen })
    }),
  ))

it('no text makes it throw, and no amount is below zero unless asked', () =>
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789,.-+¥万元亿千约 ') }), (text) => {
      const read = parseMoney(text)
      if ('fen' in read) expect(Number.isSafeInteger(read.fen) && read.fen >= 0).toBe(true)
      else expect(read.problem).toMatch(/。$/)
    }),
  ))
