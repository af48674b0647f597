import { createContext, lazy, Suspense, use, useMemo } from 'react'
import type { HomePanel } from './routes.ts'
import { useMe } from './session.tsx'
import { Skeleton } from './Panels.tsx'

/** What modules add to the first page; the app hands them in. */
export const HomePanelsContext = createContext<readonly HomePanel[]>([])

/** The panels of all modules that this person may see, in their order. */
export function HomePanels() {
  const me = useMe()
  const panels = use(HomePanelsContext)
  const shown = useMemo(
    () =>
      panels
        .filter(({ visible }) => visible?.(me) ?? true)
        .toSorted((a, b) => a.order - b.order)
        .map(({ load }) => lazy(load)),
    [panels, me],
  )
  return shown.map((Panel, index) => (
    <Suspense key={index} fallback={<Skeleton lines={3} />}>
      <Panel />
    </Suspense>
  ))
}
