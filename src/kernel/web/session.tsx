import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { createContext, use, useCallback, useEffect } from 'react'
import type { ReactNode } from 'react'
import type { ActingOrgan, Role } from '#kernel/pure/actor.ts'
import { awaySince, noteConnection } from './connection.ts'
import { searchOf } from './going.tsx'
import { answerOrKept } from './offline/answer-or-kept.ts'
import { heardOf, rememberedMe, sameSeat } from './offline/remembered.ts'
import { ProblemError } from './problem.ts'
import { sessionEnded } from './session-ended.ts'
import { signal, useSignal } from './signals.ts'

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
/** What modules do when whoever worked here without a network has gone. */
const GoneContext = createContext<readonly (() => Promise<unknown>)[]>([])

export function SessionProvider({
  acts,
  gone = [],
  children,
}: {
  acts: SessionActs
  gone?: readonly (() => Promise<unknown>)[]
  children: ReactNode
}) {
  return (
    <ActsContext value={acts}>
      <GoneContext value={gone}>
        <Confirming />
        {children}
      </GoneContext>
    </ActsContext>
  )
}

export function useSessionActs(): SessionActs {
  const acts = use(ActsContext)
  if (acts === null) throw new Error('no SessionProvider')
  return acts
}

const meKey = ['session', 'me']

const nobody = (error: unknown): null => {
  if (error instanceof ProblemError && error.status === 401) return null
  throw error
}

/** Tells who is signed in: what was kept here for somebody else goes, once another has signed in or nobody goes on. */
export function useHeardOf(): (me: Me | null) => Promise<void> {
  const gone = use(GoneContext)
  return useCallback(
    async (me) => {
      if (heardOf(me, new Date())) await Promise.allSettled(gone.map((forget) => forget()))
    },
    [gone],
  )
}

/** Asks who is signed in, null for nobody. */
function useAskMe(): () => Promise<Me | null> {
  const acts = useSessionActs()
  const heard = useHeardOf()
  return useCallback(async () => {
    const me = await acts.me().catch(nobody)
    await heard(me)
    return me
  }, [acts, heard])
}

/** The one shown now was remembered, not told by the server. */
const unconfirmed = signal(false)

/** Me, or null when nobody is signed in. Suspends the first time. Without a network it is who was signed in here last. */
export function useMaybeMe(): Me | null {
  const ask = useAskMe()
  return useSuspenseQuery({
    queryKey: meKey,
    queryFn: async () => {
      const { answer, confirmed } = await answerOrKept(ask(), rememberedMe(new Date()))
      unconfirmed.set(!confirmed)
      if (!confirmed) noteConnection(false)
      return answer
    },
    staleTime: 60_000,
  }).data
}

/**
 * Once the server is there again it says who is signed in: the same goes on, another begins anew. A session that ended while
 * somebody worked without a network is renewed over the page; what is kept for them stays until they do, or give up.
 */
function Confirming() {
  const acts = useSessionActs()
  const queries = useQueryClient()
  const away = useSignal(awaySince) !== null
  const open = useSignal(unconfirmed)
  useEffect(() => {
    if (away || !open) return
    void acts
      .me()
      .catch(nobody)
      .then(
        (me) => {
          const before = queries.getQueryData<Me | null>(meKey) ?? null
          unconfirmed.set(false)
          if (me === null) return void sessionEnded.wait()
          if (before !== null && !sameSeat(me, before)) return window.location.reload()
          queries.setQueryData(meKey, me)
        },
        () => {}, // away again: asked once more when it is back
      )
  }, [acts, away, open, queries])
  return null
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
  const ask = useAskMe()
  return async () => {
    const me = await ask().catch(() => null)
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
