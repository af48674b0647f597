import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import { countStateLabels, resultLabels, type CountState, type Result } from '../model.ts'

const tones: Record<CountState, Tone> = {
  counting: 'running',
  settling: 'warn',
  'at-head': 'waiting',
  'at-authority': 'waiting',
  'at-finance': 'waiting',
  finished: 'done',
  withdrawn: 'draft',
}
export function CountStateTag({ state }: { state: CountState }) {
  return <StateTag tone={tones[state]} word={countStateLabels[state]} />
}

const resultTones: Record<Result, Tone> = {
  same: 'done',
  mismatch: 'warn',
  surplus: 'running',
  missing: 'overdue',
  idle: 'warn',
  damaged: 'warn',
  duplicate: 'warn',
}
/** What was found of a thing; nothing yet where nobody counted. */
export function ResultTag({ result, disputed = false }: { result: Result | null; disputed?: boolean }) {
  if (disputed) return <StateTag tone="refused" word="结果有分歧" />
  return result === null ? (
    <StateTag tone="draft" word="未盘" />
  ) : (
    <StateTag tone={resultTones[result]} word={resultLabels[result]} />
  )
}
