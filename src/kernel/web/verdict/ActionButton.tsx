import { Button } from 'antd'
import { useId, useState } from 'react'
import type { ReactNode } from 'react'
import type { May } from '#kernel/pure/verdict.ts'
import './verdict.css'

/**
 * A button for an act. Forbidden ones stay in sight and say why: on hover, on focus, and as text below once pressed.
 * It is busy while `onClick`'s promise runs, so it cannot be pressed twice.
 */
export function ActionButton({
  refusal = null,
  onClick,
  primary = false,
  danger = false,
  busy = false,
  children,
}: {
  /** `may.approve` as the server told it; null = allowed. */
  refusal?: May | undefined
  onClick: () => unknown
  primary?: boolean
  danger?: boolean
  busy?: boolean
  children: ReactNode
}) {
  const id = useId()
  const [running, setRunning] = useState(false)
  const [hovered, setHovered] = useState(false)
  const [pressed, setPressed] = useState(false)
  const refused = refusal !== null && refusal.length > 0
  const press = () => {
    if (refused) return setPressed(true)
    const result = onClick()
    if (!(result instanceof Promise)) return
    setRunning(true)
    void result.finally(() => setRunning(false))
  }
  const button = (
    <Button
      type={primary ? 'primary' : 'default'}
      danger={danger}
      loading={running || busy}
      aria-disabled={refused || undefined}
      aria-describedby={refused ? id : undefined}
      className={refused ? 'action-refused' : ''}
      onClick={press}
    >
      {children}
    </Button>
  )
  if (!refused) return button
  return (
    <span
      className={pressed ? 'action action-explained' : 'action'}
      onMouseEnter={() => setHovered(true)}
      onMouseLeave={() => setHovered(false)}
      onFocus={() => setHovered(true)}
      onBlur={() => setHovered(false)}
      onKeyDown={(event) => event.key === 'Escape' && (setHovered(false), setPressed(false))}
    >
      {button}
      <span id={id} className={hovered || pressed ? 'action-reasons' : 'sr-only'} role={pressed ? 'status' : undefined}>
        {refusal.map((reason) => (
          <span key={`${reason.code}${reason.message}`} className="action-reason">
            {reason.message}
            {reason.basis && <span className="quiet"> 依据：{reason.basis.citation}</span>}
            {reason.remedy && <span> {reason.remedy}</span>}
          </span>
        ))}
      </span>
    </span>
  )
}
