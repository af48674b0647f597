import {
  adjustmentStateLabels,
  adjustmentTypeLabels,
  cycleStateLabels,
  demandStateLabels,
  fundSourceLabels,
  opinionLabels,
  planStateLabels,
  reportStateLabels,
} from './model.ts'

/** What happened, in words. */
export const facts = {
  'plans.cycle-opened': '开启年度周期',
  'plans.cycle-calendar-changed': '调整日程',
  'plans.closing-asked': '提请年度结束',
  'plans.closing-returned': '退回年度结束',
  'plans.cycle-closed': '年度结束',
  'plans.demand-saved': '保存需求',
  'plans.demand-submitted': '提交审核',
  'plans.demand-withdrawn': '撤回',
  'plans.demand-returned': '退回补正',
  'plans.store-queried': '查询公物仓',
  'plans.proposals-asked': '生成审核建议',
  'plans.lines-decided': '审核',
  'plans.decisions-undone': '撤销审核意见',
  'plans.review-closed': '审结',
  'plans.notice-acknowledged': '签收通知',
  'plans.plan-drafted': '编制计划草案',
  'plans.plan-saved': '修改计划草案',
  'plans.plan-submitted': '送签',
  'plans.plan-returned': '退回草案',
  'plans.plan-issued': '签发',
  'plans.plan-aligned': '按财政数字调整',
  'plans.plan-in-force': '计划生效',
  'plans.adjustment-made': '登记调整',
  'plans.adjustment-changed': '修改备案',
  'plans.adjustment-filed': '提交备案',
  'plans.adjustment-awaiting-finance': '报财政批准',
  'plans.adjustment-received': '收讫',
  'plans.adjustment-returned': '退回补正',
  'plans.adjustment-objected': '提出异议',
  'plans.adjustment-withdrawn': '撤销调整',
  'plans.adjustment-overdue': '逾期',
  'plans.report-drafted': '生成报告',
  'plans.report-saved': '修改报告',
  'plans.report-refreshed': '更新数字',
  'plans.report-signed': '签发报告',
  'plans.report-sent': '报送报告',
  'plans.report-received': '收到报告',
  'plans.report-returned': '退回报告',
  'plans.import-read': '上传工作簿',
  'plans.import-applied': '导入',
  'plans.organs-reminded': '催报',
  'plans.adjustment-approved': '财政批准',
}

/** Fields of what was recorded. */
export const fields = {
  carryReason: '结转理由',
  acknowledgedBy: '签收人',
  adjustedOn: '调整日期',
  basisDocument: '依据文件',
  carried: '结转行数',
  copiedToFinanceAt: '抄送财政时间',
  demandClosesOn: '申报截止日',
  demandOpensOn: '申报开始日',
  demands: '需求申请数',
  decisions: '审核决定',
  figures: '执行数据',
  financeDocument: '财政批准文号',
  fundSource: '资金来源',
  jurisdictionCode: '行政区划',
  notice: '书面通知',
  openedOn: '开启日期',
  overview: '总体情况',
  planUntil: '计划下达截止日',
  problems: '存在问题',
  proposals: '建议',
  reviewUntil: '审核截止日',
  savings: '节约措施',
  sentAt: '报送时间',
  standardsOn: '标准基准日',
  type: '调整类型',
}

/** What its records are about. */
export const subjects = {
  'plans.demand': '需求申请',
  'plans.plan': '保障计划',
  'plans.adjustment': '计划调整',
  'plans.report': '执行报告',
  'plans.cycle': '年度周期',
  'plans.notice': '书面通知',
}

/** States of what its records are about. */
export const states = {
  'plans.adjustment': adjustmentStateLabels,
  'plans.cycle': cycleStateLabels,
  'plans.demand': demandStateLabels,
  'plans.plan': planStateLabels,
  'plans.report': reportStateLabels,
}

/** Codes of its fields. */
export const codes = {
  type: adjustmentTypeLabels,
  opinion: opinionLabels,
  fundSource: fundSourceLabels,
}

/** What its pages are called in the navigation. */
export const places = {
  '/plans/cycles': '年度周期',
  '/plans/demands': '需求申请',
  '/plans/notices': '审核通知',
  '/plans/plans': '保障计划',
  '/plans/adjustments': '计划调整',
  '/plans/reports': '执行报告',
}
