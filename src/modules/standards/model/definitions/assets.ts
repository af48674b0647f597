import { define } from '../definition.ts'

const byLevel = { dimensions: ['level'] } as const
/** Classes of fixed assets whose depreciation years have a row each: `asset.depreciation-<kind>`. */
export const depreciationKindLabels = {
  'steel-building': '钢结构业务及管理用房',
  'concrete-building': '钢筋混凝土业务及管理用房',
  'brick-concrete-building': '砖混结构业务及管理用房',
  'brick-timber-building': '砖木结构业务及管理用房',
  'simple-building': '简易房',
  'building-facility': '房屋附属设施',
  structure: '构筑物',
  computer: '计算机设备',
  'office-equipment': '办公设备',
  vehicle: '车辆',
  'archive-equipment': '图书档案设备',
  machinery: '机械设备',
  electrical: '电气设备',
  'radar-navigation': '雷达、无线电和卫星导航设备',
  communication: '通信设备',
  broadcasting: '广播、电视、电影设备',
  instrument: '仪器仪表',
  'electronic-measuring': '电子和通信测量设备',
  'measuring-standard': '计量标准器具及量具、衡器',
  'food-machinery': '食品加工专用设备',
  'sewing-machinery': '缝纫、服饰专用设备',
  'farm-machinery': '农业和林业机械',
  'engineering-machinery': '工程机械',
  medical: '医疗设备',
  'power-industry': '电力工业专用设备',
  'work-safety': '安全生产设备',
  'pollution-control': '环境污染防治设备',
  postal: '邮政专用设备',
  'paper-printing': '造纸和印刷机械',
  furniture: '家具',
  utensil: '用具、装具',
} as const
export type DepreciationKind = keyof typeof depreciationKindLabels

/** Assets: threshold, depreciation, disposal, lease, count (Art. 12). */
export const assetDefinitions = [
  ...define(
    'assets',
    'physical-quota',
    ['A12-2'],
    Object.entries(depreciationKindLabels).map(
      ([kind, title]) => [`asset.depreciation-${kind}`, `${title}折旧年限`, 'years'] as const,
    ),
  ),
  ...define(
    'assets',
    'parameter',
    ['A12-2'],
    [
      ['asset.no-depreciation', '不计提折旧的固定资产', 'texts'],
      ['asset.fixed-value', '固定资产单位价值起点', 'amount'],
      ['asset.fixed-value-special', '专用设备固定资产单位价值起点', 'amount'],
      ['asset.disposal-tiers', '资产处置限额分级（批次原值）', 'tiers', { ...byLevel, norms: ['A12-3'] }],
      ['asset.disposal-case-consent', '不论金额逐件报财政同意的处置', 'texts', { norms: ['A12-3'] }],
      ['asset.disposal-batch', '处置批次合并计算期', 'term', { norms: ['A12-3'] }],
      ['asset.proceeds-payment', '处置收入上缴国库期限', 'term', { norms: ['A12-5'] }],
      ['asset.revenue-codes', '国有资产收入科目', 'texts', { norms: ['A12-5'] }],
      ['asset.reprice', '成交价低于评估价须重新报批线', 'percent', { norms: ['A12-3'] }],
      ['asset.card-registration', '验收后登记资产卡片期限', 'term'],
      ['asset.count', '年度盘点截止', 'yearly-date', { norms: ['A12-4'] }],
      ['asset.idle-term', '资产闲置提示期', 'term', { norms: ['A12-5', 'A23-1'] }],
      ['asset.lease-term', '出租期限', 'term', { norms: ['A12-5', 'A19-2'] }],
      ['asset.lease-limit', '出租最长期限', 'term', { norms: ['A12-5', 'A19-2'] }],
      ['asset.loan-limit', '出借最长期限', 'term', { norms: ['A12-5'] }],
    ],
  ),
]
