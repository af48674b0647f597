import { signal, useSignal } from './signals.ts'
import './notice.css'

type Notice = { id: number; text: string; undo: (() => void) | null }

const shown = signal<readonly Notice[]>([])
let last = 0

/** Says in one line at the foot of the page that something was done; offers 撤销 where it can be undone. */
export function tell(text: string, undo?: () => void): void {
  const id = ++last
  shown.set([...shown.get().slice(-2), { id, text, undo: undo ?? null }])
  setTimeout(() => dismiss(id), undo ? 12_000 : 6_000)
}

function dismiss(id: number): void {
  shown.set(shown.get().filter((notice) => notice.id !== id))
}

export function Notices() {
  const notices = useSignal(shown)
  return (
    <div className="notices no-print" role="status" aria-live="polite">
      {notices.map(({ id, text, undo }) => (
        <p key={id} className="notice">
          {text}
          {undo && (
            <button
              type="button"
              onClick={() => {
                dismiss(id)
                undo()
              }}
            >
              撤销
            </button>
          )}
        </p>
      ))}
    </div>
  )
}
