import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Dialog } from '../Dialog.tsx'
import { sessionEnded } from '../session-ended.ts'
import { useHeardOf, useSessionActs } from '../session.tsx'
import type { Me } from '../session.tsx'
import { useSignal } from '../signals.ts'
import { SignInForm } from './SignInForm.tsx'

/** Asks to sign in again over the page when the session has ended; everything typed stays, waiting requests go on. */
export function SessionEndedDialog() {
  return useSignal(sessionEnded.waiting) === null ? null : <SignInAgain />
}

function SignInAgain() {
  const acts = useSessionActs()
  const queries = useQueryClient()
  const heard = useHeardOf()
  // Whose page this is, taken before anybody signs in again.
  const [before] = useState(() => queries.getQueryData<Me | null>(['session', 'me']) ?? null)
  const again = async () => {
    const me = await acts.me()
    const same = me.person.id === before?.person.id && me.organ?.id === before?.organ?.id
    if (!same) return window.location.reload() // what another person typed must not be sent in this one's name
    queries.setQueryData(['session', 'me'], me)
    sessionEnded.settle(true)
  }
  return (
    <Dialog title="登录已失效，请重新登录">
      <p className="quiet">这一页已填写的内容都还在。重新登录后接着办，刚才的操作会继续完成。</p>
      <SignInForm onSignedIn={again} />
      <p className="session-leave">
        <button
          type="button"
          className="link-button"
          onClick={() => {
            sessionEnded.settle(false)
            void heard(null).finally(() => window.location.assign('/sign-in'))
          }}
        >
          不再继续，回到登录页
        </button>
      </p>
    </Dialog>
  )
}
