import type { OutputOf } from '#kernel/pure/contract.ts'
import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import type { contract } from '../../contract.ts'
import { reportStateLabels } from '../../model.ts'

export type ReportView = OutputOf<(typeof contract)['viewReport']>
export type Report = ReportView['report']

const tones: Record<Report['state'], Tone> = {
  draft: 'draft',
  signed: 'waiting',
  sent: 'running',
  returned: 'warn',
  received: 'done',
}

export function ReportStateTag({ report: { kind, state } }: { report: Pick<Report, 'kind' | 'state'> }) {
  const word = kind === 'consolidated' && state === 'sent' ? '已报告并抄送财政' : reportStateLabels[state]
  return <StateTag tone={kind === 'consolidated' && state === 'sent' ? 'done' : tones[state]} word={word} />
}
