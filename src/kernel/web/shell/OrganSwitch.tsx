import { roleLabels } from '#kernel/pure/actor.ts'
import type { Role } from '#kernel/pure/actor.ts'
import { useState } from 'react'
import { useGo } from '../going.tsx'
import { ErrorPanel } from '../Panels.tsx'
import { Popup } from '../Popup.tsx'
import { useMe, useSessionActs, useSessionChanged } from '../session.tsx'

export function roleWords(roles: readonly Role[]): string {
  return roles.map((role) => roleLabels[role]).join('、')
}

/** For whom one acts, always in sight; with several holdings, the place to change it. */
export function OrganSwitch() {
  const me = useMe()
  const acts = useSessionActs()
  const changed = useSessionChanged()
  const go = useGo()
  const [error, setError] = useState<unknown>(null)
  const standing = (
    <>
      <span className="organ-jurisdiction">{me.organ?.jurisdictionName}</span>
      <span className="organ-name">{me.organ?.name ?? '未选择单位'}</span>
      <span className="organ-roles">{roleWords(me.roles)}</span>
    </>
  )
  if (me.holdings.length < 2) return <div className="organ-switch">{standing}</div>
  const switchTo = async (organId: string, close: () => void) => {
    setError(null)
    try {
      await acts.switchOrgan(organId)
      close()
      go('/') // the page at hand may not be the new organ's to see
      await changed()
    } catch (thrown) {
      setError(thrown)
    }
  }
  return (
    <div className="organ-place">
      <Popup
        className="organ-switch organ-switch-button"
        align="start"
        button={
          <>
            {standing}
            <svg viewBox="0 0 10 10" width="9" height="9" aria-hidden="true">
              <path d="M1 3l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.4" />
            </svg>
            <span className="sr-only">切换单位</span>
          </>
        }
      >
        {(close) => (
          <>
            {me.holdings.map((holding) => (
              <button
                key={holding.organId}
                type="button"
                className="popup-item"
                aria-current={holding.organId === me.organ?.id}
                onClick={() => (holding.organId === me.organ?.id ? close() : void switchTo(holding.organId, close))}
              >
                {holding.jurisdictionName} {holding.organName}
                <small>{roleWords(holding.roles)}</small>
              </button>
            ))}
            {error !== null && <ErrorPanel error={error} />}
          </>
        )}
      </Popup>
    </div>
  )
}
