import { moveCase } from '#kernel/server/cases/engine.ts'
import type { Act } from '#kernel/server/context.ts'
import { record } from '#kernel/server/record.ts'
import { purchaseCase } from '../cases.ts'
import { sum } from '../rules/amounts.ts'
import { dropDeadlines } from '../store/deadline.ts'
import { fundingOf } from '../store/money.ts'
import type { ComplaintRow } from '../store/objection.ts'
import { savePurchase, type PurchaseRow } from '../store/purchase.ts'
import { recordOf } from './access.ts'
import { giveBack } from './money.ts'

/**
 * Ends a purchase whose award or contract finance finds void: what is held goes back to its plan lines, from which it may be
 * bought anew (政府采购法第五十六条; A34-2).
 * @returns what was given back, 分
 */
export async function annul(act: Act, purchase: PurchaseRow, complaint: Pick<ComplaintRow, 'number'>): Promise<number> {
  const releasedFen = sum((await fundingOf(act.tx, purchase.id)).map(({ heldFen, paidFen }) => heldFen - paidFen))
  const why = `投诉${complaint.number}成立，采购无效`
  await giveBack(act, purchase, why)
  await dropDeadlines(act.tx, purchase.id)
  await moveCase(act, purchaseCase, purchase.caseId, 'annul', { opinion: why })
  await savePurchase(act.tx, purchase, { state: 'terminated', closedOn: act.today })
  await record(act, 'procurement.purchase-annulled', {
    ...recordOf(purchase),
    before: { state: purchase.state },
    after: { state: 'terminated', number: complaint.number, releasedFen },
  })
  return releasedFen
}
