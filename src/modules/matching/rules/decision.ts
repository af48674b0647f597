import type { DecisionKind } from '#kernel/pure/decision.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import { sourceLabels } from '../model.ts'
import { explainLine, type LineInputs } from './explaining.ts'

/** A23-2, PLAN-R06: what the assignment proposes for a demand line; a person accepts or refuses it. */
export const matchedLineKind: DecisionKind<LineInputs, StandardsInForce> = {
  kind: 'matching.line',
  title: '调剂建议',
  rulesVersion: 1,
  labels: {
    line: '需求行',
    organName: '机关',
    itemName: '事项名称',
    standardCode: '配置标准',
    unit: '单位',
    asked: '申请数量',
    needed: '可增配数量',
    inUse: '在用数量',
    priceFen: '购置单价（分）',
    replacement: '更新替换',
    chosen: '调剂资产',
    leftOut: '未列入的同类资产',
    elsewhere: '其他层级同类资产',
    source: '来源',
    id: '物品',
    cardId: '资产卡片',
    number: '编号',
    name: '名称',
    organId: '持有机关标识',
    place: '存放地点',
    quantity: '数量',
    grade: '鉴定等级',
    remainingMonths: '剩余月数',
    repairFen: '修复费用（分）',
    transportFen: '搬运费用（分）',
    own: '本机关所有',
    pieces: '件数',
    savedFen: '节约（分）',
    reason: '原因',
    jurisdictionName: '层级',
    jurisdictionCode: '行政区划代码',
    relation: '层级关系',
    levelsApart: '相隔层级数',
    ...sourceLabels,
  },
  evaluate: explainLine,
}
