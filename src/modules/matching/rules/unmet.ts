import type { LeftOut, Supply } from '../model.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { leftOutFor, type Kind, type Wanting } from './assembling.ts'
import type { Allotted } from './problem.ts'
import { lastsLongEnough } from './suitability.ts'

/** A line that is left to buy something, how much, and why what is there of its kind is not for it. */
export type LeftToBuy<L extends Wanting> = { line: L; missing: number; reasons: LeftOut[] }

/**
 * Lines that the assignment does not meet in full (PLAN-R06): of kinds of which nothing lasts long enough too.
 * @param allotted of all kinds together
 */
export function leftToBuy<L extends Wanting>(
  { lines, kinds, supplies }: { lines: readonly L[]; kinds: readonly Kind<L>[]; supplies: readonly Supply[] },
  allotted: readonly Allotted[],
  standards: StandardsInForce,
): LeftToBuy<L>[] {
  const kindOf = new Map(kinds.map((kind) => [kind.standardCode, kind]))
  const given = new Map<string, number>()
  for (const { stock, quantity } of allotted) given.set(stock, (given.get(stock) ?? 0) + quantity)
  const ofLine = Map.groupBy(allotted, ({ asker }) => asker)
  // What is worn out at other levels is theirs to know.
  const wornOf = Map.groupBy(
    supplies.filter((supply) => supply.source !== 'level' && !lastsLongEnough(supply, standards)),
    ({ standardCode }) => standardCode,
  )
  return lines.flatMap((line) => {
    const own = ofLine.get(line.lineId) ?? []
    const missing = line.needed - own.reduce((sum, { quantity }) => sum + quantity, 0)
    if (missing <= 0) return []
    const kind = kindOf.get(line.standardCode) ?? { supplies: [], worn: wornOf.get(line.standardCode) ?? [] }
    return [{ line, missing, reasons: leftOutFor(line, kind, own, given) }]
  })
}
