import type { Finding } from '#kernel/pure/verdict.ts'
import { checkDepreciationMonths, depreciationAt } from '#modules/standards/rules/depreciation.ts'
import { figureFor, type StandardTable } from '#modules/standards/rules/in-force.ts'
import type { CardFacts, DepreciationBase, ValueKind } from '../model.ts'
import type { DepreciationKind } from '#modules/standards/model/definitions/assets.ts'
import type { AssetClass } from '../model/classes.ts'

/** `2026-11-23` → `2026-11`. */
export function monthOf(date: string): string {
  return date.slice(0, 7)
}

/** The month `count` later (or earlier). */
export function monthsLater(month: string, count: number): string {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
}

/** Months from one to another, 0 for the same. */
export function monthsBetween(from: string, to: string): number {
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7))
}

/** Where depreciation begins for a card as it is entered in the books (AST-R04: in the very month of entry). */
export function firstBase({
  costFen,
  depreciationMonths,
  bookedOn,
}: Pick<CardFacts, 'costFen' | 'depreciationMonths' | 'bookedOn'>): DepreciationBase {
  return { fen: costFen, months: depreciationMonths, inMonth: monthOf(bookedOn), beforeFen: 0, monthlyFen: null }
}

/** The same in one order of its parts, whatever order it was kept in. */
export function baseOf({ fen, months, inMonth, beforeFen, monthlyFen }: DepreciationBase): DepreciationBase {
  return { fen, months, inMonth, beforeFen, monthlyFen }
}

/**
 * Accumulated depreciation of a card through a month, in 分 (S10): never above what there is to depreciate, exactly the same
 * as `assets.accumulated_through` in the database.
 */
export function accumulatedThrough(base: DepreciationBase, month: string): number {
  const { fen, months, inMonth, beforeFen, monthlyFen } = base
  if (months === null) return beforeFen
  if (monthlyFen === null) return beforeFen + depreciationAt(fen, months, inMonth, month).accumulatedFen
  const charged = Math.max(0, monthsBetween(inMonth, month) + 1)
  return beforeFen + (charged >= months ? fen : Math.min(fen, charged * monthlyFen))
}

/** What a month charges until there is no more than that left; 0 where nothing is depreciated. */
export function monthlyCharge({ fen, months, inMonth, monthlyFen }: DepreciationBase): number {
  return months === null ? 0 : (monthlyFen ?? depreciationAt(fen, months, inMonth, inMonth).monthlyFen)
}

/** Months that are left from a month on; at least one, null where nothing is depreciated. */
export function monthsLeft({ months, inMonth }: DepreciationBase, month: string): number | null {
  return months === null ? null : Math.max(1, months - monthsBetween(inMonth, month))
}

/**
 * What a card goes on from that came in with what earlier books charged through the month before: the rest over the months
 * that are left. Null where the books charged what the rule does.
 * @param month the first that is charged here, `YYYY-MM`
 */
export function takenOverBase(
  facts: Pick<CardFacts, 'costFen' | 'depreciationMonths' | 'bookedOn'>,
  chargedFen: number,
  month: string,
): DepreciationBase | null {
  const first = firstBase(facts)
  if (first.months === null || chargedFen === accumulatedThrough(first, monthsLater(month, -1))) return null
  const inMonth = month > first.inMonth ? month : first.inMonth
  return {
    fen: Math.max(0, facts.costFen - chargedFen),
    months: monthsLeft(first, inMonth),
    inMonth,
    beforeFen: Math.min(chargedFen, facts.costFen),
    monthlyFen: null,
  }
}

/**
 * A changed value goes on over the months that are left: what was charged before the month of change stays (S10, B).
 * @param now cost and whole life after the change
 */
export function baseAfter(
  base: DepreciationBase,
  before: Pick<CardFacts, 'depreciationMonths'>,
  now: Pick<CardFacts, 'costFen' | 'depreciationMonths' | 'bookedOn'>,
  month: string,
): DepreciationBase {
  if (month <= monthOf(now.bookedOn)) return firstBase(now)
  const charged = Math.min(accumulatedThrough(base, monthsLater(month, -1)), now.costFen)
  const used = Math.min(
    monthsBetween(monthOf(now.bookedOn), month),
    before.depreciationMonths ?? Number.MAX_SAFE_INTEGER,
  )
  const months = now.depreciationMonths === null ? null : Math.max(1, now.depreciationMonths - used)
  return { fen: now.costFen - charged, months, inMonth: month, beforeFen: charged, monthlyFen: null }
}

/** Code of the standard that sets the least years of a kind (S10). */
export const depreciationCode = (kind: DepreciationKind): string => `asset.depreciation-${kind}`

/** Least months of a class by the standards in force; null where it is not depreciated, in kind or by its nominal value. */
export function leastMonths(table: StandardTable, assetClass: AssetClass, valueKind: ValueKind): number | null {
  if (assetClass.depreciation === null || valueKind === 'nominal' || valueKind === 'none') return null
  return figureFor(table, depreciationCode(assetClass.depreciation), 'years').value.minimumYears * 12
}

/** AST-R03 for a card; null where the class is not depreciated and nothing is charged. */
export function checkMonths(table: StandardTable, assetClass: AssetClass, facts: CardFacts): Finding | null {
  if (assetClass.depreciation === null || facts.depreciationMonths === null) return null
  return checkDepreciationMonths(table, assetClass.depreciation, facts.depreciationMonths)
}

export type ScheduleYear = { year: string; chargedFen: number; accumulatedFen: number; netFen: number }

/** What a card is charged year by year from its base to the end of its life; for the card's table and forecasts. */
export function schedule(base: DepreciationBase, costFen: number): ScheduleYear[] {
  if (base.months === null) return []
  const last = monthsLater(base.inMonth, base.months - 1)
  const years: ScheduleYear[] = []
  let before = base.beforeFen
  for (let year = Number(base.inMonth.slice(0, 4)); year <= Number(last.slice(0, 4)); year++) {
    const accumulatedFen = accumulatedThrough(base, `${year}-12`)
    years.push({
      year: String(year),
      chargedFen: accumulatedFen - before,
      accumulatedFen,
      netFen: costFen - accumulatedFen,
    })
    before = accumulatedFen
  }
  return years
}

export type ScheduleMonth = { month: string; chargedFen: number; accumulatedFen: number; netFen: number }

/** The same month by month from a month on, to the last that is charged. */
export function monthlySchedule(base: DepreciationBase, costFen: number, from: string): ScheduleMonth[] {
  if (base.months === null) return []
  const last = monthsLater(base.inMonth, base.months - 1)
  const months: ScheduleMonth[] = []
  let before = Math.min(costFen, accumulatedThrough(base, monthsLater(from, -1)))
  for (let month = from; month <= last; month = monthsLater(month, 1)) {
    const accumulatedFen = Math.min(costFen, accumulatedThrough(base, month))
    months.push({ month, chargedFen: accumulatedFen - before, accumulatedFen, netFen: costFen - accumulatedFen })
    before = accumulatedFen
  }
  return months
}
