import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Go } from '../going.tsx'
import { ErrorPanel } from '../Panels.tsx'
import { Popup } from '../Popup.tsx'
import { useMe, useSessionActs, useSessionChanged } from '../session.tsx'
import { roleWords } from './OrganSwitch.tsx'

export function UserMenu() {
  const me = useMe()
  const acts = useSessionActs()
  const changed = useSessionChanged()
  const navigate = useNavigate()
  const [error, setError] = useState<unknown>(null)
  const leave = async () => {
    try {
      const { providerSignOut } = await acts.signOut()
      if (providerSignOut !== null) return window.location.assign(providerSignOut)
      await navigate({ to: '/sign-in' })
      await changed()
    } catch (thrown) {
      setError(thrown)
    }
  }
  return (
    <Popup className="shell-tool" button={<span className="user-name">{me.person.name}</span>}>
      {(close) => (
        <>
          <p className="user-standing">
            {me.organ?.name}
            <small>{roleWords(me.roles)}</small>
          </p>
          <Go to="/account/password" className="popup-item" onClick={close}>
            修改密码
          </Go>
          <Go to="/account/second-factor" className="popup-item" onClick={close}>
            第二因素
            <small>{me.hasSecondFactor ? '已启用' : '未启用'}</small>
          </Go>
          <button type="button" className="popup-item" onClick={() => void leave()}>
            退出登录
          </button>
          {error !== null && <ErrorPanel error={error} />}
        </>
      )}
    </Popup>
  )
}
