import type { Confidence } from '../model.ts'
import type { ItemStandardValue } from '../model/value.ts'
import { percent as share, quantity, rowsOf, texts, type StandardSeed } from './seed.ts'

const central = '《中央行政单位通用办公设备家具配置标准》（财资〔2016〕27号）'
const since = '2016-07-01'
const row = rowsOf(central, since, 'A')

type Limit = ItemStandardValue['limit']
const percent = (value: number): Limit => ({ basis: 'percent-of-staff', percent: value })
const each = (pieces = 1): Limit => ({ basis: 'per-person', pieces })
const perRoom = (pieces = 1): Limit => ({ basis: 'per-room', pieces })
const none: Limit = { basis: 'none' }
/** Caps and lives of furniture stand in the central table; which caps hold for 厅局级 follows the ladder (司局级 ≙ 厅局级). */
const bureauNote = '原文为司局级，对应厅局级；计划申请按厅局级配备时选用本项。'

type Item = {
  code: string
  unit: string
  limit: Limit
  capYuan: number | null
  years: number | null
  assetCode: string
  confidence?: Confidence
  exceptionAllowed?: boolean
  note?: string
}

function item({
  code,
  unit,
  limit,
  capYuan,
  years,
  assetCode,
  confidence = 'A',
  exceptionAllowed = false,
  note,
}: Item) {
  const seed: StandardSeed = {
    code: `item.${code}`,
    citation: central,
    from: since,
    confidence,
    ...(note === undefined ? {} : { note }),
    value: {
      form: 'item',
      unit,
      limit,
      priceCapFen: capYuan === null ? null : capYuan * 100,
      minimumYears: years,
      yearsMustBeExceeded: false,
      assetClass: { code: assetCode, edition: '2022' },
      exceptionAllowed,
    },
  }
  return seed
}

const equipment: Item[] = [
  {
    code: 'desktop',
    unit: '台',
    limit: percent(100),
    capYuan: 5_000,
    years: 6,
    assetCode: 'A02010105',
    note: '含正版操作系统；涉密单位的数量上限另有参数。',
  },
  {
    code: 'laptop',
    unit: '台',
    limit: percent(50),
    capYuan: 7_000,
    years: 6,
    assetCode: 'A02010108',
    exceptionAllowed: true,
    note: '外勤单位可增加，同时减少相同数量的台式计算机。',
  },
  {
    code: 'printer-a4-mono',
    unit: '台',
    limit: percent(80),
    capYuan: 1_200,
    years: 6,
    assetCode: 'A02021003',
    note: '80%为A3、A4打印机合计上限。',
  },
  {
    code: 'printer-a4-colour',
    unit: '台',
    limit: percent(3),
    capYuan: 2_000,
    years: 6,
    assetCode: 'A02021004',
    exceptionAllowed: true,
    note: '原则上不配备；确需配备的经资产管理部门负责人同意，彩色打印机合计不超过3%。',
  },
  {
    code: 'printer-a3-mono',
    unit: '台',
    limit: percent(15),
    capYuan: 7_600,
    years: 6,
    assetCode: 'A02021001',
    confidence: 'B',
    note: '15%为A3打印机合计上限，计入80%之内；价格见于一份省级转载。',
  },
  {
    code: 'printer-a3-colour',
    unit: '台',
    limit: percent(3),
    capYuan: 15_000,
    years: 6,
    assetCode: 'A02021002',
    confidence: 'B',
    exceptionAllowed: true,
    note: '与A4彩色打印机合计不超过3%；价格见于一份省级转载。',
  },
  {
    code: 'receipt-printer',
    unit: '台',
    limit: none,
    capYuan: 3_000,
    years: 6,
    assetCode: 'A02021099',
    confidence: 'B',
    note: '按工作需要配备。',
  },
  {
    code: 'copier',
    unit: '台',
    limit: { basis: 'one-per-group', each: 20, first: 100, beyondEach: 30 },
    capYuan: 35_000,
    years: 6,
    assetCode: 'A02020100',
    note: '满6年或者复印30万张。',
  },
  { code: 'multifunction', unit: '台', limit: percent(30), capYuan: 3_000, years: 6, assetCode: 'A02020400' },
  {
    code: 'scanner',
    unit: '台',
    limit: percent(5),
    capYuan: 4_000,
    years: 6,
    assetCode: 'A02021118',
    confidence: 'C',
    note: '比例待与原文附件核对。',
  },
  {
    code: 'shredder',
    unit: '台',
    limit: percent(5),
    capYuan: 1_000,
    years: 6,
    assetCode: 'A02021301',
    confidence: 'C',
    note: '比例待与原文附件核对。',
  },
  {
    code: 'projector',
    unit: '台',
    limit: percent(5),
    capYuan: 10_000,
    years: 6,
    assetCode: 'A02020200',
    confidence: 'C',
    note: '比例待与原文附件核对；另有资料称与复印机同一口径。',
  },
]

