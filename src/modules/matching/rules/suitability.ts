import type { ParameterUsed } from '#kernel/pure/verdict.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { rowUsed } from '#modules/standards/rules/finding.ts'
import type { Supply } from '../model.ts'
import type { Stock } from './problem.ts'

/**
 * A figure of the plan's parameters in force.
 * @throws when it is missing: wrong data stops the work, it is not skipped
 */
export function figure(standards: StandardsInForce, code: string): { value: number; used: ParameterUsed } {
  const found = standards.parameters[code]
  if (!found) throw new Error(`parameter ${code} is not in force on ${standards.on} in ${standards.jurisdictionCode}`)
  return { value: found.value, used: rowUsed(found.row) }
}

export const leastLife = 'plan.match-least-life'
export const transport = 'plan.match-transport'
export const levelTransport = 'plan.match-transport-level'

/** Whether a thing lasts long enough that it does not soon have to be replaced again (A23-2). */
export function lastsLongEnough(
  { remainingMonths }: Pick<Supply, 'remainingMonths'>,
  standards: StandardsInForce,
): boolean {
  return remainingMonths === null || remainingMonths >= figure(standards, leastLife).value
}

/** Whole months from a day until a thing has served its least life; none when it has. */
export function monthsLeft(lifeUntil: string, today: string): number {
  const [year, month, day] = lifeUntil.split('-').map(Number) as [number, number, number]
  const [nowYear, nowMonth, nowDay] = today.split('-').map(Number) as [number, number, number]
  return Math.max(0, (year - nowYear) * 12 + month - nowMonth - (day < nowDay ? 1 : 0))
}

const rankOfGrade = { A: 0, B: 1, C: 2, D: 3 } as const
/** Longer lives count as equal: a least life is never a century. */
const mostMonths = 1200

/** A thing as the assignment sees it: repair is paid whoever gets it, the move only where it changes organ. */
export function stockOf(supply: Supply): Stock {
  const { id, organId, quantity, grade, remainingMonths, repairFen, transportFen } = supply
  return {
    key: id,
    // No organ of the level is its owner: it is nobody's own.
    owner: organId ?? '',
    quantity,
    tier: supply.source === 'level' ? 2 : 1,
    whole: quantity > 1,
    // What lies in a warehouse is fetched from there by its own organ as well.
    ownCostFen: supply.source !== 'idle' ? repairFen + transportFen : repairFen,
    costFen: repairFen + transportFen,
    rank:
      rankOfGrade[grade ?? 'B'] * mostMonths * 2 + (mostMonths - Math.min(remainingMonths ?? mostMonths, mostMonths)),
  }
}
