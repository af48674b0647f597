import type { Ground } from '#apps/application.ts'
import type { ActingOrgan } from '#kernel/pure/actor.ts'
import type { Act } from '#kernel/server/context.ts'
import { transaction, type Database } from '#kernel/server/database.ts'
import { scopeOf } from '#kernel/server/scope.ts'
import { testAct, testActor } from '#kernel/testing/act.ts'
import type { Province } from './province.ts'

export type Measure = {
  name: string
  value: number
  unit: string
  /** The bare work in the same run; null where there is none. */
  rawValue: number | null
  target: number | null
  /** What the value should be of the bare one, where that is the target. */
  targetRatio?: number
  lowerIsBetter: boolean
}
export type Bench = {
  /** As the app, without a scope of its own: for what prepares a measure. */
  db: Database
  /** Past row-level security: the bare side of a measure. */
  bare: Database
  bareUrl: string
  ground: Ground
  province: Province
  /** Settings of a program of its own on the same database. */
  environment: Readonly<Record<string, string>>
  /** 1 for a full run, less for a quick one. */
  scale: number
}

/** An act of the province's reviewer behind row-level security, as a request or a job of theirs runs. */
export function asReviewer({ db, province }: Bench): <T>(work: (act: Act) => Promise<T>) => Promise<T> {
  const organ: ActingOrgan = {
    id: province.authorityId,
    name: '省机关事务管理局',
    jurisdictionCode: '140000',
    jurisdictionName: '山西省',
    level: 'province',
    parts: ['authority'],
  }
  const actor = testActor(organ, ['plan-reviewer'])
  return (work) =>
    transaction(db, (tx) => work(testAct({ tx, actor })), { scope: scopeOf(actor), statementTimeoutMs: 0 })
}

/** Milliseconds of `work`. */
export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

/** Medians of two works that take turns, so that both see the same machine. */
export async function alternating(
  rounds: number,
  ours: () => Promise<unknown>,
  raw: () => Promise<unknown>,
): Promise<{ ours: number; raw: number }> {
  const [a, b]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    a.push(await timed(ours))
    b.push(await timed(raw))
  }
  return { ours: median(a), raw: median(b) }
}
