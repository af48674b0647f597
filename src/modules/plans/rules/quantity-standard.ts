import { finding, type Finding, type ParameterUsed, type Step } from '#kernel/pure/verdict.ts'
import type { ItemStandard } from '#modules/standards/model.ts'
import type { QuantityLimit } from '#modules/standards/model/value.ts'
import { desktopsOfClassified } from '#modules/standards/rules/in-force.ts'
import { quantityLimit } from '#modules/standards/rules/items.ts'
import { yearsLater } from '#modules/standards/rules/terms.ts'
import { limitText } from '#modules/standards/rules/value-text.ts'
import { law } from '../law.ts'
import { fen, parameterOf, yuan, type IndexedStandards, type LineFacts, type OrganFacts } from './facts.ts'

/** Usable stock that stays: what is usable, less what is handed in beyond the unusable pieces. */
export function stockThatStays({ line, holding }: Pick<LineFacts, 'line' | 'holding'>): number {
  const existing = holding?.quantity ?? line.existingQuantity ?? 0
  const usable = holding?.usableQuantity ?? line.usableQuantity ?? existing
  return Math.max(0, Math.min(usable, existing - (line.disposingQuantity ?? 0)))
}

/** How many more, under which standard; `sharedBy` names the things that share the limit, blank for one of the item’s own. */
export type Room = { room: number; steps: Step[]; standard: ItemStandard; used: ParameterUsed; sharedBy: string }

/**
 * How many more the standards admit for this line; null where they set no number. A printer is held against every limit that it
 * shares (EQ-01, EQ-06, EQ-07), a desktop of a classified unit against the larger share.
 */
export function roomUnderStandard(
  facts: LineFacts,
  organ: OrganFacts,
  standard: ItemStandard,
  standards: IndexedStandards,
): Room | null {
  const rooms = limitsOn(facts, organ, standard, standards).flatMap(
    ({ by, ...limit }) => roomWithin(by, organ, facts, limit) ?? [],
  )
  const tightest = rooms.toSorted((a, b) => a.room - b.room)[0]
  return tightest ?? null
}

type LimitOn = {
  of: ItemStandard
  by: QuantityLimit
  used: ParameterUsed
  name: string
  stock: number
  askedBefore: number
}

/** The limits that a line is held against: those its item shares with others, else its own. */
function limitsOn(
  facts: LineFacts,
  { secretUnit }: OrganFacts,
  standard: ItemStandard,
  standards: IndexedStandards,
): LimitOn[] {
  const shared = (facts.shared ?? []).flatMap(({ code, ...limit }) => {
    const of = standards.itemByCode.get(code)
    return of ? [{ of, by: of.value.limit, used: parameterOf(of, limitText(of.value.limit)), ...limit }] : []
  })
  if (shared.length > 0) return shared
  const more = standards.parameters[desktopsOfClassified]
  const classified =
    secretUnit && more && standard.code === 'item.desktop'
      ? ({ basis: 'percent-of-staff', percent: more.value } as const)
      : null
  return [
    {
      of: standard,
      by: classified ?? standard.value.limit,
      used:
        classified && more
          ? parameterOf(more.row, `${more.value}%`)
          : parameterOf(standard, limitText(standard.value.limit)),
      name: '',
      stock: stockThatStays(facts),
      askedBefore: facts.askedBefore,
    },
  ]
}

function roomWithin(
  by: QuantityLimit,
  organ: OrganFacts,
  facts: LineFacts,
  { of, used, name, stock, askedBefore }: Omit<LimitOn, 'by'>,
): Room | null {
  const limit = quantityLimit(by, organ.staffInPost, facts.holding?.quotaQuantity ?? null)
  if (limit === null) return null
  const { unit } = of.value
  const room = Math.max(0, limit.quantity - stock - askedBefore)
  const steps: Step[] = [
    limit.step,
    {
      label: '可增配数量',
      expression: `${limit.quantity} − 存量可用${stock}${askedBefore > 0 ? ` − 本申请其他行${askedBefore}` : ''}`,
      result: String(room),
      operands: [
        { label: `${name}数量上限`, value: limit.quantity, unit },
        { label: `${name}存量可用`, value: stock, unit },
        { label: '本申请其他行', value: askedBefore, unit },
      ],
    },
  ]
  return { room, steps, standard: of, used, sharedBy: name }
}

/** PLAN-R02, R03, R04: quantity, price and life against the item standard in force (norms A22-1, A33-1, A8-1). */
export function checkAgainstItemStandard(facts: LineFacts, organ: OrganFacts, standards: IndexedStandards): Finding[] {
  const { line } = facts
  const standard = line.standardCode === null ? undefined : standards.itemByCode.get(line.standardCode)
  if (!standard) return []
  return [
    ...checkQuantity(facts, organ, standard, standards),
    ...checkPrice(facts, standard),
    ...checkLife(facts, standard, standards.on),
  ]
}

