import type { Confidence } from '../model.ts'
import type { StandardValue } from '../model/value.ts'
import type { StandardSeed } from './seed.ts'

const regulation = '《山西省机关运行保障条例》'
/** The Regulation's first day (A45-1). */
const since = '2021-01-01'

const workdays = (amount: number): StandardValue => ({ form: 'term', amount, unit: 'workday' })
function parameter(code: string, value: StandardValue, citation: string, confidence: Confidence): StandardSeed {
  return { code: `plan.${code}`, value, citation, from: since, confidence }
}

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
]
