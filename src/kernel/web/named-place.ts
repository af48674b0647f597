import { useLocation } from '@tanstack/react-router'
import { useEffect } from 'react'

/**
 * The place on the page that the address names (`#A35-2`), scrolled to once it is drawn: what comes later than the page
 * is not found by the browser itself.
 * @param drawn whether the named things are on the page by now
 * @returns the name without `#`; empty when the address names none
 */
export function useNamedPlace(drawn: boolean): string {
  const name = useLocation({ select: ({ hash }) => hash })
  useEffect(() => {
    if (drawn && name !== '') document.getElementById(name)?.scrollIntoView({ block: 'center' })
  }, [drawn, name])
  return name
}