function checkQuantity(
  facts: LineFacts,
  organ: OrganFacts,
  standard: ItemStandard,
  standards: IndexedStandards,
): Finding[] {
  const { line } = facts
  const allowance = roomUnderStandard(facts, organ, standard, standards)
  if (allowance === null || line.quantity === null) return []
  const { room, steps, used, sharedBy } = allowance
  const together = sharedBy === '' ? '' : `（${sharedBy}合并计算）`
  const base = {
    field: 'quantity',
    facts: { 申请数量: line.quantity, 可增配数量: room, 编制内实有人数: organ.staffInPost },
    parameters: [used],
    steps,
  }
  if (line.quantity <= room)
    return [
      finding(
        'PLAN-R02',
        'ok',
        law.review,
        `${standard.title}申请${line.quantity}${standard.value.unit}，在可增配数量${room}以内${together}。`,
        base,
      ),
    ]
  return [
    finding(
      'PLAN-R02',
      standard.value.exceptionAllowed ? 'needs-approval' : 'block',
      law.review,
      `${standard.title}申请${line.quantity}${standard.value.unit}，超出配置标准：最多可再配${room}${standard.value.unit}${together}。`,
      {
        ...base,
        remedy: standard.value.exceptionAllowed
          ? `请减至${room}${standard.value.unit}；确有特殊需要的，在需求理由中说明，由机关事务管理部门负责人批准。`
          : `请减至${room}${standard.value.unit}，或先处置不可用的存量。`,
      },
    ),
  ]
}

function checkPrice({ line }: LineFacts, standard: ItemStandard): Finding[] {
  const cap = standard.value.priceCapFen
  if (cap === null || line.unitPriceFen === null) return []
  const base = {
    field: 'unitPriceFen',
    facts: { '单价（分）': line.unitPriceFen, '单价上限（分）': cap },
    parameters: [parameterOf(standard, yuan(cap))],
    steps: [
      {
        label: '单价比较',
        expression: `${yuan(line.unitPriceFen)} ≤ ${yuan(cap)}`,
        result: line.unitPriceFen <= cap ? '符合' : '超出',
        operands: [fen('单价', line.unitPriceFen), fen('单价上限', cap)],
      },
    ],
  }
  if (line.unitPriceFen <= cap)
    return [finding('PLAN-R03', 'ok', law.equipmentStandard, `单价在上限${yuan(cap)}以内。`, base)]
  return [
    finding(
      'PLAN-R03',
      'block',
      law.equipmentStandard,
      `${standard.title}单价${yuan(line.unitPriceFen)}，超过标准上限${yuan(cap)}。`,
      {
        ...base,
        remedy: `请将单价调整到${yuan(cap)}以内。`,
      },
    ),
  ]
}

function checkLife({ line }: LineFacts, standard: ItemStandard, today: string): Finding[] {
  const years = standard.value.minimumYears
  if (years === null || line.replacement === null) return []
  const { acquiredOn, beyondRepair, appraisalDocument } = line.replacement
  const dueOn = yearsLater(acquiredOn, years)
  const reached = standard.value.yearsMustBeExceeded ? today > dueOn : today >= dueOn
  const base = {
    field: 'replacement',
    facts: {
      取得日期: acquiredOn,
      最低使用年限: years,
      年限届满日: dueOn,
      已无法修复: beyondRepair,
      鉴定文件: appraisalDocument ?? '',
    },
    parameters: [parameterOf(standard, `${years}年`)],
    steps: [
      {
        label: '使用年限',
        expression: `${acquiredOn} + ${years}年 = ${dueOn}`,
        result: reached ? '已满' : '未满',
        operands: [
          { label: '取得日期', value: acquiredOn, unit: '' },
          { label: '最低使用年限', value: years, unit: '年' },
          { label: '核对日', value: today, unit: '' },
        ],
      },
    ],
  }
  if (reached) return [finding('PLAN-R04', 'ok', law.equipmentStandard, '原资产已达到最低使用年限。', base)]
  if (beyondRepair && appraisalDocument)
    return [
      finding(
        'PLAN-R04',
        'needs-approval',
        law.equipmentStandard,
        `原资产未满最低使用年限${years}年，已附无法修复的鉴定文件，须经批准。`,
        {
          ...base,
          remedy: '由机关事务管理部门核对鉴定文件后决定。',
        },
      ),
    ]
  return [
    finding(
      'PLAN-R04',
      'block',
      law.equipmentStandard,
      `原资产取得于${acquiredOn}，未满最低使用年限${years}年（${dueOn}届满），不得更新。`,
      {
        ...base,
        remedy: '请继续使用；确已损坏且无法修复的，附鉴定文件。',
      },
    ),
  ]
}
