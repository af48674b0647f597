import { useEffect } from 'react'
import { useMe } from '../session.tsx'
import { rememberMe } from './remembered.ts'

/**
 * For pages that open without a network: keeps the application's files on this machine, and who is signed in, until they sign
 * out. Such a page says `export const opensWithoutNetwork = true`, by which the build knows which files it is made of.
 * Where there are no service workers (plain http, old browsers) the open page works on without a network as before.
 */
export function useOpensOffline(): void {
  const me = useMe()
  useEffect(() => rememberMe(me, new Date()), [me])
  useEffect(() => {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
    navigator.serviceWorker.register('/service-worker.js').catch(() => {}) // not allowed here: as without
  }, [])
}
