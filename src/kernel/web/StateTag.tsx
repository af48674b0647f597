import { Mark } from './marks.tsx'
import type { MarkShape } from './marks.tsx'
import './state-tag.css'

/** What a state means to the reader; the word is the module's. */
export type Tone = 'draft' | 'waiting' | 'running' | 'done' | 'refused' | 'warn' | 'overdue'

const marks: Record<Tone, MarkShape> = {
  draft: 'draft',
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  refused: 'refused',
  warn: 'warn',
  overdue: 'overdue',
}

/** A state as mark and word: `<StateTag tone="waiting" word="审核中" />`. */
export function StateTag({ tone, word }: { tone: Tone; word: string }) {
  return (
    <span className={`state-tag tone-${tone}`}>
      <Mark shape={marks[tone]} />
      {word}
    </span>
  )
}
