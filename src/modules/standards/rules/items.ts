import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { Operand, Step } from '#kernel/pure/verdict.ts'
import type { ItemStandard } from '../model.ts'
import type { QuantityLimit } from '../model/value.ts'
import { yearsLater } from './terms.ts'

export type Limit = { quantity: number; step: Step }

/**
 * How many of a thing an organ of `n` people may have; null where the standard sets no number for an organ.
 * Percentages drop part pieces (EQ-01); one-per-group counts a started group whole (copiers).
 * `approvedQuota` is the number on record for quotas that are decided, not computed (vehicles).
 */
export function quantityLimit(limit: QuantityLimit, n: number, approvedQuota: number | null): Limit | null {
  switch (limit.basis) {
    case 'percent-of-staff': {
      // Whole percents of whole people: the product is exact, so nothing is lost before it is rounded down.
      const quantity = Math.floor((n * limit.percent) / 100)
      return {
        quantity,
        step: {
          label: '数量上限',
          expression: `⌊${n}人 × ${limit.percent}%⌋`,
          result: String(quantity),
          operands: [staff(n), { label: '比例', value: limit.percent, unit: '%' }],
        },
      }
    }
    case 'one-per-group': {
      const within = Math.ceil(Math.min(n, limit.first) / limit.each)
      const beyond = Math.ceil(Math.max(0, n - limit.first) / limit.beyondEach)
      const quantity = within + beyond
      const expression =
        n <= limit.first
          ? `⌈${n}人 ÷ ${limit.each}⌉`
          : `⌈${limit.first} ÷ ${limit.each}⌉ + ⌈${n - limit.first} ÷ ${limit.beyondEach}⌉`
      const operands = [
        staff(n),
        { label: '每组人数', value: limit.each, unit: '人' },
        { label: '超出部分每组人数', value: limit.beyondEach, unit: '人' },
      ]
      return { quantity, step: { label: '数量上限', expression, result: String(quantity), operands } }
    }
    case 'per-person': {
      const quantity = n * limit.pieces
      const operands = [staff(n), { label: '每人', value: limit.pieces, unit: '' }]
      return {
        quantity,
        step: { label: '数量上限', expression: `${n}人 × ${limit.pieces}`, result: String(quantity), operands },
      }
    }
    case 'approved-quota': {
      const quantity = approvedQuota ?? 0
      return {
        quantity,
        step: {
          label: '核定编制',
          expression: approvedQuota === null ? '未登记编制' : '编制登记',
          result: String(quantity),
          operands: [{ label: '核定编制', value: quantity, unit: '' }],
        },
      }
    }
    // What is furnished by the room is judged when it is placed: an organ's headcount says nothing of it.
    case 'per-room':
    case 'none':
      return null
  }
}

function staff(n: number): Operand {
  return { label: '编制内实有人数', value: n, unit: '人' }
}

/** When a thing acquired on a day has reached its least life, and whether it has; null where the standard sets none. */
export function lifeOf(
  { minimumYears, yearsMustBeExceeded }: ItemStandard['value'],
  acquiredOn: LocalDate,
  today: LocalDate,
): { dueOn: LocalDate; reached: boolean; years: number } | null {
  if (minimumYears === null) return null
  const dueOn = yearsLater(acquiredOn, minimumYears)
  return { dueOn, years: minimumYears, reached: yearsMustBeExceeded ? today > dueOn : today >= dueOn }
}
