import type { Level } from '#kernel/pure/actor.ts'
import { costOf, formatYuan } from '#kernel/pure/money.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { addDays, yearOf, type LocalDate } from '#kernel/pure/local-date.ts'
import { provided, type Finding, type Verdict } from '#kernel/pure/verdict.ts'
import { checkItemPrice, checkItemQuantity, type Unit } from '#modules/standards/rules/equipment.ts'
import {
  checkBureauFurniture,
  checkDescription,
  checkPrinterMix,
  isPrinter,
} from '#modules/standards/rules/equipment-mix.ts'
import { judged } from '#modules/standards/rules/finding.ts'
import { figureFor, rowFor, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { checkBelowLimit, checkSmallShare, checkSplitting } from '#modules/standards/rules/procurement.ts'
import { law } from '../law.ts'
import type { Judgement, PurchaseRequest, RequestedItem } from '../model.ts'
import { centi, sum, sumsBy } from './amounts.ts'
import { sameAs } from './catalogue.ts'
import { checkMethod, needsFinance, proposeMethod, requestedFen } from './method.ts'

/** A plan line as a request draws on it. */
export type PlanLine = Readonly<{
  id: string
  number: string
  itemName: string
  year: number
  needKind: string
  holderOrganId: string
  /** For whom the things are. */
  servedOrganId: string
  remainingFen: number
  remainingCenti: number
}>

/** What a request is judged by; plain data, read once. */
export type RequestFacts = Readonly<{
  table: StandardTable
  level: Level
  organId: string
  today: LocalDate
  lines: ReadonlyMap<string, PlanLine>
  /** Lines for the buyer that another organ carries out: provided centrally, so that it buys nothing itself (A22-2). */
  central: ReadonlySet<string>
  /** Organs that the lines are for, as equipment standards see them. */
  units: ReadonlyMap<string, Unit & Readonly<{ bureauStaff: number }>>
  /** By organ and standard item (`heldKey`): what the organ has by the register and what it has on order. */
  held: ReadonlyMap<string, { quantity: number; onOrder: number }>
  /** By organ and standard item: what could be had without buying. */
  inStock: ReadonlyMap<string, { warehouse: number; ownIdle: number }>
  /** What was bought of the same this year without an open tender, 分 each. */
  boughtSame: ReadonlyMap<string, readonly number[]>
  /** Purchases of the year, for the share of small firms. */
  year: Readonly<{ totalFen: number; reservedFen: number; microFen: number }>
}>

export const heldKey = (organId: string, standardCode: string): string => `${organId} ${standardCode}`

/** All that the rules say of a request (A11-1, A11-2, A13-1, A22-1, A23-2, A34-2). The same on the screen and at the submission. */
export function judgeRequest(facts: RequestFacts, request: PurchaseRequest): Judgement {
  const { table } = facts
  const proposal = proposeMethod(table, facts.level, request)
  const amountFen = requestedFen(request.items)
  const intention = intentionNeeded(proposal.class, request)
  const findings = [
    ...lineFindings(facts, request.items),
    ...checkMethod(table, proposal, request),
    ...splittingFindings(facts, request, proposal),
    ...intentionFindings(facts, request, intention),
    ...equipmentFindings(facts, request),
    ...stockFindings(facts, request),
    ...serviceFindings(facts, request),
    ...shareFindings(facts, request, amountFen),
  ]
  return {
    class: proposal.class,
    proposedMethod: proposal.method,
    proposedOrganisation: proposal.organisation,
    intentionNeeded: intention,
    needsFinance: needsFinance(proposal, request.method),
    amountFen,
    findings,
  }
}

/** PRO-R18: what is marked secret is bought elsewhere; the refusal names the fields and repeats nothing of them. */
export function checkSecrecy(texts: Readonly<Record<string, string>>): Verdict {
  const marked = Object.entries(texts).filter(([, text]) => secrecyMarkIn(text) !== null)
  return provided(marked.length === 0, {
    code: 'PRO-R18',
    message: `${marked.map(([title]) => title).join('、')}带有密级标志。本系统为非涉密系统，涉密采购不得录入。`,
    basis: law.secrecy,
    remedy: '请删除相关内容，涉密采购通过保密渠道办理。',
  })
}

/** The texts of a request that are looked at for marks of secrecy. */
export const textsOf = (request: PurchaseRequest): Record<string, string> => ({
  采购项目名称: request.title,
  采购需求概况: request.requirement,
  理由: [
    request.methodGround,
    request.stockReason,
    request.priceApproval,
    request.colourConsent,
    request.securityGround,
  ].join(' '),
  采购内容: request.items.map(({ name, requirement }) => `${name} ${requirement}`).join(' '),
})

/** PRO-R01, PLAN-R11: every item from a plan line of the buyer, never more than the line has left. */
function lineFindings({ lines, organId, central, today }: RequestFacts, items: readonly RequestedItem[]): Finding[] {
  const unlinked = items.filter(({ ledgerLineId }) => lines.get(ledgerLineId)?.holderOrganId !== organId)
  const provided = items.filter(({ ledgerLineId }) => central.has(ledgerLineId))
  const years = new Set(items.flatMap(({ ledgerLineId }) => lines.get(ledgerLineId)?.year ?? []))
  const money = sumsBy(
    items,
    ({ ledgerLineId }) => ledgerLineId,
    ({ quantity, unitPriceFen }) => costOf(quantity, unitPriceFen),
  )
  const pieces = sumsBy(
    items,
    ({ ledgerLineId }) => ledgerLineId,
    ({ quantity }) => centi(quantity),
  )
  return [
    judged({
      rule: 'PRO-R01',
      norm: provided.length > 0 ? 'A22-2' : 'A34-2',
      citation: provided.length > 0 ? law.centralProvision.citation : law.withinPlan.citation,
      rows: [],
      ok: unlinked.length === 0 && years.size <= 1,
      field: 'items',
      said:
        provided.length > 0
          ? `${provided.map(({ name }) => `“${name}”`).join('、')}由机关事务管理部门统一配备，本单位不需要采购。`
          : unlinked.length > 0
            ? `${unlinked.map(({ name }) => `“${name}”`).join('、')}没有对应本单位生效计划的计划行。`
            : years.size > 1
              ? '一次采购的各项应列在同一年度的计划中。'
              : `${items.length}项采购内容均列入年度计划和预算。`,
      remedy:
        provided.length > 0
          ? '请去掉该项；采购进展在计划台账的该计划行查看。'
          : years.size > 1
            ? '请按年度分别申请。'
            : '请从计划台账选择计划行；确需增加的，先办理计划调整并备案。',
    }),
    ...(years.size === 1 ? yearFindings(Math.max(...years), today) : []),
    ...[...money].flatMap(([id, fen]) => {
      const line = lines.get(id)
      if (!line) return []
      const wanted = pieces.get(id) ?? 0
      return [
        judged({
          rule: 'PLAN-R11',
          norm: 'A34-2',
          citation: law.withinPlan.citation,
          rows: [],
          ok: fen <= line.remainingFen && wanted <= line.remainingCenti,
          field: 'items',
          said: `计划行“${line.itemName}”可用${formatYuan(line.remainingFen)}元、数量${line.remainingCenti / 100}，申请${formatYuan(fen)}元、数量${wanted / 100}。`,
          remedy: '请减少数量或者单价；确需增加的，先办理计划调整并备案。',
          facts: { '可用（分）': line.remainingFen, '申请（分）': fen },
        }),
      ]
    }),
  ]
}

/**
 * A plan is bought from in its own budget year (预算法第十八条). What is over buys nothing new, so that not even a draft begins on it; what is
 * still to come may be prepared, and is submitted once its year has begun.
 */
function yearFindings(year: number, today: LocalDate): Finding[] {
  if (year === yearOf(today)) return []
  const over = year < yearOf(today)
  return [
    judged({
      rule: over ? 'PRO-R01' : 'PLAN-YEAR',
      norm: 'A34-2',
      citation: law.budgetYear.citation,
      rows: [],
      ok: false,
      field: 'items',
      said: over
        ? `所选计划行属于${year}年度，该年度已经结束，不能再安排新的采购。`
        : `所选计划行属于${year}年度，该年度还没有开始；现在可以编制，${year}年1月1日起提交。`,
      remedy: over
        ? `请改选${yearOf(today)}年度的计划行；没有的，先列入计划或者办理计划调整并备案。上年度已占用的采购可以继续办理和付款。`
        : '请先保存草稿，年度开始后提交。',
      facts: { 计划年度: year },
    }),
  ]
}

/** PRO-R04, EQ-14: what was bought of the same this year, and now this, without an open tender (化整为零). */
function splittingFindings(
  { table, level, boughtSame }: RequestFacts,
  { kind, method, items, catalogueItem }: PurchaseRequest,
  { class: purchaseClass, catalogueItem: listed }: ReturnType<typeof proposeMethod>,
): Finding[] {
  if (method === 'open-tender') return []
  const same = (item: RequestedItem) => sameAs(item, catalogueItem ?? listed)
  const now = sumsBy(items, same, ({ quantity, unitPriceFen }) => costOf(quantity, unitPriceFen))
  return [...now].flatMap(([what, fen]) => {
    const amountsFen = [...(boughtSame.get(what) ?? []), fen]
    const findings = [checkSplitting(table, amountsFen)]
    const dodged = purchaseClass === 'internal' ? checkBelowLimit(table, { level, kind, amountsFen }) : null
    if (dodged) findings.push(dodged)
    return findings.map((finding) => ({ ...finding, field: 'items', message: `“${what}”：${finding.message}` }))
  })
}

/** Intentions are published of what falls under the procurement law, but repeat purchases and emergencies (PRO-R05). */
export function intentionNeeded(
  purchaseClass: Judgement['class'],
  { method, intentionExemption }: Pick<PurchaseRequest, 'method' | 'intentionExemption'>,
): boolean {
  return purchaseClass !== 'internal' && method !== 'framework' && intentionExemption === null
}

function intentionFindings({ table, today }: RequestFacts, request: PurchaseRequest, needed: boolean): Finding[] {
  const row = figureFor(table, 'procurement.intention', 'term')
  const earliest = addDays(today, row.value.amount)
  const emergency = request.intentionExemption === 'emergency'
  if (emergency)
    return [
      judged({
        rule: 'PRO-R05',
        norm: 'A11-2',
        rows: [row],
        ok: request.methodGround.trim().length >= 4,
        field: 'methodGround',
        said: '按不可预见的紧急采购，不公开采购意向。',
        remedy: '请在理由中写明紧急情形。',
      }),
    ]
  if (!needed) return []
  return [
    judged({
      rule: 'PRO-R05',
      norm: 'A11-2',
      rows: [row],
      ok: request.expectedOn >= earliest,
      otherwise: 'warn',
      field: 'expectedOn',
      said: `采购意向须在采购开始${row.value.amount}天前公开；今天公开，最早${earliest}开始，拟于${request.expectedOn}开始。`,
      remedy: `请及早公开采购意向，或者将采购时间改为${earliest}以后。`,
    }),
  ]
}

/** What is asked for of things with a standard, by the organ they are for and the item. */
function askedByStandard({ table, lines }: RequestFacts, items: readonly RequestedItem[]) {
  const fixed = items.flatMap((item) => {
    const organId = lines.get(item.ledgerLineId)?.servedOrganId
    const { standardCode } = item
    return standardCode !== null && organId !== undefined && rowFor(table, standardCode) !== null
      ? [{ ...item, standardCode, organId }]
      : []
  })
  const groups = Map.groupBy(fixed, ({ organId, standardCode }) => heldKey(organId, standardCode))
  return [...groups].map(([key, of]) => ({
    key,
    organId: of[0]?.organId ?? '',
    standardCode: of[0]?.standardCode ?? '',
    name: of[0]?.name ?? '',
    quantity: sum(of.map(({ quantity }) => quantity)),
    replaces: sum(of.map(({ replaces }) => replaces)),
    items: of,
  }))
}

/** A22-1: price and number by the standard of the item; on order counts, or two orders would each fit alone. */
function equipmentFindings(facts: RequestFacts, { items, priceApproval, colourConsent }: PurchaseRequest): Finding[] {
  const { table, units } = facts
  const groups = askedByStandard(facts, items)
  const has = (organId: string, code: string) => {
    const { quantity, onOrder } = facts.held.get(heldKey(organId, code)) ?? { quantity: 0, onOrder: 0 }
    const asked = groups.find((group) => group.organId === organId && group.standardCode === code)
    const replaces = asked?.replaces ?? 0
    return { stays: Math.max(0, quantity - replaces) + onOrder, onOrder, replaces, wanted: asked?.quantity ?? 0 }
  }
  const after = (organId: string) => (code: string) => has(organId, code).stays + has(organId, code).wanted
  const single = groups.flatMap(({ organId, standardCode, items: of }) => {
    const unit = units.get(organId)
    const { stays, onOrder, replaces, wanted } = has(organId, standardCode)
    // The desk of a 厅局级 is the desk of that person: the other row does not give another.
    const inUse = stays + after(organId)(`${standardCode}-bureau`)
    const counted =
      unit === undefined || isPrinter(standardCode)
        ? []
        : [
            ...checkItemQuantity(table, standardCode, unit, { inUse, wanted }),
            ...checkBureauFurniture(table, standardCode, unit.bureauStaff, { inUse: stays, wanted }),
          ]
    return [
      ...of.flatMap((item) => describedFindings(table, item, priceApproval)),
      ...counted.map((finding) => ({
        ...finding,
        facts: { ...finding.facts, 以旧换新: replaces, 已订购未到货: onOrder },
      })),
    ]
  })
  const printers = [...Map.groupBy(groups, ({ organId }) => organId)].flatMap(([organId, of]) => {
    const unit = units.get(organId)
    const codes = of.map(({ standardCode }) => standardCode)
    return unit ? checkPrinterMix(table, unit, codes, after(organId), colourConsent) : []
  })
  return [...single, ...printers]
}

/**
 * What the standards say of more of the same on a contract: the number with what is there and on order, and the price by the standard
 * of the day (A22-1). What passes is left out.
 */
export function checkMoreOfTheSame(facts: RequestFacts, request: PurchaseRequest): Finding[] {
  return equipmentFindings(facts, request).filter(({ outcome }) => outcome !== 'ok')
}

/** EQ-02, EQ-11: the price of one piece, and what it is said to be made of. */
function describedFindings(
  table: StandardTable,
  { standardCode, unitPriceFen, name, requirement }: RequestedItem,
  priceApproval: string,
): Finding[] {
  const price = checkItemPrice(table, standardCode as string, {
    priceFen: unitPriceFen,
    approvalNumber: priceApproval,
  })
  const material = checkDescription(table, `${name} ${requirement}`)
  return [...price, ...(material ? [material] : [])].map((finding) => ({
    ...finding,
    message: `${name}：${finding.message}`,
  }))
}

/** GWC-R01, EQ-05: what the warehouse or the organ itself has idle is used first; buying nevertheless needs a reason (A23-2). */
function stockFindings(facts: RequestFacts, { items, stockReason }: PurchaseRequest): Finding[] {
  return askedByStandard(facts, items).map(({ key, name, quantity }) => {
    const { warehouse, ownIdle } = facts.inStock.get(key) ?? { warehouse: 0, ownIdle: 0 }
    const there = warehouse + ownIdle
    const fromStock = Math.min(there, quantity)
    const reasoned = stockReason.trim().length >= 4
    return judged({
      rule: 'GWC-R01',
      norm: 'A23-2',
      citation: law.warehouseFirst.citation,
      rows: [],
      ok: there === 0,
      otherwise: reasoned ? 'warn' : 'block',
      field: 'stockReason',
      said:
        there === 0
          ? `${name}：公物仓和使用单位没有可用的闲置资产。`
          : `${name}：公物仓可用${warehouse}件，使用单位闲置${ownIdle}件，申请购置${quantity}件${reasoned ? `，说明：${stockReason.trim()}` : '，应当先行调剂'}。`,
      remedy: reasoned
        ? '由单位负责人审批时决定。'
        : `请先调剂${fromStock}件，购置不超过${quantity - fromStock}件；确不适用的，填写不能调剂的理由。`,
      facts: { 申请数量: quantity, 公物仓可用: warehouse, 使用单位闲置: ownIdle, 可购置: quantity - fromStock },
    })
  })
}

const open: readonly string[] = ['open-tender', 'invited-tender', 'negotiation', 'consultation', 'framework', 'inquiry']

/** PRO-R15: bodies for logistics services are chosen openly and on merit, security and secrecy excepted (A13-1). */
function serviceFindings({ lines }: RequestFacts, { kind, items, method, securityGround }: PurchaseRequest): Finding[] {
  const logistics = kind === 'services' && items.some(({ ledgerLineId }) => lines.get(ledgerLineId)?.needKind === 'N08')
  if (!logistics) return []
  const excepted = securityGround.trim().length >= 4
  return [
    judged({
      rule: 'PRO-R15',
      norm: 'A13-1',
      citation: law.openSelection.citation,
      rows: [],
      ok: open.includes(method) || excepted,
      field: 'securityGround',
      said: open.includes(method)
        ? '后勤服务机构公开择优选定。'
        : `后勤服务机构${excepted ? '因安全保密不公开选定' : '没有公开择优选定，也没有安全保密的理由'}。`,
      remedy: '请改用竞争性方式；确属安全保密的，填写理由（不写具体内容）。',
    }),
  ]
}

function shareFindings({ table, year }: RequestFacts, { reservedFor }: PurchaseRequest, amountFen: number): Finding[] {
  const reserved = reservedFor === 'none' ? 0 : amountFen
  return [
    checkSmallShare(table, {
      totalFen: sum([year.totalFen, amountFen]),
      reservedFen: sum([year.reservedFen, reserved]),
      microFen: sum([year.microFen, reservedFor === 'micro' ? amountFen : 0]),
    }),
  ]
}
