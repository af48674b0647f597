import { Link, useNavigate, useLocation } from '@tanstack/react-router'
import type { MouseEvent, ReactNode } from 'react'
import { useCallback } from 'react'
import type { z } from 'zod'

/** Query of an address as plain names and values, so that addresses can be read and shared; a repeated name is a list. */
export function searchOf(text: string): Record<string, string | string[]> {
  const read: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const before = read[name]
    read[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value]
  }
  return read
}

/** The reverse of `searchOf`; what is undefined, null or empty is left out. */
export function searchText(search: Record<string, unknown>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(search))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null && one !== '') query.append(name, String(one))
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

function parts(address: string): { to: string; search: Record<string, string | string[]>; hash?: string } {
  const url = new URL(address, 'http://here')
  const hash = url.hash.slice(1)
  return { to: decodeURI(url.pathname), search: searchOf(url.search), ...(hash === '' ? {} : { hash }) }
}

/** A link inside the system; its page is fetched on hover. */
export function Go({
  to,
  children,
  className,
  onClick,
}: {
  to: string
  children: ReactNode
  className?: string
  /** Beside going there: closing the menu the link stands in. */
  onClick?: (event: MouseEvent) => void
}) {
  return (
    <Link
      {...parts(to)}
      preload="intent"
      {...(className === undefined ? {} : { className })}
      {...(onClick === undefined ? {} : { onClick })}
    >
      {children}
    </Link>
  )
}

/** Opens an address of the system: `go('/plans/demands/42?tab=basis')`. */
export function useGo(): (address: string, options?: { replace?: boolean }) => void {
  const navigate = useNavigate()
  return useCallback(
    (address, options) => void navigate({ ...parts(address), replace: options?.replace ?? false }),
    [navigate],
  )
}

/**
 * Filters that live in the address. The schema reads what is there (each field optional or with a default);
 * an address that does not fit counts as empty.
 * @returns the filters and a setter that merges; `undefined` removes one. History is replaced, not grown.
 */
export function useFilters<S extends z.ZodObject>(
  schema: S,
): [z.output<S>, (changes: { [K in keyof z.input<S>]?: z.input<S>[K] | undefined }) => void] {
  const navigate = useNavigate()
  const current = useLocation({ select: (location) => location.search as Record<string, unknown> })
  const filters = schema.safeParse(current).data ?? schema.parse({})
  const change = useCallback(
    (changes: Record<string, unknown>) =>
      void navigate({
        to: '.',
        search: (before: Record<string, unknown>) => searchOf(searchText({ ...before, ...changes })),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  )
  return [filters, change]
}
