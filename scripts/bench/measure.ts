import type { Ground } from '#apps/application.ts'
import type { Database } from '#kernel/server/database.ts'
import type { Province } from './province.ts'

export type Measure = {
  name: string
  value: number
  unit: string
  /** The bare work in the same run; null where there is none. */
  rawValue: number | null
  target: number | null
  lowerIsBetter: boolean
}
export type Bench = {
  db: Database
  ground: Ground
  province: Province
  /** Settings of a program of its own on the same database. */
  environment: Readonly<Record<string, string>>
  /** 1 for a full run, less for a quick one. */
  scale: number
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
