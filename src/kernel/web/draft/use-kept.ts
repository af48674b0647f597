import { useEffect, useState } from 'react'
import { useMe } from '../session.tsx'
import { forgetStored, readStored, writeStored } from './draft-store.ts'

/** A draft belongs to a person acting for an organ, so that nobody restores another's typing on a shared machine. */
export function useOwnKey(key: string): string {
  const me = useMe()
  return `${me.person.id}.${me.organ?.id ?? ''}.${key}`
}

/**
 * A value that outlives a reload, on this machine alone and for this person at this organ: work that the server is told of
 * only when it is whole. Equal to `initial` it is not kept. Give the component the key of the person, for who switches organs.
 * @returns the value, a setter, and false where this browser keeps nothing
 */
export function useKept<T>(key: string, initial: T): [T, (change: (before: T) => T) => void, boolean] {
  const own = useOwnKey(key)
  const [value, setValue] = useState<T>(() => readStored<T>(own)?.value ?? initial)
  const [durable, setDurable] = useState(true)
  useEffect(() => {
    if (JSON.stringify(value) === JSON.stringify(initial)) forgetStored(own)
    else setDurable(writeStored(own, { value, at: new Date().toISOString(), basis: null }))
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what one begins with does not change
  }, [own, value])
  return [value, setValue, durable]
}
