import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { SignInProblem } from './SignInProblem.tsx'

/** One field for a code of the second factor; a recovery code where the phone is not at hand. */
export function CodeFields({
  submit,
  busy,
  error,
  onSubmit,
}: {
  /** The verb on the button. */
  submit: string
  busy: boolean
  error: unknown
  onSubmit: (code: string) => void
}) {
  const id = useId()
  const [code, setCode] = useState('')
  const [recovering, setRecovering] = useState(false)
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit(code)
        setCode('')
      }}
    >
      <label htmlFor={`${id}code`}>{recovering ? '恢复码' : '动态口令'}</label>
      <Input
        key={String(recovering)}
        id={`${id}code`}
        autoFocus
        required
        size="large"
        className="code-input"
        autoComplete={recovering ? 'off' : 'one-time-code'}
        inputMode={recovering ? 'text' : 'numeric'}
        autoCapitalize="none"
        maxLength={recovering ? 20 : 8}
        aria-describedby={`${id}other`}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      {error !== null && <SignInProblem error={error} />}
      <Button type="primary" htmlType="submit" size="large" loading={busy} block>
        {submit}
      </Button>
      <p id={`${id}other`} className="session-leave">
        {recovering ? '恢复码每个只能用一次。' : '手机不在身边？'}
        <button type="button" className="link-button" onClick={() => (setRecovering(!recovering), setCode(''))}>
          {recovering ? '改用动态口令' : '改用恢复码'}
        </button>
      </p>
    </form>
  )
}
