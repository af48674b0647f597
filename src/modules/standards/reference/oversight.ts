import { amountYuan, percent, projectDefault, rowsOf, term, yearly, type StandardSeed } from './seed.ts'

const information2007 = rowsOf('《中华人民共和国政府信息公开条例》（国务院令第492号）', '2008-05-01', 'B')
const information = rowsOf('《中华人民共和国政府信息公开条例》（国务院令第711号）', '2019-05-15', 'B')
const budgetLaw = rowsOf('《中华人民共和国预算法》（2018年修正）', '2018-12-29', 'B')

/** Disclosure, cost statistics, cycles of review. */
export const oversightStandards: readonly StandardSeed[] = [
  information('disclosure.own-motion', term(20, 'workday'), '第二十六条'),
  information2007('disclosure.answer', term(15, 'workday'), '', {
    until: '2019-05-14',
    note: '旧条例期限，网上旧文本仍在流传。',
  }),
  information('disclosure.answer', term(20, 'workday'), '第三十三条'),
  information('disclosure.answer-extension', term(20, 'workday'), '第三十三条'),
  information('disclosure.third-party', term(15, 'workday')),
  budgetLaw('disclosure.budget', term(20, 'day'), '第十四条', { note: '自然日，自批复之日起。' }),
  information('disclosure.annual-report', yearly('01-31', 1), '第四十九条'),
  projectDefault('disclosure.totals', yearly('03-31', 1)),
  projectDefault('disclosure.plan-summary', term(20, 'workday')),
  projectDefault('cost.tolerance', amountYuan(100, '报表合计'), '', { note: '0.01万元。' }),
  projectDefault('cost.ledger-difference', percent(1, '台账金额')),
  projectDefault('cost.change', percent(20, '上年数')),
  projectDefault('cost.peer-deviation', percent(30, '同级同类中位数'), '', { note: '供分析，本身不是问题。' }),
  projectDefault('standard.opinion-cycle', term(12, 'month')),
]
