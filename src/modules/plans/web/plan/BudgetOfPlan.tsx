import { useFetchedLater } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { contract as budget } from '#modules/budget/contract.ts'
import { budgetStateLabels, type Budget } from '#modules/budget/model.ts'
import type { Plan } from '../../model.ts'

/** The budget made from a plan (A33-4), as a link; while there is none, says so. */
export function BudgetOfPlan({ plan }: { plan: Plan }) {
  const { made, error } = useBudgetOf(plan)
  if (error) return <span className="quiet">预算未能读取</span>
  if (made === undefined) return <span className="quiet">正在读取</span>
  if (made === null) return <span className="quiet">尚未编制</span>
  return (
    <>
      <Go to={`/budget/budgets/${made.id}`}>{plan.year}年度部门预算</Go>
      <small>{budgetStateLabels[made.state]}</small>
    </>
  )
}

/** `made` is undefined while asked, null when the plan has no budget. */
export function useBudgetOf(
  { id, year }: Plan,
  asked = true,
): { made: Budget | null | undefined; error: Error | null } {
  const { data, error } = useFetchedLater(budget.budgets, asked ? { year, limit: 200 } : null)
  return { made: data && (data.items.find(({ planId }) => planId === id) ?? null), error }
}
