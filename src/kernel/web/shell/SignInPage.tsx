import { useQuery } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { useTitle } from '../Page.tsx'
import { useSessionActs, useSignedIn } from '../session.tsx'
import type { DemonstrationAccount } from '../session.tsx'
import { roleWords } from './OrganSwitch.tsx'
import { ProviderButton } from './ProviderButton.tsx'
import { SignInSteps, useSignIn } from './SignInForm.tsx'
import type { Credentials } from './SignInForm.tsx'
import './sign-in.css'

export default function SignInPage() {
  useTitle('登录')
  const acts = useSessionActs()
  const signedIn = useSignedIn()
  const back = useLocation({ select: (location) => (location.search as Record<string, string>)['return'] })
  const [credentials, setCredentials] = useState<Credentials>({ username: '', password: '' })
  const returnTo = back?.startsWith('/') && !/^.[/\\]/.test(back) ? back : '/'
  const signing = useSignIn(() => signedIn(returnTo))
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
        <SignInSteps credentials={credentials} onChange={setCredentials} signing={signing} />
        {signing.step === 'password' && <ProviderButton returnTo={returnTo} />}
        <p className="quiet sign-in-note">本系统不得录入、处理、传输国家秘密。忘记密码请联系本单位系统管理员。</p>
      </main>
      {accounts.length > 0 && (
        <DemonstrationAccounts
          accounts={accounts}
          onChoose={({ username, password }) => {
            setCredentials({ username, password })
            signing.again()
            void signing.submit({ username, password })
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
  const levels = [...new Set(accounts.map(({ jurisdictionName }) => jurisdictionName))]
  return (
    <aside className="sign-in-accounts" aria-labelledby="demonstration-accounts">
      <h2 id="demonstration-accounts">演示账号</h2>
      <p className="quiet">
        数据均为虚构，点选即登录。演示中第二因素可以试用，不强制；正式系统中三员、审核、财政等岗位必须启用。
      </p>
      {levels.map((level) => (
        <section key={level}>
          <h3>{level}</h3>
          <ul>
            {accounts
              .filter(({ jurisdictionName }) => jurisdictionName === level)
              .map((account) => (
                <li key={account.username}>
                  <button type="button" onClick={() => onChoose(account)}>
                    <b>{roleWords(account.roles)}</b>
                    <span>
                      {account.organName} · {account.name}
                    </span>
                    <small>{account.username}</small>
                  </button>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </aside>
  )
}
