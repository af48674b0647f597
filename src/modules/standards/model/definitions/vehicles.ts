import { define } from '../definition.ts'

/** Vehicles: price, displacement, renewal, new energy, running (Art. 21). */
export const vehicleDefinitions = [
  ...define(
    'vehicles',
    'physical-quota',
    ['A8-1', 'A21-1'],
    [
      ['item.vehicle-confidential', '机要通信用车', 'item'],
      ['item.vehicle-emergency', '应急保障用车', 'item'],
      ['item.vehicle-enforcement', '执法执勤用车', 'item'],
      ['item.vehicle-other', '其他公务用车', 'item'],
      ['item.vehicle-new-energy', '新能源轿车', 'item'],
      ['vehicle.cap-confidential', '机要通信用车价格与排量', 'vehicle-cap'],
      ['vehicle.cap-emergency', '应急保障用车价格与排量', 'vehicle-cap'],
      ['vehicle.cap-enforcement', '执法执勤用车价格与排量', 'vehicle-cap'],
      ['vehicle.cap-other', '其他公务用车价格与排量', 'vehicle-cap'],
      ['vehicle.cap-new-energy', '新能源轿车价格', 'vehicle-cap'],
      ['vehicle.cap-special-technical', '特种专业技术用车标准', 'texts'],
      ['vehicle.renewal', '公务用车更新年限', 'years'],
      ['vehicle.new-energy-share', '年度新能源汽车采购占比', 'percent'],
      ['vehicle.new-energy-share-fixed-route', '固定路线、市区行驶用车新能源占比', 'percent'],
    ],
  ),
  ...define(
    'vehicles',
    'spending-standard',
    ['A9-3', 'A21-1'],
    [['vehicle.allowance', '公务交通补贴', 'amount', { dimensions: ['rank'], growsWithRank: true }]],
  ),
  ...define(
    'vehicles',
    'parameter',
    ['A21-1'],
    [
      ['vehicle.new-energy-lifts-cap', '新能源轿车价格上限适用于各类公务用车', 'switch'],
      ['vehicle.mileage-counts', '更新同时考虑行驶里程', 'switch'],
      ['vehicle.renewal-mileage', '更新参考里程', 'quantity'],
      ['vehicle.guided-scrap-small-km', '小型客车引导报废里程', 'quantity'],
      ['vehicle.guided-scrap-medium-km', '中型客车引导报废里程', 'quantity'],
      ['vehicle.guided-scrap-large-km', '大型客车引导报废里程', 'quantity'],
      ['vehicle.scrap-medium', '中型客车强制报废年限', 'years'],
      ['vehicle.scrap-large', '大型客车强制报废年限', 'years'],
      ['vehicle.fuel-excess-percent', '单车油耗超定额提示线', 'percent'],
      ['vehicle.same-person-percent', '同一人员用车占比提示线', 'percent'],
      ['vehicle.emergency-entry', '应急用车补登时限', 'term', { norms: ['A21-2'] }],
      ['vehicle.expiry-reminder', '保险、检验到期提醒', 'term'],
      ['vehicle.prohibitions', '公务用车禁止行为', 'texts', { norms: ['A8-1', 'A21-1'] }],
    ],
  ),
]
