import type { Act } from '#kernel/server/context.ts'
import { decide, type Decided } from '#kernel/server/decisions.ts'
import { snapshotOf } from '#modules/standards/offers.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { budgetCheckInputs, budgetCheckKind, budgetStepLabels, type BudgetStep } from '../rules/decision.ts'
import type { BudgetFacts } from '../rules/facts.ts'
import type { BudgetRow } from '../store.ts'

/**
 * Keeps what the rules said of a budget at a step, with all it rested on; a later step's judgement replaces it.
 * @param reply finance's words where it decides; null where the rules alone let the budget through
 */
export async function decideBudget(
  act: Act,
  budget: BudgetRow,
  judged: { step: BudgetStep; facts: BudgetFacts; standards: StandardsInForce },
  reply: { approvedFen: number; document: string; opinion: string } | null = null,
): Promise<Decided> {
  const { id, organId, jurisdictionCode, year } = budget
  const { step, facts, standards } = judged
  const inputs = budgetCheckInputs(step, facts)
  return decide(
    act,
    budgetCheckKind,
    {
      subject: { kind: 'budget.budget', id },
      organId,
      jurisdictionCode,
      year,
      title: `${year}年度部门预算 ${budgetStepLabels[step]}`,
      link: `/budget/budgets/${id}`,
      inputs,
      judged: budgetCheckKind.evaluate(inputs, standards),
      standards: { snapshot: await snapshotOf(act.tx, standards), on: standards.on, year },
      taken:
        reply === null
          ? null
          : {
              says: `批复预算（${reply.document}）。`,
              values: { '预算总额（分）': reply.approvedFen, 批复文件: reply.document },
              reason: reply.opinion,
            },
      deviates: false,
      held: false,
    },
    { byRules: reply === null },
  )
}
