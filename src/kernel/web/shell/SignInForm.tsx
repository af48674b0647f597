import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { ProblemError } from '../problem.ts'
import { useSessionActs } from '../session.tsx'
import { CodeFields } from './CodeFields.tsx'
import { SignInProblem } from './SignInProblem.tsx'

export type Credentials = { username: string; password: string }

/** Name and password, then the code of the second factor where there is one. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => Promise<unknown> | void }) {
  const [credentials, setCredentials] = useState<Credentials>({ username: '', password: '' })
  return <SignInSteps credentials={credentials} onChange={setCredentials} signing={useSignIn(onSignedIn)} />
}

export type SigningIn = ReturnType<typeof useSignIn>

export function useSignIn(onSignedIn: () => Promise<unknown> | void) {
  const acts = useSessionActs()
  const [step, setStep] = useState<'password' | 'code'>('password')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const attempt = async (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await work()
    } catch (thrown) {
      if (thrown instanceof ProblemError && thrown.refusals.some(({ code }) => code === 'sign-in-lapsed'))
        setStep('password')
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }
  return {
    step,
    busy,
    error,
    submit: (credentials: Credentials) =>
      attempt(async () => {
        const { needsCode } = await acts.signIn({ ...credentials, username: credentials.username.trim() })
        if (needsCode) setStep('code')
        else await onSignedIn()
      }),
    prove: (code: string) =>
      attempt(async () => {
        await acts.proveSignIn(code)
        await onSignedIn()
      }),
    /** Back to name and password. */
    again: () => {
      setStep('password')
      setError(null)
    },
  }
}

export function SignInSteps({
  credentials,
  onChange,
  signing,
}: {
  credentials: Credentials
  onChange: (credentials: Credentials) => void
  signing: SigningIn
}) {
  const { step, busy, error, submit, prove, again } = signing
  if (step === 'password')
    return (
      <PasswordFields
        credentials={credentials}
        onChange={onChange}
        onSubmit={() => void submit(credentials)}
        busy={busy}
        error={error}
      />
    )
  return (
    <>
      <p className="quiet">密码已核对。请打开手机上的身份验证器，输入“运保”当前显示的6位动态口令。</p>
      <CodeFields submit="登录" busy={busy} error={error} onSubmit={(code) => void prove(code)} />
      <p className="session-leave">
        <button type="button" className="link-button" onClick={again}>
          重新输入用户名和密码
        </button>
      </p>
    </>
  )
}

function PasswordFields({
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
      {error !== null && <SignInProblem error={error} />}
      <Button type="primary" htmlType="submit" size="large" loading={busy} block>
        登录
      </Button>
    </form>
  )
}
