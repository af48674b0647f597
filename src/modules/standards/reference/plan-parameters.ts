import type { Confidence } from '../model.ts'
import type { StandardValue } from '../model/value.ts'
import { amountYuan, projectDefault, rowsOf, term, yearly, type StandardSeed } from './seed.ts'

const regulation = '《山西省机关运行保障条例》'
/** The Regulation's first day (A45-1). */
const since = '2021-01-01'

const workdays = (amount: number): StandardValue => ({ form: 'term', amount, unit: 'workday' })
function parameter(code: string, value: StandardValue, citation: string, confidence: Confidence): StandardSeed {
  return { code: `plan.${code}`, value, citation, from: since, confidence }
}

const budgetLaw = rowsOf('《中华人民共和国预算法》（2018年修正）', '2018-12-29', 'B')
const budgetRules = rowsOf('《中华人民共和国预算法实施条例》（国务院令第729号）', '2020-10-01', 'B')
const typical = { confidence: 'C', note: '各省通行时间，以当年预算编制通知为准。' } as const
const notice = '以当年编制通知为准。'

/** Parameters of the plan. D = no legal figure was found and the project chose one (项目默认值). */
export const planParameters: readonly StandardSeed[] = [
  parameter('store-query-days', { form: 'term', amount: 30, unit: 'day' }, '财资〔2022〕124号；天数为项目默认值', 'D'),
  parameter(
    'growth-warn-percent',
    { form: 'percent', percent: 20, of: '上年同类事项金额', bound: 'at-most' },
    '项目默认值',
    'D',
  ),
  parameter('notice-workdays', workdays(5), `${regulation}第三十三条；天数为项目默认值`, 'D'),
  parameter('correction-workdays', workdays(5), '项目默认值', 'D'),
  parameter('filing-workdays', workdays(15), `${regulation}第三十五条`, 'A'),
  parameter('control-cut-workdays', workdays(10), '项目默认值', 'D'),
  parameter('formal-workdays', workdays(10), '项目默认值', 'D'),
  projectDefault('plan.demand-opening', yearly('05-15', -1), '', { note: notice }),
  projectDefault('plan.demand-window', yearly('06-30', -1, '06-01'), '', { note: notice }),
  projectDefault('plan.review-window', yearly('07-31', -1, '07-01'), '', { note: notice }),
  projectDefault('plan.draft-window', yearly('08-20', -1, '08-01'), '', { note: notice }),
  projectDefault('plan.match-least-life', term(12, 'month'), '', {
    note: '剩余使用期更短的，不久即须更新，不列入调剂。',
  }),
  projectDefault('plan.match-transport', amountYuan(50, '每件', 'exactly'), '', {
    note: '公物仓物品以鉴定时的搬运费用为准。',
  }),
  projectDefault('plan.match-transport-level', amountYuan(100, '每件每跨一级', 'exactly'), '', {
    note: '县与市、市与省之间为一级，县与省、同级之间为两级；另加鉴定时的搬运费用。',
  }),
  projectDefault('plan.midyear-check', yearly('07-31', 0)),
  projectDefault('plan.three-public-tolerance', amountYuan(500, '三公经费合计'), '', { note: '0.05万元。' }),
  projectDefault('plan.report-tolerance', amountYuan(100, '执行报告合计'), '', { note: '0.01万元。' }),
  budgetRules('budget.deployment-ministry', yearly('06-15', -1), '第二十二条'),
  budgetRules('budget.deployment-local', yearly('06-30', -1), '第二十六条', { note: '条文序号待核。' }),
  projectDefault('budget.library-window', yearly('08-31', -1, '07-01'), '', typical),
  projectDefault('budget.control-window', yearly('11-15', -1, '10-01'), '', typical),
  projectDefault('budget.draft-window', yearly('12-10', -1, '11-30'), '', typical),
  budgetLaw('budget.year-end', yearly('12-31', 0), '第十八条'),
  budgetLaw('budget.first-review-days', term(30, 'day'), '第四十四条', {
    note: '省、设区的市、县级；中央为四十五日。',
  }),
  budgetLaw('budget.reply-days', term(20, 'day'), '第五十二条'),
  budgetLaw('budget.unit-reply-days', term(15, 'day'), '第五十二条'),
]
