import { byRank, byTurn, savingFen, type Allotted, type Asker, type Problem, type Stock } from './problem.ts'

/**
 * The assignment as a linear program. What does not depend on the pair of organs goes through one pool, so that there is
 * a column for each stock and each line and not for each pair of them: the price is the line's, the cost the stock's.
 * Only an organ's own things have columns of their own, and what goes whole, which are yes-or-no.
 *
 * maximise Σ own·(price − ownCost) + Σ out·price − Σ in·cost + Σ whole·n·(price − cost)
 *   each stock:  own + in ≤ quantity          the pool:  in = out
 *   each line:   own + out + n·whole ≤ wanted     each whole lot: once at most
 */
export type Column = Readonly<
  | { kind: 'own' | 'whole'; stock: number; asker: number }
  | { kind: 'in'; stock: number }
  | { kind: 'out'; asker: number }
>

export type Program = Readonly<{
  columns: readonly Column[]
  /** What a unit of the column is worth, 分. */
  worth: Float64Array
  upper: Float64Array
  rowUpper: Float64Array
  /** Compressed sparse columns. */
  starts: Int32Array
  rows: Int32Array
  values: Float64Array
  /** Rows: stocks, then lines, then the pool. */
  pool: number
}>

/** Lines and stocks in a fixed order: the same problem, told in any order, has the same program and answer. */
export function inOrder({ askers, stocks }: Problem): Problem {
  return { askers: askers.toSorted(byTurn), stocks: stocks.toSorted(byRank) }
}

/** Lines that lots which go whole are tried on, by the number of the stock: only what comes into question becomes a column. */
export type Tried = ReadonlyMap<number, readonly number[]>

/**
 * @param problem in order ({@link inOrder})
 * @param tried lines for each lot that goes whole
 */
export function programOf({ askers, stocks }: Problem, tried: Tried): Program {
  const columns: Column[] = []
  const worth: number[] = []
  const upper: number[] = []
  const starts = [0]
  const rows: number[] = []
  const values: number[] = []
  const pool = stocks.length + askers.length
  const add = (
    column: Column,
    each: number,
    most: number,
    entries: readonly (readonly [row: number, value: number])[],
  ) => {
    columns.push(column)
    worth.push(each)
    upper.push(most)
    for (const [row, value] of entries) {
      rows.push(row)
      values.push(value)
    }
    starts.push(rows.length)
  }
  const line = (asker: number) => stocks.length + asker
  const askersOf = Map.groupBy([...askers.keys()], (index) => (askers[index] as Asker).owner)
  const dearest = askers.reduce((most, { priceFen }) => Math.max(most, priceFen), 0)
  stocks.forEach((stock, index) => {
    if (stock.whole) {
      for (const to of tried.get(index) ?? [])
        add({ kind: 'whole', stock: index, asker: to }, stock.quantity * savingFen(askers[to] as Asker, stock), 1, [
          [index, 1],
          [line(to), stock.quantity],
        ])
      return
    }
    for (const to of askersOf.get(stock.owner) ?? []) {
      const asker = askers[to] as Asker
      const saving = savingFen(asker, stock)
      if (saving > 0)
        add({ kind: 'own', stock: index, asker: to }, saving, Math.min(stock.quantity, asker.wanted), [
          [index, 1],
          [line(to), 1],
        ])
    }
    if (stock.costFen < dearest)
      add({ kind: 'in', stock: index }, -stock.costFen, stock.quantity, [
        [index, 1],
        [pool, 1],
      ])
  })
  askers.forEach((asker, index) =>
    add({ kind: 'out', asker: index }, asker.priceFen, asker.wanted, [
      [line(index), 1],
      [pool, -1],
    ]),
  )
  return {
    columns,
    worth: Float64Array.from(worth),
    upper: Float64Array.from(upper),
    rowUpper: Float64Array.from([
      ...stocks.map(({ quantity, whole }) => (whole ? 1 : quantity)),
      ...askers.map(({ wanted }) => wanted),
      0,
    ]),
    starts: Int32Array.from(starts),
    rows: Int32Array.from(rows),
    values: Float64Array.from(values),
    pool,
  }
}

/**
 * What a lot that goes whole would still be worth on a line beyond what its pieces and the line's room are worth
 * otherwise, 分; null where it does not fit. Nothing above zero means that no line left out could make the program better.
 * @param worthOf what the relaxed program gives a unit of a row
 */
