import type { Act } from '#kernel/server/context.ts'
import { Conflict, found, insist, Missing } from '#kernel/server/errors.ts'
import { provided } from '#kernel/pure/verdict.ts'
import { partyOrgan } from '#modules/organs/offers.ts'
import { law } from '../law.ts'
import { maySeeBudget } from '../policy.ts'
import { sumFen } from '../rules/facts.ts'
import { budgetById, lockBudget, type BudgetRow, type LineRow } from '../store.ts'

export async function seenBudget({ tx, actor }: Pick<Act, 'tx' | 'actor'>, budgetId: string): Promise<BudgetRow> {
  const budget = found(await budgetById(tx, budgetId), '预算')
  if (!maySeeBudget(actor, budget)) throw new Missing('预算')
  return budget
}

/** The budget, held until the act is done, as the person saw it. */
export async function lockedBudget(ctx: Act, budgetId: string, version: number): Promise<BudgetRow> {
  await seenBudget(ctx, budgetId)
  const budget = found(await lockBudget(ctx.tx, budgetId), '预算')
  if (budget.version !== version)
    throw new Conflict(
      '预算',
      `预算刚刚被他人办理或修改（您看到的是第${version}版，现为第${budget.version}版）。请刷新后核对，再重新提交。`,
    )
  return budget
}

export async function financeOf({ tx, today }: Pick<Act, 'tx' | 'today'>, jurisdictionCode: string) {
  const organ = await partyOrgan(tx, jurisdictionCode, 'finance', today)
  insist(
    provided(organ !== null, {
      code: 'no-finance',
      message: '本级尚未登记财政部门，预算无法报送。',
      basis: law.budgetFromPlan,
      remedy: '请先在机关名录中登记财政部门。',
    }),
  )
  return found(organ, '财政部门')
}

export function subjectOf({ id, organId }: Pick<BudgetRow, 'id' | 'organId'>) {
  return { subject: { kind: 'budget.budget', id }, organId }
}

export function sumOf(
  lines: readonly Omit<LineRow, 'lineNo'>[],
  figure: 'proposedFen' | 'draftedFen' | 'approvedFen',
): number {
  return sumFen(lines.map((line) => ({ amountFen: line[figure] ?? 0 })))
}

/** Lines as the audit record keeps them: figures by step, without what the plan says anyway. */
export function brief(lines: readonly Omit<LineRow, 'lineNo'>[]) {
  return lines.map(
    ({ id, planNumber, economicCode, functionalCode, proposedFen, controlFen, draftedFen, approvedFen }) => ({
      id,
      planNumber,
      economicCode,
      functionalCode,
      proposedFen,
      controlFen,
      draftedFen,
      approvedFen,
    }),
  )
}
