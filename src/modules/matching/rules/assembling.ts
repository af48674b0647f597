import type { StandardsInForce } from '#modules/standards/model.ts'
import type { LeftOut, LeftOutReason, Supply } from '../model.ts'
import { savingFen, type Allotted, type Asker, type Problem, type Stock } from './problem.ts'
import { lastsLongEnough, stockOf } from './suitability.ts'

/** A demand line as the plan gives it. */
export type Wanting = Readonly<{
  lineId: string
  organId: string
  standardCode: string
  needed: number
  priceFen: number
  replacement: boolean
  submittedOn: string
}>

/** One kind of thing: who asks, what is there, and the assignment to solve. */
export type Kind<L extends Wanting = Wanting> = {
  standardCode: string
  lines: L[]
  supplies: Supply[]
  /** There, but not to be given: too little life left. */
  worn: Supply[]
  problem: Problem
}

/** Shortage proved by the standard goes before replacement (`warehouse.allotment-order`); the plan knows no other two. */
export function askerOf({ lineId, organId, needed, priceFen, replacement, submittedOn }: Wanting): Asker {
  return { key: lineId, owner: organId, order: replacement ? 2 : 1, since: submittedOn, wanted: needed, priceFen }
}

/** Lines and things by kind: what is not of the same standard cannot stand in for it, so that each kind is solved alone. */
export function kindsOf<L extends Wanting>(
  lines: readonly L[],
  supplies: readonly Supply[],
  standards: StandardsInForce,
): Kind<L>[] {
  const there = Map.groupBy(supplies, ({ standardCode }) => standardCode)
  return [...Map.groupBy(lines, ({ standardCode }) => standardCode)]
    .flatMap(([standardCode, asking]): Kind<L>[] => {
      const ofKind = there.get(standardCode) ?? []
      const fit = ofKind.filter((supply) => lastsLongEnough(supply, standards))
      if (fit.length === 0) return []
      const problem = { askers: asking.map(askerOf), stocks: fit.map(stockOf) }
      // What is worn out at other levels is theirs to know.
      const worn = ofKind.filter(({ source, ...supply }) => source !== 'level' && !lastsLongEnough(supply, standards))
      return [{ standardCode, lines: asking, supplies: fit, worn, problem }]
    })
    .toSorted((a, b) => (a.standardCode < b.standardCode ? -1 : 1))
}

/** Why a line that still buys does not get more of what there is; pieces by reason, the largest first. */
export function leftOutFor(
  line: Wanting,
  { supplies, worn }: Pick<Kind, 'supplies' | 'worn'>,
  allotted: readonly Allotted[],
  given: ReadonlyMap<string, number>,
): LeftOut[] {
  const own = new Set(allotted.filter(({ asker }) => asker === line.lineId).map(({ stock }) => stock))
  const open =
    line.needed - allotted.reduce((sum, { asker, quantity }) => sum + (asker === line.lineId ? quantity : 0), 0)
  if (open <= 0) return []
  const sums = new Map<LeftOutReason, number>()
  const add = (reason: LeftOutReason, pieces: number) => sums.set(reason, (sums.get(reason) ?? 0) + pieces)
  for (const supply of worn) add('life', supply.quantity)
  const asker = askerOf(line)
  for (const supply of supplies) {
    if (own.has(supply.id)) continue
    const stock: Stock = stockOf(supply)
    if (savingFen(asker, stock) <= 0) add('dear', supply.quantity)
    else if ((given.get(supply.id) ?? 0) > 0) add('given', supply.quantity)
    else if (stock.whole && stock.quantity > open) add('lot', supply.quantity)
  }
  return [...sums].map(([reason, pieces]) => ({ reason, pieces })).toSorted((a, b) => b.pieces - a.pieces)
}
