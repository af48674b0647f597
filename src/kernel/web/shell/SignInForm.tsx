import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { ErrorPanel } from '../Panels.tsx'
import { useSessionActs } from '../session.tsx'

export type Credentials = { username: string; password: string }

/** Name and password. `filled` puts a demonstration account in and signs in at once. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => Promise<unknown> | void }) {
  const [credentials, setCredentials] = useState<Credentials>({ username: '', password: '' })
  const { submit, busy, error } = useSignIn(onSignedIn)
  return (
    <SignInFields
      credentials={credentials}
      onChange={setCredentials}
      onSubmit={() => void submit(credentials)}
      busy={busy}
      error={error}
    />
  )
}

export function useSignIn(onSignedIn: () => Promise<unknown> | void) {
  const acts = useSessionActs()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const submit = async (credentials: Credentials) => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await acts.signIn({ ...credentials, username: credentials.username.trim() })
      await onSignedIn()
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }
  return { submit, busy, error }
}

export function SignInFields({
  credentials,
  onChange,
  onSubmit,
  busy,
  error,
}: {
  credentials: Credentials
  onChange: (credentials: Credentials) => void
  onSubmit: () => void
  busy: boolean
  error: unknown
}) {
  const id = useId()
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <label htmlFor={`${id}name`}>用户名</label>
      <Input
        id={`${id}name`}
        autoComplete="username"
        autoCapitalize="none"
        required
        autoFocus
        size="large"
        value={credentials.username}
        onChange={(event) => onChange({ ...credentials, username: event.target.value })}
      />
      <label htmlFor={`${id}password`}>密码</label>
      <Input.Password
        id={`${id}password`}
        autoComplete="current-password"
        required
        size="large"
        value={credentials.password}
        onChange={(event) => onChange({ ...credentials, password: event.target.value })}
      />
      {error !== null && <ErrorPanel error={error} />}
      <Button type="primary" htmlType="submit" size="large" loading={busy} block>
        登录
      </Button>
    </form>
  )
}
