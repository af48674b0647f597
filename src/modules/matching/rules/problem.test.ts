import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { solve } from '../solver/solve.ts'
import { firstComeFirstServed } from './greedy.ts'
import { faultsOf, savedFen, savingFen, type Allotted, type Asker, type Problem, type Stock } from './problem.ts'

const asker = (key: string, more: Partial<Asker> = {}): Asker => ({
  key,
  owner: `organ of ${key}`,
  order: 1,
  since: '2026-06-10',
  wanted: 1,
  priceFen: 500_000,
  ...more,
})
const stock = (key: string, more: Partial<Stock> = {}): Stock => ({
  key,
  owner: 'warehouse',
  quantity: 1,
  tier: 1,
  whole: false,
  ownCostFen: 0,
  costFen: 10_000,
  rank: 0,
  ...more,
})

const owners = fc.constantFrom('o1', 'o2', 'o3')
const days = fc.constantFrom('2026-06-01', '2026-06-02', '2026-06-03')
const askersOf = (most: number, orders: readonly number[], wanted: number) =>
  fc
    .array(
      fc.record({
        owner: owners,
        order: fc.constantFrom(...orders),
        since: days,
        wanted: fc.integer({ min: 1, max: wanted }),
        priceFen: fc.integer({ min: 1, max: 9 }).map((price) => price * 10_000),
      }),
      { maxLength: most },
    )
    .map((all) => all.map((one, index): Asker => ({ key: `line${index}`, ...one })))
const stocksOf = (most: number, quantity: number, lots: boolean) =>
  fc
    .array(
      fc.record({
        owner: owners,
        quantity: fc.integer({ min: 1, max: quantity }),
        whole: lots ? fc.boolean() : fc.constant(false),
        ownCostFen: fc.integer({ min: 0, max: 6 }).map((cost) => cost * 10_000),
        move: fc.integer({ min: 0, max: 4 }).map((cost) => cost * 10_000),
        rank: fc.integer({ min: 0, max: 3 }),
      }),
      { maxLength: most },
    )
    .map((all) =>
      all.map(({ move, ...one }, index): Stock => ({
        key: `stock${index}`,
        tier: 1,
        ...one,
        costFen: one.ownCostFen + move,
      })),
    )
const problems = (orders: readonly number[], lots: boolean, most = 12): fc.Arbitrary<Problem> =>
  fc.record({ askers: askersOf(most, orders, 4), stocks: stocksOf(most, 4, lots) })
const small = (orders: readonly number[]): fc.Arbitrary<Problem> =>
  fc.record({ askers: askersOf(3, orders, 2), stocks: stocksOf(3, 2, true) })

/** Every way to give things away that breaks no rule. */
function everyWay({ askers, stocks }: Problem): Allotted[][] {
  let ways: Allotted[][] = [[]]
  for (const one of stocks) {
    const pieces = one.whole ? [one.quantity] : Array.from({ length: one.quantity }, () => 1)
    for (const quantity of pieces)
      ways = ways.flatMap((way) => [
        way,
        ...askers
          .filter((to) => savingFen(to, one) >= 0)
          .map((to) => [...way, { asker: to.key, stock: one.key, quantity }])
          .filter((more) => fits(askers, more)),
      ])
  }
  return ways
}
const fits = (askers: readonly Asker[], way: readonly Allotted[]) =>
  askers.every(({ key, wanted }) => piecesOf(way, new Set([key])) <= wanted)
const piecesOf = (way: readonly Allotted[], keys: ReadonlySet<string>) =>
  way.reduce((sum, one) => sum + (keys.has(one.asker) ? one.quantity : 0), 0)

describe('A23-2 the assignment that saves most money', () => {
  it('gives the thing to whoever would pay most, not to who came first', async () => {
    const problem = {
      askers: [asker('early', { priceFen: 300_000 }), asker('dear', { priceFen: 600_000, since: '2026-06-20' })],
      stocks: [stock('only')],
    }
    const { allotted, savedFen: saved, boundFen } = await solve(problem)
    expect(allotted).toEqual([{ asker: 'dear', stock: 'only', quantity: 1 }])
    expect([saved, boundFen]).toEqual([590_000, 590_000])
    expect(savedFen(problem, firstComeFirstServed(problem))).toBe(290_000)
  })

  it('warehouse.allotment-order: a shortage goes before a replacement, whatever that would save', async () => {
    const problem = {
      askers: [asker('replacement', { order: 2, priceFen: 900_000 }), asker('shortage', { priceFen: 300_000 })],
      stocks: [stock('only')],
    }
    expect((await solve(problem)).allotted).toEqual([{ asker: 'shortage', stock: 'only', quantity: 1 }])
  })

  it('an organ’s own thing comes without a move', async () => {
    const own = {
      askers: [asker('line', { owner: 'o1', since: '2026-06-20' }), asker('other')],
      stocks: [stock('s', { owner: 'o1' })],
    }
    expect((await solve(own)).allotted).toEqual([{ asker: 'line', stock: 's', quantity: 1 }])
  })

  it('what costs more than a new one is not given, and nothing is asked of an empty store', async () => {
    expect(
      await solve({ askers: [asker('line')], stocks: [stock('s', { costFen: 600_000, ownCostFen: 600_000 })] }),
    ).toEqual({
      allotted: [],
      savedFen: 0,
      boundFen: 0,
    })
    expect((await solve({ askers: [asker('line')], stocks: [] })).allotted).toEqual([])
    expect((await solve({ askers: [], stocks: [stock('s')] })).allotted).toEqual([])
  })

  it('several pieces on one card go together or not at all', async () => {
    const lot = stock('lot', { quantity: 5, whole: true })
    expect((await solve({ askers: [asker('line', { wanted: 4 })], stocks: [lot] })).allotted).toEqual([])
    expect((await solve({ askers: [asker('line', { wanted: 5 })], stocks: [lot] })).allotted).toEqual([
      { asker: 'line', stock: 'lot', quantity: 5 },
    ])
  })

  it('Art. 6: another level’s thing is given only for what the own level leaves open, however cheap it is', async () => {
    const [own, far] = [stock('own', { costFen: 200_000 }), stock('far', { tier: 2, costFen: 0 })]
    expect((await solve({ askers: [asker('line')], stocks: [far, own] })).allotted).toEqual([
      { asker: 'line', stock: 'own', quantity: 1 },
    ])
    expect((await solve({ askers: [asker('line', { wanted: 2 })], stocks: [far, own] })).allotted).toEqual([
      { asker: 'line', stock: 'own', quantity: 1 },
      { asker: 'line', stock: 'far', quantity: 1 },
    ])
  })

  it('of equals the earlier application and the better thing go first', async () => {
    const askers = [asker('late', { since: '2026-06-20' }), asker('early')]
    const stocks = [stock('worse', { rank: 9 }), stock('better', { rank: 1 })]
    expect((await solve({ askers, stocks: stocks.slice(1) })).allotted).toEqual([
      { asker: 'early', stock: 'better', quantity: 1 },
    ])
    expect((await solve({ askers: [asker('line')], stocks })).allotted).toEqual([
      { asker: 'line', stock: 'better', quantity: 1 },
    ])
  })
})

