import { useEffect, useState } from 'react'
import { forgetStored, readStored, writeStored, type StoredDraft } from '#kernel/web/draft/draft-store.ts'
import { useMe } from '#kernel/web/session.tsx'

/**
 * Typing of a record the server does not know yet, kept on this machine until it is recorded or given up, so that a
 * reload or a lost session costs nothing. It belongs to a person acting for an organ.
 */
export function useKeptEntry<T>(name: string): {
  /** What was kept when the page opened; null when nothing was. */
  stored: StoredDraft<T> | null
  keep: (value: T) => void
  forget: () => void
} {
  const { person, organ } = useMe()
  const key = `${person.id}.${organ?.id ?? ''}.${name}`
  const [stored] = useState(() => readStored<T>(key))
  return {
    stored,
    keep: (value) => void writeStored(key, { value, at: new Date().toISOString(), basis: null }),
    forget: () => forgetStored(key),
  }
}

/** Keeps the value at every change after the first drawing. */
export function useKeeping<T>(value: T, keep: (value: T) => void): void {
  const [first] = useState(() => JSON.stringify(value))
  const text = JSON.stringify(value)
  useEffect(() => {
    if (text !== first) keep(JSON.parse(text) as T)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only what was typed counts
  }, [text])
}