export function promiseOf(
  { askers, stocks }: Problem,
  stock: number,
  asker: number,
  worthOf: (row: number) => number,
): number | null {
  const [lot, line] = [stocks[stock] as Stock, askers[asker] as Asker]
  const saving = savingFen(line, lot)
  if (saving <= 0 || line.wanted < lot.quantity) return null
  return lot.quantity * saving - worthOf(stock) - lot.quantity * worthOf(stocks.length + asker)
}

/**
 * Reads the allotments off a solution. Who takes what from the pool is not the solver's to say, as it comes to the same
 * money: of stocks equally dear the better go first, of lines equally priced those whose turn it is, and cheap things go
 * to low prices, so that no single move costs more than buying.
 */
export function allotmentsOf({ askers, stocks }: Problem, { columns }: Program, values: ArrayLike<number>): Allotted[] {
  const allotted: Allotted[] = []
  const free = stocks.map(({ quantity, whole }) => (whole ? 0 : quantity))
  const open = askers.map(({ wanted }) => wanted)
  const out = askers.map(() => 0)
  columns.forEach((column, index) => {
    const amount = Math.round(values[index] ?? 0)
    if (amount === 0) return
    if (column.kind === 'in') return
    if (column.kind === 'out') {
      out[column.asker] = amount
      return
    }
    const stock = stocks[column.stock] as Stock
    const quantity = column.kind === 'whole' ? stock.quantity : amount
    allotted.push({ asker: (askers[column.asker] as Asker).key, stock: stock.key, quantity })
    if (column.kind === 'own') free[column.stock] = (free[column.stock] ?? 0) - quantity
    open[column.asker] = (open[column.asker] ?? 0) - quantity
  })
  const takers = sharedByTurn(askers, open, out)
  const pieces = takers.reduce((sum, { quantity }) => sum + quantity, 0)
  allotted.push(...paired(takers, cheapest(stocks, free, pieces)))
  return allotted
}

type Share<T> = { of: T; quantity: number }

/** Pieces out of the pool by line; those of the same order and price are handed out by turn. */
function sharedByTurn(askers: readonly Asker[], open: readonly number[], out: readonly number[]): Share<Asker>[] {
  const indexes = [...askers.keys()].filter((index) => (open[index] ?? 0) > 0)
  return [...Map.groupBy(indexes, (index) => `${askers[index]?.order} ${askers[index]?.priceFen}`).values()].flatMap(
    (equals) => {
      let rest = equals.reduce((sum, index) => sum + (out[index] ?? 0), 0)
      return equals.flatMap((index) => {
        const quantity = Math.min(rest, open[index] ?? 0)
        rest -= quantity
        return quantity > 0 ? [{ of: askers[index] as Asker, quantity }] : []
      })
    },
  )
}

function cheapest(stocks: readonly Stock[], free: readonly number[], pieces: number): Share<Stock>[] {
  let rest = pieces
  return [...stocks.keys()]
    .filter((index) => (free[index] ?? 0) > 0)
    .toSorted((a, b) => (stocks[a] as Stock).costFen - (stocks[b] as Stock).costFen || a - b)
    .flatMap((index) => {
      const quantity = Math.min(rest, free[index] ?? 0)
      rest -= quantity
      return quantity > 0 ? [{ of: stocks[index] as Stock, quantity }] : []
    })
}

function paired(takers: readonly Share<Asker>[], givers: readonly Share<Stock>[]): Allotted[] {
  const allotted: Allotted[] = []
  const queue = givers.map((giver) => ({ ...giver }))
  for (const { of: asker, quantity } of takers.toSorted(
    (a, b) => a.of.priceFen - b.of.priceFen || byTurn(a.of, b.of),
  )) {
    let open = quantity
    while (open > 0) {
      const giver = queue[0]
      if (giver === undefined) throw new Error('more pieces leave the pool than went in')
      const pieces = Math.min(open, giver.quantity)
      // Only branching that was broken off could leave such a move; without it more is saved.
      if (savingFen(asker, giver.of) >= 0) allotted.push({ asker: asker.key, stock: giver.of.key, quantity: pieces })
      open -= pieces
      giver.quantity -= pieces
      if (giver.quantity === 0) queue.shift()
    }
  }
  return allotted
}
