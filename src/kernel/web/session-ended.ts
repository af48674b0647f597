import { signal } from './signals.ts'

/**
 * Requests that met 401 wait here while the shell asks to sign in again over the page; then they are sent once more,
 * so that nothing typed is lost and nothing has to be pressed twice.
 */
type Waiting = { promise: Promise<boolean>; settle: (restored: boolean) => void }

export const sessionEnded = signal<Waiting | null>(null)

/** Resolves true once signed in again, false when the person gave up. */
export function sessionAgain(): Promise<boolean> {
  const waiting = sessionEnded.get()
  if (waiting !== null) return waiting.promise
  let settle: (restored: boolean) => void = () => {}
  const promise = new Promise<boolean>((resolve) => {
    settle = resolve
  })
  sessionEnded.set({ promise, settle })
  return promise
}

export function settleSession(restored: boolean): void {
  const waiting = sessionEnded.get()
  sessionEnded.set(null)
  waiting?.settle(restored)
}
