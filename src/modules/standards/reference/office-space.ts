import type { Level } from '#kernel/pure/actor.ts'
import type { Rank } from '#modules/organs/model.ts'
import type { FitOutGrade, StandardValue } from '../model/value.ts'
import { area, percent, quantity, rowsOf, texts, type StandardSeed } from './seed.ts'

const building = rowsOf('《党政机关办公用房建设标准》（发改投资〔2014〕2674号）', '2014-11-24', 'A')
const township = '山西省乡级机关标准待查；数值见于湖北（2015）、盘锦（2018）等地标准，暂作项目默认值。'

/** Table 3 of the construction standard: ㎡ of one person by level of the organ and rank of the person. */
const areaCaps: Record<Level, readonly [Rank, number][]> = {
  province: [
    ['province-chief', 54],
    ['province-deputy', 42],
    ['bureau-chief', 30],
    ['bureau-deputy', 24],
    ['division-chief', 18],
    ['division-deputy', 12],
    ['section-chief', 9],
    ['section-deputy', 9],
    ['clerk', 9],
  ],
  city: [
    ['bureau-chief', 42],
    ['bureau-deputy', 30],
    ['division-chief', 24],
    ['division-deputy', 18],
    ['section-chief', 9],
    ['section-deputy', 9],
    ['clerk', 9],
  ],
  county: [
    ['division-chief', 30],
    ['division-deputy', 24],
    ['section-chief', 18],
    ['section-deputy', 12],
    ['clerk', 9],
  ],
}

const townshipCaps: readonly [Rank, number][] = [
  ['section-chief', 24],
  ['section-deputy', 18],
  ['clerk', 9],
]

/** 省部级领导, 正职 of provincial 厅(局), 党政正职 of cities and counties may have a toilet in the office. */
const toiletRanks: readonly [Level, Rank][] = [
  ['province', 'province-chief'],
  ['province', 'province-deputy'],
  ['province', 'bureau-chief'],
  ['city', 'bureau-chief'],
  ['county', 'division-chief'],
]

const linear = (
  [lowerPersons, areaM2AtLower]: [number, number],
  [minuend, divisor]: [number, number],
  [upperPersons, areaM2AtUpper]: [number, number],
): StandardValue => ({
  form: 'linear-per-person',
  lowerPersons,
  upperPersons,
  minuend,
  divisor,
  areaM2AtLower,
  areaM2AtUpper,
})

const brackets = (measure: 'persons' | 'vehicles', first: number, figure: number, beyond: number): StandardValue => ({
  form: 'brackets',
  measure,
  figureUnit: 'areaM2PerUnit',
  applies: 'marginal',
  rows: [
    { upTo: first, figure },
    { upTo: null, figure: beyond },
  ],
})

const basic: readonly FitOutGrade[] = ['basic']
/** Table 10: which grades a room may be fitted out in. */
function grades(leader: readonly FitOutGrade[], meeting: readonly FitOutGrade[], lobby: readonly FitOutGrade[]) {
  const room = (key: string, title: string, allowed: readonly FitOutGrade[]) => ({
    room: key,
    title,
    allowed: [...allowed],
  })
  const value: StandardValue = {
    form: 'grades',
    rooms: [
      room('staff-office', '一般工作人员办公室', basic),
      room('leader-office', '领导人员办公室', leader),
      room('meeting-reception', '会议室、接待室', meeting),
      room('other', '其他服务用房、设备用房、附属用房', basic),
      room('lobby', '主入口门厅、电梯厅', lobby),
    ],
  }
  return value
}

