import type { Me } from '../session.tsx'

/* Who was signed in here last, for pages opened without a network. The server decides again as soon as it answers. */

const name = 'yunbao.me'
/** As long as a session lasts at most: a working day. */
const keptMs = 12 * 3_600_000

type Remembered = { me: Me; at: string }

export function rememberMe(me: Me, now: Date): void {
  try {
    localStorage.setItem(name, JSON.stringify({ me, at: now.toISOString() } satisfies Remembered))
  } catch {
    // No storage: then the page opens with a network alone.
  }
}

/** Null for nobody, or for somebody the server has not heard of for longer than a session lasts. */
export function rememberedMe(now: Date): Me | null {
  const kept = read()
  if (kept === null) return null
  const age = now.getTime() - Date.parse(kept.at)
  return age >= 0 && age < keptMs ? kept.me : null
}

function forgetMe(): void {
  try {
    localStorage.removeItem(name)
  } catch {
    // No storage: nothing was kept.
  }
}

/**
 * The server has said who is signed in: the same person at the same organ is remembered on, anybody else ends it.
 * @returns whether somebody was remembered here who is no longer signed in
 */
export function heardOf(me: Me | null, now: Date): boolean {
  const kept = read()
  if (kept === null) return false
  if (me !== null && sameSeat(me, kept.me)) {
    rememberMe(me, now)
    return false
  }
  forgetMe()
  return true
}

export const sameSeat = (a: Me, b: Me): boolean => a.person.id === b.person.id && a.organ?.id === b.organ?.id

function read(): Remembered | null {
  try {
    const text = localStorage.getItem(name)
    return text === null ? null : (JSON.parse(text) as Remembered)
  } catch {
    return null
  }
}
