import { useEffect, useRef } from 'react'
import './form.css'

export type SummaryLine = {
  message: string
  /** Id of the field's control; null when no field shows it. */
  target: string | null
}

/** All that is wrong, at the top of the form; each line leads to its field. It takes the focus when it appears. */
export function ProblemSummary({ lines }: { lines: readonly SummaryLine[] }) {
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    if (lines.length > 0) box.current?.focus()
  }, [lines])
  if (lines.length === 0) return null
  return (
    <section ref={box} className="problem-summary" tabIndex={-1} aria-label="填写有误的地方">
      <h3>有 {lines.length} 处需要改正</h3>
      <ul>
        {lines.map(({ message, target }) => (
          <li key={`${target}${message}`}>
            {target === null ? (
              message
            ) : (
              <a
                href={`#${target}`}
                onClick={(event) => {
                  event.preventDefault()
                  const control = document.getElementById(target)
                  control?.scrollIntoView({ block: 'center' })
                  control?.focus()
                }}
              >
                {message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
