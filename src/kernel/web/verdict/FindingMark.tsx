import { outcomeLabels } from '#kernel/pure/verdict.ts'
import type { Outcome } from '#kernel/pure/verdict.ts'
import { Mark } from '../marks.tsx'
import type { MarkShape } from '../marks.tsx'
import './verdict.css'

const outcomeMarks: Record<Outcome, MarkShape> = {
  ok: 'done',
  warn: 'warn',
  'needs-approval': 'approval',
  block: 'block',
}

/** An outcome as mark, word and colour; `bare` leaves the word to screen readers where room is short (a table's cell). */
export function FindingMark({ outcome, bare = false }: { outcome: Outcome; bare?: boolean }) {
  const word = outcomeLabels[outcome]
  return (
    <span className={`finding-mark outcome-${outcome}`} title={bare ? word : undefined}>
      <Mark shape={outcomeMarks[outcome]} />
      <span className={bare ? 'sr-only' : undefined}>{word}</span>
    </span>
  )
}
