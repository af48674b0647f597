/**
 * The assignment of one kind of thing, stripped of everything but numbers: whoever asks for pieces of it, and whoever
 * has some. Money is 分 for one piece.
 */
export type Asker = Readonly<{
  /** The demand line. */
  key: string
  /** Organ that asks: its own idle things come without a move between organs. */
  owner: string
  /** Who goes first where there is not enough for all: 1 before 2 (warehouse.allotment-order). */
  order: number
  /** Day of application: of equals the earlier goes first. */
  since: string
  /** Pieces it may have under its standard. */
  wanted: number
  /** What buying one would cost under the standard. */
  priceFen: number
}>

export type Stock = Readonly<{
  key: string
  /** Organ that has it. */
  owner: string
  quantity: number
  /** Who is asked first: 1 the own level; 2 other levels, for what the own leaves open (A23-2; Art. 6). */
  tier: number
  /** Several pieces on one card go to one line or to none; else any number of them may go. */
  whole: boolean
  /** What a piece costs its own organ to put in use, and any other organ (with the move). */
  ownCostFen: number
  costFen: number
  /** Of equals the lower goes first: better grade, more life left. */
  rank: number
}>

export type Problem = Readonly<{ askers: readonly Asker[]; stocks: readonly Stock[] }>

export type Allotted = Readonly<{ asker: string; stock: string; quantity: number }>

/** What one piece of a stock saves an asker: the price not paid less what putting it in use costs. */
export function savingFen(asker: Asker, stock: Stock): number {
  return asker.priceFen - (asker.owner === stock.owner ? stock.ownCostFen : stock.costFen)
}

/** Money that allotments save together, 分. */
export function savedFen({ askers, stocks }: Problem, allotted: readonly Allotted[]): number {
  const askerOf = new Map(askers.map((asker) => [asker.key, asker]))
  const stockOf = new Map(stocks.map((stock) => [stock.key, stock]))
  return allotted.reduce((sum, { asker, stock, quantity }) => {
    const [to, from] = [askerOf.get(asker), stockOf.get(stock)]
    if (to === undefined || from === undefined)
      throw new Error(`allotment of ${stock} to ${asker} is of another problem`)
    return sum + quantity * savingFen(to, from)
  }, 0)
}

/**
 * What breaks the rules among allotments: a piece given twice, a line given more than it may have, a part of what goes
 * whole, a move that costs more than buying. Empty when all is well.
 */
export function faultsOf({ askers, stocks }: Problem, allotted: readonly Allotted[]): string[] {
  const askerOf = new Map(askers.map((asker) => [asker.key, asker]))
  const stockOf = new Map(stocks.map((stock) => [stock.key, stock]))
  const given = new Map<string, number>()
  const taken = new Map<string, number>()
  const faults: string[] = []
  for (const { asker, stock, quantity } of allotted) {
    const [to, from] = [askerOf.get(asker), stockOf.get(stock)]
    if (to === undefined || from === undefined) {
      faults.push(`${stock} to ${asker}: unknown`)
      continue
    }
    if (!Number.isInteger(quantity) || quantity < 1) faults.push(`${stock} to ${asker}: ${quantity} pieces`)
    if (from.whole && quantity !== from.quantity)
      faults.push(`${stock} to ${asker}: ${quantity} of ${from.quantity} that go whole`)
    if (savingFen(to, from) < 0) faults.push(`${stock} to ${asker}: costs more than buying`)
    given.set(stock, (given.get(stock) ?? 0) + quantity)
    taken.set(asker, (taken.get(asker) ?? 0) + quantity)
  }
  for (const [key, quantity] of given)
    if (quantity > (stockOf.get(key)?.quantity ?? 0)) faults.push(`${key}: given ${quantity}`)
  for (const [key, quantity] of taken)
    if (quantity > (askerOf.get(key)?.wanted ?? 0)) faults.push(`${key}: got ${quantity}`)
  return faults
}

/** Tiers that the stocks of a problem are of, the first first. */
export function tiersOf({ stocks }: Problem): number[] {
  return [...new Set(stocks.map(({ tier }) => tier))].toSorted((a, b) => a - b)
}

/** The problem of one tier: its stocks, and what the lines still want after the tiers before it. */
export function tierOf({ askers, stocks }: Problem, tier: number, given: readonly Allotted[]): Problem {
  const got = new Map<string, number>()
  for (const { asker, quantity } of given) got.set(asker, (got.get(asker) ?? 0) + quantity)
  return {
    askers: askers.flatMap((asker) => {
      const wanted = asker.wanted - (got.get(asker.key) ?? 0)
      return wanted > 0 ? [{ ...asker, wanted }] : []
    }),
    stocks: stocks.filter((stock) => stock.tier === tier),
  }
}

/** Who goes first of two askers, whatever they would save. */
export function byTurn(a: Asker, b: Asker): number {
  return a.order - b.order || compare(a.since, b.since) || compare(a.key, b.key)
}

/** Which of two equally dear stocks goes first. */
export function byRank(a: Stock, b: Stock): number {
  return a.rank - b.rank || compare(a.key, b.key)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
