import { allOf, provided, verdictOf } from '#kernel/pure/verdict.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, Forbidden, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { partyOrgan } from '#modules/organs/offers.ts'
import { alignPlan, cutToTotal, planForBudget, type PlanLineRow } from '#modules/plans/offers.ts'
import { standardsInForce } from '#modules/standards/offers.ts'
import { budgetCase, finance, owner } from './cases.ts'
import type { contract } from './contract.ts'
import { exportBudget } from './export.ts'
import { law } from './law.ts'
import { can, maySeeBudget, maySeeLevel } from './policy.ts'
import { checkBudget, inState, mayMakeBudget, usualFunctionalCode } from './rules.ts'
import { sumFen } from './rules/facts.ts'
import { controlByLine, mayApprove, mayControl } from './rules/figures.ts'
import { economicCodeFor } from './rules/lines.ts'
import {
  budgetById, budgetsPage, countBudgets, insertBudget, linesOf, lockBudget, lockBudgetOfPlan, replaceLines, saveBudgetRow, type BudgetFilter, type BudgetRow, type LineRow,
} from './store.ts'
import { asBudgets, budgetView, factsOf, judging } from './view.ts'

export const actions: ActionsOf<typeof contract> = {
  async budgets(ctx) {
    const { after, limit, year, state } = ctx.input
    const filter: BudgetFilter = { ...scopeOf(ctx), year, state }
    const rows = await budgetsPage(ctx.tx, filter, after, limit + 1)
    const items = await asBudgets(ctx, rows.slice(0, limit))
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null, total: await countBudgets(ctx.tx, filter) }
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
      .map((line) => newLine(line, { economicCode: economicCodeFor(line, codes), functionalCode: usualFunctionalCode[plan.kind], amountFen: line.amountFen }))
    insist(provided(lines.length > 0, { code: 'empty-plan', message: '计划中没有安排资金的事项,无须编制预算。', basis: law.budgetFromPlan }))
    const budget = existing ?? (await openBudget(ctx, plan))
    await replaceLines(ctx.tx, budget.id, lines)
    const made = existing ? await saveBudgetRow(ctx.tx, existing, {}) : budget
    await record(ctx, 'budget.budget-made', { ...subjectOf(made), after: { planId: plan.id, planVersion: plan.planVersion, lines: lines.length, proposedFen: sumOf(lines, 'proposedFen') } })
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
            code: 'PLAN-R22', message: `第${index + 1}行没有对应的计划事项,不得列入预算。`, basis: law.planIsBasis, remedy: '请删去此行,或先将事项列入计划。',
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
    insist(verdictOf(checkBudget(factsOf(context, saved, lines.map((line, index) => ({ ...line, lineNo: index + 1 })), ({ proposedFen }) => proposedFen)).filter(({ rule }) => rule === 'PLAN-R22')))
    await replaceLines(ctx.tx, budget.id, lines)
    const next = await saveBudgetRow(ctx.tx, budget, {})
    await record(ctx, 'budget.budget-saved', {
      ...subjectOf(budget), before: { lines: brief([...before.values()]) }, after: { lines: brief(lines) },
    })
    return budgetView(ctx, next)
  },

  /** 一上: nothing that blocks goes to finance. */
  async proposeBudget(ctx) {
    const budget = await lockedBudget(ctx, ctx.input.budgetId, ctx.input.version)
    permit(can.propose(ctx.actor, budget))
    insist(inState(budget, 'draft'))
    const lines = await linesOf(ctx.tx, budget.id)
    const findings = checkBudget(factsOf(await judging(ctx, budget), budget, lines, ({ proposedFen }) => proposedFen))
    insist(allOf(provided(lines.length > 0, { code: 'empty', message: '预算没有任何行。' }), verdictOf(findings)))
    const proposed = await saveBudgetRow(ctx.tx, budget, { state: 'proposed' })
    return moved(ctx, budget, proposed, 'propose', { proposedFen: sumOf(lines, 'proposedFen'), findings })
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
    const controlled = lines.map((line) => ({ ...line, controlFen: figures.get(line.id) as number, draftedFen: figures.get(line.id) as number }))
    await replaceLines(ctx.tx, budget.id, controlled)
    const next = await saveBudgetRow(ctx.tx, budget, { state: 'controlled', controlFen: totalFen, controlDocument: document })
    await align(ctx, next, controlled, 'controlFen', { reason: `按预算控制数(${document})调整`, controlFen: totalFen })
    return moved(ctx, budget, next, 'control', { controlFen: totalFen, document, lines: brief(controlled) })
  },

  /** 二上: within the control figures; what moved between classes is marked for finance (PLAN-R15). */
  async draftBudget(ctx) {
    const budget = await lockedBudget(ctx, ctx.input.budgetId, ctx.input.version)
    permit(can.draft(ctx.actor, budget))
    insist(inState(budget, 'controlled'))
    const lines = withFigures(await linesOf(ctx.tx, budget.id), ctx.input.lines, 'draftedFen')
    const findings = checkBudget(factsOf(await judging(ctx, budget), budget, lines, ({ draftedFen }) => draftedFen))
    insist(verdictOf(findings))
    await replaceLines(ctx.tx, budget.id, lines)
    const drafted = await saveBudgetRow(ctx.tx, budget, { state: 'drafted' })
    return moved(ctx, budget, drafted, 'draft', { draftedFen: sumOf(lines, 'draftedFen'), lines: brief(lines), findings })
  },

  /** 二下: the plan takes the approved money; only then may it come into force (P60). */
  async approveBudget(ctx) {
    const { budgetId, version, document, repliedOn, opinion } = ctx.input
    const budget = await lockedBudget(ctx, budgetId, version)
    permit(can.approve(ctx.actor, budget))
    insist(inState(budget, 'drafted'))
    const drafted = (await linesOf(ctx.tx, budget.id)).map((line) => ({ ...line, approvedFen: line.draftedFen }))
    const lines = withFigures(drafted, ctx.input.lines, 'approvedFen')
    const findings = checkBudget(factsOf(await judging(ctx, budget), budget, lines, ({ approvedFen }) => approvedFen ?? 0))
    insist(allOf(verdictOf(findings), mayApprove(findings, { opinion, repliedOn, today: ctx.today })))
    await replaceLines(ctx.tx, budget.id, lines)
    const next = await saveBudgetRow(ctx.tx, budget, { state: 'approved', replyDocument: document, repliedOn })
    const approvedFen = sumOf(lines, 'approvedFen')
    await align(ctx, next, lines, 'approvedFen', { reason: `按预算批复(${document})调整`, approvedFen, replyDocument: document })
    return moved(ctx, budget, next, 'approve', { approvedFen, document, repliedOn, lines: brief(lines), findings })
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

  async exportBudget(ctx) {
    return exportBudget(ctx, await seenBudget(ctx, ctx.input.budgetId), ctx.input.format)
  },
}

