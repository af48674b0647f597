import { newKey } from '../client.ts'
import { ProblemError, Unreachable } from '../problem.ts'

export type DraftState =
  | { kind: 'saved'; at: Date | null }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  /** Kept on this machine until the server is back. */
  | { kind: 'away' }
  | { kind: 'refused'; error: ProblemError }

export type SaveDraft<T> = (value: T, options: { idempotencyKey: string }) => Promise<unknown>

type Timers = { after: (ms: number, run: () => void) => () => void; now: () => Date }

/**
 * Saves what is typed: some seconds after the last change, at the latest some more after the first. One save at a time.
 * An attempt whose fate is unknown is repeated with the same value under the same key until it is certain; only then
 * does newer typing follow, so that a lost answer never turns into a conflict with oneself.
 */
export function keepDraft<T>(parts: {
  initial: T
  /** The initial value was put back from this machine: the server does not have it yet. */
  unsaved?: boolean
  save: SaveDraft<T>
  /** Local copy: on every change, and gone when the server has everything. */
  store: (value: T) => void
  forget: () => void
  changed: (state: DraftState) => void
  timers: Timers
  quietMs?: number
  latestMs?: number
  againMs?: number
}) {
  const { save, store, forget, changed, timers, quietMs = 2500, latestMs = 10_000, againMs = 8000 } = parts
  let current = parts.initial
  let acknowledged = parts.unsaved ? null : parts.initial
  let uncertain: { value: T; key: string } | null = null
  let running: Promise<boolean> | null = null
  let firstChange: number | null = null
  let stopWaiting: () => void = () => {}
  let stopped = false
  const tell = (state: DraftState) => {
    if (!stopped) changed(state)
  }

  const plan = (ms: number) => {
    stopWaiting()
    stopWaiting = timers.after(ms, () => void flush())
  }

  const attempt = async (): Promise<boolean> => {
    const what = uncertain ?? { value: current, key: newKey() }
    tell({ kind: 'saving' })
    try {
      await save(what.value, { idempotencyKey: what.key })
    } catch (error) {
      if (error instanceof Unreachable) {
        uncertain = what
        tell({ kind: 'away' })
        plan(againMs)
      } else {
        uncertain = null
        if (!(error instanceof ProblemError)) throw error
        tell({ kind: 'refused', error }) // the next change tries again; the local copy stays
      }
      return false
    }
    uncertain = null
    acknowledged = what.value
    if (current !== acknowledged) return attempt()
    firstChange = null
    forget()
    tell({ kind: 'saved', at: timers.now() })
    return true
  }

  /** Saves now what is not saved. @returns true when the server has everything. */
  const flush = (): Promise<boolean> => {
    stopWaiting()
    if (running === null) {
      if (current === acknowledged && uncertain === null) return Promise.resolve(true)
      running = attempt().finally(() => {
        running = null
      })
    }
    return running
  }

  return {
    /** Sends what was put back from this machine; nothing when there is nothing of the kind. */
    begin: () => {
      if (current === acknowledged || running !== null || firstChange !== null) return
      firstChange = timers.now().getTime()
      tell({ kind: 'unsaved' })
      plan(quietMs)
    },
    change: (value: T) => {
      if (value === current) return
      current = value
      store(value)
      if (running !== null) return // it looks again when it is done
      const now = timers.now().getTime()
      firstChange ??= now
      tell({ kind: uncertain === null ? 'unsaved' : 'away' })
      plan(Math.max(0, Math.min(quietMs, firstChange + latestMs - now)))
    },
    flush,
    stop: () => {
      stopped = true
      stopWaiting()
      if (current !== acknowledged) store(current)
    },
  }
}
