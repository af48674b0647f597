import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { formatYuan } from '#kernel/pure/money.ts'
import { allOf, allowed, provided, refused, verdictOf, type Finding, type Verdict } from '#kernel/pure/verdict.ts'
import { checkItemPrice } from '#modules/standards/rules/equipment.ts'
import { judged } from '#modules/standards/rules/finding.ts'
import { figureFor, hasForm, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { law } from '../law.ts'
import { stateLabels, type CardFacts } from '../model.ts'
import { checkDetail, detailKind } from '../model/detail.ts'
import { cardField, wordedFields } from '../model/fields.ts'
import { classOf, presentCode, type AssetClass } from '../model/classes.ts'
import { checkMonths } from './depreciation.ts'

/** A44-1: secret assets are kept elsewhere; the refusal names the fields and repeats nothing of them. */
export function checkSecrecy(facts: Partial<CardFacts>, reason = ''): Verdict {
  const texts: [string, string][] = [
    ...wordedFields.map((name): [string, string] => [cardField(name).title, String(facts[name] ?? '')]),
    ...Object.values(facts.detail ?? {}).map((value): [string, string] => ['特性', String(value ?? '')]),
    ['原因', reason],
  ]
  const marked = texts.filter(([, text]) => secrecyMarkIn(text) !== null).map(([title]) => title)
  return provided(marked.length === 0, {
    code: 'A44-1',
    message: `${[...new Set(marked)].join('、')}带有密级标志。本系统为非涉密系统，涉密资产不得登记。`,
    basis: law.secrecy,
    remedy: '请删除相关内容，涉密资产通过保密渠道管理。',
  })
}

/** The class of a card in its edition, or why it may not hold one; a code of an older edition is told what it is today. */
export function checkClass({ classCode, classEdition }: Pick<CardFacts, 'classCode' | 'classEdition'>): Verdict {
  const found = classOf(classEdition, classCode)
  const other = found ?? classOf('2013', classCode) ?? classOf('2022', classCode)
  if (found?.leaf) return allowed
  return refused({
    code: found ? 'class-group' : 'class-unknown',
    message: found
      ? `“${classCode} ${found.name}”是分类的门类，不能登记卡片。`
      : `国标分类（${classEdition}版）中没有代码“${classCode}”。`,
    remedy: other?.now
      ? `该代码在2013版中为“${other.name}”，2022版为“${other.now}”。请核对版本。`
      : '请从分类表中选择具体的分类。',
  })
}

/** What must be true of a card whatever it is of: sums, order of days, class, detail (A12-2). All reasons at once. */
export function checkFacts(facts: CardFacts, today: string): Verdict {
  const assetClass = classOf(facts.classEdition, facts.classCode)
  const worth = facts.costFen > 0
  return allOf(
    checkClass(facts),
    provided(facts.fiscalFen + facts.otherFen === facts.costFen, {
      code: 'funding-differs',
      message: `财政资金${formatYuan(facts.fiscalFen)}元与非财政资金${formatYuan(facts.otherFen)}元之和，不等于原值${formatYuan(facts.costFen)}元。`,
      remedy: '请核对资金来源。',
    }),
    provided(facts.valueKind === 'none' ? !worth : worth, {
      code: 'value-kind',
      message: facts.valueKind === 'none' ? '价值类型为“无价值”的，原值应为0。' : '原值应大于0。',
      remedy: '无法取得价值的，请选择“名义金额”（1元）或“无价值”。',
    }),
    provided(facts.valueKind !== 'nominal' || facts.costFen === 100, {
      code: 'nominal-value',
      message: '以名义金额计量的资产，原值为1元。',
      remedy: '请将原值改为1元，或选择其他价值类型。',
    }),
    provided(facts.acquiredOn <= today && facts.bookedOn <= today, {
      code: 'future-date',
      message: '取得日期、财务入账日期不能晚于今天。',
      remedy: '请核对日期。',
    }),
    provided(facts.acquiredOn <= facts.bookedOn, {
      code: 'booked-before-acquired',
      message: `财务入账日期${facts.bookedOn}早于取得日期${facts.acquiredOn}。`,
      remedy: '请核对日期。',
    }),
    provided(assetClass?.depreciation !== null || facts.depreciationMonths === null, {
      code: 'no-depreciation',
      message: `“${assetClass?.name ?? ''}”不计提折旧，折旧年限应为空。`,
      basis: law.depreciation,
    }),
    assetClass ? checkDetail(detailKind(assetClass.detail), facts.detail) : allowed,
  )
}

/** What the standards say of a card: life (AST-R03), threshold (AST-R02), price (EQ-02, A22-1). */
export function cardFindings(table: StandardTable, assetClass: AssetClass, facts: CardFacts): Finding[] {
  const months = checkMonths(table, assetClass, facts)
  return [
    ...(months ? [months] : []),
    ...thresholdFinding(table, assetClass, facts),
    ...priceFindings(table, assetClass, facts),
  ]
}

/** AST-R02: below the threshold a thing is no fixed asset, unless it is of a batch of like things. */
function thresholdFinding(table: StandardTable, assetClass: AssetClass, facts: CardFacts): Finding[] {
  if (assetClass.code.startsWith('A04') || assetClass.code.startsWith('A05') || facts.valueKind !== 'cost') return []
  const row = figureFor(table, 'asset.fixed-value', 'amount')
  const unitFen = Math.floor(facts.costFen / facts.quantity)
  const ok = unitFen >= row.value.amountFen
  return [
    judged({
      rule: 'AST-R02',
      norm: 'A12-2',
      rows: [row],
      ok,
      otherwise: 'warn',
      field: 'costFen',
      said: `单价${formatYuan(unitFen)}元，固定资产起点${formatYuan(row.value.amountFen)}元${ok ? '，符合' : '，低于起点'}。`,
      remedy: '单价低于起点且不是大批同类物资的，请作为低值易耗品管理，不登记固定资产卡片。',
    }),
  ]
}

/** What was bought is held against the price of its standard; a card tells what is, so it only warns (EQ-10). */
function priceFindings(table: StandardTable, assetClass: AssetClass, facts: CardFacts): Finding[] {
  if (facts.acquiredBy !== 'purchase') return []
  const unitFen = Math.floor(facts.costFen / facts.quantity)
  const item = itemCodeOf(table, assetClass, facts)
  if (item === null) return []
  return checkItemPrice(table, item, { priceFen: unitFen, approvalNumber: null }).map((finding) => ({
    ...finding,
    outcome: finding.outcome === 'ok' ? 'ok' : 'warn',
  }))
}

/** Rank that has furniture of its own standard. */
export const bureauRank = '厅局级'

/** The item standard of a class: furniture by the rank it is for. */
export function itemCodeOf(
  table: StandardTable,
  assetClass: Pick<AssetClass, 'code' | 'edition' | 'now'>,
  facts: Pick<CardFacts, 'detail'> | null,
): string | null {
  const present = presentCode(assetClass)
  const rows = table.rows.filter((row) => hasForm(row, 'item') && row.value.assetClass?.code === present)
  const codes = [...new Set(rows.map((row) => row.code))].sort()
  const bureau = codes.find((one) => one.endsWith('-bureau'))
  if (bureau && facts?.detail['rank'] === bureauRank) return bureau
  return codes.find((one) => one !== bureau) ?? null
}

const goneBy = ({ state, removedOn }: { state: CardFacts['state']; removedOn: string | null }): string =>
  state === 'withdrawn'
    ? '的登记已随导入撤销'
    : `已于${removedOn}${state === 'replaced' ? '拆分合并，由新卡片接续' : '处置注销'}`

/** Whether an event of a day may be added to a card: it exists, is not gone, and the day is not to come. */
export function mayAddEvent(
  card: { removedOn: string | null; registeredOn: string; number: string; state: CardFacts['state'] },
  effectiveOn: string,
  today: string,
): Verdict {
  return allOf(
    provided(card.removedOn === null, {
      code: 'card-removed',
      message: `资产${card.number}${goneBy(card)}，不能再变更。`,
      basis: law.wholeLife,
      facts: { 状态: stateLabels[card.state] },
    }),
    provided(effectiveOn <= today, {
      code: 'future-date',
      message: '变动日期不能晚于今天。',
      remedy: '请改为实际发生的日期。',
    }),
  )
}

/** A card goes only with the consent of finance, dated not before it was asked for (A12-3; AST-R07, AST-R08). */
export function mayRemove(
  card: { number: string; closedThrough: string | null },
  removal: { effectiveOn: string; consentDocument: string; consentedOn: string | null; appliedOn: string },
): Verdict {
  const { consentDocument, consentedOn, appliedOn, effectiveOn } = removal
  const consented = consentDocument.trim() !== '' && consentedOn !== null
  return allOf(
    provided(consented, {
      code: 'AST-R08',
      message: `资产${card.number}没有财政部门同意处置的文号和日期，不能注销。`,
      basis: law.financeConsent,
      remedy: '请先报同级财政部门同意。',
    }),
    provided(!consented || (consentedOn >= appliedOn && consentedOn <= effectiveOn), {
      code: 'AST-R08',
      message: `财政部门同意日期应在申请（${appliedOn}）之后、注销（${effectiveOn}）之前。`,
      basis: law.financeConsent,
      remedy: '请核对日期。',
    }),
    provided(card.closedThrough === null || effectiveOn.slice(0, 7) > card.closedThrough, {
      code: 'month-closed',
      message: `${effectiveOn.slice(0, 7)}折旧已结账，注销日期不能落在已结账的月份。`,
      basis: law.depreciation,
      remedy: '请按当前未结账月份的日期注销。',
    }),
  )
}

/** Findings that block, as a refusal. */
export const mayRegister = (findings: readonly Finding[]): Verdict => verdictOf(findings)
