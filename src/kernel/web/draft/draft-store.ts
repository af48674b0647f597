/** A copy of unsaved typing on this machine, kept until the server has acknowledged it. */
export type StoredDraft<T> = {
  value: T
  /** When it was last typed in, ISO 8601. */
  at: string
  /** Version of the record it was typed over; null when not told. */
  basis: number | null
}

const prefix = 'yunbao.draft.'
const keptDays = 30

export function readStored<T>(key: string): StoredDraft<T> | null {
  try {
    const text = localStorage.getItem(prefix + key)
    return text === null ? null : (JSON.parse(text) as StoredDraft<T>)
  } catch {
    return null
  }
}

/** @returns false when the browser has no room or allows no storage: then only the server's copy protects. */
export function writeStored<T>(key: string, draft: StoredDraft<T>): boolean {
  try {
    localStorage.setItem(prefix + key, JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

export function forgetStored(key: string): void {
  localStorage.removeItem(prefix + key)
}

/** Throws away copies nobody came back for in 30 days; run once when the application starts. */
export function forgetOldDrafts(now: Date): void {
  const oldest = new Date(now.getTime() - keptDays * 86_400_000).toISOString()
  for (const name of storedNames()) {
    const draft = readStored(name.slice(prefix.length))
    if (draft === null || draft.at < oldest) localStorage.removeItem(name)
  }
}

/** None where the browser allows no storage. */
function storedNames(): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix))
  } catch {
    return []
  }
}