/** Areas, coefficients and fit-out of office buildings. */
export const officeSpaceStandards: readonly StandardSeed[] = [
  ...Object.entries(areaCaps).flatMap(([level, rows]) =>
    rows.map(([rank, m2]) =>
      building('office.area-cap', area(m2, '人'), '第二章表3', {
        level: level as Level,
        rank,
        note: '上限，不是应配面积；休息室、卫生间计入。',
      }),
    ),
  ),
  ...townshipCaps.map(([rank, m2]) =>
    building('office.area-cap-township', area(m2, '人'), '：乡级由省规定，原则上不超过县级副职', {
      rank,
      confidence: 'C',
      note: township,
    }),
  ),
  building('office.toilet-allowed', { form: 'switch', on: false }),
  ...toiletRanks.map(([level, rank]) =>
    building('office.toilet-allowed', { form: 'switch', on: true }, '', {
      level,
      rank,
      ...(level === 'province' ? {} : { note: '限党政正职。' }),
    }),
  ),
  building('office.toilet-area', area(6, '间')),
  building('office.service-area', linear([200, 9], [1100, 100], [400, 7]), '', {
    level: 'province',
    confidence: 'B',
    note: '7至9平方米的范围已核，公式待与原文核对。',
  }),
  building('office.service-area', linear([200, 8], [1000, 100], [400, 6]), '', { level: 'city' }),
  building('office.service-area', linear([100, 8], [500, 50], [200, 6]), '', { level: 'county', confidence: 'B' }),
  building('office.service-area-township', area(8, '人'), '：乡级由省规定', {
    confidence: 'C',
    note: '山西省标准待查；湖北为6至8平方米，暂取上限。',
  }),
  building('office.equipment-share', percent(9, '办公室与服务用房使用面积之和', 'exactly')),
  building('office.usable-multi-storey', percent(65, '基本办公用房建筑面积', 'at-least')),
  building('office.usable-high-rise', percent(60, '基本办公用房建筑面积', 'at-least')),
  building('office.canteen', brackets('persons', 100, 3.7, 2.6), '', { note: '餐厅与厨房合计，按编制定员。' }),
  building('office.garage', brackets('vehicles', 200, 40, 38)),
  building('office.bicycle-shed', area(1.8, '辆')),
  building('office.motorbike-shed', area(2.5, '辆')),
  building('office.guard-room', area(25, '人'), '', { note: '按警卫编制人数。' }),
  building('office.stand-alone', area(6000, '项目', 'at-least'), '', { level: 'city' }),
  building('office.stand-alone', area(2000, '项目', 'at-least'), '', { level: 'county' }),
  building('office.township-basic', area(1000, '项目'), '', { confidence: 'C', note: township }),
  building('office.township-plot-ratio', quantity(0.8, '容积率'), '', {
    confidence: 'C',
    note: '湖北标准，山西省待查。',
  }),
  building('office.township-lobby', area(100, '处'), '', { confidence: 'C', note: '湖北标准，山西省待查。' }),
  building('office.green-ratio', percent(30, '用地面积', 'at-least'), '', {
    confidence: 'B',
    note: '仅见一份转载；并应符合当地规划。',
  }),
  building('office.temperature-winter', quantity(20, '℃')),
  building('office.temperature-summer', quantity(26, '℃', 'at-least')),
  building(
    'office.fit-out-grades',
    grades(['medium-high'], ['medium', 'medium-high'], ['medium-high']),
    '第四十条表10',
    {
      level: 'province',
    },
  ),
  building('office.fit-out-grades', grades(['medium'], ['medium'], ['medium']), '第四十条表10', { level: 'city' }),
  building(
    'office.fit-out-grades',
    grades(['basic', 'medium'], ['basic', 'medium'], ['basic', 'medium']),
    '第四十条表10',
    { level: 'county' },
  ),
  building('office.fit-out-grades-township', grades(basic, basic, basic), '第四十条表10'),
  ...(['province', 'city', 'county'] as const).map((level) =>
    building('office.fit-out-share', percent(level === 'county' ? 30 : 35, '建筑安装工程费'), '第四十五条表11', {
      level,
      restsOn: ['office.fit-out-grades'],
      note: '室内外装修合计，不宜超过。',
    }),
  ),
  building('office.fit-out-share-township', percent(25, '建筑安装工程费'), '第四十五条表11', {
    restsOn: ['office.fit-out-grades-township'],
    note: '室内外装修合计，不宜超过。',
  }),
  building(
    'office.design-bans',
    texts(
      '不宜建设一至二层的低层办公楼',
      '用地内不得建设住宅和商业用房',
      '不得建设大型广场、公园',
      '不得建设标志性建筑',
      '不得占用农用地',
      '不得使用豪华灯具',
      '一般工作人员办公室不得做装饰性暖气罩',
      '主入口不得采用铜质门、豪华旋转门',
      '不宜采用大面积玻璃幕墙',
    ),
    '第四十一条至第四十四条',
  ),
]
