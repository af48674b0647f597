import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useGo } from '../going.tsx'
import { tell } from '../notice.tsx'
import { Page, Section } from '../Page.tsx'
import { ErrorPanel } from '../Panels.tsx'
import { useMe, useSessionActs, useSessionChanged } from '../session.tsx'
import './sign-in.css'

/** Own password. Shown in place of every page while it must be changed. */
export default function PasswordPage() {
  const me = useMe()
  const acts = useSessionActs()
  const changed = useSessionChanged()
  const go = useGo()
  const id = useId()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const differs = again !== '' && again !== next
  const submit = async () => {
    if (busy || differs) return
    setBusy(true)
    setError(null)
    try {
      await acts.changePassword({ current, next })
      tell('密码已修改')
      await changed()
      go('/')
    } catch (thrown) {
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Page title="修改密码" narrow {...(me.mustChangePassword ? { lead: '首次登录或密码到期，修改密码后继续。' } : {})}>
      <Section>
        <form
          className="sign-in-form"
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <label htmlFor={`${id}current`}>当前密码</label>
          <Input.Password
            id={`${id}current`}
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
          <label htmlFor={`${id}next`}>新密码</label>
          <Input.Password
            id={`${id}next`}
            autoComplete="new-password"
            required
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
          <label htmlFor={`${id}again`}>再输一遍新密码</label>
          <Input.Password
            id={`${id}again`}
            autoComplete="new-password"
            required
            aria-invalid={differs}
            aria-describedby={differs ? `${id}differs` : undefined}
            {...(differs ? { status: 'error' as const } : {})}
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
          {differs && (
            <p id={`${id}differs`} className="field-error">
              两次输入的新密码不一致。请重新输入。
            </p>
          )}
          {error !== null && <ErrorPanel error={error} />}
          <div>
            <Button type="primary" htmlType="submit" loading={busy} disabled={differs}>
              修改密码
            </Button>
          </div>
        </form>
      </Section>
    </Page>
  )
}