type Transition = keyof typeof budgetCase.transitions
type Ctx = Act & { input: { opinion?: string | undefined } }

const facts: Record<Transition, { fact: string; tell: 'finance' | 'owner'; text: string }> = {
  propose: { fact: 'budget.budget-proposed', tell: 'finance', text: '已报送预算建议数(一上)' },
  control: { fact: 'budget.control-figures-set', tell: 'owner', text: '已下达预算控制数(一下),计划已按控制数调整,请编报预算草案' },
  draft: { fact: 'budget.budget-drafted', tell: 'finance', text: '已报送预算草案(二上)' },
  approve: { fact: 'budget.budget-approved', tell: 'owner', text: '预算已批复(二下),请将计划生效' },
  returnProposal: { fact: 'budget.budget-returned', tell: 'owner', text: '预算建议数已退回,请修改后重新报送' },
  returnDraft: { fact: 'budget.budget-returned', tell: 'owner', text: '预算草案已退回,请修改后重新报送' },
}

/** What every step ends with: case and inbox, record, notice to the other side. */
async function moved(ctx: Ctx, before: BudgetRow, after: BudgetRow, transition: Transition, said: { findings?: unknown } & Record<string, unknown>) {
  const { opinion } = ctx.input
  const { findings, ...figures } = said
  await moveCase(ctx, budgetCase, found(before.caseId, '办理事项'), transition, { opinion })
  await record(ctx, facts[transition].fact, {
    ...subjectOf(before), before: { state: before.state }, after: { state: after.state, opinion: opinion ?? null, ...figures }, basis: findings,
  })
  await tell(ctx, after, transition)
  return budgetView(ctx, after)
}

async function tell(ctx: Ctx, budget: BudgetRow, transition: Transition): Promise<void> {
  const { tell: whom, text } = facts[transition]
  const organId = whom === 'owner' ? budget.organId : (await financeOf(ctx, budget.jurisdictionCode)).id
  const from = ctx.actor.organ?.name ?? ''
  const { roles } = whom === 'owner' ? owner : finance
  await notify(ctx, { organId, roles, link: `/budget/budgets/${budget.id}`, text: `${from}:${budget.year}年度${text}。` })
}

async function financeOf({ tx, today }: Pick<Act, 'tx' | 'today'>, jurisdictionCode: string) {
  const organ = await partyOrgan(tx, jurisdictionCode, 'finance', today)
  insist(provided(organ !== null, { code: 'no-finance', message: '本级尚未登记财政部门,预算无法报送。', basis: law.budgetFromPlan, remedy: '请先在机关名录中登记财政部门。' }))
  return found(organ, '财政部门')
}

