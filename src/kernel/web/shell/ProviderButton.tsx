import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useSessionActs } from '../session.tsx'
import { SignInProblem } from './SignInProblem.tsx'

/** Signing in with the identity provider; nothing where there is none. The browser leaves for it and comes back. */
export function ProviderButton({ returnTo }: { returnTo: string }) {
  const acts = useSessionActs()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const { data: title = null } = useQuery({
    queryKey: ['session', 'provider'],
    queryFn: () => acts.provider(),
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (title === null) return null
  const leave = async () => {
    setBusy(true)
    setError(null)
    try {
      window.location.assign(await acts.beginAtProvider(returnTo))
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }
  return (
    <div className="sign-in-provider">
      <p className="quiet sign-in-or">或者</p>
      {error !== null && <SignInProblem error={error} />}
      <Button size="large" block loading={busy} onClick={() => void leave()}>
        用{title}登录
      </Button>
    </div>
  )
}
