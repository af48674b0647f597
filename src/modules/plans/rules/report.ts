import { yearlyDate } from '#kernel/pure/deadline.ts'
import { finding, allOf, provided, type Finding, type Verdict } from '#kernel/pure/verdict.ts'
import { yearlyDateOf } from '#modules/duties/reference/terms.ts'
import { law } from '../law.ts'
import { yuan } from './facts.ts'

/** 0.01 万元: how far a report may stand from the ledger before it is wrong (PLAN-R19). */
export const reportToleranceFen = 10_000
/** 0.05 万元: rounding allowed between the parts of the three public expenses and their total (PLAN-R20). */
export const threePublicToleranceFen = 50_000

/** Execution rate 执行率 in basis points; null without plan. */
export function executionRateBp(plannedFen: number, executedFen: number): number | null {
  return plannedFen === 0 ? null : Math.round((executedFen * 10_000) / plannedFen)
}

/** PLAN-R19: the totals of a report are the sums of the ledger. */
export function checkTotals(
  report: { plannedFen: number; executedFen: number },
  ledger: { plannedFen: number; executedFen: number },
): Finding[] {
  const pairs = [
    ['计划总额', report.plannedFen, ledger.plannedFen],
    ['执行额', report.executedFen, ledger.executedFen],
  ] as const
  return pairs
    .filter(([, ours, theirs]) => Math.abs(ours - theirs) > reportToleranceFen)
    .map(([label, ours, theirs]) =>
      finding('PLAN-R19', 'block', law.executionReport, `报告${label}${yuan(ours)}与台账${yuan(theirs)}不一致。`, {
        remedy: '请点“按台账更新数字”。',
        facts: { '报告（分）': ours, '台账（分）': theirs },
        steps: [{ label, expression: `${yuan(ours)} − ${yuan(theirs)}`, result: yuan(ours - theirs) }],
      }),
    )
}

/** The proposed wording leaves the reason open: whoever signs is told what nobody has filled in. */
export function checkTexts(texts: { problems: string; savings: string; proposals: string }): Finding[] {
  const open = [
    texts.problems.trim().endsWith('：') && '“存在的问题”没有写明原因',
    texts.savings.trim() === '' && '“节约措施和成效”没有填写',
    texts.proposals.trim() === '' && '“下一年度建议”没有填写',
  ].filter((one) => one !== false)
  if (open.length === 0) return []
  return [
    finding('PLAN-REPORT-TEXT', 'warn', law.executionReport, `${open.join('，')}。`, {
      remedy: '请点“修改文字”补充后再签发。',
    }),
  ]
}

/** PLAN-R20: SG = SG1 + SG2 + SG3 and SG2 = SG2a + SG2b within the tolerance (PLAN-T17). */
export function checkThreePublic(parts: {
  totalFen: number
  abroadFen: number
  vehiclesFen: number
  receptionFen: number
}): Finding[] {
  const sum = parts.abroadFen + parts.vehiclesFen + parts.receptionFen
  const outcome = Math.abs(parts.totalFen - sum) <= threePublicToleranceFen ? 'ok' : 'block'
  return [
    finding(
      'PLAN-R20',
      outcome,
      law.threePublic,
      outcome === 'ok'
        ? '“三公”经费合计与分项相符。'
        : `“三公”经费合计${yuan(parts.totalFen)}与分项之和${yuan(sum)}不符。`,
      {
        remedy: outcome === 'ok' ? null : '请核对分项。',
        steps: [
          {
            label: '三公经费',
            expression: `${yuan(parts.abroadFen)} + ${yuan(parts.vehiclesFen)} + ${yuan(parts.receptionFen)}`,
            result: yuan(sum),
          },
        ],
      },
    ),
  ]
}

/** PLAN-R18: the consolidated report is done only when it went to the government with a copy to finance (A36-2). */
export function maySendConsolidated(copyToFinance: boolean, financeOrganKnown: boolean): Verdict {
  return allOf(
    provided(copyToFinance, {
      code: 'PLAN-R18',
      message: '汇总报告报告本级人民政府时须抄送同级财政部门。',
      basis: law.consolidatedReport,
      remedy: '请勾选抄送财政部门。',
    }),
    provided(financeOrganKnown, {
      code: 'PLAN-R18',
      message: '本级尚未登记财政部门，无法抄送。',
      basis: law.consolidatedReport,
      remedy: '请先在机关名录中登记财政部门。',
    }),
  )
}

/** PLAN-R17, R18: due dates fixed by the Regulation. */
export function reportDueOn(kind: 'organ' | 'consolidated', year: number): string {
  return yearlyDate(yearlyDateOf(kind === 'organ' ? 'organ-report' : 'consolidated-report'), year)
}