/** The plan follows finance's figures; a plan line that nothing pays for leaves it. */
async function align(
  act: Act, budget: BudgetRow, lines: readonly LineRow[], figure: 'controlFen' | 'approvedFen', answer: Omit<Parameters<typeof alignPlan>[2], 'amounts'>,
): Promise<void> {
  const { lines: planLines } = await planForBudget(act.tx, budget.planId)
  const amounts = new Map(planLines.map(({ id }) => [id, 0]))
  for (const line of lines) if (amounts.has(line.planLineId)) amounts.set(line.planLineId, (amounts.get(line.planLineId) as number) + (line[figure] ?? 0))
  await alignPlan(act, budget.planId, { ...answer, amounts })
}

async function openBudget(ctx: Act, plan: Awaited<ReturnType<typeof planForBudget>>['plan']): Promise<BudgetRow> {
  await financeOf(ctx, plan.jurisdictionCode)
  const id = newId()
  const title = plan.kind === 'authority' ? `${plan.year}年度部门预算(集中统一管理事项)` : `${plan.year}年度部门预算(本机关计划事项)`
  const opened = await openCase(ctx, budgetCase, { subjectId: id, title, applicantOrganId: plan.organId, jurisdictionCode: plan.jurisdictionCode })
  const { cycleId, jurisdictionCode, year, organId, kind } = plan
  const budget: BudgetRow = {
    id, cycleId, planId: plan.id, jurisdictionCode, year, organId, kind, state: 'draft', caseId: opened.id,
    controlFen: null, controlDocument: null, replyDocument: null, repliedOn: null, version: 1,
  }
  await insertBudget(ctx.tx, budget)
  return budget
}

function newLine(planLine: PlanLineRow, { economicCode, functionalCode, amountFen }: { economicCode: string; functionalCode: string; amountFen: number }): Omit<LineRow, 'lineNo'> {
  const { id: planLineId, number: planNumber, itemName, needKind, servedOrganId } = planLine
  return {
    id: newId(), planLineId, planNumber, itemName, needKind, servedOrganId, economicCode, functionalCode,
    proposedFen: amountFen, controlFen: null, draftedFen: 0, approvedFen: null,
  }
}

function figuresById(figures: readonly { lineId: string; amountFen: number }[]): Map<string, number> {
  const byId = new Map(figures.map(({ lineId, amountFen }) => [lineId, amountFen]))
  insist(provided(byId.size === figures.length, { code: 'line-twice', message: '同一预算行填写了两个数字。', remedy: '请每行只填写一个数字。' }))
  return byId
}

function withFigures(lines: readonly LineRow[], given: readonly { lineId: string; amountFen: number }[], figure: 'draftedFen' | 'approvedFen'): LineRow[] {
  const figures = figuresById(given)
  const known = new Set(lines.map(({ id }) => id))
  insist(provided([...figures.keys()].every((id) => known.has(id)), { code: 'unknown-line', message: '数字中有不属于本预算的行。', remedy: '请刷新后核对。' }))
  return lines.map((line) => ({ ...line, [figure]: figures.get(line.id) ?? line[figure] }))
}

function sumOf(lines: readonly Omit<LineRow, 'lineNo'>[], figure: 'proposedFen' | 'draftedFen' | 'approvedFen'): number {
  return sumFen(lines.map((line) => ({ amountFen: line[figure] ?? 0 })))
}

/** Lines as the audit record keeps them: figures by step, without what the plan says anyway. */
function brief(lines: readonly Omit<LineRow, 'lineNo'>[]) {
  return lines.map(({ id, planNumber, economicCode, functionalCode, proposedFen, controlFen, draftedFen, approvedFen }) => ({
    id, planNumber, economicCode, functionalCode, proposedFen, controlFen, draftedFen, approvedFen,
  }))
}

function subjectOf({ id, organId }: Pick<BudgetRow, 'id' | 'organId'>) {
  return { subject: { kind: 'budget.budget', id }, organId }
}

/** What the actor may list: the whole level for authority, finance and audit, else the own organ. */
function scopeOf({ actor }: Pick<Act, 'actor'>): BudgetFilter {
  const { organ } = actor
  if (organ === null) throw new Forbidden([{ code: 'no-organ', message: '请先选择所代表的机关。', basis: null, facts: {}, remedy: null }])
  const { id, jurisdictionCode } = organ
  return maySeeLevel(actor, jurisdictionCode) ? { jurisdictionCode } : { jurisdictionCode, organId: id }
}

async function seenBudget({ tx, actor }: Pick<Act, 'tx' | 'actor'>, budgetId: string): Promise<BudgetRow> {
  const budget = found(await budgetById(tx, budgetId), '预算')
  if (!maySeeBudget(actor, budget)) throw new Missing('预算')
  return budget
}

/** The budget, held until the act is done, as the person saw it. */
async function lockedBudget(ctx: Act, budgetId: string, version: number): Promise<BudgetRow> {
  await seenBudget(ctx, budgetId)
  const budget = found(await lockBudget(ctx.tx, budgetId), '预算')
  if (budget.version !== version)
    throw new Conflict('预算', `预算刚刚被他人办理或修改(您看到的是第${version}版,现为第${budget.version}版)。请刷新后核对,再重新提交。`)
  return budget
}
