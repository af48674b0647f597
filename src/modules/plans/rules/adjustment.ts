import { finding, allOf, provided, type Finding, type Verdict } from '#kernel/pure/verdict.ts'
import type { EconomicCode, ThreePublicPart } from '#modules/standards/model.ts'
import { law } from '../law.ts'
import type { AdjustmentChange, AdjustmentType } from '../model.ts'
import { fen, yuan } from './facts.ts'

export type AdjustmentFacts = {
  type: AdjustmentType
  cause: string
  basisDocument: string
  adjustedOn: string
  today: string
  year: number
  changes: readonly AdjustmentChange[]
  economicCodes: ReadonlyMap<string, EconomicCode>
}

/** Everything the rules say of a plan adjustment (PLAN-R12, R15, R16, R21). */
export function checkAdjustment(facts: AdjustmentFacts): Finding[] {
  return [...checkGround(facts), ...checkChanges(facts), ...checkBudgetTransfer(facts), ...checkThreePublicRise(facts)]
}

/** PLAN-R12: only an emergency, a policy change or another special circumstance, with its document (A35-1). */
function checkGround({ cause, basisDocument, adjustedOn, today, year }: AdjustmentFacts): Finding[] {
  const findings: Finding[] = []
  if (basisDocument.trim() === '')
    findings.push(
      finding('PLAN-R12', 'block', law.adjustFirst, '未填写依据文件。', {
        field: 'basisDocument',
        remedy: '请填写文件名称和文号，并上传文件。',
      }),
    )
  if (cause.trim().length < 4)
    findings.push(
      finding('PLAN-R12', 'block', law.adjustFirst, '未写明调整事由。', {
        field: 'cause',
        remedy: '请写明突发事件、政策变化等特殊情况。',
      }),
    )
  if (adjustedOn > today)
    findings.push(
      finding('PLAN-R12', 'block', law.adjustFirst, '调整日期不能晚于今天。', {
        field: 'adjustedOn',
        remedy: '备案针对已经作出的调整，请填写实际调整日期。',
      }),
    )
  if (Number(adjustedOn.slice(0, 4)) !== year)
    findings.push(
      finding('PLAN-R12', 'block', law.adjustFirst, `调整日期不在${year}年度内。`, {
        field: 'adjustedOn',
        remedy: '请核对年度或日期。',
      }),
    )
  return findings
}

function checkChanges({ changes, economicCodes }: AdjustmentFacts): Finding[] {
  if (changes.length === 0)
    return [
      finding('PLAN-R12', 'block', law.fileAdjustment, '没有填写调整前后的数量和金额。', {
        field: 'changes',
        remedy: '请至少填写一项调整。',
      }),
    ]
  const findings: Finding[] = []
  const seen = new Set<string>()
  for (const [index, change] of changes.entries()) {
    const at = `第${index + 1}项`
    if (change.beforeFen === change.afterFen && change.beforeQuantity === change.afterQuantity)
      findings.push(
        finding('PLAN-R12', 'block', law.fileAdjustment, `${at}调整前后相同。`, {
          field: `changes/${index}`,
          remedy: '请填写调整后的数字或删去此项。',
        }),
      )
    if (change.lineId === null && (change.beforeFen !== 0 || change.beforeQuantity !== 0))
      findings.push(
        finding('PLAN-R12', 'block', law.fileAdjustment, `${at}是新增事项，调整前的数量和金额应为0。`, {
          field: `changes/${index}`,
          remedy: '请改为0；调整已有事项的，请从台账选择。',
        }),
      )
    if (change.lineId !== null && seen.has(change.lineId))
      findings.push(
        finding('PLAN-R12', 'block', law.fileAdjustment, `${at}与前面的项目是同一计划行。`, {
          field: `changes/${index}`,
          remedy: '请合并为一项。',
        }),
      )
    if (change.lineId !== null) seen.add(change.lineId)
    if (!economicCodes.has(change.economicCode))
      findings.push(
        finding(
          'PLAN-R21',
          'block',
          law.economicCodes,
          `${at}的部门经济科目“${change.economicCode}”不在本年度科目表中。`,
          { field: `changes/${index}/economicCode`, remedy: '请从科目表中选择。' },
        ),
      )
  }
  return findings
}

