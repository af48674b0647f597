import type { Acting, Duration } from '#kernel/pure/case-kind.ts'
import type { StatutoryTerm, TermRule } from '../../model.ts'

const regulation = '《山西省机关运行保障条例》'
const assetKeeper: Acting = { party: 'applicant', roles: ['asset-keeper', 'organ-clerk', 'organ-head'] }
const organClerk: Acting = { party: 'applicant', roles: ['organ-clerk', 'organ-head'] }
const assetReviewer: Acting = { party: 'authority', roles: ['asset-reviewer'] }
const premisesReviewer: Acting = { party: 'authority', roles: ['premises-reviewer'] }
const vehicleReviewer: Acting = { party: 'authority', roles: ['vehicle-reviewer'] }

const workdays = (count: number): Duration => ({ unit: 'workdays', count })
const days = (count: number): Duration => ({ unit: 'calendar-days', count })
const months = (count: number): Duration => ({ unit: 'months', count })
/** After an event, with reminders on the days of the count named. */
const after = (event: string, duration: Duration, ...remindOnDays: number[]): TermRule => ({
  kind: 'after-event',
  event,
  duration,
  remindOnDays,
})
/** The same, taken strictly: a last day off does not move on (facts 2.5, case 5). */
const strictlyAfter = (event: string, duration: Duration, ...remindOnDays: number[]): TermRule => ({
  kind: 'after-event',
  event,
  duration,
  strict: true,
  remindOnDays,
})

/** Those of them that a case runs under. */
export type CarriedPropertyTermId =
  | 'disposal-proceeds'
  | 'warehouse-intake'
  | 'temporary-body-assets'
  | 'reorganisation-assets'