describe('what always holds of an assignment', () => {
  it('GWC-R12, GWC-R11 nothing is given twice, no stock is exceeded, no line gets more than it may; the bound is kept', () =>
    fc.assert(
      fc.asyncProperty(problems([1, 2], true), async (problem) => {
        const { allotted, savedFen: saved, boundFen } = await solve(problem)
        expect(faultsOf(problem, allotted)).toEqual([])
        expect(saved).toBe(savedFen(problem, allotted))
        expect(boundFen).toBeGreaterThanOrEqual(saved)
        expect(faultsOf(problem, firstComeFirstServed(problem))).toEqual([])
      }),
      { numRuns: 50 },
    ))

  it('never saves less than first come, first served', () =>
    fc.assert(
      fc.asyncProperty(problems([1], true), async (problem) => {
        const { savedFen: saved } = await solve(problem)
        expect(saved).toBeGreaterThanOrEqual(savedFen(problem, firstComeFirstServed(problem)))
      }),
      { numRuns: 50 },
    ))

  it('is the best of every way there is, on problems small enough to try them all', () =>
    fc.assert(
      fc.asyncProperty(small([1]), async (problem) => {
        const { savedFen: saved } = await solve(problem)
        expect(saved).toBe(Math.max(...everyWay(problem).map((way) => savedFen(problem, way))))
      }),
      { numRuns: 50 },
    ))

  it('whose order comes first gets the best there is, who comes after the best of what is left', () =>
    fc.assert(
      fc.asyncProperty(small([1, 2]), async (problem) => {
        const { allotted, boundFen, savedFen: saved } = await solve(problem)
        const ofOrder = (order: number) => {
          const asking = problem.askers.filter((one) => one.order === order)
          const keys = new Set(asking.map(({ key }) => key))
          return { asking, given: allotted.filter((one) => keys.has(one.asker)) }
        }
        const [first, second] = [ofOrder(1), ofOrder(2)]
        const left = problem.stocks.flatMap((one) => {
          const quantity =
            one.quantity - first.given.reduce((sum, to) => sum + (to.stock === one.key ? to.quantity : 0), 0)
          return quantity > 0 ? [{ ...one, quantity }] : []
        })
        for (const [{ asking, given }, stocks] of [
          [first, problem.stocks],
          [second, left],
        ] as const) {
          const turn = { askers: asking, stocks }
          expect(savedFen(problem, given)).toBe(Math.max(...everyWay(turn).map((way) => savedFen(turn, way))))
        }
        expect(boundFen).toBeGreaterThanOrEqual(saved)
      }),
      { numRuns: 50 },
    ))

  it('A6-1 other levels’ things change nothing in what the own level gives, and only add to it', () =>
    fc.assert(
      fc.asyncProperty(problems([1, 2], true, 8), stocksOf(6, 3, true), async ({ askers, stocks }, far) => {
        const others = far.map((one): Stock => ({ ...one, key: `far ${one.key}`, owner: '', tier: 2 }))
        const both = { askers, stocks: [...stocks, ...others] }
        const [alone, together] = [await solve({ askers, stocks }), await solve(both)]
        expect(together.allotted.filter(({ stock: key }) => !key.startsWith('far '))).toEqual(alone.allotted)
        expect(faultsOf(both, together.allotted)).toEqual([])
        expect(together.savedFen).toBeGreaterThanOrEqual(alone.savedFen)
        expect(together.boundFen).toBeGreaterThanOrEqual(together.savedFen)
      }),
      { numRuns: 20 },
    ))

  it('is the same whatever the order in which lines and things are told', () =>
    fc.assert(
      fc.asyncProperty(problems([1, 2], true, 8), async ({ askers, stocks }) => {
        const one = await solve({ askers, stocks })
        const other = await solve({ askers: askers.toReversed(), stocks: stocks.toReversed() })
        expect(other).toEqual(one)
      }),
      { numRuns: 30 },
    ))
})
