import { verdictOf } from '#kernel/pure/verdict.ts'
import type { Act, Download } from '#kernel/server/context.ts'
import { found, insist } from '#kernel/server/errors.ts'
import { organById, organNames } from '#modules/organs/offers.ts'
import { budgetWorkbook, type BudgetTable } from './export-xlsx.ts'
import { budgetStateLabels } from './model.ts'
import { presentFen } from './rules.ts'
import { checkEconomicCodes, checkPlanTie } from './rules/lines.ts'
import { checkThreePublicSums, threePublicOf } from './rules/three-public.ts'
import { linesOf, type BudgetRow } from './store.ts'
import { asBudgets, asLine, byEconomicCode, factsOf, judging } from './view.ts'

/**
 * The budget table for finance: JSON in 分 for exchange, XLSX in 万元 for people.
 * @throws Refused where a line has no plan line (PLAN-R22), no valid code (PLAN-R21), or 三公 does not add up (PLAN-R20)
 */
export async function exportBudget(act: Act, row: BudgetRow, format: 'xlsx' | 'json'): Promise<Download> {
  const rows = await linesOf(act.tx, row.id)
  const context = await judging(act, row)
  const facts = factsOf(context, row, rows, (line) => presentFen(line, row.state))
  const paying = { ...facts, lines: facts.lines.filter(({ amountFen }) => amountFen > 0) }
  const threePublic = threePublicOf(facts.lines, context.economicCodes)
  const vehiclesFen = threePublic.vehiclePurchaseFen + threePublic.vehicleRunningFen
  insist(
    verdictOf([
      ...checkPlanTie(paying),
      ...checkEconomicCodes(paying),
      ...checkThreePublicSums({ ...threePublic, vehiclesFen }),
    ]),
  )
  const names = await organNames(act.tx, [...new Set(rows.map(({ servedOrganId }) => servedOrganId))])
  const lines = rows.map((line) => asLine(line, context.economicCodes, names))
  const [budget] = await asBudgets(act, [row])
  const organ = found(await organById(act.tx, row.organId, act.today), '机关')
  const table: BudgetTable = {
    budget: found(budget, '预算'),
    budgetCode: organ.budgetCode,
    lines,
    byEconomicCode: byEconomicCode(rows, context.economicCodes),
    threePublic: { ...threePublic, vehiclesFen },
  }
  const name = `${organ.name}${row.year}年度部门预算（${budgetStateLabels[row.state].slice(0, 2)}）`
  if (format === 'json') return asJson(table, name)
  return {
    fileName: `${name}.xlsx`,
    mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: await budgetWorkbook(table),
  }
}

/** The interface keys of the budget systems (facts 1.3): 单位代码, 功能科目, 部门经济科目, 政府经济科目, 指标文号, 三公标志. */
function asJson(
  { budget, budgetCode, lines, byEconomicCode: codes, threePublic }: BudgetTable,
  name: string,
): Download {
  const {
    id,
    year,
    jurisdictionCode,
    organName,
    kind,
    state,
    planId,
    proposedFen,
    controlFen,
    draftedFen,
    approvedFen,
    controlDocument,
    replyDocument,
    repliedOn,
    version,
  } = budget
  const body = {
    budget: {
      id,
      year,
      jurisdictionCode,
      budgetCode,
      organName,
      kind,
      state,
      planId,
      controlDocument,
      replyDocument,
      repliedOn,
      version,
      proposedFen,
      controlFen,
      draftedFen,
      approvedFen,
    },
    lines,
    byEconomicCode: codes,
    threePublic,
  }
  return {
    fileName: `${name}.json`,
    mediaType: 'application/json; charset=utf-8',
    body: Buffer.from(JSON.stringify(body, null, 2)),
  }
}
