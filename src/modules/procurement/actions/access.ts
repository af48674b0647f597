import type { ActingOrgan } from '#kernel/pure/actor.ts'
import { verdictOf, type Finding } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { Conflict, found, insist, Missing } from '#kernel/server/errors.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { maySeePurchase } from '../policy.ts'
import { paymentById, type PaymentRow } from '../store/money.ts'
import { purchaseById, type PurchaseRow } from '../store/purchase.ts'

/** The organ the actor acts for, with the question answered whether they look after business there at all. */
export function ownOrgan({ actor }: Pick<Act, 'actor'>): ActingOrgan {
  return officeOrgan(actor, '采购')
}

export const subjectOf = (organ: ActingOrgan) => ({ organId: organ.id, jurisdictionCode: organ.jurisdictionCode })

/** The purchase, unless the actor may not know of it. */
export async function seenPurchase(
  { tx, actor }: Pick<Act, 'tx' | 'actor'>,
  id: string,
  lock = false,
): Promise<PurchaseRow> {
  const row = found(await purchaseById(tx, id, lock), '采购')
  if (!maySeePurchase(actor, row)) throw new Missing('采购')
  return row
}

/** The purchase held for a step, as its screen showed it. @throws Conflict when somebody took a step meanwhile */
export async function lockedPurchase(
  act: Act & { input: { purchaseId: string; version: number } },
): Promise<PurchaseRow> {
  const row = await seenPurchase(act, act.input.purchaseId, true)
  if (row.version !== act.input.version) throw new Conflict('采购')
  return row
}

export async function seenPayment(
  { tx, actor }: Pick<Act, 'tx' | 'actor'>,
  id: string,
  lock = false,
): Promise<PaymentRow> {
  const row = found(await paymentById(tx, id, lock), '采购付款')
  if (!maySeePurchase(actor, row)) throw new Missing('采购付款')
  return row
}

export const recordOf = (row: Pick<PurchaseRow, 'id' | 'organId'>) => ({
  subject: { kind: 'procurement.purchase', id: row.id },
  organId: row.organId,
})

/** Findings that do not block, or the refusal with every blocking one. */
export function insistFindings(findings: readonly Finding[]): void {
  insist(verdictOf(findings))
}
