import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import {
  handoverStateLabels,
  importStateLabels,
  stateLabels,
  type AssetState,
  type HandoverState,
  type ImportState,
} from '../model.ts'
import { loanStateLabels, type LoanState } from '../model/loan.ts'

const tones: Record<AssetState, Tone> = {
  'in-use': 'done',
  idle: 'warn',
  repair: 'warn',
  lent: 'running',
  leased: 'running',
  'in-warehouse': 'running',
  'disposal-pending': 'waiting',
  'disposal-approved': 'running',
  missing: 'overdue',
  disposed: 'draft',
  replaced: 'draft',
  withdrawn: 'draft',
}
export function AssetStateTag({ state }: { state: AssetState }) {
  return <StateTag tone={tones[state]} word={stateLabels[state]} />
}

const handoverTones: Record<HandoverState, Tone> = {
  offered: 'waiting',
  accepted: 'done',
  declined: 'refused',
  withdrawn: 'draft',
}
export function HandoverStateTag({ state }: { state: HandoverState }) {
  return <StateTag tone={handoverTones[state]} word={handoverStateLabels[state]} />
}

const loanTones: Record<LoanState, Tone> = {
  offered: 'waiting',
  lent: 'running',
  'handed-back': 'waiting',
  returned: 'done',
  declined: 'refused',
  withdrawn: 'draft',
}
/** Things that should be back already are told so in words. */
export function LoanStateTag({ state, late }: { state: LoanState; late: boolean }) {
  return late ? (
    <StateTag tone="overdue" word={`${loanStateLabels[state]}，已逾期`} />
  ) : (
    <StateTag tone={loanTones[state]} word={loanStateLabels[state]} />
  )
}

const importTones: Record<ImportState, Tone> = {
  reading: 'running',
  read: 'waiting',
  unreadable: 'refused',
  applying: 'running',
  applied: 'done',
  withdrawing: 'running',
  withdrawn: 'draft',
}
export function ImportStateTag({ state }: { state: ImportState }) {
  return <StateTag tone={importTones[state]} word={importStateLabels[state]} />
}
