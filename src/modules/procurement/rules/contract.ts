import { statutoryDeadline } from '#kernel/pure/deadline.ts'
import { yearOf, type LocalDate } from '#kernel/pure/local-date.ts'
import { costOf, formatYuan } from '#kernel/pure/money.ts'
import type { WorkCalendar } from '#kernel/pure/calendar.ts'
import { allowed, provided, type Finding, type Verdict } from '#kernel/pure/verdict.ts'
import { checkItemPrice } from '#modules/standards/rules/equipment.ts'
import { judged } from '#modules/standards/rules/finding.ts'
import { figureFor, rowFor, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { checkServiceYears } from '#modules/standards/rules/procurement.ts'
import { monthsLater } from '#modules/standards/rules/terms.ts'
import { law } from '../law.ts'
import type { PurchaseKind } from '../model.ts'
import { centi, sum, sumsBy } from './amounts.ts'
import { durationIn } from './terms.ts'

/** An item as the contract has it. */
export type Contracted = Readonly<{
  name: string
  ledgerLineId: string
  standardCode: string | null
  /** Asked for. */
  quantity: number
  contractQuantity: number
  contractPriceFen: number
}>

export type Contracting = Readonly<{
  kind: PurchaseKind
  awardFen: number
  awardedOn: LocalDate
  signedOn: LocalDate
  deliverBy: LocalDate
  termFrom: LocalDate | null
  termUntil: LocalDate | null
  bondFen: number
  priceApproval: string
  items: readonly Contracted[]
  /** What the ledger holds by plan line, 分. */
  held: ReadonlyMap<string, number>
}>

export const contractFen = (items: readonly Pick<Contracted, 'contractQuantity' | 'contractPriceFen'>[]): number =>
  sum(items.map(({ contractQuantity, contractPriceFen }) => costOf(contractQuantity, contractPriceFen)))

/** PRO-R08, PRO-R10, PRO-R12 and the bond: what a contract may say after its award. */
export function checkContract(
  table: StandardTable,
  calendar: WorkCalendar,
  region: string,
  contract: Contracting,
): Finding[] {
  const { awardFen, awardedOn, signedOn, deliverBy, bondFen, items, held } = contract
  const amountFen = contractFen(items)
  const signing = figureFor(table, 'procurement.contract-signing', 'term')
  const { dueOn: last } = statutoryDeadline({ from: awardedOn, duration: durationIn(signing.value), calendar, region })
  const bond = figureFor(table, 'procurement.performance-bond', 'percent')
  const byLine = sumsBy(
    items,
    ({ ledgerLineId }) => ledgerLineId,
    ({ contractQuantity, contractPriceFen }) => costOf(contractQuantity, contractPriceFen),
  )
  const beyond = [...byLine].filter(([line, fen]) => fen > (held.get(line) ?? 0))
  const more = items.filter(({ quantity, contractQuantity }) => centi(contractQuantity) > centi(quantity))
  return [
    judged({
      rule: 'PRO-R10',
      norm: 'A11-2',
      citation: law.contract.citation,
      rows: [],
      ok: amountFen <= awardFen && amountFen > 0 && more.length === 0,
      field: 'items',
      said:
        more.length > 0
          ? `${more.map(({ name }) => `“${name}”`).join('、')}的合同数量多于采购数量。`
          : `合同金额${formatYuan(amountFen)}元，中标、成交金额${formatYuan(awardFen)}元。`,
      remedy: '合同的数量、金额不得超过采购结果。',
      facts: { '合同（分）': amountFen, '中标（分）': awardFen },
    }),
    judged({
      rule: 'PRO-R10',
      norm: 'A34-2',
      citation: law.withinPlan.citation,
      rows: [],
      ok: beyond.length === 0,
      field: 'items',
      said:
        beyond.length === 0
          ? '各计划行的合同金额均在占用以内。'
          : `有${beyond.length}个计划行的合同金额超过已占用的计划：${beyond.map(([line, fen]) => `${formatYuan(fen)}元（占用${formatYuan(held.get(line) ?? 0)}元）`).join('、')}。`,
      remedy: '请调整各项单价，使每个计划行不超过占用。',
    }),
    ...priceFindings(table, contract),
    judged({
      rule: 'PRO-R08',
      norm: 'A11-2',
      citation: law.contract.citation,
      rows: [signing],
      ok: signedOn <= last,
      otherwise: 'warn',
      field: 'signedOn',
      said: `${awardedOn}发出中标、成交通知书，应在${last}前签订合同，${signedOn <= last ? '' : '已经超期，'}签订日${signedOn}。`,
      remedy: '请说明迟签的原因，存入采购档案。',
    }),
    judged({
      rule: 'PRO-CONTRACT',
      norm: 'A11-2',
      citation: law.contract.citation,
      rows: [],
      ok: signedOn >= awardedOn && deliverBy >= signedOn,
      field: 'deliverBy',
      said: `确定结果${awardedOn}，签订${signedOn}，交付期限${deliverBy}。`,
      remedy: '日期应依次不早于前一日期。',
    }),
    judged({
      rule: 'PRO-BOND',
      norm: 'A11-2',
      citation: law.performanceBond.citation,
      rows: [bond],
      ok: bondFen * 100 <= amountFen * bond.value.percent,
      field: 'bondFen',
      said: `履约保证金${formatYuan(bondFen)}元，不得超过合同金额的${bond.value.percent}%。`,
      remedy: `请减至${formatYuan(Math.floor((amountFen * bond.value.percent) / 100))}元以内。`,
    }),
    ...serviceTerm(table, contract),
  ]
}

/** PRO-R10: no unit price above the cap of its standard (A22-1). */
function priceFindings(table: StandardTable, { items, priceApproval }: Contracting): Finding[] {
  return items
    .filter(({ standardCode }) => standardCode !== null && rowFor(table, standardCode) !== null)
    .flatMap(({ standardCode, contractPriceFen }) =>
      checkItemPrice(table, standardCode as string, { priceFen: contractPriceFen, approvalNumber: priceApproval }),
    )
    .map((finding) => ({ ...finding, rule: 'PRO-R10', field: 'items' }))
}

/** PRO-R12: years of a service contract, started years counted whole. */
function serviceTerm(table: StandardTable, { kind, termFrom, termUntil }: Contracting): Finding[] {
  if (kind !== 'services') return []
  if (termFrom === null || termUntil === null || termUntil < termFrom)
    return [
      judged({
        rule: 'PRO-R12',
        norm: 'A13-1',
        rows: [figureFor(table, 'procurement.service-contract', 'term')],
        ok: false,
        field: 'termUntil',
        said: '服务合同须填写服务期限的起止日期。',
        remedy: '请填写服务期限。',
      }),
    ]
  return [checkServiceYears(table, yearsOf(termFrom, termUntil))]
}

function yearsOf(from: LocalDate, until: LocalDate): number {
  let years = Math.max(1, yearOf(until) - yearOf(from))
  if (monthsLater(from, years * 12) <= until) years++
  return years
}

type PayingLine = Readonly<{
  year: number
  itemName: string
  holderOrganId: string
  servedOrganId: string
  needKind: string
  economicCode: string
}>

/**
 * More of the same is new money: a plan line whose year is over holds what was contracted in it and never more (预算法第十八条), so that a
 * supplement after it is paid from a line of this year for the same end.
 * @param lines the line of the item, and the one that is named to pay for more of it
 */
export function checkSupplementLine(
  { name, servedOrganId }: { name: string; servedOrganId: string },
  { own, named }: { own: PayingLine | undefined; named: PayingLine | undefined },
  { organId, year }: { organId: string; year: number },
): Verdict {
  if (named === undefined)
    return own === undefined || own.year === year
      ? allowed
      : provided(false, {
          code: 'other-budget-year',
          message: `“${name}”列在${own.year}年度的计划行“${own.itemName}”，该年度已经结束，占用的资金按原数支付，不能增加。`,
          basis: law.budgetYear,
          facts: { 计划年度: own.year },
          remedy: `请选择${year}年度同类的计划行支付补充合同；没有的，先列入计划或者办理计划调整并备案。`,
        })
  const fits =
    named.holderOrganId === organId &&
    named.servedOrganId === servedOrganId &&
    named.year === year &&
    (own === undefined || (named.needKind === own.needKind && named.economicCode === own.economicCode))
  return provided(fits, {
    code: 'not-fitting-line',
    message: `所选计划行不能支付“${name}”的补充合同。`,
    basis: law.withinPlan,
    remedy: `请选择本机关${year}年度、使用单位和需求类别、经济科目都与原计划行相同的计划行。`,
  })
}
