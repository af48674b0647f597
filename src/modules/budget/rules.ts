import { inState as stands, provided, type Finding, type Verdict } from '#kernel/pure/verdict.ts'
import { budgetStateLabels, type BudgetState } from './model.ts'
import { law } from './law.ts'
import type { BudgetFacts } from './rules/facts.ts'
import { checkControlTotal, checkTransfers } from './rules/figures.ts'
import { checkEconomicCodes, checkHolder, checkPlanTie } from './rules/lines.ts'
import { checkThreePublicRise } from './rules/three-public.ts'

/** Everything the rules say of a budget at its present step (A10-1, A31-1, A33-4; PLAN-R07, R15, R16, R21, R22). */
export function checkBudget(facts: BudgetFacts): Finding[] {
  // A line cut to nothing pays for nothing; its plan line has left the plan's present version.
  const paying = { ...facts, lines: facts.lines.filter(({ amountFen }) => amountFen > 0) }
  return [
    ...checkPlanTie(paying),
    ...checkEconomicCodes(paying),
    ...checkHolder(paying),
    ...checkControlTotal(facts),
    ...checkTransfers(facts),
    ...checkThreePublicRise(facts),
  ]
}

/** A33-4: a budget is made from a plan that has been issued, and before it is in force. */
export function mayMakeBudget(plan: { state: string }): Verdict {
  return provided(plan.state === 'issued', {
    code: 'plan-not-issued',
    message:
      plan.state === 'in-force' ? '计划已经生效，预算已批复，不能重新编制。' : '计划尚未下达，不能据以编制预算。',
    basis: law.budgetFromPlan,
    remedy: plan.state === 'in-force' ? '需要调整的，请办理计划调整备案。' : '请先签发计划。',
  })
}

export function inState(budget: { state: BudgetState }, ...states: BudgetState[]): Verdict {
  return stands('预算', budgetStateLabels, budget.state, states)
}

/** The figure of a line that counts at a step. */
export function presentFen(
  line: { proposedFen: number; draftedFen: number; approvedFen: number | null },
  state: BudgetState,
): number {
  if (state === 'approved') return line.approvedFen ?? 0
  return state === 'controlled' || state === 'drafted' ? line.draftedFen : line.proposedFen
}

/**
 * 支出功能分类 a line starts with; the organ corrects it in the draft. Project default: 机关服务 for the authority,
 * 一般行政管理事务 for an organ (facts 1.3, interface keys).
 */
export const usualFunctionalCode = { authority: '2010303', organ: '2010302' } as const
