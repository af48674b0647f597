import { definitionsOf } from '../definition.ts'

/** Windows, terms and lines of attention of the plan and of adjustments (Art. 31–36). */
export const planDefinitions = definitionsOf(
  'plans',
  ['A31-1'],
  [
    {
      code: 'plan.store-query-days',
      title: '公物仓查询有效期',
      kind: 'parameter',
      form: 'term',
      norms: ['A22-1', 'A23-2'],
    },
    {
      code: 'plan.growth-warn-percent',
      title: '较上年增长提示线',
      kind: 'parameter',
      form: 'percent',
      norms: ['A33-1'],
    },
    { code: 'plan.notice-workdays', title: '书面通知送达期限', kind: 'parameter', form: 'term', norms: ['A33-3'] },
    { code: 'plan.correction-workdays', title: '退回补正期限', kind: 'parameter', form: 'term', norms: ['A32-1'] },
    { code: 'plan.filing-workdays', title: '计划调整备案期限', kind: 'parameter', form: 'term', norms: ['A35-2'] },
    {
      code: 'plan.control-cut-workdays',
      title: '计划按控制数调整期限',
      kind: 'parameter',
      form: 'term',
      norms: ['A33-4'],
    },
  ],
)
