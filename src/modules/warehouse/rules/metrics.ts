import { hundredthsOf, over, roundedOf, times } from '#modules/standards/rules/exact.ts'

/** What is counted of a level or of all levels in a year (facts 3.1); amounts in 分. */
export type Counts = Readonly<{
  inItems: number
  inFen: number
  outItems: number
  outFen: number
  savedFen: number
  /** Times something went out, loans and allotments. */
  outTimes: number
  /** Sum of the days in the warehouse, and of how many things. */
  daysIn: number
  daysOf: number
  returnsDue: number
  returnsInTime: number
  repaired: number
  repairedOut: number
  repairFen: number
  repairReplacementFen: number
}>

/** Percents and times to two decimals, amounts in 分 rounded half up; null where there is nothing to divide by. */
export type Metrics = Readonly<{
  /** 盘活率 = out ÷ in. */
  reusePercent: number | null
  /** 件均节约. */
  savedPerItemFen: number | null
  /** 入仓件均原值. */
  costPerItemFen: number | null
  /** 周转次数. */
  turnover: number | null
  /** 平均在仓天数. */
  averageDays: number | null
  /** 按期归还率. */
  inTimePercent: number | null
  /** 修复利用率. */
  repairUsePercent: number | null
  /** 修复成本率. */
  repairCostPercent: number | null
}>

const percent = (part: number, whole: number): number | null =>
  whole === 0 ? null : hundredthsOf(over(times(part, 100), whole))

/** The metrics of the public warehouse (facts 3.1; cases GWC-T01, GWC-T02). */
export function metricsOf(counts: Counts): Metrics {
  const each = (fen: number, items: number) => (items === 0 ? null : roundedOf(over(fen, items)))
  return {
    reusePercent: percent(counts.outItems, counts.inItems),
    savedPerItemFen: each(counts.savedFen, counts.outItems),
    costPerItemFen: each(counts.inFen, counts.inItems),
    turnover: counts.inItems === 0 ? null : hundredthsOf(over(counts.outTimes, counts.inItems)),
    averageDays: counts.daysOf === 0 ? null : hundredthsOf(over(counts.daysIn, counts.daysOf)),
    inTimePercent: percent(counts.returnsInTime, counts.returnsDue),
    repairUsePercent: percent(counts.repairedOut, counts.repaired),
    repairCostPercent: percent(counts.repairFen, counts.repairReplacementFen),
  }
}
