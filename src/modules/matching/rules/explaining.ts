import { formatYuan } from '#kernel/pure/money.ts'
import type { Judged } from '#kernel/pure/decision.ts'
import type { Finding, Step } from '#kernel/pure/verdict.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { law } from '../law.ts'
import { leftOutLabels, relationLabels, sourceLabels, type Chosen, type Elsewhere, type LeftOut } from '../model.ts'
import { figure, lastsLongEnough, leastLife, levelTransport, transport } from './suitability.ts'

/** What the proposal for one line rests on beside the standards; kept with the decision, so that it can be told again. */
export type LineInputs = {
  line: {
    organName: string
    itemName: string
    standardCode: string
    unit: string
    asked: number
    needed: number
    inUse: number
    priceFen: number
    replacement: boolean
  }
  chosen: Chosen[]
  leftOut: LeftOut[]
  /** Of proposals that only told what other levels have; empty since these stand among the things chosen. */
  elsewhere: Elsewhere[]
}

/** Why these things for this line, what they save, and what speaks against the others (A23-2; GWC-R01, R11, PLAN-R06). */
export function explainLine({ line, chosen, leftOut, elsewhere }: LineInputs, standards: StandardsInForce): Judged {
  const matched = chosen.reduce((sum, { pieces }) => sum + pieces, 0)
  const savedFen = chosen.reduce((sum, each) => sum + each.savedFen, 0)
  const bought = line.needed - matched
  const ofLevels = chosen.reduce((sum, { source, pieces }) => sum + (source === 'level' ? pieces : 0), 0)
  const { unit } = line
  const findings = [
    underStandard(line, matched),
    ...groupsOf(chosen).map((group) =>
      group[0]?.level === undefined ? whyThese(group, line, standards) : whyOfLevel(group, line, standards),
    ),
    ...leftOut.map((left) => whyNot(left, line, standards)),
    ...elsewhere.map((there) => onOtherLevels(there, line)),
  ]
  return {
    findings,
    conclusion: {
      says: `调剂${matched}${unit}${ofLevels > 0 ? `（其中其他层级${ofLevels}${unit}，须经其同意）` : ''}${bought > 0 ? `，其余${bought}${unit}购置` : '，不再购置'}，节约购置资金${formatYuan(savedFen)}元。`,
      values: {
        调剂数量: matched,
        购置数量: bought,
        '节约购置资金（分）': savedFen,
        ...(ofLevels > 0 ? { 其中其他层级: ofLevels } : {}),
      },
    },
  }
}

/** GWC-R11: what is given stays within the standard, as what is bought would have to. */
function underStandard(line: LineInputs['line'], matched: number): Finding {
  const { unit, asked, needed, inUse } = line
  return finding('GWC-R11', matched <= needed ? 'ok' : 'block', law.equipmentStandard, {
    message: `申请${asked}${unit}，按配置标准可增配${needed}${unit}；调剂${matched}${unit}，未超过标准。`,
    facts: { 申请数量: asked, 可增配数量: needed, 在用数量: inUse, 调剂数量: matched },
  })
}

/** Things that are alike for the asker: of the same place, grade and costs. */
function groupsOf(chosen: readonly Chosen[]): Chosen[][] {
  return [
    ...Map.groupBy(chosen, (each) =>
      [each.source, each.organId, each.organName, each.place, each.grade, each.repairFen, each.transportFen].join('|'),
    ).values(),
  ]
}

/** GWC-R01, PLAN-R06: what there is, in what state, and what it saves against buying. */
function whyThese(group: readonly Chosen[], line: LineInputs['line'], standards: StandardsInForce): Finding {
  const first = group[0] as Chosen
  const { pieces, savedFen, costFen, moved, steps, facts, quality } = worthOf(group, line, standards)
  const where = first.own ? '本机关' : first.organName
  const from = first.source === 'warehouse' ? `公物仓${first.place === '' ? '' : `（${first.place}）`}` : `${where}闲置`
  const cost =
    costFen === 0
      ? '不需修复和搬运费用'
      : `每${line.unit}修复${formatYuan(first.repairFen)}元、搬运${formatYuan(costFen - first.repairFen)}元`
  return finding('GWC-R01', 'warn', law.sharing, {
    message: `${from}有${pieces}${line.unit}${quality}，${cost}，比购置少花${formatYuan(savedFen)}元。`,
    remedy: '同意购置而不调剂的，须写明理由。',
    facts,
    parameters: [
      figure(standards, leastLife).used,
      ...(first.source === 'idle' && moved ? [figure(standards, transport).used] : []),
    ],
    steps,
  })
}

