import { createContext, lazy, Suspense, use, useMemo } from 'react'
import type { ComponentType, LazyExoticComponent, ReactNode } from 'react'
import type { Slot } from '#kernel/pure/slot.ts'
import type { SlotFilling } from './routes.ts'
import { useMe } from './session.tsx'

/** What modules put into each other's slots; the app hands them in. */
export const SlotFillingsContext = createContext<readonly SlotFilling[]>([])

type Ids = Record<string, string>
/** One component for each filling, so that a list with a slot in every row loads it once. */
const loaded = new WeakMap<SlotFilling, LazyExoticComponent<ComponentType<Ids>>>()

function componentOf(filling: SlotFilling): LazyExoticComponent<ComponentType<Ids>> {
  const known = loaded.get(filling)
  if (known) return known
  const made = lazy(filling.load as () => Promise<{ default: ComponentType<Ids> }>)
  loaded.set(filling, made)
  return made
}

/** What other modules have to say of what is shown here, in their order; nothing where none has. */
export function SlotPanels<Id extends string>({
  of,
  ids,
  fallback = null,
}: {
  of: Slot<Id>
  ids: Record<Id, string>
  /** Drawn until they are there. */
  fallback?: ReactNode
}) {
  const me = useMe()
  const fillings = use(SlotFillingsContext)
  const shown = useMemo(
    () =>
      fillings
        .filter(({ slot, visible }) => slot === of.name && (visible?.(me) ?? true))
        .toSorted((a, b) => a.order - b.order),
    [fillings, of, me],
  )
  return shown.map((filling, index) => {
    const Panel = componentOf(filling)
    return (
      <Suspense key={index} fallback={fallback}>
        <Panel {...ids} />
      </Suspense>
    )
  })
}
