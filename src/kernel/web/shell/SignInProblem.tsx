import { ErrorPanel } from '../Panels.tsx'
import { ProblemError } from '../problem.ts'

/** Why signing in or proving did not succeed, with what to do: no more than fits a phone. */
export function SignInProblem({ error }: { error: unknown }) {
  if (!(error instanceof ProblemError) || error.refusals.length === 0) return <ErrorPanel error={error} />
  return (
    <div className="error-panel" role="alert">
      {error.refusals.map(({ code, message, remedy }) => (
        <p key={code}>
          <b>{message}</b>
          {remedy && <span className="sign-in-remedy">{remedy}</span>}
        </p>
      ))}
    </div>
  )
}
