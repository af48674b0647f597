import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { createContext, use } from 'react'
import type { ReactNode } from 'react'
import type { ActingOrgan, Role } from '#kernel/pure/actor.ts'
import { searchOf } from './going.tsx'
import { ProblemError } from './problem.ts'

/** Who is signed in, for which organ they act now, and where else they hold roles. */
export type Me = {
  person: { id: string; name: string }
  organ: ActingOrgan | null
  roles: readonly Role[]
  holdings: readonly { organId: string; organName: string; jurisdictionName: string; roles: readonly Role[] }[]
  demonstration: boolean
  mustChangePassword: boolean
  /** A role held today asks for a second factor, and there is none. */
  mustEnrolSecondFactor: boolean
  hasSecondFactor: boolean
  /** System administrator of the highest level. */
  looksAfterInstallation: boolean
}

/** What is open to somebody who must first do this; null for those who may work. */
export function firstThing(me: Me): '/account/password' | '/account/second-factor' | null {
  if (me.mustChangePassword) return '/account/password'
  return me.mustEnrolSecondFactor ? '/account/second-factor' : null
}

export type DemonstrationAccount = {
  username: string
  password: string
  name: string
  organName: string
  jurisdictionName: string
  roles: readonly Role[]
}

/** The session acts; the app hands them in, since the kernel knows no module. */
export type SessionActs = {
  /** Throws ProblemError 401 when nobody is signed in. */
  me: () => Promise<Me>
  signIn: (credentials: { username: string; password: string }) => Promise<{ needsCode: boolean }>
  /** Second step of signing in. */
  proveSignIn: (code: string) => Promise<unknown>
  /** Proves anew who is there. */
  stepUp: (proof: { code: string } | { password: string }) => Promise<unknown>
  /** Where the browser goes next to sign out of the identity provider too; null where nowhere. */
  signOut: () => Promise<{ providerSignOut: string | null }>
  /** Name of the identity provider people may sign in with instead; null where there is none. */
  provider: () => Promise<string | null>
  /** Where the browser goes to sign in with it. */
  beginAtProvider: (returnTo: string) => Promise<string>
  switchOrgan: (organId: string) => Promise<unknown>
  changePassword: (passwords: { current: string; next: string }) => Promise<unknown>
  /** Empty outside demonstration mode. */
  demonstrationAccounts: () => Promise<readonly DemonstrationAccount[]>
}

const ActsContext = createContext<SessionActs | null>(null)

export function SessionProvider({ acts, children }: { acts: SessionActs; children: ReactNode }) {
  return <ActsContext value={acts}>{children}</ActsContext>
}

export function useSessionActs(): SessionActs {
  const acts = use(ActsContext)
  if (acts === null) throw new Error('no SessionProvider')
  return acts
}

const meKey = ['session', 'me']

/** Me, or null when nobody is signed in. Suspends the first time. */
export function useMaybeMe(): Me | null {
  const acts = useSessionActs()
  return useSuspenseQuery({
    queryKey: meKey,
    queryFn: () =>
      acts.me().catch((error: unknown) => {
        if (error instanceof ProblemError && error.status === 401) return null
        throw error
      }),
    staleTime: 60_000,
  }).data
}

/** Me, on pages inside the frame, where somebody is always signed in. */
export function useMe(): Me {
  const me = useMaybeMe()
  if (me === null) throw new Error('useMe outside the signed-in frame')
  return me
}

/** Forgets everything fetched for the former person or organ and asks who it is now; null for nobody. */
export function useSessionChanged(): () => Promise<Me | null> {
  const queries = useQueryClient()
  const acts = useSessionActs()
  return async () => {
    const me = await acts.me().catch(() => null)
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
    queries.setQueryData(meKey, me)
    await queries.invalidateQueries()
    return me
  }
}

/** After signing in: to what must be done first, else to the address asked for. */
export function useSignedIn(): (returnTo: string) => Promise<void> {
  const changed = useSessionChanged()
  const navigate = useNavigate()
  return async (returnTo) => {
    const me = await changed()
    const url = new URL((me && firstThing(me)) ?? returnTo, 'http://here')
    await navigate({ to: url.pathname, search: searchOf(url.search), replace: true })
  }
}
