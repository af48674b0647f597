import { define } from '../definition.ts'

const byLevel = { dimensions: ['level'] } as const
const byLevelAndRank = { dimensions: ['level', 'rank'] } as const

/** Office space: areas, building coefficients, fit-out, life cycle (Art. 18, 19). */
export const premisesDefinitions = [
  ...define(
    'premises',
    'physical-quota',
    ['A8-1', 'A18-1'],
    [
      ['office.area-cap', '办公室使用面积上限', 'area', { ...byLevelAndRank, growsWithRank: true }],
      ['office.area-cap-township', '乡级机关办公室使用面积上限', 'area', { dimensions: ['rank'], growsWithRank: true }],
      ['office.toilet-allowed', '办公室可设卫生间的人员', 'switch', byLevelAndRank],
      ['office.toilet-area', '办公室卫生间面积上限', 'area'],
      ['office.service-area', '服务用房人均使用面积', 'linear-per-person', byLevel],
      ['office.service-area-township', '乡级机关服务用房人均使用面积', 'area'],
      ['office.equipment-share', '设备用房面积占比', 'percent'],
      ['office.usable-multi-storey', '多层建筑使用面积系数', 'percent'],
      ['office.usable-high-rise', '高层建筑使用面积系数', 'percent'],
      ['office.canteen', '食堂建筑面积', 'brackets'],
      ['office.garage', '汽车库建筑面积', 'brackets'],
      ['office.bicycle-shed', '自行车库建筑面积', 'area'],
      ['office.motorbike-shed', '电动车、摩托车库建筑面积', 'area'],
      ['office.guard-room', '警卫用房建筑面积', 'area'],
      ['office.stand-alone', '单独建设办公用房最小规模', 'area', byLevel],
      ['office.township-basic', '乡级机关基本办公用房建筑面积上限', 'area'],
      ['office.township-plot-ratio', '乡级机关办公用房容积率', 'quantity'],
      ['office.township-lobby', '乡级机关门厅面积上限', 'area'],
      ['office.green-ratio', '绿地率', 'percent'],
      ['office.fit-out-grades', '装修等级', 'grades', byLevel],
      ['office.fit-out-grades-township', '乡级机关装修等级', 'grades'],
      ['office.design-bans', '办公用房建设装修禁止事项', 'texts'],
    ],
  ),
  ...define(
    'premises',
    'service-standard',
    ['A8-1', 'A18-1'],
    [
      ['office.temperature-winter', '冬季室内设计温度', 'quantity', { norms: ['A18-1', 'A28-2'] }],
      ['office.temperature-summer', '夏季室内设计温度', 'quantity', { norms: ['A18-1', 'A28-2'] }],
      ['office.repair-interval', '自有办公用房维修改造间隔', 'years'],
      ['office.repair-interval-central', '全面维修间隔（中央国家机关参考）', 'years'],
      ['office.lease-renovation', '租用办公用房可按自有房维修的租期', 'years'],
      ['office.major-repair-extension', '大修附带扩建面积占比', 'percent'],
    ],
  ),
  ...define(
    'premises',
    'spending-standard',
    ['A9-3', 'A18-1'],
    [
      ['office.fit-out-share', '装修费占建筑安装工程费比例', 'percent', byLevel],
      ['office.fit-out-share-township', '乡级机关装修费占建筑安装工程费比例', 'percent'],
    ],
  ),
  ...define(
    'premises',
    'parameter',
    ['A18-1'],
    [
      ['office.area-tolerance', '办公室面积超标容差', 'percent'],
      ['office.second-room-vacate', '兼职结束腾退第二办公室期限', 'term'],
      ['office.leaver-vacate', '调离、退休人员腾退办公室期限', 'term'],
      ['office.old-space-handover', '搬入新用房后移交原用房期限', 'term'],
      ['office.institution-handover', '事业单位另有用房后移交期限', 'term'],
      ['office.reverification', '机构编制变动后重新核定面积期限', 'term'],
      ['office.idle-term', '办公用房闲置处置提示期', 'term', { norms: ['A18-1', 'A19-1', 'A19-2'] }],
      ['office.room-publication', '办公用房分配使用情况年度公示与领导办公室备案', 'yearly-date'],
      ['office.ledger-january', '办公用房台账更新（上半年）', 'yearly-date'],
      ['office.ledger-june', '办公用房台账更新（下半年）', 'yearly-date'],
      ['office.provision-order', '办公用房配置方式顺序', 'texts'],
    ],
  ),
]
