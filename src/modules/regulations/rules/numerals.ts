const digits = '零一二三四五六七八九'
const values: Readonly<Record<string, number>> = Object.fromEntries([
  ...[...digits].map((digit, value) => [digit, value] as const),
  ['〇', 0],
  ['○', 0],
  ['两', 2],
])
const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }

/** What a number in a heading may be written with, for patterns: Chinese, half-width and full-width digits. */
export const numeralClass = '[零〇○一二两三四五六七八九十百千\\d０-９]'

/** A number as laws write it: 三十五, 一百零二, 二〇, 35, ３５; null when it is none. */
export function readNumeral(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  if (/^\d{1,4}$/.test(plain)) return Number(plain)
  if (plain === '') return null
  if ([...plain].every((char) => char in values)) return Number([...plain].map((char) => values[char]).join(''))
  let sum = 0
  let digit: number | null = null
  let last = 10_000
  for (const char of plain) {
    const unit = units[char]
    if (unit !== undefined) {
      if (unit >= last) return null
      sum += (digit ?? 1) * unit
      digit = null
      last = unit
    } else if (char in values) {
      if (digit !== null && digit !== 0) return null
      digit = values[char] as number
    } else return null
  }
  return sum + (digit ?? 0)
}

/** 1 to 9999 as laws write it: 35 → 三十五, 102 → 一百零二, 110 → 一百一十. */
export function inChinese(number: number): string {
  if (number === 0) return '零'
  let text = ''
  let gap = false
  for (const [unit, word] of [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
    [1, ''],
  ] as const) {
    const digit = Math.floor(number / unit) % 10
    if (digit === 0) gap ||= text !== ''
    else {
      text += `${gap ? '零' : ''}${unit === 10 && digit === 1 && text === '' ? '' : digits[digit]}${word}`
      gap = false
    }
  }
  return text
}
