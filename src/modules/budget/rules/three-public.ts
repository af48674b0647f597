import { formatYuan } from '#kernel/pure/money.ts'
import { finding, type Finding } from '#kernel/pure/verdict.ts'
import type { EconomicCode, ThreePublicPart } from '#modules/standards/model.ts'
import { law } from '../law.ts'
import { type BudgetFacts } from './facts.ts'

/** 三公经费 in 分: SG1 abroad, SG2a and SG2b vehicles, SG3 reception. */
export type ThreePublic = {
  abroadFen: number
  vehiclePurchaseFen: number
  vehicleRunningFen: number
  receptionFen: number
  totalFen: number
}

/** 0.05 万元: rounding allowed between the published parts and their total (PLAN-R20). */
export const threePublicToleranceFen = 50_000

/** The three public expenses among lines, by the mark of the economic code; the total is the sum of the parts. */
export function threePublicOf(
  lines: readonly { economicCode: string; amountFen: number }[],
  codes: ReadonlyMap<string, EconomicCode>,
): ThreePublic {
  const of = (part: ThreePublicPart) =>
    lines.reduce((sum, line) => (codes.get(line.economicCode)?.threePublic === part ? sum + line.amountFen : sum), 0)
  const [abroadFen, vehiclePurchaseFen, vehicleRunningFen, receptionFen] = [
    of('SG1'),
    of('SG2a'),
    of('SG2b'),
    of('SG3'),
  ]
  return {
    abroadFen,
    vehiclePurchaseFen,
    vehicleRunningFen,
    receptionFen,
    totalFen: abroadFen + vehiclePurchaseFen + vehicleRunningFen + receptionFen,
  }
}

/** PLAN-R20: SG = SG1 + SG2 + SG3 and SG2 = SG2a + SG2b, as printed, within the tolerance (PLAN-T17). */
export function checkThreePublicSums(printed: ThreePublic & { vehiclesFen: number }): Finding[] {
  const { abroadFen, vehiclesFen, vehiclePurchaseFen, vehicleRunningFen, receptionFen, totalFen } = printed
  const sums = [
    { label: '“三公”经费合计', totalFen, parts: [abroadFen, vehiclesFen, receptionFen] },
    { label: '公务用车购置及运行维护费', totalFen: vehiclesFen, parts: [vehiclePurchaseFen, vehicleRunningFen] },
  ]
  return sums.flatMap(({ label, totalFen: total, parts }) => {
    const sum = parts.reduce((a, b) => a + b, 0)
    if (Math.abs(total - sum) <= threePublicToleranceFen) return []
    return [
      finding(
        'PLAN-R20',
        'block',
        law.threePublic,
        `${label}${formatYuan(total)}元与分项之和${formatYuan(sum)}元不符。`,
        {
          remedy: '请核对分项。',
          facts: { '合计（分）': total, '分项之和（分）': sum },
          steps: [{ label, expression: parts.map(formatYuan).join(' + '), result: formatYuan(sum) }],
        },
      ),
    ]
  })
}

/** PLAN-R16 read on the year's budget: the three public expenses may only fall; a rise needs a named approval (只减不增). */
export function checkThreePublicRise({
  lines,
  economicCodes,
  lastYearThreePublicFen,
}: Pick<BudgetFacts, 'lines' | 'economicCodes' | 'lastYearThreePublicFen'>): Finding[] {
  const { totalFen } = threePublicOf(lines, economicCodes)
  if (totalFen === 0) return []
  if (lastYearThreePublicFen === null)
    return [
      finding('PLAN-R16', 'warn', law.threePublic, `“三公”经费${formatYuan(totalFen)}元，系统内没有上年批复数可比。`, {
        remedy: '请对照上年预算核对是否只减不增。',
        facts: { '本年（分）': totalFen },
      }),
    ]
  if (totalFen <= lastYearThreePublicFen) return []
  const rise = totalFen - lastYearThreePublicFen
  return [
    finding(
      'PLAN-R16',
      'needs-approval',
      law.threePublic,
      `“三公”经费${formatYuan(totalFen)}元，比上年增加${formatYuan(rise)}元，应只减不增。`,
      {
        remedy: '请压减；确需增加的，财政批复时须在意见中写明批准依据。',
        facts: { '本年（分）': totalFen, '上年（分）': lastYearThreePublicFen, '增加（分）': rise },
        steps: [
          {
            label: '比上年',
            expression: `${formatYuan(totalFen)} − ${formatYuan(lastYearThreePublicFen)}`,
            result: formatYuan(rise),
          },
        ],
      },
    ),
  ]
}
