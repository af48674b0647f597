import type { Level } from '#kernel/pure/actor.ts'
import type { DepreciationKind } from '../model/definitions/assets.ts'
import type { StandardValue } from '../model/value.ts'
import { amountYuan, percent, projectDefault, rowsOf, term, texts, years, yearly, type StandardSeed } from './seed.ts'

const guide = rowsOf('《〈政府会计准则第3号——固定资产〉应用指南》（财会〔2017〕4号）', '2017-02-21', 'A')
const rules2012 = rowsOf('《行政单位财务规则》（财政部令第71号）', '2013-01-01', 'A')
const rules2023 = rowsOf('《行政单位财务规则》（财政部令第113号）', '2023-03-01', 'B')

/** Least and, where the guide gives a range, most years. */
const depreciation: Record<DepreciationKind, readonly [number, (number | null)?]> = {
  'steel-building': [50],
  'concrete-building': [50],
  'brick-concrete-building': [30],
  'brick-timber-building': [30],
  'simple-building': [8],
  'building-facility': [8],
  structure: [8],
  computer: [6],
  'office-equipment': [6],
  vehicle: [8],
  'archive-equipment': [5],
  machinery: [10],
  electrical: [5],
  'radar-navigation': [10],
  communication: [5],
  broadcasting: [5],
  instrument: [5],
  'electronic-measuring': [5],
  'measuring-standard': [5],
  'food-machinery': [10, 15],
  'sewing-machinery': [10, 15],
  'farm-machinery': [10, 15],
  'engineering-machinery': [10, 15],
  medical: [5, 10],
  'power-industry': [20, 30],
  'work-safety': [10, 20],
  'pollution-control': [10, 20],
  postal: [10, 15],
  'paper-printing': [10, 20],
  furniture: [15],
  utensil: [5],
}

/** Lower limit of the medium and of the large tier, 元. */
const disposal: Record<Level, readonly [number, number]> = {
  province: [200_000, 5_000_000],
  city: [100_000, 2_000_000],
  county: [50_000, 1_000_000],
}
const tiers = ([medium, large]: readonly [number, number]): StandardValue => ({
  form: 'tiers',
  rows: [
    {
      key: 'T1',
      title: '小额',
      fromFen: 0,
      path: '单位集体决策 → 主管部门 → 机关事务管理部门审批 → 财政部门按月清单同意',
    },
    {
      key: 'T2',
      title: '中额',
      fromFen: medium * 100,
      path: '单位集体决策 → 主管部门 → 机关事务管理部门审核 → 财政部门逐件同意',
    },
    { key: 'T3', title: '大额', fromFen: large * 100, path: '机关事务管理部门 → 财政部门 → 本级人民政府' },
  ],
})

/** Threshold of fixed assets, depreciation, disposal, lease, count. */
export const assetStandards: readonly StandardSeed[] = [
  ...Object.entries(depreciation).map(([kind, [minimum, maximum = null]]) =>
    guide(`asset.depreciation-${kind}`, years(minimum, maximum), '', kind === 'utensil' ? { confidence: 'B' } : {}),
  ),
  guide(
    'asset.no-depreciation',
    texts('文物和陈列品', '动植物', '图书、档案', '单独计价入账的土地', '以名义金额计量的固定资产'),
    '',
    { confidence: 'B' },
  ),
  rules2012('asset.fixed-value', amountYuan(1_000, '单位价值', 'at-least'), '', {
    until: '2023-02-28',
    note: '大批同类物资（家具、图书等）不受单位价值限制。',
  }),
  rules2023('asset.fixed-value', amountYuan(1_000, '单位价值', 'at-least'), '', {
    note: '大批同类物资（家具、图书等）不受单位价值限制。',
  }),
  rules2012('asset.fixed-value-special', amountYuan(1_500, '单位价值', 'at-least'), '', { until: '2023-02-28' }),
  rules2023('asset.fixed-value-special', amountYuan(1_500, '单位价值', 'at-least')),
  ...Object.entries(disposal).map(([level, limits]) =>
    projectDefault('asset.disposal-tiers', tiers(limits), '：山西省处置权限标准待查，条例第十二条要求财政部门同意', {
      level: level as Level,
      note: '其他口径：中央机关2004年以20万元为界，现行中央1500万元以上报财政部；某市5万元以上报市财政。',
    }),
  ),
  projectDefault(
    'asset.disposal-case-consent',
    texts('土地、房屋、车辆', '转让、置换', '损失核销', '对外捐赠', '跨级次无偿划转', '未达到最低使用年限的资产'),
  ),
  projectDefault('asset.disposal-batch', term(30, 'day'), '', {
    note: '同一单位同一处置形式30天内的申请合并计算，防止化整为零。',
  }),
  projectDefault('asset.proceeds-payment', term(10, 'workday')),
  rowsOf('《政府收支分类科目》', '2021-01-01', 'C')(
    'asset.revenue-codes',
    texts('103070601 行政单位国有资产出租、出借收入', '103070602 行政单位国有资产处置收入'),
    '',
    { note: '科目代码待与当年科目核对。' },
  ),
  projectDefault('asset.reprice', percent(90, '评估价', 'at-least'), '', {
    confidence: 'C',
    note: '外地规定，山西省待查。',
  }),
  projectDefault('asset.card-registration', term(10, 'workday')),
  rules2012('asset.count', yearly('12-31', 0), '第三十五条', { until: '2023-02-28' }),
  rules2023('asset.count', yearly('12-31', 0), '', { note: '每年至少盘点一次，条文序号待核。' }),
  projectDefault('asset.idle-term', term(180, 'day')),
  projectDefault('asset.lease-term', term(3, 'year'), '', { note: '外地做法一年至三年不等。' }),
  projectDefault('asset.lease-limit', term(5, 'year'), '', { note: '超过三年须财政部门批准；外地最长三年至五年。' }),
  projectDefault('asset.loan-limit', term(1, 'year')),
]
