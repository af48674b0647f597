import { inWorker } from '#kernel/server/in-worker.ts'
import type { Problem } from '../rules/problem.ts'
import type { Solution } from './solve.ts'

/** A solved kind with what first come, first served would have saved, 分. */
export type Assignment = Solution & { byTurnFen: number }

/** A whole province takes half a minute; more is a fault of the data, and stops. */
const limits = { seconds: 600, megabytes: 2048 }

/**
 * Solves the assignments of all kinds in a worker thread.
 * @throws when it would take too much time or memory
 */
export async function assign(problems: readonly Problem[]): Promise<Assignment[]> {
  if (problems.length === 0) return []
  const answer = await inWorker<Assignment[]>(new URL('./assign-worker.ts', import.meta.url), problems, limits)
  if (answer === 'too-much') throw new Error('the assignment took too much time or memory')
  return answer
}
