import { percent, projectDefault, rowsOf, term, texts, years, yearly, type StandardSeed } from './seed.ts'

const measures = rowsOf('《党政机关办公用房管理办法》', '2017-12-05', 'A')
const provincial2014 = rowsOf('《山西省省级行政单位资产配置标准（试行）》（晋财资〔2014〕38号）', '2014-01-01', 'A')
const central2006 = rowsOf('《中央国家机关办公用房维修管理办法（试行）》（2006年）', '2006-12-27', 'B')

/** Use, return, repair and record of office space. */
export const officeUseStandards: readonly StandardSeed[] = [
  measures('office.second-room-vacate', term(2, 'month'), '第十九条'),
  measures('office.leaver-vacate', term(1, 'month'), '第十九条'),
  measures('office.old-space-handover', term(1, 'month'), '第十七条'),
  measures('office.institution-handover', term(6, 'month'), '第二十一条', {
    confidence: 'B',
    note: '六个月见于辽宁同类文本，条文待核。',
  }),
  measures('office.reverification', term(6, 'month'), '第二十二条', { confidence: 'C', note: '期限待与原文核对。' }),
  measures('office.room-publication', yearly('12-31', 0), '第十九条', { note: '每年一次；截止日取年末。' }),
  measures('office.provision-order', texts('调剂', '置换', '租用', '建设'), '第十条至第十五条'),
  projectDefault('office.area-tolerance', percent(0, '面积上限'), '', {
    confidence: 'C',
    note: '国家标准未设容差；2013至2016年清理时各地曾用容差，默认不设。',
  }),
  projectDefault('office.idle-term', term(6, 'month'), '', { confidence: 'C', note: '期限可按本地规定调整。' }),
  rowsOf('《盘锦市党政机关办公用房管理台账规范》（2017年）', '2021-01-01', 'C')(
    'office.ledger-january',
    yearly('01-31', 0),
    '',
    {
      note: '外省市做法（每年1月、6月更新），供参考。',
    },
  ),
  rowsOf('《盘锦市党政机关办公用房管理台账规范》（2017年）', '2021-01-01', 'C')(
    'office.ledger-june',
    yearly('06-30', 0),
    '',
    {
      note: '外省市做法（每年1月、6月更新），供参考。',
    },
  ),
  provincial2014('office.repair-interval', years(10), '第二部分', {
    note: '省级机关自有用房维修改造间隔；施行日期按文号年度起算，待核。',
  }),
  provincial2014('office.lease-renovation', years(10, null, true), '第二部分', {
    note: '租期超过十年的可按自有用房执行，其他租用房不得整体装修；施行日期待核。',
  }),
  central2006('office.repair-interval-central', years(15), '', {
    note: '建成或者上次全面维修满十五年；与省级十年间隔口径不同，以省级标准为准。',
  }),
  central2006('office.major-repair-extension', percent(15, '原建筑面积'), '', {
    confidence: 'A',
    note: '中央做法，作参考。',
  }),
]
