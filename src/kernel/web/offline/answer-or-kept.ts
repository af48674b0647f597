import { ProblemError, Unreachable } from '../problem.ts'

/** A line on which no answer comes in this time is treated as none: somebody stands there and waits. */
export const patienceMs = 6000

/** No word of the server that it must be obeyed: it did not answer, or could not look. */
export function isAway(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof ProblemError && [502, 503, 504].includes(error.status))
}

/**
 * The server's answer; what is kept here where none comes, or none in time. What the server refuses is refused.
 * @param kept null where nothing is kept: then the answer is waited for
 * @returns with `confirmed: false` for what was kept
 */
export async function answerOrKept<T>(asked: Promise<T>, kept: T | null): Promise<{ answer: T; confirmed: boolean }> {
  const answered = asked.then((answer) => ({ answer, confirmed: true }))
  if (kept === null) return answered
  const instead = { answer: kept, confirmed: false }
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<typeof instead>((resolve) => {
    timer = setTimeout(() => resolve(instead), patienceMs)
  })
  const failed = (error: unknown) => {
    if (isAway(error)) return instead
    throw error
  }
  return Promise.race([answered.catch(failed), late]).finally(() => clearTimeout(timer))
}
