import { byRank, byTurn, savingFen, tierOf, tiersOf, type Allotted, type Problem } from './problem.ts'

/**
 * First come, first served: each asker in turn takes what saves it most of what is left. What people do by hand; the
 * assignment is told beside it, so that everybody sees what looking at all lines together is worth.
 */
export function firstComeFirstServed(problem: Problem): Allotted[] {
  return tiersOf(problem).reduce<Allotted[]>((given, tier) => [...given, ...ofTier(tierOf(problem, tier, given))], [])
}

function ofTier({ askers, stocks }: Problem): Allotted[] {
  const left = new Map(stocks.map(({ key, quantity }) => [key, quantity]))
  const allotted: Allotted[] = []
  // Two queues, cheapest first: what everybody may take at one price, and each organ's own.
  const forAll = stocks.toSorted((a, b) => a.costFen - b.costFen || byRank(a, b))
  const ownOf = Map.groupBy(
    stocks.toSorted((a, b) => a.ownCostFen - b.ownCostFen || byRank(a, b)),
    ({ owner }) => owner,
  )
  let spent = 0
  for (const asker of askers.toSorted(byTurn)) {
    let open = asker.wanted
    const own = ownOf.get(asker.owner) ?? []
    const [own0, all0] = [own[Symbol.iterator](), forAll.slice(spent)[Symbol.iterator]()]
    let [mine, any] = [own0.next(), all0.next()]
    while (open > 0 && (!mine.done || !any.done)) {
      const takesOwn = !mine.done && (any.done || mine.value.ownCostFen <= any.value.costFen)
      const stock = (takesOwn ? mine.value : any.value) as (typeof stocks)[number]
      if (takesOwn) mine = own0.next()
      else any = all0.next()
      if (savingFen(asker, stock) <= 0) continue
      const there = left.get(stock.key) ?? 0
      const quantity = stock.whole ? (there === stock.quantity && there <= open ? there : 0) : Math.min(there, open)
      if (quantity === 0) continue
      allotted.push({ asker: asker.key, stock: stock.key, quantity })
      left.set(stock.key, there - quantity)
      open -= quantity
    }
    while (spent < forAll.length && left.get(forAll[spent]?.key ?? '') === 0) spent += 1
  }
  return allotted
}
