import { ConfigProvider } from 'antd'
import { useEffect, useId, useRef } from 'react'
import type { ReactNode } from 'react'
import './dialog.css'

/**
 * A dialog over the page on the browser's own `<dialog>`: focus stays inside and goes back to what opened it, Escape
 * closes it, the page behind keeps everything typed. Without `onClose` it cannot be left except by what it asks for.
 */
export function Dialog({
  title,
  onClose,
  wide = false,
  actions,
  children,
}: {
  title: string
  onClose?: () => void
  wide?: boolean
  /** Buttons at the foot, primary first. */
  actions?: ReactNode
  children: ReactNode
}) {
  const element = useRef<HTMLDialogElement>(null)
  const heading = useId()
  useEffect(() => {
    const dialog = element.current
    const opener = document.activeElement
    dialog?.showModal()
    dialog
      ?.querySelector<HTMLElement>('.dialog-body :is(input, textarea, [tabindex="0"]), .dialog-foot button')
      ?.focus()
    return () => {
      dialog?.close()
      // The element is on its way out of the page, where the browser does not give the focus back by itself.
      queueMicrotask(() => {
        if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
      })
    }
  }, [])
  return (
    <dialog
      ref={element}
      className={wide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={heading}
      onCancel={(event) => {
        if (event.target !== element.current) return // a file chooser inside cancels too
        event.preventDefault()
        onClose?.()
      }}
    >
      <ConfigProvider getPopupContainer={() => element.current ?? document.body}>
        <div className="dialog-head">
          <h2 id={heading}>{title}</h2>
          {onClose && (
            <button type="button" className="dialog-close" aria-label="关闭" onClick={onClose}>
              ×
            </button>
          )}
        </div>
        <div className="dialog-body">{children}</div>
        {actions && <div className="dialog-foot row">{actions}</div>}
      </ConfigProvider>
    </dialog>
  )
}
