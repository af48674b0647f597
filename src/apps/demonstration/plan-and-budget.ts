import { addDays } from '#kernel/pure/local-date.ts'
import type { OrganRow } from '#modules/organs/offers.ts'
import { actions as budgetActions } from '#modules/budget/actions.ts'
import { contract as budgetContract } from '#modules/budget/contract.ts'
import { actions as planActions } from '#modules/plans/actions.ts'
import { contract as planContract } from '#modules/plans/contract.ts'
import { as, needed, somebody, type Stage } from './cast.ts'

/** Plans 保障计划 and budgets 预算 of the demonstration, each as far along as asked. */
const plans = { contract: planContract, actions: planActions }
const budgets = { contract: budgetContract, actions: budgetActions }

/** Drafts, signs and issues a plan, the authority's or an organ's own, or goes only as far as `until`. @returns its id */
export async function makePlan(
  stage: Stage,
  cycleId: string,
  organ: OrganRow,
  kind: 'authority' | 'organ',
  on: string,
  until: 'drafted' | 'sent' | 'issued' = 'issued',
): Promise<string | null> {
  const drafter =
    kind === 'authority'
      ? await needed(stage, organ, 'plan-reviewer')
      : await somebody(stage, organ, 'organ-clerk', 'plan-reviewer')
  const signer = await somebody(stage, organ, 'organ-head', 'authority-leader')
  if (!drafter || !signer) return null
  const who = { actor: drafter, at: on }
  const { plan } = await as(plans, 'draftPlan', stage, who, { cycleId, organId: organ.id, kind })
  if (until === 'drafted') return plan.id
  const sent = await as(plans, 'submitPlan', stage, who, { planId: plan.id, version: plan.version })
  if (until === 'sent') return plan.id
  await as(
    plans,
    'issuePlan',
    stage,
    { actor: signer, at: addDays(on, 2) },
    { planId: plan.id, version: sent.plan.version, opinion: '同意下达。' },
  )
  return plan.id
}

/** Days of the two ups and two downs; the way ends before the first that is left out. */
export type BudgetDates = { proposedOn: string; controlOn?: string; draftedOn?: string; repliedOn?: string }

/** Two ups and two downs; finance gives `share` of what was proposed. */
export async function budgetOf(
  stage: Stage,
  planId: string,
  owner: OrganRow,
  kind: 'authority' | 'organ',
  { proposedOn, controlOn, draftedOn, repliedOn }: BudgetDates,
  share: number,
): Promise<void> {
  const clerk =
    kind === 'authority'
      ? await needed(stage, owner, 'plan-reviewer')
      : await needed(stage, owner, 'organ-clerk', 'plan-reviewer')
  const finance = await needed(stage, stage.finance, 'finance-reviewer')
  const { budget: made } = await as(budgets, 'makeBudget', stage, { actor: clerk, at: proposedOn }, { planId })
  const budgetId: string = made.id
  const proposed = await as(
    budgets,
    'proposeBudget',
    stage,
    { actor: clerk, at: proposedOn },
    { budgetId, version: made.version },
  )
  if (!controlOn) return
  const totalFen = Math.floor((proposed.budget.proposedFen * share) / 10_000) * 10_000
  const controlled = await as(
    budgets,
    'setControlFigures',
    stage,
    { actor: finance, at: controlOn },
    {
      budgetId,
      version: proposed.budget.version,
      totalFen: share === 1 ? proposed.budget.proposedFen : totalFen,
      document: `财预〔${made.year - 1}〕${budgetId.slice(-3).toUpperCase()}号`,
    },
  )
  if (!draftedOn) return
  const drafted = await as(
    budgets,
    'draftBudget',
    stage,
    { actor: clerk, at: draftedOn },
    {
      budgetId,
      version: controlled.budget.version,
      lines: controlled.lines.map(({ id, draftedFen }: { id: string; draftedFen: number }) => ({
        lineId: id,
        amountFen: draftedFen,
      })),
    },
  )
  if (!repliedOn) return
  await as(
    budgets,
    'approveBudget',
    stage,
    { actor: finance, at: repliedOn },
    {
      budgetId,
      version: drafted.budget.version,
      document: `财预批〔${made.year}〕${budgetId.slice(-3).toUpperCase()}号`,
      repliedOn,
      // What may only fall (三公) rises only with its ground named in the reply (PLAN-R16).
      ...(drafted.findings.some(({ outcome }: { outcome: string }) => outcome === 'needs-approval')
        ? { opinion: `依据本级政府常务会议纪要〔${made.year}〕2号批准。` }
        : {}),
    },
  )
}

export async function bringIntoForce(
  stage: Stage,
  planId: string,
  owner: OrganRow,
  kind: 'authority' | 'organ',
  on: string,
): Promise<void> {
  const clerk =
    kind === 'authority'
      ? await needed(stage, owner, 'plan-reviewer')
      : await needed(stage, owner, 'organ-clerk', 'plan-reviewer')
  const { plan } = await as(plans, 'viewPlan', stage, { actor: clerk, at: on }, { planId })
  await as(plans, 'bringIntoForce', stage, { actor: clerk, at: on }, { planId, version: plan.version })
}

/** The year was carried out and reported: the authority asks that it be closed, finance has yet to consent. */
export async function askForClosing(stage: Stage, year: number, on: string): Promise<void> {
  const reviewer = { actor: await needed(stage, stage.authority, 'plan-reviewer'), at: on }
  const { items } = await as(plans, 'cycles', stage, reviewer, { year, limit: 5 })
  await as(plans, 'askClosing', stage, reviewer, {
    cycleId: items[0].id,
    carryReason: '合同约定的质量保证金和尾款，待质保期满、发票到齐后支付。',
  })
}
