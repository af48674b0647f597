import { parentPort, workerData } from 'node:worker_threads'
import { firstComeFirstServed } from '../rules/greedy.ts'
import { faultsOf, savedFen, type Problem } from '../rules/problem.ts'
import type { Assignment } from './assign.ts'
import { solve } from './solve.ts'

/** Solves kind after kind away from the thread that serves people, and looks over each answer before it is given. */
const assignments: Assignment[] = []
for (const problem of workerData as Problem[]) {
  const solution = await solve(problem)
  const faults = faultsOf(problem, solution.allotted)
  if (faults.length > 0) throw new Error(`an assignment breaks the rules: ${faults.slice(0, 5).join('; ')}`)
  assignments.push({ ...solution, byTurnFen: savedFen(problem, firstComeFirstServed(problem)) })
}
parentPort?.postMessage(assignments)
