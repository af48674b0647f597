import type { DecisionKind } from '#kernel/pure/decision.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import { finding, worstOutcome, type Finding } from '#kernel/pure/verdict.ts'
import { needKindLabels, type StandardsInForce } from '#modules/standards/model.ts'
import { law } from '../law.ts'
import { checkBudget } from '../rules.ts'
import { sumFen, type BudgetFacts, type LineFacts, type PlanLineFacts } from './facts.ts'
import { checkThreePublicSums, threePublicOf } from './three-public.ts'

/** Steps of the two ups and two downs that finance and the owner judge a budget at. */
export const budgetStepLabels = { propose: '建议数（一上）', draft: '草案（二上）', approve: '批复（二下）' } as const
export type BudgetStep = keyof typeof budgetStepLabels

/** A budget at one step, as plain data: what `BudgetFacts` has beside the standards. */
export type BudgetCheckInputs = {
  step: BudgetStep
  kind: BudgetFacts['kind']
  inCompound: boolean
  lines: readonly LineFacts[]
  planLines: readonly PlanLineFacts[]
  lastYearThreePublicFen: number | null
  control: { totalFen: number; byLine: readonly (readonly [lineId: string, fen: number])[] } | null
}

/** Art. 33 para 2: a budget is made from the plan, line by line, and keeps within finance's figures (norms A33-4, A10-1). */
export const budgetCheckKind: DecisionKind<BudgetCheckInputs, StandardsInForce> = {
  kind: 'budget.check',
  title: '预算核对',
  rulesVersion: 1,
  labels: {
    step: '环节',
    kind: '预算类别',
    inCompound: '在集中办公区',
    lines: '预算行',
    planLines: '计划事项',
    id: '行标识',
    planLineId: '计划事项标识',
    itemName: '事项名称',
    needKind: '需求类别',
    economicCode: '部门经济科目',
    amountFen: '金额（分）',
    centralised: '集中统一',
    lastYearThreePublicFen: '上年“三公”经费（分）',
    control: '控制数',
    totalFen: '总数（分）',
    byLine: '各行',
    ...needKindLabels,
    ...budgetStepLabels,
  },
  evaluate: ({ step, planLines, control, ...inputs }, standards) => {
    const facts: BudgetFacts = {
      ...inputs,
      planLines: new Map(planLines.map((line) => [line.id, line])),
      economicCodes: new Map(standards.economicCodes.map((code) => [code.code, code])),
      catalogue: new Map(standards.catalogue.map((entry) => [entry.needKind, entry])),
      control: control === null ? null : { totalFen: control.totalFen, byLine: new Map(control.byLine) },
    }
    const threePublic = threePublicOf(facts.lines, facts.economicCodes)
    const vehiclesFen = threePublic.vehiclePurchaseFen + threePublic.vehicleRunningFen
    const totalFen = sumFen(facts.lines)
    const found = [...checkBudget(facts), ...checkThreePublicSums({ ...threePublic, vehiclesFen })]
    const findings = found.some(({ rule }) => rule === 'PLAN-R22') ? found : [tiedToPlan(totalFen, planLines), ...found]
    const said = { ok: '符合要求', warn: '有需要留意的事项', 'needs-approval': '有须批准的事项', block: '不符合要求' }
    return {
      findings,
      conclusion: {
        says: `${budgetStepLabels[step]}${formatYuan(totalFen)}元，${said[worstOutcome(findings)]}。`,
        values: {
          '预算总额（分）': totalFen,
          '“三公”经费（分）': threePublic.totalFen,
          须批准: findings.filter(({ outcome }) => outcome === 'needs-approval').length,
          提示: findings.filter(({ outcome }) => outcome === 'warn').length,
        },
      },
    }
  },
}

/** A31-1, A33-4: said where nothing speaks against it, so that a budget let through has its ground too. */
function tiedToPlan(totalFen: number, planLines: readonly PlanLineFacts[]): Finding {
  const plannedFen = sumFen(planLines)
  return finding('PLAN-R22', 'ok', law.planIsBasis, '预算各行都有对应的计划事项，金额与计划一致。', {
    facts: { 计划事项数: planLines.length, '计划（分）': plannedFen, '预算（分）': totalFen },
    steps: [
      {
        label: '预算与计划',
        expression: `${formatYuan(totalFen)} − ${formatYuan(plannedFen)}`,
        result: formatYuan(totalFen - plannedFen),
        operands: [
          { label: '预算', value: totalFen, unit: '分' },
          { label: '计划', value: plannedFen, unit: '分' },
        ],
      },
    ],
  })
}

/** The facts of a budget as inputs that can be kept: only what the rules look at. */
export function budgetCheckInputs(step: BudgetStep, facts: BudgetFacts): BudgetCheckInputs {
  const { kind, inCompound, lines, planLines, lastYearThreePublicFen, control } = facts
  return {
    step,
    kind,
    inCompound,
    lines: lines.map(({ id, planLineId, itemName, needKind, economicCode, amountFen }) => ({
      id,
      planLineId,
      itemName,
      needKind,
      economicCode,
      amountFen,
    })),
    planLines: [...planLines.values()].map(({ id, itemName, needKind, centralised, amountFen }) => ({
      id,
      itemName,
      needKind,
      centralised,
      amountFen,
    })),
    lastYearThreePublicFen,
    control: control === null ? null : { totalFen: control.totalFen, byLine: [...control.byLine] },
  }
}
