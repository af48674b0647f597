import type { Acting } from '#kernel/pure/case-kind.ts'
import type { StatutoryTerm } from '../../model.ts'

const regulation = '《山西省机关运行保障条例》'
const openness = '《中华人民共和国政府信息公开条例》'
const authority: Acting = { party: 'authority', roles: ['plan-reviewer', 'authority-leader'] }
const serviceReviewer: Acting = { party: 'authority', roles: ['service-reviewer', 'authority-leader'] }
const energyReviewer: Acting = { party: 'authority', roles: ['energy-reviewer', 'authority-leader'] }
const organClerk: Acting = { party: 'applicant', roles: ['organ-clerk', 'organ-head'] }

/** Terms of standards, opinions, statistics, energy and disclosure (Art. 5, 9, 14, 28, 37, 38; facts areas 5 and 6). */
export const oversightTerms: readonly StatutoryTerm[] = [
  {
    id: 'standards-review',
    norm: 'A9-2',
    title: '实物定额、服务标准年度复核',
    bearer: authority,
    rule: { kind: 'periodic', event: '上次制定或者复核之日', everyMonths: 12 },
    whenPassed: '提醒复核，列入逾期清单。',
    citation: `${regulation}第九条第一款；每年一次为项目默认值`,
    confidence: 'D',
    carrier: { by: 'open', area: '标准' },
  },
  {
    id: 'opinion-asking',
    norm: 'A38-1',
    title: '征求服务保障对象意见',
    bearer: serviceReviewer,
    rule: { kind: 'periodic', event: '上次征求意见结束之日', everyMonths: 12 },
    whenPassed: '列入逾期清单。',
    citation: `${regulation}第三十八条；每年至少一次为项目默认值`,
    confidence: 'D',
    carrier: { by: 'open', area: '征求意见' },
  },
  {
    id: 'satisfaction',
    norm: 'A5-1',
    title: '服务满意度调查',
    bearer: serviceReviewer,
    rule: { kind: 'periodic', event: '上次调查结束之日', everyMonths: 12 },
    whenPassed: '列入逾期清单。',
    citation: `${regulation}第五条；每年至少一次为项目默认值`,
    confidence: 'D',
    carrier: { by: 'open', area: '征求意见' },
  },
  {
    id: 'cost-survey',
    norm: 'A14-1',
    title: '机关运行成本统计调查',
    bearer: authority,
    rule: { kind: 'window', setBy: '国家机关事务管理局每年的统计调查通知' },
    whenPassed: '提醒未报单位，列入逾期清单。',
    citation: `${regulation}第十四条；机关运行成本统计调查制度`,
    confidence: 'C',
    carrier: { by: 'open', area: '统计' },
  },
  {
    id: 'energy-assessment',
    norm: 'A28-3',
    title: '节能工作年度考核',
    bearer: energyReviewer,
    rule: { kind: 'periodic', event: '上次考核之日', everyMonths: 12 },
    whenPassed: '列入逾期清单。',
    citation: `${regulation}第二十八条第三款；每年的日期由考核通知确定`,
    confidence: 'D',
    carrier: { by: 'open', area: '能源' },
  },
  {
    id: 'energy-rewards',
    norm: 'A28-4',
    title: '节能先进年度表彰奖励',
    bearer: energyReviewer,
    rule: { kind: 'periodic', event: '上次表彰之日', everyMonths: 12 },
    whenPassed: '列入逾期清单。',
    citation: `${regulation}第二十八条第四款；每年的日期由表彰通知确定`,
    confidence: 'D',
    carrier: { by: 'open', area: '能源' },
  },
  ...(
    [
      ['budget-publication', '部门预算公开', '财政批复部门预算之日'],
      ['final-account-publication', '部门决算公开', '财政批复部门决算之日'],
    ] as const
  ).map(([id, title, event]): StatutoryTerm => ({
    id,
    norm: 'A37-1',
    title,
    bearer: organClerk,
    // Natural days: a holiday inside does not stop the clock (PUB-T01), and the law knows no later day.
    rule: {
      kind: 'after-event',
      event,
      duration: { unit: 'calendar-days', count: 20 },
      strict: true,
      remindOnDays: [10, 15, 19],
    },
    whenPassed: '标记逾期，列入清单。',
    citation: '《中华人民共和国预算法》第十四条',
    confidence: 'B',
    carrier: { by: 'open', area: '公开' },
  })),
  ...(
    [
      ['standards-publication', '实物定额、服务标准公开', '标准批准之日', authority, 'B'],
      ['catalogue-publication', '集中统一管理事项指导目录公开', '目录批准之日', authority, 'B'],
      ['plan-summary-publication', '年度计划和执行情况摘要公开', '计划下达或者报告报送之日', organClerk, 'D'],
    ] as const
  ).map(([id, title, event, bearer, confidence]): StatutoryTerm => ({
    id,
    norm: 'A37-1',
    title,
    bearer,
    rule: {
      kind: 'after-event',
      event,
      duration: { unit: 'workdays', count: 20 },
      remindOnDays: [10, 15, 20],
    },
    whenPassed: '标记逾期，列入清单。',
    citation: `${regulation}第三十七条；${confidence === 'D' ? '20个工作日为项目默认值' : `${openness}第二十六条`}`,
    confidence,
    carrier: { by: 'open', area: '公开' },
  })),
  {
    id: 'property-publication',
    norm: 'A37-1',
    title: '公务用车、办公用房总量公开',
    bearer: authority,
    rule: {
      kind: 'yearly',
      date: { month: 3, day: 31, of: 'year-after' },
      remindOn: [{ month: 3, day: 15, of: 'year-after' }],
    },
    whenPassed: '标记逾期，列入清单。',
    citation: `${regulation}第三十七条；3月31日为项目默认值`,
    confidence: 'D',
    carrier: { by: 'open', area: '公开' },
  },
  {
    id: 'openness-report',
    norm: 'A37-1',
    title: '政府信息公开工作年度报告',
    bearer: organClerk,
    rule: {
      kind: 'yearly',
      date: { month: 1, day: 31, of: 'year-after' },
      remindOn: [{ month: 1, day: 15, of: 'year-after' }],
    },
    whenPassed: '标记逾期，列入清单。',
    citation: `${openness}第四十九条`,
    confidence: 'B',
    carrier: { by: 'open', area: '公开' },
  },
  {
    id: 'disclosure-answer',
    norm: 'A37-1',
    title: '答复信息公开申请',
    bearer: organClerk,
    rule: {
      kind: 'after-event',
      event: '收到申请之日',
      duration: { unit: 'workdays', count: 20 },
      extension: { by: { unit: 'workdays', count: 20 }, ground: '经批准并告知申请人的，可延长20个工作日' },
      remindOnDays: [10, 15, 20],
    },
    whenPassed: '没有延期告知的标记逾期。',
    citation: `${openness}第三十三条`,
    confidence: 'B',
    carrier: { by: 'open', area: '公开' },
  },
  {
    id: 'third-party-opinion',
    norm: 'A37-1',
    title: '第三方对公开提出意见',
    bearer: organClerk,
    rule: {
      kind: 'after-event',
      event: '收到征求意见书之日',
      duration: { unit: 'workdays', count: 15 },
      remindOnDays: [10, 15],
    },
    whenPassed: '由机关依法决定是否公开。',
    citation: `${openness}第三十二条`,
    confidence: 'B',
    carrier: { by: 'open', area: '公开' },
  },
]