/** Terms of assets, the public warehouse, purchases, land, premises, construction and vehicles; their areas are to come. */
export const propertyTerms: readonly StatutoryTerm[] = [
  {
    id: 'asset-card',
    norm: 'A12-2',
    title: '验收后建立资产卡片',
    bearer: assetKeeper,
    rule: after('验收之日', workdays(10), 8, 10),
    whenPassed: '提醒建卡，逾期列入清单。',
    citation: `${regulation}第十二条第二款；10个工作日为项目默认值`,
    confidence: 'D',
    carrier: { by: 'record', module: 'procurement' },
  },
  {
    id: 'asset-inspection',
    norm: 'A12-2',
    title: '资产定期检验',
    bearer: assetKeeper,
    // The day on the card is the last, whatever day it is.
    rule: strictlyAfter('检验到期前第60日', days(60), 30, 50, 60),
    whenPassed: '提醒送检，未经检验不得继续使用。',
    citation: '《中华人民共和国特种设备安全法》第四十条（届满前一个月提出）；提前60天提示为项目默认值',
    confidence: 'D',
    carrier: { by: 'record', module: 'assets' },
  },
  {
    id: 'asset-warranty',
    norm: 'A12-2',
    title: '资产保修期满',
    bearer: assetKeeper,
    rule: strictlyAfter('保修截止前第30日', days(30), 1, 20, 28),
    whenPassed: '保修期满后自行承担维修费用，不列逾期。',
    citation: `${regulation}第十二条第二款；提前30天提示为项目默认值`,
    confidence: 'D',
    carrier: { by: 'record', module: 'assets' },
  },
  {
    id: 'asset-loan',
    norm: 'A12-4',
    title: '借用资产到期收回',
    bearer: assetKeeper,
    // The day that was agreed is the last, whatever day it is.
    rule: strictlyAfter('归还日前第7日', days(7), 1, 6),
    whenPassed: '提醒借用人归还、保管人收回，列入逾期清单。',
    citation: `${regulation}第十二条第三款；提前7天提示为项目默认值`,
    confidence: 'D',
    carrier: { by: 'record', module: 'assets' },
  },
  {
    id: 'stocktaking',
    norm: 'A12-4',
    title: '年度资产盘点',
    bearer: assetKeeper,
    rule: {
      kind: 'yearly',
      date: { month: 12, day: 31, of: 'year' },
      remindOn: [
        { month: 11, day: 1, of: 'year' },
        { month: 12, day: 15, of: 'year' },
      ],
    },
    whenPassed: '标记未盘点，报财政部门。',
    citation: `${regulation}第十二条第三款；行政事业单位国有资产清查盘点规定`,
    confidence: 'B',
    carrier: { by: 'record', module: 'stocktaking' },
  },
  {
    id: 'asset-report',
    norm: 'A12-1',
    title: '国有资产年度报告',
    bearer: assetReviewer,
    rule: { kind: 'window', setBy: '财政部门每年的布置通知' },
    whenPassed: '列入逾期清单。',
    citation: `《行政事业性国有资产管理条例》（国务院令第738号）`,
    confidence: 'C',
    carrier: { by: 'open', area: '资产' },
  },
  {
    id: 'disposal-proceeds',
    norm: 'A12-5',
    title: '处置收入上缴国库',
    bearer: assetKeeper,
    rule: after('收到处置收入之日', workdays(10), 5, 8, 10),
    whenPassed: '标记逾期，通知财政部门。',
    citation: `${regulation}第十二条第四款；10个工作日为项目默认值`,
    confidence: 'D',
    carrier: { by: 'case', kind: 'disposal.application', states: ['proceeds'] },
  },
  {
    id: 'warehouse-intake',
    norm: 'A23-1',
    title: '闲置、超标准资产申请入公物仓',
    bearer: assetKeeper,
    rule: after('收到入仓任务之日', workdays(15), 10, 13, 15),
    whenPassed: '列入逾期清单。',
    citation: `${regulation}第二十三条；15个工作日为项目默认值`,
    confidence: 'D',
    carrier: { by: 'case', kind: 'warehouse.idle', states: ['open'] },
  },
  {
    id: 'temporary-body-assets',
    norm: 'A23-1',
    title: '临时机构撤销后资产入公物仓',
    bearer: assetKeeper,
    rule: after('临时机构撤销或者大型活动结束之日', days(30), 15, 25, 30),
    whenPassed: '标记逾期，通知主管部门。',
    citation: `${regulation}第二十三条；30天为项目默认值`,
    confidence: 'D',
    carrier: { by: 'case', kind: 'warehouse.left-behind', states: ['open'] },
  },
  {
    id: 'reorganisation-assets',
    norm: 'A23-1',
    title: '机构合并、撤销、搬迁后的资产清理',
    bearer: assetReviewer,
    rule: after('机构合并、撤销、搬迁之日', days(30), 15, 25, 30),
    whenPassed: '标记逾期，由主管部门督办。',
    citation: `${regulation}第二十三条；30天为项目默认值`,
    confidence: 'D',
    carrier: { by: 'case', kind: 'warehouse.reorganisation', states: ['open'] },
  },
  ...(
    [
      ['award-notice', '中标、成交结果公告', '中标、成交结果确定之日', workdays(2), '政府采购法实施条例》第四十三条'],
      ['contract-signing', '签订采购合同', '发出中标、成交通知书之日', days(30), '政府采购法》第四十六条'],
      ['contract-publicity', '采购合同公告', '签订合同之日', workdays(2), '政府采购法实施条例》第五十条'],
      ['contract-filing', '采购合同备案', '签订合同之日', workdays(7), '政府采购法》第四十七条'],
      ['supplier-enquiry', '答复供应商询问', '收到询问之日', workdays(3), '政府采购法实施条例》第五十二条', 'C'],
      ['supplier-question', '答复供应商质疑', '收到质疑之日', workdays(7), '政府采购法》第五十三条'],
    ] as const
  ).map(([id, title, event, duration, citation, confidence = 'B' as const]): StatutoryTerm => ({
    id,
    norm: 'A11-2',
    title,
    bearer: organClerk,
    rule: after(event, duration, duration.count - 1, duration.count),
    whenPassed: '提醒办理，逾期列入清单。',
    citation: `《中华人民共和国${citation}`,
    confidence,
    carrier: { by: 'record', module: 'procurement' },
  })),
  {
    id: 'complaint-review',
    norm: 'A11-2',
    title: '审查受理供应商投诉',
    bearer: { party: 'finance', roles: ['finance-reviewer'] },
    rule: after('收到投诉之日', workdays(5), 4, 5),
    whenPassed: '列入逾期清单。',
    citation: '《政府采购质疑和投诉办法》（财政部令第94号）第二十一条',
    confidence: 'C',
    carrier: { by: 'record', module: 'procurement' },
  },
  {
    id: 'complaint-reply',
    norm: 'A11-2',
    title: '就供应商投诉作出说明',
    bearer: organClerk,
    rule: after('收到投诉答复通知之日', workdays(5), 4, 5),
    whenPassed: '提醒办理，逾期列入清单。',
    citation: '《政府采购质疑和投诉办法》（财政部令第94号）第二十二条',
    confidence: 'C',
    carrier: { by: 'record', module: 'procurement' },
  },
  {
    id: 'procurement-complaint',
    norm: 'A11-2',
    title: '处理供应商投诉',
    bearer: { party: 'finance', roles: ['finance-reviewer'] },
    rule: after('收到投诉之日', workdays(30), 20, 27, 30),
    whenPassed: '列入逾期清单。',
    citation: '《中华人民共和国政府采购法》第五十六条；《政府采购质疑和投诉办法》（财政部令第94号）',
    confidence: 'B',
    carrier: { by: 'record', module: 'procurement' },
  },
  {
    id: 'supplier-payment',
    norm: 'A11-1',
    title: '向供应商支付款项',
    bearer: organClerk,
    rule: after('验收合格并收到发票之日', days(30), 15, 25, 30),
    whenPassed: '列入逾期清单。',
    citation: '《保障中小企业款项支付条例》（国务院令第728号）',
    confidence: 'C',
    carrier: { by: 'record', module: 'procurement' },
  },
  {
    id: 'temporary-land',
    norm: 'A17-1',
    title: '临时用地期满归还',
    bearer: organClerk,
    rule: after('批准临时用地之日', months(24)),
    whenPassed: '提示期满，通知自然资源部门。',
    citation: '《中华人民共和国土地管理法》第五十七条',
    confidence: 'A',
    carrier: { by: 'open', area: '用地' },
  },
  ...(
    [
      ['old-space-handover', '搬入新房后移交原办公用房', '搬入新配置办公用房之日', 1, '第十七条', 'A'],
      ['side-post-room', '兼职结束后腾退第二处办公用房', '不再兼任之日', 2, '第十九条', 'A'],
      ['leaver-room', '调离、退休人员办公用房收回', '办理调离、退休手续之日', 1, '第十九条', 'A'],
      ['institution-space', '事业单位另有用房后移交', '另行建设、购置或者租用之日', 6, '第二十一条', 'B'],
      ['area-reverification', '机构编制调整后重新核定面积', '机构编制调整之日', 6, '第二十二条', 'C'],
    ] as const
  ).map(([id, title, event, count, article, confidence]): StatutoryTerm => ({
    id,
    norm: 'A18-1',
    title,
    bearer: organClerk,
    // The facts count to the corresponding day, whatever day it is (1.9, case 7).
    rule: strictlyAfter(event, months(count)),
    whenPassed: '催告腾退、移交，逾期列入清单。',
    citation: `《党政机关办公用房管理办法》${article}`,
    confidence,
    carrier: { by: 'open', area: '房产' },
  })),
  {
    id: 'leaders-rooms',
    norm: 'A18-1',
    title: '领导干部办公用房年度备案和内部公示',
    bearer: organClerk,
    rule: { kind: 'yearly', date: { month: 12, day: 31, of: 'year' }, remindOn: [{ month: 12, day: 1, of: 'year' }] },
    whenPassed: '列入逾期清单。',
    citation: '《党政机关办公用房管理办法》第十九条；每年的日期为项目默认值',
    confidence: 'D',
    carrier: { by: 'open', area: '房产' },
  },
  ...([1, 6] as const).map((month): StatutoryTerm => ({
    id: `premises-books-${month === 1 ? 'january' : 'june'}`,
    norm: 'A18-1',
    title: `办公用房台账更新（${month}月）`,
    bearer: premisesReviewer,
    rule: {
      kind: 'yearly',
      date: { month, day: month === 1 ? 31 : 30, of: 'year' },
      remindOn: [{ month, day: 15, of: 'year' }],
    },
    whenPassed: '列入逾期清单。',
    citation: '办公用房台账更新惯例；由本级主管部门核定',
    confidence: 'D',
    carrier: { by: 'open', area: '房产' },
  })),
  {
    id: 'acceptance-filing',
    norm: 'A20-1',
    title: '竣工验收备案',
    bearer: organClerk,
    rule: strictlyAfter('竣工验收合格之日', days(15), 10, 14),
    whenPassed: '提醒备案，逾期列入清单。',
    citation: '《建设工程质量管理条例》第四十九条',
    confidence: 'A',
    carrier: { by: 'open', area: '工程' },
  },
  {
    id: 'final-account',
    norm: 'A20-1',
    title: '报送竣工财务决算',
    bearer: organClerk,
    rule: {
      kind: 'after-event',
      event: '项目完工可投入使用之日',
      duration: months(3),
      strict: true,
      extension: { by: months(2), ground: '中小型项目经批准可延长2个月，大型项目6个月' },
      remindOnDays: [60, 80],
    },
    whenPassed: '提醒报送，逾期列入清单。',
    citation: '《基本建设项目竣工财务决算管理暂行办法》（财建〔2016〕503号）第二条',
    confidence: 'A',
    carrier: { by: 'open', area: '工程' },
  },
  {
    id: 'final-account-limit',
    norm: 'A20-1',
    title: '竣工财务决算最长期限',
    bearer: organClerk,
    rule: strictlyAfter('竣工验收合格之日', months(12), 300, 350),
    whenPassed: '报告财政部门。',
    citation: '《行政事业性国有资产管理条例》（国务院令第738号）第三十一条',
    confidence: 'A',
    carrier: { by: 'open', area: '工程' },
  },
  {
    id: 'vehicle-statistics',
    norm: 'A21-1',
    title: '公务用车配备更新和使用情况年度统计报告',
    bearer: vehicleReviewer,
    rule: { kind: 'window', setBy: '上级主管部门每年的布置通知' },
    whenPassed: '列入逾期清单。',
    citation: '《党政机关公务用车管理办法》第二十三条、第二十四条',
    confidence: 'A',
    carrier: { by: 'open', area: '车辆' },
  },
]
