import type { Finding } from '#kernel/pure/verdict.ts'
import { exceeds, over, textOf, times } from './exact.ts'
import { judged } from './finding.ts'
import { figureFor, type StandardTable } from './in-force.ts'
import { yuan } from './value-text.ts'

/** Grades of appraisal 鉴定等级 of things that come in. */
export const repairGradeLabels = { A: '可直接使用', B: '轻修', C: '大修', D: '处置' } as const
export type RepairGrade = keyof typeof repairGradeLabels

/** GWC-R09: what repair costs against a new one decides whether it is repaired. */
export function repairGrade(
  table: StandardTable,
  { repairFen, replacementFen, unsafe }: Readonly<{ repairFen: number; replacementFen: number; unsafe: boolean }>,
): { grade: RepairGrade; finding: Finding } {
  const light = figureFor(table, 'warehouse.repair-light', 'percent')
  const heavy = figureFor(table, 'warehouse.repair-heavy', 'percent')
  const share = over(times(repairFen, 100), replacementFen)
  const grade: RepairGrade =
    unsafe || exceeds(share, heavy.value.percent)
      ? 'D'
      : exceeds(share, light.value.percent)
        ? 'C'
        : repairFen > 0
          ? 'B'
          : 'A'
  return {
    grade,
    finding: judged({
      rule: 'GWC-R09',
      norm: 'A23-2',
      rows: [light, heavy],
      ok: grade === 'A' || grade === 'B',
      otherwise: grade === 'C' ? 'needs-approval' : 'block',
      field: 'repairFen',
      said: unsafe
        ? '存在安全隐患，转入处置。'
        : `修复费用${yuan(repairFen)}，为重置价的${textOf(share, 1)}%，${repairGradeLabels[grade]}。`,
      remedy: grade === 'C' ? '大修须经批准。' : '不再修复，请按处置程序办理。',
      facts: { '修复费用（分）': repairFen, '重置价（分）': replacementFen, 安全隐患: unsafe },
      steps: [
        {
          label: '修复成本率',
          expression: `${yuan(repairFen)} ÷ ${yuan(replacementFen)}`,
          result: `${textOf(share, 1)}%`,
        },
      ],
    }),
  }
}

/** GWC-R06: a loan has an end, within the longest term. */
export function checkLoanTerm(table: StandardTable, months: number | null): Finding {
  const longest = figureFor(table, 'warehouse.loan', 'term')
  const ok = months !== null && months <= longest.value.amount
  return judged({
    rule: 'GWC-R06',
    norm: 'A23-2',
    rows: [longest],
    ok,
    field: 'months',
    said: months === null ? '借用没有约定归还日期。' : `借用${months}个月，最长${longest.value.amount}个月。`,
    remedy: `请填写归还日期，借期不超过${longest.value.amount}个月。`,
  })
}
