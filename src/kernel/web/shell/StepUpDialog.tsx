import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { Dialog } from '../Dialog.tsx'
import { stepUpNeeded } from '../session-ended.ts'
import { useMaybeMe, useSessionActs } from '../session.tsx'
import { useSignal } from '../signals.ts'
import { CodeFields } from './CodeFields.tsx'
import { SignInProblem } from './SignInProblem.tsx'
import './sign-in.css'

/** Asks anew who is there, over any page whose act needs it; then the act goes on by itself. */
export function StepUpDialog() {
  return useSignal(stepUpNeeded.waiting) === null ? null : <ProveAgain />
}

function ProveAgain() {
  const me = useMaybeMe()
  const acts = useSessionActs()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const prove = async (proof: { code: string } | { password: string }) => {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await acts.stepUp(proof)
      stepUpNeeded.settle(true)
    } catch (thrown) {
      setError(thrown)
      setBusy(false)
    }
  }
  return (
    <Dialog title="请再次验证身份" onClose={() => stepUpNeeded.settle(false)}>
      <p className="quiet">这一事项关系账号和权限安全，办理前须确认是您本人。验证后自动继续，已填写的内容不会丢失。</p>
      {me?.hasSecondFactor ? (
        <CodeFields submit="验证并继续" busy={busy} error={error} onSubmit={(code) => void prove({ code })} />
      ) : (
        <PasswordAgain busy={busy} error={error} onSubmit={(password) => void prove({ password })} />
      )}
    </Dialog>
  )
}

function PasswordAgain({
  busy,
  error,
  onSubmit,
}: {
  busy: boolean
  error: unknown
  onSubmit: (password: string) => void
}) {
  const id = useId()
  const [password, setPassword] = useState('')
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit(password)
      }}
    >
      <label htmlFor={`${id}password`}>密码</label>
      <Input.Password
        id={`${id}password`}
        autoComplete="current-password"
        required
        autoFocus
        size="large"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
      {error !== null && <SignInProblem error={error} />}
      <Button type="primary" htmlType="submit" size="large" loading={busy} block>
        验证并继续
      </Button>
    </form>
  )
}
