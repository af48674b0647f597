import { signal } from './signals.ts'
import type { Signal } from './signals.ts'

type Waiting = { promise: Promise<boolean>; settle: (passed: boolean) => void }

/** Where requests wait while a dialog over the page asks the person for something. */
export type Gate = {
  /** Null while nothing waits. */
  waiting: Signal<Waiting | null>
  /** Resolves true once passed, false when the person gave up; all who wait share one dialog. */
  wait: () => Promise<boolean>
  settle: (passed: boolean) => void
}

export function makeGate(): Gate {
  const waiting = signal<Waiting | null>(null)
  return {
    waiting,
    wait: () => {
      const present = waiting.get()
      if (present !== null) return present.promise
      let settle: (passed: boolean) => void = () => {}
      const promise = new Promise<boolean>((resolve) => {
        settle = resolve
      })
      waiting.set({ promise, settle })
      return promise
    },
    settle: (passed) => {
      const present = waiting.get()
      waiting.set(null)
      present?.settle(passed)
    },
  }
}
