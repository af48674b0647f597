import type { Operation } from '#kernel/pure/contract.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import type { Caller } from '../visit.ts'

/** What the acts are given: the demonstration on 23 November 2026, asked as its people, and what came before. */
export type World = {
  as: (username: string) => Promise<Caller>
  /** Who fills in forms for an organ. */
  clerkOf: (organId: string) => Promise<string>
  /** A folder for files to be handed in. */
  folder: string
  /** What acts leave for those after them. */
  kept: Map<string, unknown>
}

// oxlint-disable-next-line typescript/no-explicit-any -- inputs and answers of many operations
export type Any = any

/** One act that changes something, as one person does it; those of a list follow each other. */
export type MainAct = {
  operation: Operation
  username: string | ((world: World) => Promise<string>)
  input: (world: World) => Promise<Record<string, unknown>>
  ifMatch?: (world: World) => Promise<number>
  /** Keeps what later acts need of the answer. */
  learn?: (world: World, answer: Any) => void
}

export const reviewer = 'shi.jihua'
export const service = 'shi.cheliang'
export const clerk = 'shi.education.jingban'
export const today = '2026-11-23'

export const kept = <T = string>({ kept: values }: World, name: string): T => {
  if (!values.has(name)) throw new Error(`${name} is not there yet`)
  return values.get(name) as T
}
export const keep = (name: string, of: (answer: Any) => unknown) => (world: World, answer: Any) =>
  void world.kept.set(name, of(answer))
export const first = <T>(items: readonly T[], what: string): T => {
  const [one] = items
  if (one === undefined) throw new Error(`the demonstration has no ${what}`)
  return one
}
export const opinion = '情况属实，按规定办理。'

/** A demand of the city for the coming year. */
export async function demandIn(world: World, state: 'draft' | 'submitted' | 'returned') {
  const { items } = (await (await world.as(reviewer))(plans.demands, { year: 2027, state, limit: 50 })).body
  return first(items, `demand in ${state}`)
}
