import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import { paymentStateLabels, purchaseStateLabels, type PaymentState, type PurchaseState } from '../model.ts'

const tones: Record<PurchaseState, Tone> = {
  draft: 'draft',
  submitted: 'waiting',
  'finance-review': 'waiting',
  purchasing: 'running',
  awarded: 'running',
  contracted: 'running',
  accepting: 'waiting',
  accepted: 'running',
  closed: 'done',
  withdrawn: 'draft',
  terminated: 'refused',
}
export function PurchaseStateTag({ state }: { state: PurchaseState }) {
  return <StateTag tone={tones[state]} word={purchaseStateLabels[state]} />
}

const paymentTones: Record<PaymentState, Tone> = {
  requested: 'waiting',
  paid: 'done',
  returned: 'refused',
  reversed: 'refused',
}
export function PaymentStateTag({ state }: { state: PaymentState }) {
  return <StateTag tone={paymentTones[state]} word={paymentStateLabels[state]} />
}
