import type { LocalDate } from '#kernel/pure/local-date.ts'
import type { Finding } from '#kernel/pure/verdict.ts'
import { approverLabels, type Approver } from '../model/value.ts'
import { exceeds, minus, over, textOf, times } from './exact.ts'
import { judged } from './finding.ts'
import { figureFor, type StandardTable } from './in-force.ts'
import { monthsLater, yearsLater } from './terms.ts'
import { addDays } from '#kernel/pure/local-date.ts'
import { yuan } from './value-text.ts'

/** Classes of owner of an office project (S2 Art. 15). */
export const projectOwnerLabels = {
  province: '省本级党政机关',
  'province-department': '省直部门',
  city: '市级机关',
  county: '县级党政机关',
  'county-unit': '县级机关直属单位、乡镇',
  vertical: '垂直管理、派出机构和参公事业单位',
} as const
export type ProjectOwner = keyof typeof projectOwnerLabels

/** PJ-03: who approved against who must; a delegate needs the paper. */
export function checkApprover(
  table: StandardTable,
  { owner, approver, delegation }: Readonly<{ owner: ProjectOwner; approver: Approver; delegation: string | null }>,
): Finding {
  const row = figureFor(table, `project.approver-${owner}`, 'authority')
  const delegated = delegation !== null && delegation.trim() !== ''
  const ok = approver === row.value.approver || (approver === row.value.delegableTo && delegated)
  const due = approverLabels[row.value.approver]
  return judged({
    rule: 'PJ-03',
    norm: 'A20-1',
    rows: [row],
    ok,
    field: 'approver',
    said: `${projectOwnerLabels[owner]}办公用房项目由${due}审批${row.value.delegableTo === null ? '' : `（可委托${approverLabels[row.value.delegableTo]}）`}，现为${approverLabels[approver]}${approver === row.value.delegableTo ? (delegated ? `，已委托（${delegation}）` : '，没有委托文件') : ''}。`,
    remedy: approver === row.value.delegableTo ? '请补充委托文件。' : `请报${due}审批。`,
  })
}

/** PJ-05: 概算 against 估算, exactly: 30.8 over 28 is 10 % and passes. */
export function checkEstimate(
  table: StandardTable,
  { estimateFen, budgetFen }: Readonly<{ estimateFen: number; budgetFen: number }>,
): Finding {
  const line = figureFor(table, 'project.estimate-excess', 'percent')
  const excess = times(minus(over(budgetFen, estimateFen), 1), 100)
  const ok = !exceeds(excess, line.value.percent)
  return judged({
    rule: 'PJ-05',
    norm: 'A20-1',
    rows: [line],
    ok,
    otherwise: 'needs-approval',
    field: 'budgetFen',
    said: `概算${yuan(budgetFen)}，较估算${yuan(estimateFen)}${exceeds(excess, 0) ? '增加' : '变动'}${textOf(excess, 3)}%${ok ? '' : `，超过${line.value.percent}%`}。`,
    remedy: '请向可行性研究报告审批机关报告，按要求重新报批。',
    steps: [
      {
        label: '概算超估算',
        expression: `${yuan(budgetFen)} ÷ ${yuan(estimateFen)} − 1`,
        result: `${textOf(excess, 3)}%`,
      },
    ],
  })
}

/** PJ-09: a permit is needed when both cost and area pass the limits. */
export function permitNeeded(
  table: StandardTable,
  { costFen, areaM2 }: Readonly<{ costFen: number; areaM2: number }>,
): { needed: boolean; finding: Finding } {
  const cost = figureFor(table, 'project.permit-cost', 'amount')
  const area = figureFor(table, 'project.permit-area', 'area')
  const needed = costFen > cost.value.amountFen && exceeds(areaM2, area.value.areaM2)
  return {
    needed,
    finding: judged({
      rule: 'PJ-09',
      norm: 'A20-1',
      rows: [cost, area],
      ok: true,
      said: `投资${yuan(costFen)}、建筑面积${areaM2}平方米，${needed ? '应当' : '可以不'}申请施工许可证。`,
      facts: { '投资（分）': costFen, '面积（平方米）': areaM2, 须办施工许可: needed },
    }),
  }
}

/** PJ-08: whether one contract must be tendered, or several of one kind that together pass the line. */
export function checkTender(
  table: StandardTable,
  {
    part,
    contractFen,
    sameKindFen,
    tenderNumber,
    budgetMoneyFen,
    investmentFen,
  }: Readonly<{
    part: 'works' | 'goods' | 'survey'
    contractFen: number
    /** Other contracts of the same kind and period. */
    sameKindFen: number
    tenderNumber: string | null
    budgetMoneyFen: number
    investmentFen: number
  }>,
): Finding {
  const limit = figureFor(table, `project.tender-${part}`, 'amount')
  const money = figureFor(table, 'project.tender-budget-money', 'amount')
  const share = figureFor(table, 'project.tender-budget-share', 'percent')
  const bound =
    budgetMoneyFen >= money.value.amountFen &&
    !exceeds(share.value.percent, over(times(budgetMoneyFen, 100), investmentFen))
  const tendered = tenderNumber !== null && tenderNumber.trim() !== ''
  const alone = contractFen >= limit.value.amountFen
  const together = contractFen + sameKindFen >= limit.value.amountFen
  const ok = !bound || tendered || !together
  return judged({
    rule: 'PJ-08',
    norm: 'A11-2',
    rows: [limit, money, share],
    ok,
    otherwise: alone ? 'block' : 'warn',
    field: 'tenderNumber',
    said: ok
      ? tendered
        ? `已招标（${tenderNumber}）。`
        : bound
          ? `合同${yuan(contractFen)}，未达必须招标限额${yuan(limit.value.amountFen)}。`
          : '项目未达到必须招标的资金规模。'
      : alone
        ? `合同${yuan(contractFen)}，达到必须招标限额${yuan(limit.value.amountFen)}，没有招标编号。`
        : `同类合同合计${yuan(contractFen + sameKindFen)}，达到必须招标限额${yuan(limit.value.amountFen)}，疑似化整为零。`,
    remedy: '请依法招标并填写招标编号。',
  })
}

export type AfterAcceptance = Readonly<{
  /** PJ-10: filing of acceptance. */
  filingDue: LocalDate
  /** PJ-11: final account, with the extension where one was granted. */
  finalAccountDue: LocalDate
  /** PJ-11: never later than this. */
  hardStop: LocalDate
}>

/** PJ-10, PJ-11: what is due after acceptance. Large projects may be given the longer extension. */
export function afterAcceptance(
  table: StandardTable,
  {
    acceptedOn,
    extended,
    investmentFen,
  }: Readonly<{ acceptedOn: LocalDate; extended: boolean; investmentFen: number }>,
): AfterAcceptance {
  const amount = (code: string) => figureFor(table, code, 'term').value.amount
  const large = investmentFen >= figureFor(table, 'project.large-project', 'amount').value.amountFen
  const extension = extended ? amount(`project.final-account-extension-${large ? 'large' : 'small'}`) : 0
  return {
    filingDue: addDays(acceptedOn, amount('project.acceptance-filing')),
    finalAccountDue: monthsLater(acceptedOn, amount('project.final-account') + extension),
    hardStop: yearsLater(acceptedOn, amount('project.final-account-limit')),
  }
}
