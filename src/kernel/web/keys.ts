import { useEffect } from 'react'
import { useLatest } from './latest.ts'

/** Whether keys go into a field, and so mean letters and no acts. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('input, textarea, select, [contenteditable="true"], [role="grid"][data-entry]') !== null
  )
}

/** Acts by single keys while the part that asks is on the screen; none while somebody types or a dialog is open. */
export function useKeys(acts: Readonly<Record<string, () => void>>): void {
  const latest = useLatest(acts)
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      const act = document.querySelector('dialog[open]') ? undefined : latest.current[event.key]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [latest])
}
