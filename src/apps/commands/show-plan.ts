import { formatYuan } from '#kernel/pure/money.ts'
import { contract as ledger } from '#modules/ledger/contract.ts'
import { contract as plans } from '#modules/plans/contract.ts'
import { cycleStateLabels, demandStateLabels, opinionLabels, planStateLabels } from '#modules/plans/model.ts'
import { needKindLabels } from '#modules/standards/model.ts'
import type { Acting, Desk } from './desk.ts'
import { cycleAt, organAt } from './finding.ts'
import { tableOf, type Answer } from './terminal.ts'

export type ShowOptions = Acting & { organ: string; year: number }

/** The application of an organ, line by line: asked, approved, cut and why; then its plan and what was spent of it. */
export async function showPlan(desk: Desk, options: ShowOptions): Promise<Answer> {
  const organ = await organAt(desk, options.organ)
  await cycleAt(desk, options.year)
  const found = await desk.call(plans.findDemand, { organ: organ.id, year: options.year })
  const { demand, lines, decisions } = await desk.call(plans.viewDemand, { demandId: found.id })
  const decided = new Map(decisions.map(({ lineId, decision }) => [lineId, decision]))
  const demandLines = lines.map((line) => {
    const decision = demand.state === 'reviewed' ? (decided.get(line.id) ?? null) : null
    return {
      lineNo: line.lineNo,
      needKind: line.needKind,
      itemName: line.itemName,
      unit: line.unit,
      economicCode: line.economicCode,
      askedQuantity: line.quantity,
      askedFen: line.amountFen,
      opinion: decision?.opinion ?? null,
      approvedQuantity: decision?.quantity ?? null,
      approvedFen: decision?.amountFen ?? null,
      cutFen: decision ? (line.amountFen ?? 0) - decision.amountFen : null,
      reason: decision?.reason ?? null,
      findings: line.findings.filter(({ outcome }) => outcome !== 'ok').map(({ rule, message }) => ({ rule, message })),
    }
  })
  const own = (await desk.all(plans.plans, { year: options.year })).filter(({ organId }) => organId === organ.id)
  const posted = await desk.all(ledger.lines, { year: options.year, organId: organ.id })
  const planned = posted.map(({ number, itemName, plannedFen, committedFen, executedFen, remainingFen }) => ({
    number,
    itemName,
    plannedFen,
    committedFen,
    executedFen,
    remainingFen,
  }))
  const money = (fen: number | null) => (fen === null ? '' : formatYuan(fen))
  const count = (quantity: number | null) => (quantity === null ? '' : String(quantity))
  return {
    ok: true,
    json: {
      organ: { id: organ.id, name: organ.name },
      year: options.year,
      demand,
      demandLines,
      plans: own,
      ledgerLines: planned,
    },
    lines: [
      `${organ.name}${options.year}年度需求申请 ${demand.number}（${demandStateLabels[demand.state]}）：${demand.lineCount} 行，申请 ${formatYuan(demand.askedFen)} 元${demand.approvedFen === null ? '' : `，核定 ${formatYuan(demand.approvedFen)} 元`}`,
      ...tableOf(
        ['行', '需求事项', '项目名称', '申请数量', '申请（元）', '意见', '核定数量', '核定（元）', '核减（元）'],
        demandLines.map((line) => [
          String(line.lineNo),
          line.needKind ? needKindLabels[line.needKind] : '',
          line.itemName,
          `${count(line.askedQuantity)}${line.unit}`,
          money(line.askedFen),
          line.opinion ? opinionLabels[line.opinion] : '',
          line.approvedQuantity === null ? '' : `${line.approvedQuantity}${line.unit}`,
          money(line.approvedFen),
          money(line.cutFen),
        ]),
      ),
      ...demandLines.flatMap(({ lineNo, cutFen, reason }) => (cutFen && reason ? `  第${lineNo}行：${reason}` : [])),
      ...own.map(
        (plan) =>
          `${plan.kind === 'authority' ? '机关事务管理部门计划' : '本机关计划'}（${planStateLabels[plan.state]}，第${plan.planVersion}版）：${plan.lineCount} 行，${formatYuan(plan.totalFen)} 元`,
      ),
      ...(planned.length > 0
        ? tableOf(
            ['计划编号', '项目名称', '计划（元）', '占用（元）', '支出（元）', '余额（元）'],
            planned.map((line) => [
              line.number,
              line.itemName,
              ...[line.plannedFen, line.committedFen, line.executedFen, line.remainingFen].map(formatYuan),
            ]),
          )
        : []),
    ],
  }
}

/** The cycles of the account's level. */
export async function listCycles(desk: Desk): Promise<Answer> {
  const cycles = await desk.all(plans.cycles, {})
  return {
    ok: true,
    json: { cycles },
    lines: tableOf(
      ['年度', '行政区划', '状态', '申报开始', '申报截止', '审核截止', '计划截止'],
      cycles.map(({ year, jurisdictionName, state, calendar }) => [
        `${year}年`,
        jurisdictionName,
        cycleStateLabels[state],
        calendar.demandOpensOn,
        calendar.demandClosesOn,
        calendar.reviewUntil,
        calendar.planUntil,
      ]),
    ),
  }
}
