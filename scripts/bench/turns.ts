import { timed } from './measure.ts'

/* How long answers take when several ask at once, and how long most of them took. */

/** Milliseconds of every answer, each of the users asking so often, one after the other; a few before that count for nothing. */
export async function turns(users: number, each: number, ask: (user: number) => Promise<unknown>): Promise<number[]> {
  await Promise.all(Array.from({ length: users }, (_, user) => ask(user)))
  return turnsOf(users, each, ask)
}

export async function turnsOf(
  users: number,
  each: number,
  ask: (user: number, at: number) => Promise<unknown>,
): Promise<number[]> {
  const took: number[] = []
  await Promise.all(
    Array.from({ length: users }, async (_, user) => {
      for (let at = 0; at < each; at++) took.push(await timed(() => ask(user, at)))
    }),
  )
  return took
}

export const at = (took: readonly number[], share: number): number =>
  took.toSorted((a, b) => a - b)[Math.floor(took.length * share)] ?? 0

export const p99 = (took: readonly number[]): number => at(took, 0.99)
