import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import { budgetStateLabels, type BudgetState } from '../model.ts'

const tones: Record<BudgetState, Tone> = {
  draft: 'draft',
  proposed: 'waiting',
  controlled: 'running',
  drafted: 'waiting',
  approved: 'done',
}

export function BudgetStateTag({ state }: { state: BudgetState }) {
  return <StateTag tone={tones[state]} word={budgetStateLabels[state]} />
}

export const budgetKindLabels = { authority: '集中统一管理事项', organ: '本机关计划事项' } as const
