import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import { planStateLabels, type Plan } from '../../model.ts'

const tones: Record<Plan['state'], Tone> = {
  draft: 'draft',
  consulting: 'waiting',
  issued: 'running',
  'in-force': 'done',
  superseded: 'refused',
}

export function PlanStateTag({ state }: { state: Plan['state'] }) {
  return <StateTag tone={tones[state]} word={planStateLabels[state]} />
}

/** The authority plans centralised matters for the level (A33-2), each organ the rest for itself (A33-3). */
export const planKindLabels = { authority: '集中统一管理事项计划', organ: '机关自行制定的计划' } as const
