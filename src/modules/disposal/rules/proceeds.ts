import { formatYuan } from '#kernel/pure/money.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'

/** What came in and what it cost, in 分. */
export type Sums = Readonly<{
  grossFen: number
  taxesFen: number
  appraisalFen: number
  tradeFen: number
  otherFen: number
}>

/** What is paid to the treasury: gross less taxes, appraisal, trade and other costs (A12-5; facts 2.5). */
export function netProceeds({ grossFen, taxesFen, appraisalFen, tradeFen, otherFen }: Sums): number {
  return grossFen - taxesFen - appraisalFen - tradeFen - otherFen
}

export function checkProceeds(
  sums: Sums,
  { receivedOn, consentedOn, today }: { receivedOn: string; consentedOn: string; today: string },
): Verdict {
  const costsFen = sums.grossFen - netProceeds(sums)
  return allOf(
    provided(netProceeds(sums) >= 0, {
      code: 'costs-above-gross',
      message: `税费和成本${formatYuan(costsFen)}元，超过处置收入${formatYuan(sums.grossFen)}元。`,
      basis: law.proceeds,
      facts: { '处置收入（分）': sums.grossFen, '税费和成本（分）': costsFen },
      remedy: '只能扣除本次处置的税费和成本，最多扣到收入为止；超出部分从本机关预算列支，请核对金额。',
    }),
    // A buyer pays before the thing is handed over, and the term runs from the money.
    provided(receivedOn <= today && receivedOn >= consentedOn, {
      code: 'received-on',
      message: `收款日期应在财政部门同意（${consentedOn}）之后，不晚于今天。`,
      remedy: '请核对日期。',
    }),
  )
}

/** AST-R14: paid after the last day, or not yet paid when it has passed. */
export function isLate(dueOn: string, paidOn: string | null, today: string): boolean {
  return (paidOn ?? today) > dueOn
}
