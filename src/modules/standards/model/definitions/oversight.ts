import { define } from '../definition.ts'

/** Disclosure, cost statistics, surveys (Art. 14, 37, 38). */
export const oversightDefinitions = [
  ...define(
    'disclosure',
    'parameter',
    ['A37-1'],
    [
      ['disclosure.own-motion', '主动公开期限', 'term'],
      ['disclosure.answer', '依申请公开答复期限', 'term'],
      ['disclosure.answer-extension', '答复延长期限', 'term'],
      ['disclosure.third-party', '征求第三方意见期限', 'term'],
      ['disclosure.budget', '部门预算、决算公开期限', 'term'],
      ['disclosure.annual-report', '政府信息公开年度报告', 'yearly-date'],
      ['disclosure.totals', '公务用车、办公用房总量公开', 'yearly-date'],
      ['disclosure.plan-summary', '年度计划和执行摘要公开期限', 'term'],
    ],
  ),
  ...define(
    'cost',
    'parameter',
    ['A14-1'],
    [
      ['cost.tolerance', '运行成本合计校验容差', 'amount'],
      ['cost.ledger-difference', '账面与台账差异提示线', 'percent'],
      ['cost.change', '主要指标同比变动说明线', 'percent'],
      ['cost.peer-deviation', '人均成本高于同类中位数分析线', 'percent'],
    ],
  ),
  ...define('services', 'parameter', ['A38-1'], [['standard.opinion-cycle', '服务对象意见征询周期', 'term']]),
]
