import { useEffect, useId, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import './popup.css'

/** A button that opens a small panel under it; Escape and a press outside close it, focus returns to the button. */
export function Popup({
  label,
  button,
  className,
  align = 'end',
  children,
}: {
  /** For screen readers, when `button` is no text of its own. */
  label?: string
  button: ReactNode
  className?: string
  align?: 'start' | 'end'
  children: (close: () => void) => ReactNode
}) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const id = useId()
  useEffect(() => {
    if (!open) return
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
    }
  }, [open])
  const close = () => {
    setOpen(false)
    opener.current?.focus()
  }
  return (
    <div
      ref={root}
      className="popup"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        event.stopPropagation()
        close()
      }}
    >
      <button
        ref={opener}
        type="button"
        className={className}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={label}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <div id={id} className={`popup-panel popup-${align}`}>
          {children(close)}
        </div>
      )}
    </div>
  )
}
