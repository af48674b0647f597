import type { ReactNode } from 'react'
import './thing.css'

/** Things one goes through one by one, on a phone as at a desk. */
export function ThingRows({ children }: { children: ReactNode }) {
  return <ul className="things">{children}</ul>
}

/** One thing: what it is, the presses that answer it at its side, and what else is asked of it below. */
export function ThingRow({
  label,
  id,
  marked = false,
  done = false,
  acts,
  below,
  children,
}: {
  /** What a screen reader calls it: name and number. */
  label: string
  id?: string
  /** Just scanned. */
  marked?: boolean
  /** Answered already. */
  done?: boolean
  acts: ReactNode
  below?: ReactNode
  children: ReactNode
}) {
  const classes = ['thing', marked ? 'thing-marked' : '', done ? 'thing-done' : '']
  return (
    <li id={id} className={classes.filter(Boolean).join(' ')} aria-label={label}>
      <div className="thing-what">{children}</div>
      <div className="thing-acts">{acts}</div>
      {below && <div className="thing-below">{below}</div>}
    </li>
  )
}