/** A6-1, A23-2: what the own level leaves open and another level has; that level's authority and finance decide on it. */
function whyOfLevel(group: readonly Chosen[], line: LineInputs['line'], standards: StandardsInForce): Finding {
  const first = group[0] as Chosen
  const { pieces, savedFen, costFen, steps, facts, quality } = worthOf(group, line, standards)
  const { relation, levelsApart } = first.level ?? { relation: 'beside' as const, levelsApart: 0 }
  const place = first.place === '' ? '' : `，${first.place}`
  return finding('A6-1', 'warn', law.guidance, {
    message: `本级没有更多同类资产。${first.organName}（${relationLabels[relation]}${place}）有${pieces}${line.unit}${quality}，每${line.unit}修复${formatYuan(first.repairFen)}元、搬运${formatYuan(costFen - first.repairFen)}元（跨${levelsApart}级），比购置少花${formatYuan(savedFen)}元；采纳后向该级商请，须经其机关事务管理部门和财政部门同意。`,
    remedy: '同意购置而不商请的，须写明理由。',
    facts: { ...facts, 层级关系: relationLabels[relation], 相隔层级数: levelsApart },
    parameters: [figure(standards, leastLife).used, figure(standards, levelTransport).used],
    steps,
  })
}

/** What things that are alike are worth to a line against buying, with the arithmetic. */
function worthOf(group: readonly Chosen[], line: LineInputs['line'], standards: StandardsInForce) {
  const first = group[0] as Chosen
  const pieces = group.reduce((sum, each) => sum + each.pieces, 0)
  const savedFen = group.reduce((sum, each) => sum + each.savedFen, 0)
  const lives = group.flatMap(({ remainingMonths }) => remainingMonths ?? [])
  const shortest = lives.length === 0 ? null : Math.min(...lives)
  const costFen = line.priceFen - savedFen / pieces
  const moved = costFen > first.repairFen
  const steps: Step[] = [
    {
      label: '节约',
      expression: `(${formatYuan(line.priceFen)} − ${formatYuan(costFen)}) × ${pieces}`,
      result: `${formatYuan(savedFen)}元`,
      operands: [
        { label: '购置单价', value: line.priceFen, unit: '分' },
        { label: '修复费用', value: first.repairFen, unit: '分' },
        { label: '搬运费用', value: moved ? costFen - first.repairFen : 0, unit: '分' },
        { label: '数量', value: pieces, unit: line.unit },
      ],
    },
  ]
  return {
    pieces,
    savedFen,
    costFen,
    moved,
    steps,
    quality: `${first.grade ? `${first.grade}级` : '同类资产'}${shortest === null ? '' : `，剩余使用期${shortest}个月以上`}`,
    facts: {
      来源: sourceLabels[first.source],
      持有机关: first.organName,
      数量: pieces,
      最短剩余月数: shortest,
      满足最短使用期: group.every((each) => lastsLongEnough(each, standards)),
    },
  }
}

function whyNot({ reason, pieces }: LeftOut, line: LineInputs['line'], standards: StandardsInForce): Finding {
  const least = figure(standards, leastLife)
  return finding('GWC-R01', 'ok', law.sharing, {
    message: `另有${pieces}${line.unit}同类资产未列入：${leftOutLabels[reason]}${reason === 'life' ? `${least.value}个月` : ''}。`,
    facts: { 未列入数量: pieces, 原因: leftOutLabels[reason] },
    parameters: reason === 'life' ? [least.used] : [],
  })
}

/** As proposals said it that did not propose other levels' things yet: what they have is told, and asked for by hand. */
function onOtherLevels({ jurisdictionName, pieces }: Elsewhere, line: LineInputs['line']): Finding {
  return finding('A6-1', 'ok', law.guidance, {
    message: `${jurisdictionName}公物仓另有${pieces}${line.unit}同类资产，须商该级机关事务管理部门和财政部门同意后划转。`,
    facts: { 所在层级: jurisdictionName, 数量: pieces },
  })
}

function finding(
  rule: string,
  outcome: Finding['outcome'],
  basis: Finding['basis'],
  more: Pick<Finding, 'message'> & Partial<Finding>,
): Finding {
  return { rule, outcome, basis, field: null, remedy: null, facts: {}, parameters: [], steps: [], ...more }
}
