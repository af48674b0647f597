import { formatWanYuan } from '#kernel/pure/money.ts'

/** 万元 with two decimals, as budgets and reports print money. */
export function wan(fen: number): string {
  return formatWanYuan(fen)
}

/** A rate in basis points as people read it; a dash without a plan. */
export function rate(basisPoints: number | null): string {
  return basisPoints === null ? '—' : `${(basisPoints / 100).toFixed(2)}%`
}
