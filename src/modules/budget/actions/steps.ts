import { allOf, provided, verdictOf } from '#kernel/pure/verdict.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import type { Decided } from '#kernel/server/decisions.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { alignPlan, cutToTotal, planForBudget } from '#modules/plans/offers.ts'
import { budgetCase, finance, owner } from '../cases.ts'
import type { contract } from '../contract.ts'
import { can } from '../policy.ts'
import { checkBudget, inState } from '../rules.ts'
import { controlByLine, mayApprove, mayControl } from '../rules/figures.ts'
import { linesOf, replaceLines, saveBudgetRow, type BudgetRow, type LineRow } from '../store.ts'
import { budgetView, factsOf, judging } from '../view.ts'
import { decideBudget } from './decide.ts'
import { brief, financeOf, lockedBudget, subjectOf, sumOf } from './access.ts'

type StepActions = Pick<
  ActionsOf<typeof contract>,
  'proposeBudget' | 'setControlFigures' | 'draftBudget' | 'approveBudget' | 'returnBudget'
>

/** The two ups and two downs 两上两下. */
export const stepActions: StepActions = {
  /** 一上: nothing that blocks goes to finance. */
  async proposeBudget(ctx) {
    const budget = await lockedBudget(ctx, ctx.input.budgetId, ctx.input.version)
    permit(can.propose(ctx.actor, budget))
    insist(inState(budget, 'draft'))
    const lines = await linesOf(ctx.tx, budget.id)
    const { standards, ...context } = await judging(ctx, budget)
    const facts = factsOf(context, budget, lines, ({ proposedFen }) => proposedFen)
    const findings = checkBudget(facts)
    insist(allOf(provided(lines.length > 0, { code: 'empty', message: '预算没有任何行。' }), verdictOf(findings)))
    const proposed = await saveBudgetRow(ctx.tx, budget, { state: 'proposed' })
    const decided = await decideBudget(ctx, budget, { step: 'propose', facts, standards })
    return moved(ctx, budget, proposed, 'propose', { proposedFen: sumOf(lines, 'proposedFen'), decided })
  },

  /** 一下: lines and plan are cut to the control figures at once (P50). */
  async setControlFigures(ctx) {
    const { budgetId, version, totalFen, document } = ctx.input
    const budget = await lockedBudget(ctx, budgetId, version)
    permit(can.control(ctx.actor, budget))
    insist(inState(budget, 'proposed'))
    const lines = await linesOf(ctx.tx, budget.id)
    const asked = lines.map((line) => ({ id: line.id, itemName: line.itemName, amountFen: line.proposedFen }))
    const set = figuresById(ctx.input.lines)
    insist(mayControl(asked, totalFen, set, cutToTotal))
    const figures = controlByLine(asked, totalFen, set, cutToTotal)
    const controlled = lines.map((line) => ({
      ...line,
      controlFen: figures.get(line.id) as number,
      draftedFen: figures.get(line.id) as number,
    }))
    await replaceLines(ctx.tx, budget.id, controlled)
    const next = await saveBudgetRow(ctx.tx, budget, {
      state: 'controlled',
      controlFen: totalFen,
      controlDocument: document,
    })
    await align(ctx, next, controlled, 'controlFen', {
      reason: `按预算控制数（${document}）调整`,
      controlFen: totalFen,
    })
    return moved(ctx, budget, next, 'control', { controlFen: totalFen, document, lines: brief(controlled) })
  },

  /** 二上: within the control figures; what moved between classes is marked for finance (PLAN-R15). */
  async draftBudget(ctx) {
    const budget = await lockedBudget(ctx, ctx.input.budgetId, ctx.input.version)
    permit(can.draft(ctx.actor, budget))
    insist(inState(budget, 'controlled'))
    const lines = withFigures(await linesOf(ctx.tx, budget.id), ctx.input.lines, 'draftedFen')
    const { standards, ...context } = await judging(ctx, budget)
    const facts = factsOf(context, budget, lines, ({ draftedFen }) => draftedFen)
    const findings = checkBudget(facts)
    insist(verdictOf(findings))
    await replaceLines(ctx.tx, budget.id, lines)
    const drafted = await saveBudgetRow(ctx.tx, budget, { state: 'drafted' })
    const decided = await decideBudget(ctx, budget, { step: 'draft', facts, standards })
    return moved(ctx, budget, drafted, 'draft', {
      draftedFen: sumOf(lines, 'draftedFen'),
      lines: brief(lines),
      decided,
    })
  },

  /** 二下: the plan takes the approved money; only then may it come into force (P60). */
  async approveBudget(ctx) {
    const { budgetId, version, document, repliedOn, opinion } = ctx.input
    const budget = await lockedBudget(ctx, budgetId, version)
    permit(can.approve(ctx.actor, budget))
    insist(inState(budget, 'drafted'))
    const drafted = (await linesOf(ctx.tx, budget.id)).map((line) => ({ ...line, approvedFen: line.draftedFen }))
    const lines = withFigures(drafted, ctx.input.lines, 'approvedFen')
    const { standards, ...context } = await judging(ctx, budget)
    const facts = factsOf(context, budget, lines, ({ approvedFen }) => approvedFen ?? 0)
    const findings = checkBudget(facts)
    insist(allOf(verdictOf(findings), mayApprove(findings, { opinion, repliedOn, today: ctx.today })))
    await replaceLines(ctx.tx, budget.id, lines)
    const next = await saveBudgetRow(ctx.tx, budget, { state: 'approved', replyDocument: document, repliedOn })
    const approvedFen = sumOf(lines, 'approvedFen')
    await align(ctx, next, lines, 'approvedFen', {
      reason: `按预算批复（${document}）调整`,
      approvedFen,
      replyDocument: document,
    })
    const reply = { approvedFen, document, opinion: opinion ?? '' }
    const decided = await decideBudget(ctx, budget, { step: 'approve', facts, standards }, reply)
    return moved(ctx, budget, next, 'approve', { approvedFen, document, repliedOn, lines: brief(lines), decided })
  },

  /** 一上 goes back to the draft; 二上 back to the control figures, which stand. */
  async returnBudget(ctx) {
    const budget = await lockedBudget(ctx, ctx.input.budgetId, ctx.input.version)
    permit(can.returnForCorrection(ctx.actor, budget))
    insist(inState(budget, 'proposed', 'drafted'))
    const ofProposal = budget.state === 'proposed'
    const returned = await saveBudgetRow(ctx.tx, budget, { state: ofProposal ? 'draft' : 'controlled' })
    return moved(ctx, budget, returned, ofProposal ? 'returnProposal' : 'returnDraft', {})
  },
}

