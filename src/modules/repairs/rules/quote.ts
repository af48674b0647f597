import type { DecisionKind, Judged } from '#kernel/pure/decision.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { provided, type Verdict } from '#kernel/pure/verdict.ts'
import { repairGrade, repairGradeLabels, type RepairGrade } from '#modules/standards/rules/warehouse.ts'
import type { StandardTable } from '#modules/standards/rules/in-force.ts'
import { stateLabels, type AssetState } from '#modules/assets/model.ts'
import { law } from '../law.ts'

/** What a quote is judged by; the standards are among it, so that it can be judged again years later. */
export type QuoteInputs = {
  offerFen: number
  replacementFen: number
  unsafe: boolean
  table: StandardTable
}

/** GWC-R09: repair is worth it, needs approval, or the thing goes to disposal. */
export const quoteKind: DecisionKind<QuoteInputs, null> = {
  kind: 'repairs.quote',
  title: '维修报价核定',
  rulesVersion: 1,
  labels: {
    offerFen: '维修报价（分）',
    replacementFen: '重置价（分）',
    unsafe: '存在安全隐患',
    table: '适用标准',
  },
  evaluate: (inputs) => judgeQuote(inputs).judged,
}

export function judgeQuote({ offerFen, replacementFen, unsafe, table }: QuoteInputs): {
  grade: RepairGrade
  judged: Judged
} {
  const { grade, finding } = repairGrade(table, { repairFen: offerFen, replacementFen, unsafe })
  const says = { A: '可以维修', B: '可以维修', C: '须经本机关负责人批准', D: '不予维修，按处置程序办理' }[grade]
  return {
    grade,
    judged: {
      findings: [finding],
      conclusion: {
        says: `维修报价${formatYuan(offerFen)}元，${repairGradeLabels[grade]}，${says}。`,
        values: { 等级: grade, '维修报价（分）': offerFen, '重置价（分）': replacementFen },
      },
    },
  }
}

const repairable: readonly AssetState[] = ['in-use', 'idle', 'repair', 'lent', 'in-warehouse']

/** What is on its way out is not repaired. */
export function mayRepair({ number, state }: { number: string; state: AssetState }): Verdict {
  return provided(repairable.includes(state), {
    code: 'not-repairable',
    message: `资产${number}现为“${stateLabels[state]}”，不能申请维修。`,
    basis: law.wholeLife,
    remedy: '请核对资产的使用状况。',
  })
}

/** The state a thing has again once it is repaired. */
export function stateAfterRepair(before: AssetState): AssetState {
  return before === 'repair' ? 'in-use' : before
}

/** What was spent beyond the quote is accounted for in words. */
export function checkActual(offerFen: number, actualFen: number, opinion: string): Verdict {
  return provided(actualFen <= offerFen || opinion.trim() !== '', {
    code: 'above-offer',
    message: `实际费用${formatYuan(actualFen)}元，超过报价${formatYuan(offerFen)}元。`,
    facts: { '报价（分）': offerFen, '实际费用（分）': actualFen },
    remedy: '请说明超出的原因。',
  })
}

/** Nothing secret enters the system (A44-1); the refusal names the field and repeats nothing of the text. */
export function checkSecrecy(fields: Readonly<Record<string, string>>): Verdict {
  const marked = Object.keys(fields).filter((label) => secrecyMarkIn(fields[label] ?? '') !== null)
  return provided(marked.length === 0, {
    code: 'A44-1',
    message: `${marked.join('、')}带有密级标志。本系统为非涉密系统，不得填写涉密内容。`,
    basis: law.secrecy,
    remedy: '请删除相关内容，涉密事项通过保密渠道办理。',
  })
}
