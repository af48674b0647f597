import { useId } from 'react'
import type { ReactNode } from 'react'

/** A label above its control in a row of entries. */
export function EntryLabel({
  text,
  wide = false,
  children,
}: {
  text: string
  wide?: boolean
  /** Draws the control with the id that the label names. */
  children: (id: string) => ReactNode
}) {
  const id = useId()
  return (
    <div className={wide ? 'entry-label entry-label-wide' : 'entry-label'}>
      <label htmlFor={id}>{text}</label>
      {children(id)}
    </div>
  )
}
