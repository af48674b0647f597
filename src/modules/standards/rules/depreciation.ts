import type { Finding } from '#kernel/pure/verdict.ts'
import type { DepreciationKind } from '../model/definitions/assets.ts'
import { over, roundedOf } from './exact.ts'
import { judged } from './finding.ts'
import { figureFor, type StandardTable } from './in-force.ts'

/** AST-R03: depreciation may not be quicker than the least years of the class, nor slower than its most where it has any. */
export function checkDepreciationMonths(table: StandardTable, kind: DepreciationKind, months: number): Finding {
  const row = figureFor(table, `asset.depreciation-${kind}`, 'years')
  const { minimumYears, maximumYears } = row.value
  const [least, most] = [minimumYears * 12, maximumYears === null ? null : maximumYears * 12]
  const ok = months >= least && (most === null || months <= most)
  return judged({
    rule: 'AST-R03',
    norm: 'A12-2',
    rows: [row],
    ok,
    field: 'months',
    said: `折旧${months}个月，${row.title}${ok ? '符合' : '不符合'}${most === null ? `不少于${least}个月` : `${least}至${most}个月`}。`,
    remedy: months < least ? `请将折旧月数改为不少于${least}个月。` : `请将折旧月数改为不超过${most}个月。`,
    steps: [{ label: '最低月数', expression: `${minimumYears}年 × 12`, result: `${least}个月` }],
  })
}

export type Depreciation = Readonly<{
  monthlyFen: number
  /** The last month takes what rounding left. */
  lastMonthFen: number
  /** Months charged up to and with the month asked for. */
  monthsCharged: number
  accumulatedFen: number
  netFen: number
}>

/**
 * Straight line without residual value: charged from the month of entry, monthly amount rounded to 分, the last month
 * takes the remainder, nothing after full depreciation and never more than the cost (S10, AST-R04, AST-R05).
 * @param enteredIn month of entry `YYYY-MM`
 * @param at month up to and with which it is reckoned
 */
export function depreciationAt(costFen: number, months: number, enteredIn: string, at: string): Depreciation {
  const monthlyFen = roundedOf(over(costFen, months))
  // Rounding up a small cost over many months must not charge more than there is before the last month.
  const beforeLastFen = Math.min(costFen, monthlyFen * (months - 1))
  const monthsCharged = Math.min(months, Math.max(0, monthNumber(at) - monthNumber(enteredIn) + 1))
  const accumulatedFen = monthsCharged === months ? costFen : Math.min(costFen, monthlyFen * monthsCharged)
  return {
    monthlyFen,
    lastMonthFen: costFen - beforeLastFen,
    monthsCharged,
    accumulatedFen,
    netFen: costFen - accumulatedFen,
  }
}

function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
}
