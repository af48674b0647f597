import { readYuan } from '#kernel/web/money.ts'

const exact = new Intl.NumberFormat('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 6 })

/** 分 as 万元 for entry: at least two decimals and as many more as the amount has, so that nothing is lost by opening a form. */
export function wanEntry(fen: number): string {
  return exact.format(fen / 1_000_000)
}

/**
 * Reads 万元 as 分, digit by digit.
 * @returns null when it is no amount of 0 or more, or finer than a 分
 */
export function readWan(text: string): number | null {
  const fen = readYuan(`${text.trim().replace(/万?元?$/, '')}万`)
  return fen === null || fen < 0 ? null : fen
}
