import { Link, useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import type { ModuleRoutes, NavigationItem } from '../routes.ts'
import { useMe } from '../session.tsx'
import type { Me } from '../session.tsx'

type Group = { name: string; items: NavigationItem[] }

/** What this person may see, by groups in the order given; groups the app does not name come last. */
function navigationFor(modules: readonly ModuleRoutes[], groups: readonly string[], me: Me): Group[] {
  const byName = new Map<string, NavigationItem[]>(groups.map((name) => [name, []]))
  for (const item of modules.flatMap((module) => module.navigation)) {
    if (item.visible && !item.visible(me)) continue
    byName.set(item.group, [...(byName.get(item.group) ?? []), item])
  }
  return [...byName]
    .filter(([, items]) => items.length > 0)
    .map(([name, items]) => ({ name, items: [...items].sort((a, b) => a.order - b.order) }))
}

/** The item whose address is the longest beginning of where we are. */
function currentItem(groups: readonly Group[], pathname: string): NavigationItem | undefined {
  const around = groups
    .flatMap(({ items }) => items)
    .filter(({ path }) => pathname === path || (path !== '/' && pathname.startsWith(`${path}/`)))
  return around.sort((a, b) => b.path.length - a.path.length)[0]
}

const storageKey = 'yunbao.navigation.closed'
const alwaysOpenUpTo = 18

export function Navigation({
  modules,
  groups,
  onLeave,
}: {
  modules: readonly ModuleRoutes[]
  groups: readonly string[]
  onLeave: () => void
}) {
  const me = useMe()
  const pathname = useLocation({ select: (location) => location.pathname })
  const shown = navigationFor(modules, groups, me)
  const current = currentItem(shown, pathname)
  const many = shown.reduce((count, { items }) => count + items.length, 0) > alwaysOpenUpTo
  const [closed, setClosed] = useState<Record<string, boolean>>(() => remembered())
  const toggle = (name: string, isClosed: boolean) => {
    const next = { ...closed, [name]: isClosed }
    setClosed(next)
    localStorage.setItem(storageKey, JSON.stringify(next))
  }
  return (
    <>
      <div className="navigation-veil no-print" onClick={onLeave} aria-hidden="true" />
      <nav
        id="navigation"
        className="navigation no-print"
        aria-label="主导航"
        onKeyDown={(event) => event.key === 'Escape' && onLeave()}
      >
        {shown.map(({ name, items }) => {
          const isClosed = current?.group !== name && (closed[name] ?? many)
          return (
            <div key={name} className="navigation-group">
              <button type="button" aria-expanded={!isClosed} onClick={() => toggle(name, !isClosed)}>
                {name}
                <svg viewBox="0 0 10 10" width="9" height="9" aria-hidden="true">
                  <path
                    d={isClosed ? 'M3 1l4 4-4 4' : 'M1 3l4 4 4-4'}
                    fill="none"
                    stroke="currentColor"
                    strokeWidth="1.4"
                  />
                </svg>
              </button>
              {!isClosed && (
                <ul>
                  {items.map((item) => (
                    <li key={item.path}>
                      <Link
                        to={item.path}
                        preload="intent"
                        activeOptions={{ exact: true }}
                        aria-current={item === current ? 'page' : undefined}
                        onClick={onLeave}
                        activeProps={{}}
                      >
                        {item.label}
                      </Link>
                    </li>
                  ))}
                </ul>
              )}
            </div>
          )
        })}
      </nav>
    </>
  )
}

function remembered(): Record<string, boolean> {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, boolean>
  } catch {
    return {}
  }
}
