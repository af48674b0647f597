import { useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** The value of the last drawing, for callbacks that live longer than one. Not to be read while drawing. */
export function useLatest<T>(value: T): Readonly<RefObject<T>> {
  const latest = useRef(value)
  useLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
