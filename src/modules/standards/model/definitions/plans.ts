import { define } from '../definition.ts'

/** Windows, terms and lines of attention of the plan, of adjustments and of the budget calendar (Art. 31–36). */
export const planDefinitions = [
  ...define(
    'plans',
    'parameter',
    ['A31-1'],
    [
      ['plan.store-query-days', '公物仓查询有效期', 'term', { norms: ['A22-1', 'A23-2'] }],
      ['plan.match-least-life', '调剂资产最短剩余使用期', 'term', { norms: ['A23-2'] }],
      ['plan.match-transport', '其他机关闲置资产调剂搬运费用', 'amount', { norms: ['A23-2'] }],
      ['plan.match-transport-level', '跨级调剂搬运费用', 'amount', { norms: ['A23-2'] }],
      ['plan.growth-warn-percent', '较上年增长提示线', 'percent', { norms: ['A33-1'] }],
      ['plan.notice-workdays', '书面通知送达期限', 'term', { norms: ['A33-3'] }],
      ['plan.correction-workdays', '退回补正期限', 'term', { norms: ['A32-1'] }],
      ['plan.filing-workdays', '计划调整备案期限', 'term', { norms: ['A35-2'] }],
      ['plan.control-cut-workdays', '计划按控制数调整期限', 'term', { norms: ['A33-4'] }],
      ['plan.formal-workdays', '批复后正式下达计划期限', 'term', { norms: ['A33-4'] }],
      ['plan.demand-opening', '需求征集开始', 'yearly-date', { norms: ['A32-1'] }],
      ['plan.demand-window', '需求申报期', 'yearly-date', { norms: ['A32-1'] }],
      ['plan.review-window', '需求审核期', 'yearly-date', { norms: ['A33-1'] }],
      ['plan.draft-window', '计划草案编制与征求意见期', 'yearly-date'],
      ['plan.midyear-check', '年中执行检查', 'yearly-date', { norms: ['A34-1'] }],

      ['plan.three-public-tolerance', '三公经费合计校验容差', 'amount', { norms: ['A33-4', 'A37-1'] }],
      ['plan.report-tolerance', '执行报告与台账核对容差', 'amount', { norms: ['A36-1'] }],
    ],
  ),
  ...define(
    'plans',
    'parameter',
    ['A33-4'],
    [
      ['budget.deployment-ministry', '财政部部署编制下年度预算', 'yearly-date'],
      ['budget.deployment-local', '县级以上地方财政部门部署编制下年度预算', 'yearly-date'],
      ['budget.library-window', '项目入库与一上', 'yearly-date'],
      ['budget.control-window', '一下（下达控制数）', 'yearly-date'],
      ['budget.draft-window', '二上（报送部门预算草案）', 'yearly-date'],
      ['budget.year-end', '年度结束与结转结余', 'yearly-date'],
      ['budget.first-review-days', '人大会议前初步审查提前期', 'term'],
      ['budget.reply-days', '财政部门批复部门预算期限', 'term'],
      ['budget.unit-reply-days', '部门向所属单位批复期限', 'term'],
    ],
  ),
]
