import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, provided, verdictOf } from '#kernel/pure/verdict.ts'
import { openCase } from '#kernel/server/cases/engine.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { record } from '#kernel/server/record.ts'
import { planForBudget, type PlanLineRow } from '#modules/plans/offers.ts'
import { standardsInForce } from '#modules/standards/offers.ts'
import { budgetCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { exportBudget } from '../export.ts'
import { law } from '../law.ts'
import { can, maySeeBudget, maySeeLevel } from '../policy.ts'
import { checkBudget, inState, mayMakeBudget, usualFunctionalCode } from '../rules.ts'
import { economicCodeFor } from '../rules/lines.ts'
import {
  budgetsPage,
  countBudgets,
  insertBudget,
  linesOf,
  lockBudgetOfPlan,
  replaceLines,
  saveBudgetRow,
  type BudgetFilter,
  type BudgetRow,
  type LineRow,
} from '../store.ts'
import { asBudgets, budgetView, factsOf, judging } from '../view.ts'
import { brief, financeOf, lockedBudget, seenBudget, subjectOf, sumOf } from './access.ts'

type MakingActions = Pick<
  ActionsOf<typeof contract>,
  'budgets' | 'viewBudget' | 'makeBudget' | 'saveBudget' | 'exportBudget'
>

/** Lists, shows, makes and changes budgets, and hands out their table. */
export const makingActions: MakingActions = {
  async budgets(ctx) {
    const { after, limit, year, state } = ctx.input
    const filter: BudgetFilter = { ...scopeOf(ctx), year, state }
    const rows = await budgetsPage(ctx.tx, filter, after, limit + 1)
    const page = pageFrom(rows, limit)
    return {
      ...page,
      items: await asBudgets(ctx, page.items),
      total: await countBudgets(ctx.tx, filter),
    }
  },

  async viewBudget(ctx) {
    return budgetView(ctx, await seenBudget(ctx, ctx.input.budgetId))
  },

  /** A33-4: one line for each plan line with money, under the plan's economic code or the usual one. */
  async makeBudget(ctx) {
    const { plan, lines: planLines } = await planForBudget(ctx.tx, ctx.input.planId)
    if (!maySeeBudget(ctx.actor, plan)) throw new Missing('保障计划')
    permit(can.edit(ctx.actor, plan))
    insist(mayMakeBudget(plan))
    const existing = await lockBudgetOfPlan(ctx.tx, plan.id)
    if (existing) insist(inState(existing, 'draft'))
    const { economicCodes } = await standardsInForce(ctx.tx, plan.jurisdictionCode, ctx.today, plan.year)
    const codes = new Map(economicCodes.map((code) => [code.code, code]))
    const lines = planLines
      .filter(({ amountFen }) => amountFen > 0)
      .map((line) =>
        newLine(line, {
          economicCode: economicCodeFor(line, codes),
          functionalCode: usualFunctionalCode[plan.kind],
          amountFen: line.amountFen,
        }),
      )
    insist(
      provided(lines.length > 0, {
        code: 'empty-plan',
        message: '计划中没有安排资金的事项，无须编制预算。',
        basis: law.budgetFromPlan,
      }),
    )
    const budget = existing ?? (await openBudget(ctx, plan))
    await replaceLines(ctx.tx, budget.id, lines)
    const made = existing ? await saveBudgetRow(ctx.tx, existing, {}) : budget
    await record(ctx, 'budget.budget-made', {
      ...subjectOf(made),
      after: {
        planId: plan.id,
        planVersion: plan.planVersion,
        lines: lines.length,
        proposedFen: sumOf(lines, 'proposedFen'),
      },
    })
    return budgetView(ctx, made)
  },

  async saveBudget(ctx) {
    const budget = await lockedBudget(ctx, ctx.input.budgetId, ctx.input.version)
    permit(can.edit(ctx.actor, budget))
    insist(inState(budget, 'draft'))
    const before = new Map((await linesOf(ctx.tx, budget.id)).map((line) => [line.id, line]))
    const context = await judging(ctx, budget)
    const planLines = new Map((await planForBudget(ctx.tx, budget.planId)).lines.map((line) => [line.id, line]))
    insist(
      allOf(
        ...ctx.input.lines.map(({ planLineId }, index) =>
          provided(planLines.has(planLineId), {
            code: 'PLAN-R22',
            message: `第${index + 1}行没有对应的计划事项，不得列入预算。`,
            basis: law.planIsBasis,
            remedy: '请删去此行，或先将事项列入计划。',
          }),
        ),
      ),
    )
    const kept = new Set<string>()
    const lines = ctx.input.lines.map(({ id, ...wanted }) => {
      const line = newLine(planLines.get(wanted.planLineId) as PlanLineRow, wanted)
      if (id === null || !before.has(id) || kept.has(id)) return line
      kept.add(id)
      return { ...line, id }
    })
    const saved = { ...budget, controlFen: null }
    insist(
      verdictOf(
        checkBudget(
          factsOf(
            context,
            saved,
            lines.map((line, index) => ({ ...line, lineNo: index + 1 })),
            ({ proposedFen }) => proposedFen,
          ),
        ).filter(({ rule }) => rule === 'PLAN-R22'),
      ),
    )
    await replaceLines(ctx.tx, budget.id, lines)
    const next = await saveBudgetRow(ctx.tx, budget, {})
    await record(ctx, 'budget.budget-saved', {
      ...subjectOf(budget),
      before: { lines: brief([...before.values()]) },
      after: { lines: brief(lines) },
    })
    return budgetView(ctx, next)
  },

  async exportBudget(ctx) {
    return exportBudget(ctx, await seenBudget(ctx, ctx.input.budgetId), ctx.input.format)
  },
}

async function openBudget(ctx: Act, plan: Awaited<ReturnType<typeof planForBudget>>['plan']): Promise<BudgetRow> {
  await financeOf(ctx, plan.jurisdictionCode)
  const id = newId()
  const title =
    plan.kind === 'authority'
      ? `${plan.year}年度部门预算（集中统一管理事项）`
      : `${plan.year}年度部门预算（本机关计划事项）`
  const opened = await openCase(ctx, budgetCase, {
    subjectId: id,
    title,
    applicantOrganId: plan.organId,
    jurisdictionCode: plan.jurisdictionCode,
  })
  const { cycleId, jurisdictionCode, year, organId, kind } = plan
  const budget: BudgetRow = {
    id,
    cycleId,
    planId: plan.id,
    jurisdictionCode,
    year,
    organId,
    kind,
    state: 'draft',
    caseId: opened.id,
    controlFen: null,
    controlDocument: null,
    replyDocument: null,
    repliedOn: null,
    version: 1,
  }
  await insertBudget(ctx.tx, budget)
  return budget
}

function newLine(
  planLine: PlanLineRow,
  { economicCode, functionalCode, amountFen }: { economicCode: string; functionalCode: string; amountFen: number },
): Omit<LineRow, 'lineNo'> {
  const { id: planLineId, number: planNumber, itemName, needKind, servedOrganId } = planLine
  return {
    id: newId(),
    planLineId,
    planNumber,
    itemName,
    needKind,
    servedOrganId,
    economicCode,
    functionalCode,
    proposedFen: amountFen,
    controlFen: null,
    draftedFen: 0,
    approvedFen: null,
  }
}

/** What the actor may list: the whole level for authority, finance and audit, else the own organ. */
function scopeOf({ actor }: Pick<Act, 'actor'>): BudgetFilter {
  const { id, jurisdictionCode } = officeOrgan(actor, '预算')
  return maySeeLevel(actor, jurisdictionCode) ? { jurisdictionCode } : { jurisdictionCode, organId: id }
}
