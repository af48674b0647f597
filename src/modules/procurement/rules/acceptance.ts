import type { LocalDate } from '#kernel/pure/local-date.ts'
import { costOf, formatYuan } from '#kernel/pure/money.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { centi, sum } from './amounts.ts'

type Delivered = Readonly<{
  name: string
  contracted: number
  alreadyAccepted: number
  delivered: number
  accepted: number
  note: string
}>

/** What an acceptance may say: nothing beyond the contract, and why less was accepted than delivered (政府采购法第四十一条). */
export function mayAccept(
  items: readonly Delivered[],
  { deliveredOn, signedOn, today }: { deliveredOn: LocalDate; signedOn: LocalDate; today: LocalDate },
): Verdict {
  const beyond = items.filter(
    ({ contracted, alreadyAccepted, accepted }) => centi(alreadyAccepted) + centi(accepted) > centi(contracted),
  )
  const unexplained = items.filter(
    ({ delivered, accepted, note }) => centi(accepted) < centi(delivered) && note.trim().length < 2,
  )
  const wrong = items.filter(({ delivered, accepted }) => centi(accepted) > centi(delivered))
  const names = (some: readonly Delivered[]) => some.map(({ name }) => `“${name}”`).join('、')
  return allOf(
    provided(sum(items.map(({ delivered }) => delivered)) > 0, {
      code: 'nothing-delivered',
      message: '没有填写到货数量。',
      basis: law.acceptance,
      remedy: '请填写本次到货和验收合格的数量。',
    }),
    provided(beyond.length === 0, {
      code: 'beyond-contract',
      message: `${names(beyond)}验收数量超过合同数量。`,
      basis: law.acceptance,
      remedy: '请核对数量；确需增加的，先签订补充合同。',
    }),
    provided(wrong.length === 0, {
      code: 'accepted-beyond-delivered',
      message: `${names(wrong)}验收合格的数量多于到货数量。`,
      basis: law.acceptance,
      remedy: '请核对数量。',
    }),
    provided(unexplained.length === 0, {
      code: 'fault-unexplained',
      message: `${names(unexplained)}有不合格数量，没有写明问题。`,
      basis: law.acceptance,
      remedy: '请在问题一栏写明短缺、损坏或者不符的情况。',
    }),
    provided(deliveredOn <= today && deliveredOn >= signedOn, {
      code: 'delivery-date',
      message: `到货日期${deliveredOn}应在合同签订（${signedOn}）之后、今天之前。`,
      basis: law.acceptance,
      remedy: '请核对日期。',
    }),
  )
}

/** Whether everything contracted has been accepted. */
export const isComplete = (items: readonly { contractQuantity: number | null; acceptedQuantity: number }[]): boolean =>
  items.every(({ contractQuantity, acceptedQuantity }) => centi(acceptedQuantity) >= centi(contractQuantity ?? 0))

export const acceptedFen = (items: readonly { contractPriceFen: number | null; acceptedQuantity: number }[]): number =>
  sum(items.map(({ acceptedQuantity, contractPriceFen }) => costOf(acceptedQuantity, contractPriceFen ?? 0)))

/** PRO-R14: no payment before acceptance, and never more than what was accepted. */
export function mayPay(
  money: { acceptedFen: number; paidFen: number; pendingFen: number },
  payment: { amountFen: number; invoiceOn: LocalDate },
  today: LocalDate,
): Verdict {
  const room = money.acceptedFen - money.paidFen - money.pendingFen
  return allOf(
    provided(money.acceptedFen > 0 && payment.amountFen <= room, {
      code: 'PRO-R14',
      message:
        money.acceptedFen === 0
          ? '还没有验收，不能付款。'
          : `已验收${formatYuan(money.acceptedFen)}元，已支付${formatYuan(money.paidFen)}元，待审批${formatYuan(money.pendingFen)}元，本次最多${formatYuan(Math.max(0, room))}元。`,
      basis: law.payment,
      facts: { '已验收（分）': money.acceptedFen, '已支付（分）': money.paidFen, '本次（分）': payment.amountFen },
      remedy: money.acceptedFen === 0 ? '请先验收并签字。' : '请核对金额，或者先验收其余货物。',
    }),
    provided(payment.invoiceOn <= today, {
      code: 'future-date',
      message: '收到发票的日期不能晚于今天。',
      remedy: '请核对日期。',
    }),
  )
}

export type LineToPay = Readonly<{ ledgerLineId: string; acceptedFen: number; paidFen: number }>

/**
 * Which plan lines a payment is taken from: in their order, each up to what was accepted of it and is not yet paid.
 * @returns parts that add up to the amount
 * @throws RangeError when the lines hold less; `mayPay` asks before
 */
export function allocate(
  amountFen: number,
  lines: readonly LineToPay[],
): { ledgerLineId: string; amountFen: number }[] {
  let left = amountFen
  const parts = lines.flatMap(({ ledgerLineId, acceptedFen: accepted, paidFen }) => {
    const part = Math.min(left, Math.max(0, accepted - paidFen))
    left -= part
    return part === 0 ? [] : [{ ledgerLineId, amountFen: part }]
  })
  if (left > 0) throw new RangeError(`${left} fen of a payment find no accepted plan line`)
  return parts
}
