import { allOf, allowed, mayOf, provided, verdictOf } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { organById, organNames } from '#modules/organs/offers.ts'
import { planForBudget } from '#modules/plans/offers.ts'
import { standardsInForce } from '#modules/standards/offers.ts'
import type { EconomicCode, StandardsInForce } from '#modules/standards/model.ts'
import type { Budget, BudgetLine } from './model.ts'
import { can } from './policy.ts'
import { checkBudget, inState, presentFen } from './rules.ts'
import type { BudgetFacts } from './rules/facts.ts'
import { checkThreePublicSums, threePublicOf } from './rules/three-public.ts'
import { approvedByCode, linesOf, totalsOf, type BudgetRow, type LineRow } from './store.ts'

/** Budgets as people see them: totals and names, one query each for the page. */
export async function asBudgets({ tx }: Pick<Act, 'tx'>, rows: readonly BudgetRow[]): Promise<Budget[]> {
  const names = await organNames(
    tx,
    rows.map(({ organId }) => organId),
  )
  const totals = await totalsOf(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    ...row,
    organName: names.get(row.organId) ?? '',
    ...(totals.get(row.id) ?? { proposedFen: 0, draftedFen: 0, approvedFen: null }),
  }))
}

export type Judging = Omit<BudgetFacts, 'lines' | 'control'> & { standards: StandardsInForce }

/** What the rules need beside the lines; the plan's money is that of its present version. */
export async function judging(
  { tx, today }: Pick<Act, 'tx' | 'today'>,
  budget: Pick<BudgetRow, 'planId' | 'organId' | 'kind' | 'year' | 'jurisdictionCode'>,
): Promise<Judging> {
  const standards = await standardsInForce(tx, budget.jurisdictionCode, today, budget.year)
  const economicCodes = new Map(standards.economicCodes.map((code) => [code.code, code]))
  const lastYear = await approvedByCode(tx, budget.organId, budget.kind, budget.year - 1)
  return {
    standards,
    kind: budget.kind,
    planLines: new Map((await planForBudget(tx, budget.planId)).lines.map((line) => [line.id, line])),
    economicCodes,
    catalogue: new Map(standards.catalogue.map((entry) => [entry.needKind, entry])),
    inCompound: found(await organById(tx, budget.organId, today), '机关').inCompound,
    lastYearThreePublicFen: lastYear === null ? null : threePublicOf(lastYear, economicCodes).totalFen,
  }
}

/** The facts of a budget with one figure for each line. */
export function factsOf(
  context: Omit<Judging, 'standards'>,
  budget: Pick<BudgetRow, 'controlFen'>,
  lines: readonly LineRow[],
  figureOf: (line: LineRow) => number,
): BudgetFacts {
  return {
    ...context,
    lines: lines.map((line) => ({ ...line, amountFen: figureOf(line) })),
    control:
      budget.controlFen === null
        ? null
        : { totalFen: budget.controlFen, byLine: new Map(lines.map(({ id, controlFen }) => [id, controlFen ?? 0])) },
  }
}

/** The budget as its page shows it. */
export async function budgetView(act: Act, budget: BudgetRow) {
  const lines = await linesOf(act.tx, budget.id)
  const context = await judging(act, budget)
  const facts = factsOf(context, budget, lines, (line) => presentFen(line, budget.state))
  const threePublic = threePublicOf(facts.lines, context.economicCodes)
  const vehiclesFen = threePublic.vehiclePurchaseFen + threePublic.vehicleRunningFen
  const findings = [...checkBudget(facts), ...checkThreePublicSums({ ...threePublic, vehiclesFen })]
  const names = await organNames(act.tx, [...new Set(lines.map(({ servedOrganId }) => servedOrganId))])
  const { lastYearThreePublicFen } = context
  const { actor } = act
  const finance = can.control(actor, budget)
  const owner = can.edit(actor, budget)
  return {
    budget: found((await asBudgets(act, [budget]))[0], '预算'),
    lines: lines.map((line) => asLine(line, context.economicCodes, names)),
    byEconomicCode: byEconomicCode(lines, context.economicCodes),
    threePublic: {
      ...threePublic,
      lastYearFen: lastYearThreePublicFen,
      changeFen: lastYearThreePublicFen === null ? null : threePublic.totalFen - lastYearThreePublicFen,
    },
    findings,
    may: {
      edit: mayOf(allOf(owner, inState(budget, 'draft'))),
      propose: mayOf(
        allOf(
          owner,
          inState(budget, 'draft'),
          provided(lines.length > 0, { code: 'empty', message: '预算没有任何行。' }),
          budget.state === 'draft' ? verdictOf(findings) : allowed,
        ),
      ),
      control: mayOf(allOf(finance, inState(budget, 'proposed'))),
      draft: mayOf(allOf(owner, inState(budget, 'controlled'))),
      approve: mayOf(allOf(finance, inState(budget, 'drafted'))),
      returnForCorrection: mayOf(allOf(finance, inState(budget, 'proposed', 'drafted'))),
      export: null,
    },
  }
}

export function asLine(
  line: LineRow,
  codes: ReadonlyMap<string, EconomicCode>,
  names: ReadonlyMap<string, string>,
): BudgetLine {
  const { servedOrganId, ...row } = line
  const code = codes.get(line.economicCode)
  return {
    ...row,
    servedOrganName: names.get(servedOrganId) ?? '',
    economicTitle: code?.title ?? '',
    governmentCode: code?.governmentCode ?? '',
    threePublic: code?.threePublic ?? null,
  }
}

/** Sums by economic code, in the order of the codes; control and approved stay null until finance has answered. */
export function byEconomicCode(lines: readonly LineRow[], codes: ReadonlyMap<string, EconomicCode>) {
  const sums = new Map<
    string,
    { proposedFen: number; controlFen: number | null; draftedFen: number; approvedFen: number | null }
  >()
  for (const line of lines) {
    const sum = sums.get(line.economicCode) ?? { proposedFen: 0, controlFen: null, draftedFen: 0, approvedFen: null }
    sums.set(line.economicCode, {
      proposedFen: sum.proposedFen + line.proposedFen,
      controlFen: plus(sum.controlFen, line.controlFen),
      draftedFen: sum.draftedFen + line.draftedFen,
      approvedFen: plus(sum.approvedFen, line.approvedFen),
    })
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([economicCode, sum]) => ({ economicCode, title: codes.get(economicCode)?.title ?? '', ...sum }))
}

function plus(sum: number | null, fen: number | null): number | null {
  return fen === null ? sum : (sum ?? 0) + fen
}
