import loadHighs, { type Highs } from 'highs'
import { savedFen, type Allotted, type Problem } from '../rules/problem.ts'
import { allotmentsOf, inOrder, programOf, promiseOf, type Column, type Program, type Tried } from '../rules/program.ts'

/** An assignment, what it saves, and what no assignment could pass; 分. */
export type Solution = { allotted: Allotted[]; savedFen: number; boundFen: number }

/** The package has types of CommonJS for its ES module. */
const load = loadHighs as unknown as typeof loadHighs.default
let loaded: Promise<Highs> | undefined

/**
 * The assignment that saves most money (A23-2): first what those who go first can get at best, then the best for all that
 * leaves them as many pieces. Deterministic: no clock is asked, branching ends by a number of nodes.
 */
export async function solve(problem: Problem): Promise<Solution> {
  loaded ??= load()
  const highs = await loaded
  const ordered = inOrder(problem)
  if (ordered.askers.length === 0 || ordered.stocks.length === 0) return { allotted: [], savedFen: 0, boundFen: 0 }
  const orders = [...new Set(ordered.askers.map(({ order }) => order))]
  const floors: Floor[] = []
  let tried: Tried = new Map()
  for (let first = 1; first < orders.length; first++) {
    const served = new Set(orders.slice(0, first))
    const best = optimum(highs, { problem: ordered, floors, only: served }, tried)
    tried = best.tried
    floors.push({ orders: served, pieces: piecesFor(ordered, best, served) })
  }
  const best = optimum(highs, { problem: ordered, floors, only: null }, tried)
  const allotted = allotmentsOf(ordered, best.program, best.values)
  const saved = savedFen(ordered, allotted)
  return { allotted, savedFen: saved, boundFen: Math.max(saved, Math.round(best.bound)) }
}

/** Orders that get as many pieces together as they would without the others. */
type Floor = { orders: ReadonlySet<number>; pieces: number }

type Task = {
  problem: Problem
  floors: readonly Floor[]
  /** Orders that get anything at all; null for everybody. */
  only: ReadonlySet<number> | null
}

type Best = { program: Program; tried: Tried; values: Float64Array; bound: number }

/** Lines that are added at once for a lot that goes whole. */
const addedPerLot = 12

/**
 * The program without yes-or-no first: quick, a bound for every assignment, and mostly the answer itself, as a network has
 * whole corners. Lines for lots that go whole are added until none is left that could make it better; where a lot is
 * still cut apart, branching goes on over these lines.
 */
function optimum(highs: Highs, task: Task, from: Tried): Best {
  let tried = from
  for (;;) {
    const program = programOf(task.problem, tried)
    const relaxed = run(highs, task, program, false)
    const added = promising(task, tried, relaxed.rowWorth)
    if (added === null) {
      const cut = program.columns.some(
        ({ kind }, index) => kind === 'whole' && Math.abs(part(relaxed.values[index] ?? 0)) > 1e-6,
      )
      const { values } = cut ? run(highs, task, program, true) : relaxed
      return { program, tried, values, bound: relaxed.objective }
    }
    tried = added
  }
}

const part = (value: number) => value - Math.round(value)

/** The lines tried with those added that the program would gain by; null when there is none. */
function promising({ problem, floors, only }: Task, tried: Tried, rowWorth: Float64Array): Tried | null {
  const { askers, stocks } = problem
  const floorsFrom = stocks.length + askers.length + 1
  const next = new Map(tried)
  let added = 0
  stocks.forEach((lot, stock) => {
    if (!lot.whole) return
    const known = new Set(tried.get(stock))
    const better = askers.flatMap(({ order }, asker) => {
      if (known.has(asker) || (only !== null && !only.has(order))) return []
      const promise = promiseOf(problem, stock, asker, (row) => rowWorth[row] ?? 0)
      const toFloors = floors.reduce(
        (sum, floor, index) => (floor.orders.has(order) ? sum + lot.quantity * (rowWorth[floorsFrom + index] ?? 0) : sum),
        0,
      )
      return promise !== null && promise - toFloors > 0.01 ? [{ asker, promise: promise - toFloors }] : []
    })
    if (better.length === 0) return
    const best = better.toSorted((a, b) => b.promise - a.promise || a.asker - b.asker).slice(0, addedPerLot)
    added += best.length
    next.set(stock, [...known, ...best.map(({ asker }) => asker)])
  })
  return added === 0 ? null : next
}

function orderOf({ askers }: Problem, column: Column): number | null {
  return column.kind === 'in' ? null : (askers[column.asker]?.order ?? null)
}

function piecesOf({ stocks }: Problem, column: Column): number {
  return column.kind === 'whole' ? (stocks[column.stock]?.quantity ?? 0) : 1
}

function piecesFor(problem: Problem, { program, values }: Best, served: ReadonlySet<number>): number {
  return program.columns.reduce(
    (sum, column, index) =>
      served.has(orderOf(problem, column) ?? 0) ? sum + piecesOf(problem, column) * Math.round(values[index] ?? 0) : sum,
    0,
  )
}

function run(
  highs: Highs,
  { problem, floors, only }: Task,
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
      colUpper: upper.map((limit, index) => {
        const order = orderOf(problem, columns[index] as Column)
        return only === null || order === null || only.has(order) ? limit : 0
      }),
      rowLower,
      rowUpper,
      matrix: { format: 'csc', numRows, numCols, starts, indices: rows, values },
      ...(branch
        ? { integrality: Int32Array.from(columns, ({ kind }) => (kind === 'whole' ? integer : implicitInteger)) }
        : {}),
    },
    (model) => {
      for (const { orders, pieces } of floors) {
        const indices = [...columns.keys()].filter((index) =>
          orders.has(orderOf(problem, columns[index] as Column) ?? 0),
        )
        model.addRow(pieces, highs.infinity, {
          indices,
          values: indices.map((index) => piecesOf(problem, columns[index] as Column)),
        })
      }
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
