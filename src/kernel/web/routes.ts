import type { ReactNode } from 'react'
import type { Slot } from '#kernel/pure/slot.ts'
import type { Me } from './session.tsx'

/** Names of the `:parameters` in a path. */
type ParamNames<P extends string> = P extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | ParamNames<More>
    : Rest
  : never

/** What a page is given: `PageProps<'/plans/demands/:demandId'>` has `params.demandId`. */
export type PageProps<P extends string = string> = { params: Record<ParamNames<P>, string> }

export type PageRoute<P extends string = string> = {
  /** With `:name` parameters, as in contracts: `/plans/demands/:demandId`. */
  path: P
  load: () => Promise<{ default: (props: PageProps<P>) => ReactNode }>
  /** `public`: no sign-in, no navigation; the plain frame. */
  frame?: 'signed-in' | 'public'
}

export type NavigationItem = {
  /** Word of the office over the group: 计划、资产、房产… */
  group: string
  label: string
  path: string
  order: number
  visible?: (me: Me) => boolean
}

/** Something to do from the command box without looking for its page: 新建需求. */
export type Command = { label: string; path: string; words?: string; visible?: (me: Me) => boolean }

export type Hit = { label: string; hint?: string; path: string }

/** Records the command box can find: organs, plan lines, assets, cases, articles. */
export type SearchSource = {
  title: string
  find: (text: string, signal: AbortSignal) => Promise<readonly Hit[]>
  visible?: (me: Me) => boolean
}

export type BellItem = { id: string; title: string; at: string; path: string | null; read: boolean }

/** Notices to the person; one module provides it. */
export type Bell = {
  latest: () => Promise<{ unread: number; items: readonly BellItem[] }>
  markRead: (ids: readonly string[]) => Promise<unknown>
  /** Page with all of them. */
  path: string
}

/** What a module adds to the first page beside the inbox: figures, things that are no case. */
export type HomePanel = {
  order: number
  load: () => Promise<{ default: () => ReactNode }>
  visible?: (me: Me) => boolean
}

/** What a module shows in a slot of another module's screen (kernel/web/slots.tsx). */
export type SlotFilling = {
  /** Name of the slot. */
  slot: string
  order: number
  load: () => Promise<{ default: (props: never) => ReactNode }>
  visible?: ((me: Me) => boolean) | undefined
}

/** Fills a slot; what is loaded is given the ids that the slot declares. */
export function fill<Id extends string>(
  slot: Slot<Id>,
  filling: {
    order: number
    load: () => Promise<{ default: (props: Record<Id, string>) => ReactNode }>
    visible?: (me: Me) => boolean
  },
): SlotFilling {
  return { slot: slot.name, ...filling }
}

export type ModuleRoutes = {
  navigation: readonly NavigationItem[]
  pages: readonly PageRoute[]
  commands: readonly Command[]
  searches: readonly SearchSource[]
  bell: Bell | null
  home: HomePanel | null
  fills: readonly SlotFilling[]
  gone: (() => Promise<unknown>) | null
}

/**
 * What a module shows, as the default export of its `web/routes.tsx`. Keep the file light: it is in the first download;
 * pages come by `load: () => import('./DemandPage.tsx')`.
 */
export function defineRoutes<const P extends readonly string[]>(declared: {
  navigation?: readonly NavigationItem[]
  pages: { readonly [K in keyof P]: PageRoute<P[K]> }
  commands?: readonly Command[]
  searches?: readonly SearchSource[]
  bell?: Bell
  home?: HomePanel
  fills?: readonly SlotFilling[]
  /**
   * Whoever worked here without a network has signed out, or another has signed in: forgets what was kept for them on this
   * machine. What was not sent yet stays for who made it.
   */
  gone?: () => Promise<unknown>
}): ModuleRoutes {
  return {
    navigation: declared.navigation ?? [],
    pages: declared.pages as readonly unknown[] as readonly PageRoute[],
    commands: declared.commands ?? [],
    searches: declared.searches ?? [],
    bell: declared.bell ?? null,
    home: declared.home ?? null,
    fills: declared.fills ?? [],
    gone: declared.gone ?? null,
  }
}

/** `/plans/:planId` as the router writes it: `/plans/$planId`. */
export function routerPath(path: string): string {
  return path.replace(/:([a-zA-Z]+)/g, '$$$1')
}