const furniture: Item[] = [
  { code: 'desk', unit: '张', limit: each(), capYuan: 3_000, years: 15, assetCode: 'A05010201' },
  {
    code: 'desk-bureau',
    unit: '张',
    limit: none,
    capYuan: 4_500,
    years: 15,
    assetCode: 'A05010201',
    note: `每人1张。${bureauNote}`,
  },
  { code: 'chair', unit: '把', limit: each(), capYuan: 800, years: 15, assetCode: 'A05010301' },
  {
    code: 'chair-bureau',
    unit: '把',
    limit: none,
    capYuan: 1_500,
    years: 15,
    assetCode: 'A05010301',
    note: `每人1把。${bureauNote}`,
  },
  { code: 'visitor-chair', unit: '把', limit: perRoom(), capYuan: 800, years: 15, assetCode: 'A05010302' },
  {
    code: 'meeting-chair',
    unit: '把',
    limit: none,
    capYuan: 800,
    years: 15,
    assetCode: 'A05010303',
    note: '按会议室需要。',
  },
  {
    code: 'meeting-table',
    unit: '张',
    limit: none,
    capYuan: null,
    years: 20,
    assetCode: 'A05010202',
    note: '价格上限按会议室面积分档。',
  },
  {
    code: 'sofa-three',
    unit: '个',
    limit: perRoom(),
    capYuan: 3_000,
    years: 15,
    assetCode: 'A05010401',
    note: '厅局级办公室可配1个三人沙发和2个单人沙发，其他办公室在面积允许时二者选一。',
  },
  {
    code: 'sofa-one',
    unit: '个',
    limit: perRoom(2),
    capYuan: 1_500,
    years: 15,
    assetCode: 'A05010402',
    note: '厅局级办公室可配1个三人沙发和2个单人沙发，其他办公室在面积允许时二者选一。',
  },
  {
    code: 'tea-table-large',
    unit: '个',
    limit: perRoom(),
    capYuan: 1_000,
    years: 15,
    assetCode: 'A05010204',
    note: '大、小茶几每间选配1个。',
  },
  {
    code: 'tea-table-small',
    unit: '个',
    limit: perRoom(),
    capYuan: 800,
    years: 15,
    assetCode: 'A05010204',
    note: '大、小茶几每间选配1个。',
  },
  { code: 'bookcase', unit: '组', limit: each(), capYuan: 1_200, years: 15, assetCode: 'A05010501' },
  {
    code: 'bookcase-bureau',
    unit: '组',
    limit: none,
    capYuan: 2_000,
    years: 15,
    assetCode: 'A05010501',
    note: `每人2组。${bureauNote}`,
  },
  { code: 'filing-cabinet', unit: '组', limit: each(), capYuan: 1_000, years: 20, assetCode: 'A05010502' },
  {
    code: 'filing-cabinet-bureau',
    unit: '组',
    limit: none,
    capYuan: 2_000,
    years: 20,
    assetCode: 'A05010502',
    note: `每人1组。${bureauNote}`,
  },
  { code: 'wardrobe', unit: '组', limit: perRoom(), capYuan: 1_000, years: 15, assetCode: 'A05010503' },
  {
    code: 'wardrobe-bureau',
    unit: '组',
    limit: perRoom(),
    capYuan: 2_000,
    years: 15,
    assetCode: 'A05010503',
    note: bureauNote,
  },
  {
    code: 'safe-cabinet',
    unit: '组',
    limit: none,
    capYuan: 3_000,
    years: 20,
    assetCode: 'A05010504',
    note: '按保密规定配备。',
  },
  { code: 'tea-cabinet', unit: '组', limit: perRoom(), capYuan: 1_500, years: 20, assetCode: 'A05010505' },
  {
    code: 'air-conditioner',
    unit: '台',
    limit: none,
    capYuan: null,
    years: null,
    assetCode: 'A02061804',
    confidence: 'C',
    note: '标准未列，按工作需要从严配备。',
  },
]

/**
 * Quantity, price and life of common equipment and furniture. The central figures stand until Shanxi's own table is
 * confirmed; where the facts are unsure (C) the row says so and the screen marks it.
 */
export const equipmentStandards: readonly StandardSeed[] = [
  ...[...equipment, ...furniture].map(item),
  row('equipment.desktop-classified', share(150, '编制内实有人数')),
  row('equipment.copier-sheets', quantity(300_000, '张', 'at-least')),
  row(
    'equipment.meeting-table-price',
    {
      form: 'brackets',
      measure: 'areaM2',
      figureUnit: 'fenPerM2',
      applies: 'whole',
      rows: [
        { upTo: 50, figure: 160_000 },
        { upTo: 100, figure: 120_000 },
        { upTo: null, figure: 100_000 },
      ],
    },
    '',
    { confidence: 'C', note: '单价已核；按整间面积还是分段计算原文未载明，默认按整间面积。' },
  ),
  row(
    'equipment.prohibitions',
    texts('不得配置高端设备', '不得配置豪华家具', '不得使用名贵木材', '组合家具价格不得高于各单件之和'),
  ),
]