type Transition = keyof typeof budgetCase.transitions
type Ctx = Act & { input: { opinion?: string | undefined } }

const facts: Record<Transition, { fact: string; tell: 'finance' | 'owner'; text: string }> = {
  propose: { fact: 'budget.budget-proposed', tell: 'finance', text: '已报送预算建议数（一上）' },
  control: {
    fact: 'budget.control-figures-set',
    tell: 'owner',
    text: '已下达预算控制数（一下），计划已按控制数调整，请编报预算草案',
  },
  draft: { fact: 'budget.budget-drafted', tell: 'finance', text: '已报送预算草案（二上）' },
  approve: { fact: 'budget.budget-approved', tell: 'owner', text: '预算已批复（二下），请将计划生效' },
  returnProposal: { fact: 'budget.budget-returned', tell: 'owner', text: '预算建议数已退回，请修改后重新报送' },
  returnDraft: { fact: 'budget.budget-returned', tell: 'owner', text: '预算草案已退回，请修改后重新报送' },
}

/** What every step ends with: case and inbox, record, notice to the other side. */
async function moved(
  ctx: Ctx,
  before: BudgetRow,
  after: BudgetRow,
  transition: Transition,
  said: { decided?: Decided } & Record<string, unknown>,
) {
  const { opinion } = ctx.input
  const { decided, ...figures } = said
  await moveCase(ctx, budgetCase, found(before.caseId, '办理事项'), transition, { opinion })
  await record(ctx, facts[transition].fact, {
    ...subjectOf(before),
    before: { state: before.state },
    after: { state: after.state, opinion: opinion ?? null, ...figures },
    basis: decided && { decisions: [decided] },
  })
  await tell(ctx, after, transition)
  return budgetView(ctx, after)
}

async function tell(ctx: Ctx, budget: BudgetRow, transition: Transition): Promise<void> {
  const { tell: whom, text } = facts[transition]
  const organId = whom === 'owner' ? budget.organId : (await financeOf(ctx, budget.jurisdictionCode)).id
  const from = ctx.actor.organ?.name ?? ''
  const { roles } = whom === 'owner' ? owner : finance
  await notify(ctx, {
    organId,
    roles,
    link: `/budget/budgets/${budget.id}`,
    text: `${from}：${budget.year}年度${text}。`,
  })
}

/** The plan follows finance's figures; a plan line that nothing pays for leaves it. */
async function align(
  act: Act,
  budget: BudgetRow,
  lines: readonly LineRow[],
  figure: 'controlFen' | 'approvedFen',
  answer: Omit<Parameters<typeof alignPlan>[2], 'amounts'>,
): Promise<void> {
  const { lines: planLines } = await planForBudget(act.tx, budget.planId)
  const amounts = new Map(planLines.map(({ id }) => [id, 0]))
  for (const line of lines)
    if (amounts.has(line.planLineId))
      amounts.set(line.planLineId, (amounts.get(line.planLineId) as number) + (line[figure] ?? 0))
  await alignPlan(act, budget.planId, { ...answer, amounts })
}

function figuresById(figures: readonly { lineId: string; amountFen: number }[]): Map<string, number> {
  const byId = new Map(figures.map(({ lineId, amountFen }) => [lineId, amountFen]))
  insist(
    provided(byId.size === figures.length, {
      code: 'line-twice',
      message: '同一预算行填写了两个数字。',
      remedy: '请每行只填写一个数字。',
    }),
  )
  return byId
}

function withFigures(
  lines: readonly LineRow[],
  given: readonly { lineId: string; amountFen: number }[],
  figure: 'draftedFen' | 'approvedFen',
): LineRow[] {
  const figures = figuresById(given)
  const known = new Set(lines.map(({ id }) => id))
  insist(
    provided(
      [...figures.keys()].every((id) => known.has(id)),
      { code: 'unknown-line', message: '数字中有不属于本预算的行。', remedy: '请刷新后核对。' },
    ),
  )
  return lines.map((line) => ({ ...line, [figure]: figures.get(line.id) ?? line[figure] }))
}
