import { sql } from 'kysely'
import { transaction, type Database } from '#kernel/server/database.ts'
import type { Problem } from '#modules/matching/rules/problem.ts'
import { assign } from '#modules/matching/solver/assign.ts'
import type { Bench, Measure } from './measure.ts'

/** Kinds of things that offices ask for. */
const kinds = 40

/** The same every time: numbers between 0 and 1. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

/** A province's demands and what is idle in it: one card in thirty holds several pieces, six in ten things need no repair. */
export function provinceOfThings(lines: number, items: number): Problem[] {
  const next = numbers(1)
  const organ = () => `o${Math.floor(next() * 700)}`
  return Array.from({ length: kinds }, () => ({
    askers: Array.from({ length: Math.round(lines / kinds) }, (_, index) => ({
      key: `l${index}`,
      owner: organ(),
      order: next() < 0.5 ? 1 : 2,
      since: `2026-06-${10 + Math.floor(next() * 20)}`,
      wanted: 1 + Math.floor(next() * 5),
      priceFen: 300_000 + Math.floor(next() * 200) * 1000,
    })),
    stocks: Array.from({ length: Math.round(items / kinds) }, (_, index) => {
      const whole = next() < 0.03
      const ownCostFen = next() < 0.6 ? 0 : Math.floor(next() * 1200) * 100
      const costFen = ownCostFen + 5000 + Math.floor(next() * 3) * 5000
      const quantity = whole ? 2 + Math.floor(next() * 4) : 1
      return { key: `s${index}`, owner: organ(), quantity, tier: 1, whole, ownCostFen, costFen, rank: index }
    }),
  }))
}

/**
 * The assignment of a province's demands to what is idle (A23-2), beside the bare greedy in SQL: each line in turn takes
 * the cheapest pieces left, by window functions, without any rule but kind, order and quantity.
 */
export async function* matchingMeasures({ bare, scale }: Bench): AsyncGenerator<Measure> {
  const [lines, items] = [Math.round(20_000 * scale), Math.round(30_000 * scale)]
  const problems = provinceOfThings(lines, items)
  const startedAt = performance.now()
  const assignments = await assign(problems)
  const seconds = (performance.now() - startedAt) / 1000
  const bareWork = await greedyInSql(bare, problems)
  const total = (figure: 'savedFen' | 'boundFen' | 'byTurnFen') =>
    assignments.reduce((sum, assignment) => sum + assignment[figure], 0)
  yield {
    name: `assignment of ${lines} lines to ${items} idle items`,
    value: seconds,
    unit: 's',
    rawValue: bareWork.seconds,
    target: 60 * scale,
    lowerIsBetter: true,
  }
  yield {
    name: 'assignment: gap to the optimum',
    value: (100 * (total('boundFen') - total('savedFen'))) / total('boundFen'),
    unit: '%',
    rawValue: null,
    target: 0.1,
    lowerIsBetter: true,
  }
  yield {
    name: 'assignment: money saved, beside the bare greedy',
    value: total('savedFen') / 1_000_000,
    unit: '万元',
    rawValue: bareWork.savedFen / 1_000_000,
    target: null,
    lowerIsBetter: false,
  }
}

/** Pieces and wishes each in a row, paired by their numbers: what a statement can do without looking ahead. */
async function greedyInSql(db: Database, problems: readonly Problem[]): Promise<{ seconds: number; savedFen: number }> {
  return transaction(
    db,
    async (tx) => {
      await sql`create temp table asking (kind integer, price_fen bigint, turn integer, since date, key text, wanted integer) on commit drop`.execute(
        tx,
      )
      await sql`create temp table there (kind integer, cost_fen bigint, key text, pieces integer) on commit drop`.execute(
        tx,
      )
      for (const [kind, { askers, stocks }] of problems.entries()) {
        await sql`insert into asking select ${kind}, "priceFen", "order", "since", "key", "wanted"
          from jsonb_to_recordset(${JSON.stringify(askers)}::jsonb) as a("priceFen" bigint, "order" integer, "since" date, "key" text, "wanted" integer)`.execute(
          tx,
        )
        await sql`insert into there select ${kind}, "costFen", "key", "quantity"
          from jsonb_to_recordset(${JSON.stringify(stocks)}::jsonb) as s("costFen" bigint, "key" text, "quantity" integer)`.execute(
          tx,
        )
      }
      const startedAt = performance.now()
      const { rows } = await sql<{ savedFen: number }>`
        with wish as (select kind, price_fen, row_number() over (partition by kind order by turn, since, key, n) as place
            from asking, generate_series(1, wanted) n),
          piece as (select kind, cost_fen, row_number() over (partition by kind order by cost_fen, key, n) as place
            from there, generate_series(1, pieces) n)
        select coalesce(sum(price_fen - cost_fen), 0)::bigint as saved_fen
        from wish join piece using (kind, place) where price_fen > cost_fen`.execute(tx)
      return { seconds: (performance.now() - startedAt) / 1000, savedFen: rows[0]?.savedFen ?? 0 }
    },
    { statementTimeoutMs: 0 },
  )
}
