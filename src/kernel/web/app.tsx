import { QueryClientProvider, QueryErrorResetBoundary } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import {
  Navigate,
  Outlet,
  RouterProvider,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  useLocation,
  useMatches,
  useParams,
} from '@tanstack/react-router'
import { ConfigProvider } from 'antd'
import zhCN from 'antd/locale/zh_CN'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { watchConnection } from './connection.ts'
import { forgetOldDrafts } from './draft/draft-store.ts'
import { makeQueryClient } from './fetching.ts'
import { HomePanelsContext } from './home-panels.tsx'
import { Go, searchOf, searchText } from './going.tsx'
import { Notices } from './notice.tsx'
import { Page } from './Page.tsx'
import { Empty, ErrorPanel, Skeleton } from './Panels.tsx'
import { routerPath } from './routes.ts'
import type { ModuleRoutes, PageProps, PageRoute } from './routes.ts'
import { firstThing, SessionProvider, useMaybeMe } from './session.tsx'
import type { SessionActs } from './session.tsx'
import { SlotFillingsContext } from './slots.tsx'
import { SessionEndedDialog } from './shell/SessionEndedDialog.tsx'
import { Shell } from './shell/Shell.tsx'
import { StepUpDialog } from './shell/StepUpDialog.tsx'
import { theme } from './theme.ts'
import './tokens.css'

export type AppParts = {
  container: HTMLElement
  modules: readonly ModuleRoutes[]
  /** Order of the navigation's groups. */
  groups: readonly string[]
  session: SessionActs
}

/** Draws the whole web application from the modules' routes. */
export function startApp({ container, modules, groups, session }: AppParts): void {
  const queries = makeQueryClient()
  const router = makeRouter(modules, groups, queries)
  const gone = modules.flatMap((module) => module.gone ?? [])
  watchConnection()
  forgetOldDrafts(new Date())
  createRoot(container).render(
    <StrictMode>
      <ConfigProvider
        theme={theme}
        locale={zhCN}
        button={{ autoInsertSpace: false }}
        wave={{ disabled: true }}
        form={{ requiredMark: false, scrollToFirstError: false }}
      >
        <QueryClientProvider client={queries}>
          <SessionProvider acts={session} gone={gone}>
            <HomePanelsContext value={modules.flatMap(({ home }) => home ?? [])}>
              <SlotFillingsContext value={modules.flatMap(({ fills }) => fills)}>
                <RouterProvider router={router} />
              </SlotFillingsContext>
            </HomePanelsContext>
            <SessionEndedDialog />
            <StepUpDialog />
            <Notices />
          </SessionProvider>
        </QueryClientProvider>
      </ConfigProvider>
    </StrictMode>,
  )
}

function makeRouter(modules: readonly ModuleRoutes[], groups: readonly string[], queries: QueryClient) {
  const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })
  const inside = createRoute({
    getParentRoute: () => root,
    id: 'inside',
    component: () => (
      <Suspense fallback={null}>
        <Inside modules={modules} groups={groups} />
      </Suspense>
    ),
    notFoundComponent: NotFound,
  })
  const outside = createRoute({
    getParentRoute: () => root,
    id: 'outside',
    component: () => (
      <Suspense fallback={<Skeleton />}>
        <Outlet />
      </Suspense>
    ),
  })
  const pages = modules.flatMap((module) => module.pages)
  const ownPages: PageRoute[] = [
    { path: '/sign-in', load: () => import('./shell/SignInPage.tsx'), frame: 'public' },
    { path: '/account/password', load: () => import('./shell/PasswordPage.tsx') },
  ]
  const all = [...ownPages, ...pages]
  const routeOf = (page: PageRoute, parent: typeof inside | typeof outside) =>
    createRoute({ getParentRoute: () => parent, path: routerPath(page.path), component: pageComponent(page) })
  const tree = root.addChildren([
    inside.addChildren(all.filter((page) => page.frame !== 'public').map((page) => routeOf(page, inside))),
    outside.addChildren(all.filter((page) => page.frame === 'public').map((page) => routeOf(page, outside))),
  ])
  return createRouter({
    routeTree: tree,
    parseSearch: searchOf,
    stringifySearch: searchText,
    scrollRestoration: true,
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: () => (
      <div className="page">
        <Skeleton lines={8} />
      </div>
    ),
    defaultErrorComponent: ({ error, reset }) => (
      <QueryErrorResetBoundary>
        {(boundary) => (
          <div className="page page-narrow">
            <ErrorPanel
              error={error}
              onRetry={() => {
                boundary.reset()
                queries.removeQueries({ predicate: ({ state }) => state.status === 'error' })
                reset()
              }}
            />
          </div>
        )}
      </QueryErrorResetBoundary>
    ),
  })
}

/** A page starts afresh when its record changes: what was typed for one must not appear under another. */
function pageComponent(page: PageRoute) {
  const Loaded = lazyRouteComponent(page.load)
  function Shown() {
    const params = useParams({ strict: false }) as PageProps['params']
    return <Loaded key={JSON.stringify(params)} params={params} />
  }
  return Object.assign(Shown, { preload: async () => Loaded.preload?.() })
}

function Inside({ modules, groups }: { modules: readonly ModuleRoutes[]; groups: readonly string[] }) {
  const me = useMaybeMe()
  const location = useLocation()
  // The address changes before the page does: until both have, the former page would be drawn and ask.
  const drawn = useMatches({ select: (matches) => matches.at(-1)?.pathname })
  if (me === null) {
    if (location.pathname === '/sign-in') return null // on its way there
    const back = location.href === '/' ? {} : { return: location.href }
    return <Navigate to="/sign-in" search={back as never} replace />
  }
  const first = firstThing(me)
  if (first !== null && location.pathname !== first) return <Navigate to={first} replace />
  if (first !== null && drawn !== first) return null // on its way there
  return <Shell modules={modules} groups={groups} />
}

function NotFound() {
  return (
    <Page title="没有这一页" narrow>
      <Empty title="没有找到这个地址">
        链接可能已失效或抄写有误。<Go to="/">回到待办</Go>
      </Empty>
    </Page>
  )
}
