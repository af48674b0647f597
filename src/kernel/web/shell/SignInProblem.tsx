import { ErrorPanel } from '../Panels.tsx'
import { ProblemError } from '../problem.ts'
import { Refusals } from '../verdict/Refusals.tsx'

/** Why signing in or proving did not succeed, with what to do. */
export function SignInProblem({ error }: { error: unknown }) {
  return error instanceof ProblemError && error.refusals.length > 0 ? (
    <Refusals of={error} />
  ) : (
    <ErrorPanel error={error} />
  )
}
