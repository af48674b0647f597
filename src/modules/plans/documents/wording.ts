import { formatChineseDate } from '#kernel/pure/local-date.ts'
import { formatWanYuan } from '#kernel/pure/money.ts'

/** 万元 with two decimals, as budgets and reports print money. */
export function wan(fen: number): string {
  return formatWanYuan(fen)
}

/** 分 as a number of 万元, for table cells that align by the decimal point. */
export function wanNumber(fen: number): number {
  return fen / 1_000_000
}

/** A rate in basis points as people read it; a dash without a plan. */
export function rate(basisPoints: number | null): string {
  return basisPoints === null ? '—' : `${(basisPoints / 100).toFixed(2)}%`
}

/** `2026年3月12日`. */
export function chineseDate(date: string): string {
  return formatChineseDate(date)
}

export function sumFen(amounts: readonly number[]): number {
  return amounts.reduce((a, b) => a + b, 0)
}
