import loadHighs, { type Highs } from 'highs'
import { savedFen, tierOf, tiersOf, type Allotted, type Problem } from '../rules/problem.ts'
import { allotmentsOf, inOrder, programOf, promiseOf, type Program, type Tried } from '../rules/program.ts'

/** An assignment, what it saves, and what no assignment could pass; 分. */
export type Solution = { allotted: Allotted[]; savedFen: number; boundFen: number }

/** The package has types of CommonJS for its ES module. */
const load = loadHighs as unknown as typeof loadHighs.default
let loaded: Promise<Highs> | undefined

/**
 * The assignment that saves most money (A23-2): the own level's things first, then other levels' for what is still open; in
 * each those whose order comes first are served at best, then the next with what is left. Deterministic: no clock is asked,
 * branching ends by a number of nodes.
 */
export async function solve(problem: Problem): Promise<Solution> {
  loaded ??= load()
  const highs = await loaded
  const whole: Solution = { allotted: [], savedFen: 0, boundFen: 0 }
  for (const tier of tiersOf(problem)) {
    const { allotted, savedFen: saved, boundFen } = solveTier(highs, tierOf(problem, tier, whole.allotted))
    whole.allotted.push(...allotted)
    whole.savedFen += saved
    whole.boundFen += boundFen
  }
  return whole
}

function solveTier(highs: Highs, problem: Problem): Solution {
  const { askers, stocks } = inOrder(problem)
  const solution: Solution = { allotted: [], savedFen: 0, boundFen: 0 }
  const left = new Map(stocks.map(({ key, quantity }) => [key, quantity]))
  for (const asking of Map.groupBy(askers, ({ order }) => order).values()) {
    const there = stocks.flatMap((stock) => {
      const quantity = left.get(stock.key) ?? 0
      return quantity > 0 ? [{ ...stock, quantity }] : []
    })
    if (there.length === 0) break
    const turn = { askers: asking, stocks: there }
    const { program, values, bound } = optimum(highs, turn)
    const allotted = allotmentsOf(turn, program, values)
    for (const { stock, quantity } of allotted) left.set(stock, (left.get(stock) ?? 0) - quantity)
    const saved = savedFen(turn, allotted)
    solution.allotted.push(...allotted)
    solution.savedFen += saved
    solution.boundFen += Math.max(saved, Math.round(bound))
  }
  return solution
}

type Best = { program: Program; values: Float64Array; bound: number }

/** Lines that are added at once for a lot that goes whole. */
const addedPerLot = 12

/**
 * The program without yes-or-no first: quick, a bound for every assignment, and mostly the answer itself, as a network has
 * whole corners. Lines for lots that go whole are added until none is left that could make it better; where a lot is
 * still cut apart, branching goes on over these lines.
 */
function optimum(highs: Highs, turn: Problem): Best {
  let tried: Tried = new Map()
  for (;;) {
    const program = programOf(turn, tried)
    const relaxed = run(highs, program, false)
    const added = promising(turn, tried, relaxed.rowWorth, 0.01)
    if (added === null) {
      const cut = program.columns.some(
        ({ kind }, index) => kind === 'whole' && Math.abs(part(relaxed.values[index] ?? 0)) > 1e-6,
      )
      if (!cut) return { program, values: relaxed.values, bound: relaxed.objective }
      // What the relaxed program has no use for may still be the best once lots cannot be cut.
      const wider = programOf(turn, promising(turn, tried, relaxed.rowWorth, -Infinity) ?? tried)
      return { program: wider, values: run(highs, wider, true).values, bound: relaxed.objective }
    }
    tried = added
  }
}

const part = (value: number) => value - Math.round(value)

/** The lines tried with those added that promise more than so much to the program; null when there is none. */
function promising(turn: Problem, tried: Tried, rowWorth: Float64Array, least: number): Tried | null {
  const next = new Map(tried)
  let added = 0
  turn.stocks.forEach(({ whole }, stock) => {
    if (!whole) return
    const known = new Set(tried.get(stock))
    const better = turn.askers.flatMap((_, asker) => {
      if (known.has(asker)) return []
      const promise = promiseOf(turn, stock, asker, (row) => rowWorth[row] ?? 0)
      return promise !== null && promise > least ? [{ asker, promise }] : []
    })
    if (better.length === 0) return
    const best = better.toSorted((a, b) => b.promise - a.promise || a.asker - b.asker).slice(0, addedPerLot)
    added += best.length
    next.set(stock, [...known, ...best.map(({ asker }) => asker)])
  })
  return added === 0 ? null : next
}

function run(
  highs: Highs,
  { columns, worth, upper, rowUpper, starts, rows, values, pool }: Program,
  branch: boolean,
): { values: Float64Array; rowWorth: Float64Array; objective: number } {
  const [numCols, numRows] = [columns.length, rowUpper.length]
  const rowLower = new Float64Array(numRows).fill(-highs.infinity)
  rowLower[pool] = 0
  const { integer, implicitInteger } = highs.constants.variableType
  return highs.withModel(
    {
      numCols,
      numRows,
      sense: highs.constants.objectiveSense.maximize,
      colCost: worth,
      colLower: new Float64Array(numCols),
      colUpper: upper,
      rowLower,
      rowUpper,
      matrix: { format: 'csc', numRows, numCols, starts, indices: rows, values },
      ...(branch
        ? { integrality: Int32Array.from(columns, ({ kind }) => (kind === 'whole' ? integer : implicitInteger)) }
        : {}),
    },
    (model) => {
      model.options.set({
        output_flag: false,
        random_seed: 0,
        mip_rel_gap: 0,
        mip_abs_gap: 0.5,
        mip_max_nodes: 1000,
      })
      const { modelStatus } = model.run()
      const { optimal, solutionLimit } = highs.constants.modelStatus
      if (modelStatus !== optimal && modelStatus !== solutionLimit)
        throw new Error(`the assignment of ${numCols} columns ended with status ${modelStatus}`)
      const { colValue, rowDual } = model.getSolution()
      return { values: colValue, rowWorth: rowDual, objective: model.getObjectiveValue() }
    },
  )
}