/** PLAN-R15: a change of the total, or money moving between 302 and 310 or into the three public expenses, is a budget transfer. */
function checkBudgetTransfer({ changes, economicCodes }: AdjustmentFacts): Finding[] {
  const total = sum(changes, () => true)
  const consumption = sum(changes, (change) => change.economicCode.startsWith('302'))
  const capital = sum(changes, (change) => change.economicCode.startsWith('310'))
  const public3 = sum(changes, (change) => partOf(change, economicCodes) !== null)
  const reasons = [
    ...(total !== 0 ? [`预算总额变动${yuan(total)}`] : []),
    ...(total === 0 && consumption !== 0 && capital !== 0 ? [`302与310类科目之间调剂${yuan(Math.abs(capital))}`] : []),
    ...(public3 > 0 ? [`调入“三公”经费${yuan(public3)}`] : []),
  ]
  if (reasons.length === 0) return []
  return [
    finding(
      'PLAN-R15',
      'needs-approval',
      law.budgetTransfer,
      `本次调整涉及预算调剂（${reasons.join(';')}），除备案外须经财政部门批准。`,
      {
        field: 'changes',
        remedy: '系统会同时报财政部门；批准前不改变台账。',
        facts: {
          '总额变动（分）': total,
          '302类变动（分）': consumption,
          '310类变动（分）': capital,
          '三公变动（分）': public3,
        },
        steps: changes.map((change) => ({
          label: change.itemName || change.economicCode,
          expression: `${yuan(change.afterFen)} − ${yuan(change.beforeFen)}`,
          result: yuan(change.afterFen - change.beforeFen),
          operands: [fen('调整后', change.afterFen), fen('调整前', change.beforeFen)],
        })),
      },
    ),
  ]
}

/** PLAN-R16: reception, vehicles and travel abroad may only fall; a rise needs finance. */
function checkThreePublicRise({ changes, economicCodes }: AdjustmentFacts): Finding[] {
  const rising = changes.filter(
    (change) => change.afterFen > change.beforeFen && partOf(change, economicCodes) !== null,
  )
  return rising.map((change) =>
    finding(
      'PLAN-R16',
      'needs-approval',
      law.threePublic,
      `“${change.itemName}”属于“三公”经费，只减不增；增加${yuan(change.afterFen - change.beforeFen)}须经财政部门批准。`,
      {
        field: 'changes',
        remedy: '请优先在“三公”经费内部调剂。',
        facts: { 科目: change.economicCode, '增加（分）': change.afterFen - change.beforeFen },
      },
    ),
  )
}

function partOf(change: AdjustmentChange, codes: ReadonlyMap<string, EconomicCode>): ThreePublicPart | null {
  return codes.get(change.economicCode)?.threePublic ?? null
}

function sum(changes: readonly AdjustmentChange[], where: (change: AdjustmentChange) => boolean): number {
  return changes.filter(where).reduce((total, { beforeFen, afterFen }) => total + afterFen - beforeFen, 0)
}

export function needsFinance(findings: readonly Finding[]): boolean {
  return findings.some(
    ({ rule, outcome }) => outcome === 'needs-approval' && (rule === 'PLAN-R15' || rule === 'PLAN-R16'),
  )
}

/** PLAN-R11: money and quantity executed or committed never pass plan plus filed adjustments (A34-2). */
export function beyondPlan(
  line: { plannedFen: number; committedFen: number; executedFen: number },
  wantedFen: number,
): { beyondFen: number; verdict: Verdict } {
  const beyondFen = Math.max(0, line.executedFen + line.committedFen + wantedFen - line.plannedFen)
  return {
    beyondFen,
    verdict: provided(beyondFen === 0, {
      code: 'PLAN-R11',
      message: `超出计划${yuan(beyondFen)}：计划${yuan(line.plannedFen)}，已支出${yuan(line.executedFen)}，已占用${yuan(line.committedFen)}，本次${yuan(wantedFen)}。`,
      basis: law.notBeyondPlan,
      facts: {
        '计划（分）': line.plannedFen,
        '已支出（分）': line.executedFen,
        '已占用（分）': line.committedFen,
        '本次（分）': wantedFen,
        '超计划额（分）': beyondFen,
      },
      remedy: '属突发事件、政策变化等特殊情况的，请先登记计划调整，并在15个工作日内备案。',
    }),
  }
}

/** An adjustment may not take a line below what is already spent or committed. */
export function mayReduce(
  line: { committedFen: number; executedFen: number; itemName: string },
  afterFen: number,
): Verdict {
  return allOf(
    provided(afterFen >= line.committedFen + line.executedFen, {
      code: 'below-executed',
      message: `“${line.itemName}”调整后的金额${yuan(afterFen)}低于已支出和已占用的${yuan(line.committedFen + line.executedFen)}。`,
      basis: law.carryOut,
      remedy: '请先释放占用或冲销支出。',
    }),
  )
}
