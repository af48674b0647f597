import { useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { searchOf } from '../going.tsx'
import { useTitle } from '../Page.tsx'
import { useSessionActs, useSessionChanged } from '../session.tsx'
import type { DemonstrationAccount } from '../session.tsx'
import { roleWords } from './OrganSwitch.tsx'
import { SignInFields, useSignIn } from './SignInForm.tsx'
import type { Credentials } from './SignInForm.tsx'
import './sign-in.css'

export default function SignInPage() {
  useTitle('登录')
  const acts = useSessionActs()
  const changed = useSessionChanged()
  const navigate = useNavigate()
  const back = useLocation({ select: (location) => (location.search as Record<string, string>)['return'] })
  const [credentials, setCredentials] = useState<Credentials>({ username: '', password: '' })
  const { submit, busy, error } = useSignIn(async () => {
    await changed()
    const url = new URL(back?.startsWith('/') && !back.startsWith('//') ? back : '/', 'http://here')
    await navigate({ to: url.pathname, search: searchOf(url.search), replace: true })
  })
  const { data: accounts = [] } = useQuery({
    queryKey: ['session', 'demonstration-accounts'],
    queryFn: () => acts.demonstrationAccounts(),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return (
    <div className={accounts.length > 0 ? 'sign-in sign-in-with-accounts' : 'sign-in'}>
      <main className="sign-in-box">
        <h1>
          运保<small>机关运行保障信息系统</small>
        </h1>
        <SignInFields
          credentials={credentials}
          onChange={setCredentials}
          onSubmit={() => void submit(credentials)}
          busy={busy}
          error={error}
        />
        <p className="quiet sign-in-note">本系统不得录入、处理、传输国家秘密。忘记密码请联系本单位系统管理员。</p>
      </main>
      {accounts.length > 0 && (
        <DemonstrationAccounts
          accounts={accounts}
          onChoose={({ username, password }) => {
            setCredentials({ username, password })
            void submit({ username, password })
          }}
        />
      )}
    </div>
  )
}

function DemonstrationAccounts({
  accounts,
  onChoose,
}: {
  accounts: readonly DemonstrationAccount[]
  onChoose: (account: DemonstrationAccount) => void
}) {
  return (
    <aside className="sign-in-accounts" aria-labelledby="demonstration-accounts">
      <h2 id="demonstration-accounts">演示账号</h2>
      <p className="quiet">数据均为虚构。点选即登录。</p>
      <table>
        <thead>
          <tr>
            <th scope="col">用户名</th>
            <th scope="col">姓名</th>
            <th scope="col">单位</th>
            <th scope="col">角色</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.username}>
              <td>
                <button type="button" className="link-button" onClick={() => onChoose(account)}>
                  {account.username}
                </button>
              </td>
              <td>{account.name}</td>
              <td>{account.organName}</td>
              <td>{roleWords(account.roles)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </aside>
  )
}
