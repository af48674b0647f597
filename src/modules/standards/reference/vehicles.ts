import type { Rank } from '#modules/organs/model.ts'
import type { StandardValue, VehicleCap } from '../model/value.ts'
import { amountYuan, percent, projectDefault, quantity, rowsOf, term, texts, years, type StandardSeed } from './seed.ts'

const measures = rowsOf('《党政机关公务用车管理办法》（中办发〔2017〕71号）', '2017-12-05', 'A')
const scrapping = rowsOf('《机动车强制报废标准规定》（商务部等令2012年第12号）', '2013-05-01', 'B')
const newEnergy = rowsOf(
  '财政部办公厅关于进一步明确新能源汽车政府采购比例要求的通知（财办库〔2024〕269号）',
  '2024-12-01',
  'A',
)

const item = (code: string, capYuan: number) =>
  measures(
    `item.${code}`,
    {
      form: 'item',
      unit: '辆',
      limit: { basis: 'approved-quota' },
      priceCapFen: capYuan * 100,
      minimumYears: 8,
      yearsMustBeExceeded: true,
      assetClass: { code: 'A02030501', edition: '2022' },
      exceptionAllowed: false,
    },
    '第七条、第二十二条',
  )

const small: VehicleCap['bodies'] = ['sedan', 'small-other']
const limits = (bodies: VehicleCap['bodies'], yuan: number, displacementCapMl: number | null): VehicleCap => ({
  bodies,
  priceCapFen: yuan * 100,
  displacementCapMl,
})
/** 确因情况特殊: another small body or a medium one, or a large one; a sedan never. */
const special = [limits(['small-other', 'medium'], 250_000, 3_000), limits(['large'], 450_000, null)]
const caps = (base: VehicleCap, more: { workNeed?: VehicleCap; special?: VehicleCap[] } = {}): StandardValue => ({
  form: 'vehicle-cap',
  base,
  workNeed: more.workNeed ?? null,
  special: more.special ?? [],
})
const priceNote = '价格为不含车辆购置税的裸车价。'

/** 司局级 1,300, 处级 800, 科级及以下 500 a month: central rates. */
const allowances: readonly [Rank, number][] = [
  ['bureau-chief', 1_300],
  ['bureau-deputy', 1_300],
  ['division-chief', 800],
  ['division-deputy', 800],
  ['section-chief', 500],
  ['section-deputy', 500],
  ['clerk', 500],
]

/** Vehicles: as items of a demand, caps at purchase, renewal, new energy, running. */
export const vehicleStandards: readonly StandardSeed[] = [
  item('vehicle-confidential', 120_000),
  item('vehicle-emergency', 180_000),
  item('vehicle-enforcement', 120_000),
  item('vehicle-other', 180_000),
  item('vehicle-new-energy', 180_000),
  measures('vehicle.cap-confidential', caps(limits(small, 120_000, 1_600)), '第七条', { note: priceNote }),
  measures('vehicle.cap-emergency', caps(limits(small, 180_000, 1_800), { special }), '第七条', { note: priceNote }),
  measures(
    'vehicle.cap-enforcement',
    caps(limits(small, 120_000, 1_600), { workNeed: limits(small, 180_000, 1_800), special }),
    '第七条',
    { note: priceNote },
  ),
  measures('vehicle.cap-other', caps(limits(small, 180_000, 1_800), { special }), '第七条', { note: priceNote }),
  measures('vehicle.cap-new-energy', caps(limits(['sedan'], 180_000, null)), '第七条', {
    note: '其他新能源车型按同类型燃油汽车标准（国管局、中直管理局2024年10月28日通知）。',
  }),
  measures('vehicle.cap-special-technical', texts('由有关主管部门会同财政部门规定'), '第七条'),
  projectDefault('vehicle.new-energy-lifts-cap', { form: 'switch', on: true }, '', {
    confidence: 'C',
    note: '新能源轿车18万元上限是否高于机要通信用车12万元上限，通行理解为是，待确认。',
  }),
  newEnergy('vehicle.new-energy-share', percent(30, '年度公务用车采购总量', 'at-least'), '', {
    note: '主管预算单位按年统计，新能源汽车能够满足需要的；文号与施行日期待核。',
  }),
  newEnergy(
    'vehicle.new-energy-share-fixed-route',
    percent(100, '路线固定、使用场景单一、主要在城区行驶的车辆', 'at-least'),
    '',
    {
      note: '如机要通信用车，原则上全部采购新能源汽车；文号与施行日期待核。',
    },
  ),
  measures('vehicle.renewal', years(8, null, true), '第二十二条', {
    note: '超过8年方可更新，仍可使用的应当继续使用；因安全等原因提前更新从严审批。',
  }),
  projectDefault('vehicle.mileage-counts', { form: 'switch', on: false }, '', {
    confidence: 'C',
    note: '国家办法未设里程条件，默认不启用。',
  }),
  projectDefault('vehicle.renewal-mileage', quantity(300_000, '千米', 'at-least'), '', {
    confidence: 'C',
    note: '部分单位用20万至30万千米，仅在启用里程条件时使用。',
  }),
  scrapping('vehicle.guided-scrap-small-km', quantity(600_000, '千米', 'at-least'), '', {
    note: '9座及以下非营运载客汽车不设年限。',
  }),
  scrapping('vehicle.guided-scrap-medium-km', quantity(500_000, '千米', 'at-least')),
  scrapping('vehicle.guided-scrap-large-km', quantity(600_000, '千米', 'at-least')),
  scrapping('vehicle.scrap-medium', years(20)),
  scrapping('vehicle.scrap-large', years(20)),
  ...allowances.map(([rank, yuan]) =>
    rowsOf('中央和国家机关公务用车制度改革方案（2014年）', '2014-07-16', 'C')(
      'vehicle.allowance',
      amountYuan(yuan, '人·月'),
      '',
      {
        rank,
        restsOn: ['vehicle.cap-other'],
        note: '中央国家机关补贴标准，山西省标准（晋办发〔2015〕45、46号）待查。',
      },
    ),
  ),
  projectDefault('vehicle.fuel-excess-percent', percent(10, '单车油耗定额')),
  projectDefault('vehicle.same-person-percent', percent(60, '单车月出车次数')),
  projectDefault('vehicle.emergency-entry', term(24, 'hour')),
  projectDefault('vehicle.expiry-reminder', term(30, 'day')),
  measures(
    'vehicle.prohibitions',
    texts(
      '超编制、超标准配备',
      '登记在下属单位、企业或者个人名下',
      '公车私用、私车公养，或者既领补贴又用公车',
      '换用、借用、占用其他单位车辆，或者接受企业、个人赠送车辆',
      '挪用或者固定给个人使用机要通信、执法执勤等用车',
      '增加高档配置、豪华内饰',
      '在维修等费用中列支其他费用，或者报销非本单位车辆费用',
      '违规处置车辆',
      '其他违反规定的行为',
    ),
    '第五章',
  ),
]
