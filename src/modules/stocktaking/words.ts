import { countStateLabels, resolutionLabels, resultLabels, valueBasisLabels } from './model.ts'

/** What the record says of the acts of this module. */
export const facts = {
  'stocktaking.count-opened': '开启盘点',
  'stocktaking.team-changed': '调整盘点小组',
  'stocktaking.marks-recorded': '登记盘点结果',
  'stocktaking.item-settled': '确定盘点结果',
  'stocktaking.counting-ended': '结束清点',
  'stocktaking.counting-resumed': '继续清点',
  'stocktaking.differences-worked': '处理盘点差异',
  'stocktaking.count-submitted': '提交审定',
  'stocktaking.count-approved': '审定盘点结果',
  'stocktaking.count-returned': '退回盘点结果',
  'stocktaking.count-finished': '办结盘点',
  'stocktaking.count-withdrawn': '撤销盘点',
}

/** Fields of its facts. */
export const fields = {
  baseOn: '基准日',
  scope: '盘点范围',
  team: '盘点小组',
  marks: '盘点结果',
  counter: '以其结果为准',
  counted: '已盘（项）',
  disputed: '有分歧（项）',
  same: '一致（项）',
  mismatch: '信息不符（项）',
  missing: '盘亏（项）',
  idle: '闲置（项）',
  damaged: '损坏待报废（项）',
  duplicate: '重复卡（项）',
  surplus: '盘盈（项）',
  missingFen: '盘亏原值',
  uncountedAsMissing: '未清点记为盘亏（项）',
  differences: '差异',
  resolution: '处理方式',
  cause: '差异原因',
  responsible: '责任人',
  conclusion: '盘点结论',
  items: '清单（项）',
  costFen: '账面原值',
  card: '登记的资产',
  valueFen: '入账价值',
  valueBasis: '价值依据',
  evidence: '价值凭据',
  classCode: '分类代码',
  acquiredOn: '取得日期',
  place: '存放地点',
  places: '存放地点',
  custodians: '保管人',
  departments: '使用部门',
  classPrefix: '资产分类',
  model: '规格型号',
  serialNumber: '序列号',
  department: '使用部门',
  custodianName: '保管人',
}

/** What its records are about. */
export const subjects = {
  'stocktaking.count': '资产盘点',
  'stocktaking.mark': '清点结果',
}

/** States of what its records are about. */
export const states = {
  'stocktaking.count': countStateLabels,
}

/** Codes of its fields. */
export const codes = {
  resolution: resolutionLabels,
  valueBasis: valueBasisLabels,
  result: resultLabels,
}

/** Titles of its pages. */
export const places = {
  '/stocktaking/counts': '资产盘点',
}
