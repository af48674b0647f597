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
}

/** What its pages are called in the navigation. */
export const places = {
  '/plans/demands': '需求申请',
  '/plans/notices': '审核通知',
  '/plans/plans': '保障计划',
  '/plans/adjustments': '计划调整',
  '/plans/reports': '执行报告',
}
