import { useEffect, useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { call } from '#kernel/web/client.ts'
import { Go } from '#kernel/web/going.tsx'
import { useTitle } from '#kernel/web/Page.tsx'
import { Skeleton } from '#kernel/web/Panels.tsx'
import { useSessionActs, useSignedIn } from '#kernel/web/session.tsx'
import { CodeFields } from '#kernel/web/shell/CodeFields.tsx'
import { SignInProblem } from '#kernel/web/shell/SignInProblem.tsx'
import { contract } from '../contract.ts'
import '#kernel/web/shell/sign-in.css'

/** Where the identity provider sends the browser back to: finishes what was begun, once, and goes on. */
export default function ProviderReturnPage() {
  const goOn = useSignedIn()
  const acts = useSessionActs()
  const [error, setError] = useState<unknown>(null)
  /** Where to go once the code of the second factor is given; null while none is asked for. */
  const [proving, setProving] = useState<{ returnTo: string; busy: boolean; error: unknown } | null>(null)
  const title = error === null ? '正在登录' : '没有登录'
  useTitle(title)
  useEffect(() => {
    let here = true
    finished()
      .then(async ({ done, returnTo }) => {
        if (!here) return
        if (done === 'second-factor') setProving({ returnTo, busy: false, error: null })
        else await goOn(returnTo)
      })
      .catch((thrown: unknown) => here && setError(thrown))
    return () => {
      here = false
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what the browser brought is used once
  }, [])
  const prove = async (returnTo: string, code: string) => {
    setProving({ returnTo, busy: true, error: null })
    try {
      await acts.proveSignIn(code)
      await goOn(returnTo)
    } catch (thrown) {
      setProving({ returnTo, busy: false, error: thrown })
    }
  }
  return (
    <div className="sign-in">
      <main className="sign-in-box">
        <h1>
          运保<small>{title}</small>
        </h1>
        {error === null && proving === null && <Skeleton lines={3} />}
        {proving !== null && (
          <>
            <p className="quiet">身份已由统一身份认证核对。请输入手机身份验证器中“运保”当前显示的6位动态口令。</p>
            <CodeFields
              submit="登录"
              busy={proving.busy}
              error={proving.error}
              onSubmit={(code) => void prove(proving.returnTo, code)}
            />
            <p>
              <Go to="/sign-in">回到登录页</Go>
            </p>
          </>
        )}
        {error !== null && (
          <div className="stack">
            <SignInProblem error={error} />
            <p>
              <Go to="/sign-in">回到登录页</Go>
            </p>
          </div>
        )}
      </main>
    </div>
  )
}

type Finished = OutputOf<typeof contract.finishOidc>
let finishing: Promise<Finished> | null = null
let finishedFor = ''

/** What the provider answered is in the address; asked for once, however often the page is drawn. */
function finished(): Promise<Finished> {
  const query = window.location.search
  if (finishing === null || finishedFor !== query) {
    finishedFor = query
    const given = new URLSearchParams(query)
    const one = (name: string) => given.get(name) ?? undefined
    const [state, code, iss, error] = [given.get('state') ?? '', one('code'), one('iss'), one('error')]
    finishing = call(
      contract.finishOidc,
      { state, ...(code ? { code } : {}), ...(iss ? { iss } : {}), ...(error ? { error } : {}) },
      { anonymous: true },
    )
  }
  return finishing
}
