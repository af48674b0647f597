import type { Confidence, ItemStandardValue } from '../model.ts'

export type ItemStandardSeed = {
  code: string
  title: string
  value: ItemStandardValue
  citation: string
  from: string
  confidence: Confidence
}

const central = '《中央行政单位通用办公设备家具配置标准》（财资〔2016〕27号）'
const vehicles = '《党政机关公务用车管理办法》（中办发〔2017〕71号）第七条、第二十二条'

type Limit = ItemStandardValue['limit']
const percent = (value: number): Limit => ({ basis: 'percent-of-staff', percent: value })
const each: Limit = { basis: 'per-person', pieces: 1 }
const none: Limit = { basis: 'none' }

function item(
  code: string,
  title: string,
  unit: string,
  limit: Limit,
  capYuan: number | null,
  years: number | null,
  assetCode: string,
  confidence: Confidence,
  exceptionAllowed = false,
): ItemStandardSeed {
  return {
    code: `item.${code}`,
    title,
    citation: central,
    from: '2016-07-01',
    confidence,
    value: {
      unit,
      limit,
      priceCapFen: capYuan === null ? null : capYuan * 100,
      minimumYears: years,
      yearsMustBeExceeded: false,
      assetClass: { code: assetCode, edition: '2022' },
      exceptionAllowed,
    },
  }
}

function vehicle(code: string, title: string, capYuan: number, confidence: Confidence = 'A'): ItemStandardSeed {
  return {
    code: `item.${code}`,
    title,
    citation: vehicles,
    from: '2017-12-05',
    confidence,
    value: {
      unit: '辆',
      limit: { basis: 'approved-quota' },
      priceCapFen: capYuan * 100,
      minimumYears: 8,
      yearsMustBeExceeded: true,
      assetClass: { code: 'A02030501', edition: '2022' },
      exceptionAllowed: false,
    },
  }
}

/**
 * Quantity, price and life of common equipment, furniture and vehicles. The central figures stand until Shanxi's own
 * table is loaded; where the facts are unsure (C) the row says so and the screen marks it. Furniture caps are those of
 * division level and below; the higher tier needs its own row by rank.
 */
export const itemStandards: readonly ItemStandardSeed[] = [
  item('desktop', '台式计算机', '台', percent(100), 5_000, 6, 'A02010105', 'A'),
  item('laptop', '便携式计算机', '台', percent(50), 7_000, 6, 'A02010108', 'A', true),
  item('printer-a4-mono', 'A4黑白打印机', '台', percent(80), 1_200, 6, 'A02021003', 'A'),
  item('printer-a4-colour', 'A4彩色打印机', '台', percent(3), 2_000, 6, 'A02021004', 'A', true),
  item('printer-a3-mono', 'A3黑白打印机', '台', percent(15), 7_600, 6, 'A02021001', 'A'),
  item('printer-a3-colour', 'A3彩色打印机', '台', percent(3), 15_000, 6, 'A02021002', 'B', true),
  item('receipt-printer', '票据打印机', '台', none, 3_000, 6, 'A02021099', 'B'),
  item(
    'copier',
    '复印机',
    '台',
    { basis: 'one-per-group', each: 20, first: 100, beyondEach: 30 },
    35_000,
    6,
    'A02020100',
    'A',
  ),
  item('multifunction', '多功能一体机（传真机）', '台', percent(30), 3_000, 6, 'A02020400', 'A'),
  item('scanner', '扫描仪', '台', percent(5), 4_000, 6, 'A02021118', 'C'),
  item('shredder', '碎纸机', '台', percent(5), 1_000, 6, 'A02021301', 'C'),
  item('projector', '投影仪', '台', percent(5), 10_000, 6, 'A02020200', 'C'),
  item('desk', '办公桌（处级及以下）', '张', each, 3_000, 15, 'A05010201', 'A'),
  item('chair', '办公椅（处级及以下）', '把', each, 800, 15, 'A05010301', 'A'),
  item('desk-bureau', '办公桌（厅局级）', '张', none, 4_500, 15, 'A05010201', 'A'),
  item('chair-bureau', '办公椅（厅局级）', '把', none, 1_500, 15, 'A05010301', 'A'),
  item('visitor-chair', '桌前椅', '把', none, 800, 15, 'A05010302', 'A'),
  item('meeting-chair', '会议椅', '把', none, 800, 15, 'A05010303', 'A'),
  item('sofa-three', '三人沙发', '个', none, 3_000, 15, 'A05010401', 'A'),
  item('sofa-one', '单人沙发', '个', none, 1_500, 15, 'A05010402', 'A'),
  item('tea-table-large', '大茶几', '个', none, 1_000, 15, 'A05010204', 'A'),
  item('tea-table-small', '小茶几', '个', none, 800, 15, 'A05010204', 'A'),
  item('bookcase', '书柜（处级及以下）', '组', each, 1_200, 15, 'A05010501', 'A'),
  item('filing-cabinet', '文件柜（处级及以下）', '组', each, 1_000, 20, 'A05010502', 'A'),
  item('wardrobe', '更衣柜（处级及以下）', '组', none, 1_000, 15, 'A05010503', 'A'),
  item('safe-cabinet', '保密柜', '组', none, 3_000, 20, 'A05010504', 'A'),
  item('tea-cabinet', '茶水柜', '组', none, 1_500, 20, 'A05010505', 'A'),
  item('air-conditioner', '空调机', '台', none, null, null, 'A02061804', 'C'),
  vehicle('vehicle-confidential', '机要通信用车', 120_000),
  vehicle('vehicle-emergency', '应急保障用车', 180_000),
  vehicle('vehicle-enforcement', '执法执勤用车', 120_000),
  vehicle('vehicle-other', '其他公务用车', 180_000),
  vehicle('vehicle-new-energy', '新能源轿车', 180_000),
]
