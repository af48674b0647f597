import type { Rank } from '#modules/organs/model.ts'
import type { ItemStandardValue, StandardValue } from '../model/value.ts'
import { rowsOf, type StandardSeed } from './seed.ts'

const note = '流传的附表，未与原件核对；默认不适用，启用开关后方作依据。'
const row = rowsOf('《山西省省级行政单位资产配置标准（试行）》（晋财资〔2014〕38号）附表', '2014-01-01', 'C')
const none: ItemStandardValue['limit'] = { basis: 'none' }
const each: ItemStandardValue['limit'] = { basis: 'per-person', pieces: 1 }
const perRoom: ItemStandardValue['limit'] = { basis: 'per-room', pieces: 1 }
const share = (percent: number): ItemStandardValue['limit'] => ({ basis: 'percent-of-staff', percent })

function value(unit: string, limit: ItemStandardValue['limit'], yuan: number, years: number | null): StandardValue {
  return {
    form: 'item',
    unit,
    limit,
    priceCapFen: yuan * 100,
    minimumYears: years,
    yearsMustBeExceeded: false,
    assetClass: null,
    exceptionAllowed: false,
  }
}

const provincial: readonly Rank[] = ['province-chief', 'province-deputy']
const bureau: readonly Rank[] = ['bureau-chief', 'bureau-deputy']
/** 省级 / 厅级 / 处级以下 columns: rows by rank over one for everybody else. */
function tiered(
  code: string,
  unit: string,
  limit: ItemStandardValue['limit'],
  [province, chief, others]: [number, number, number],
): StandardSeed[] {
  const one = (yuan: number, rank?: Rank) =>
    row(`item-2014.${code}`, value(unit, limit, yuan, 10), '', rank === undefined ? { note } : { note, rank })
  return [one(others), ...provincial.map((rank) => one(province, rank)), ...bureau.map((rank) => one(chief, rank))]
}
const flat = (code: string, unit: string, limit: ItemStandardValue['limit'], yuan: number, years: number | null = 10) =>
  row(`item-2014.${code}`, value(unit, limit, yuan, years), '', { note })
const byRoom = (code: string, upTo80: number, above: number) =>
  row(
    `item-2014.${code}`,
    {
      form: 'brackets',
      measure: 'areaM2',
      figureUnit: 'fenPerM2',
      applies: 'whole',
      rows: [
        { upTo: 80, figure: upTo80 * 100 },
        { upTo: null, figure: above * 100 },
      ],
    },
    '',
    { note },
  )

/** The provincial table of 2014 as it circulates; the switch decides whether it counts. */
export const equipment2014Standards: readonly StandardSeed[] = [
  row('equipment.shanxi-2014-applies', { form: 'switch', on: false }, '', {
    note: '附表未与原件核对，亦未确认有无新标准替代；确认前不适用。',
  }),
  ...tiered('desk', '张', each, [6_000, 4_000, 2_000]),
  ...tiered('chair', '把', each, [2_000, 1_500, 1_000]),
  ...tiered('sofa', '套', perRoom, [12_000, 5_000, 2_500]),
  ...tiered('tea-table', '个', none, [3_000, 1_500, 600]),
  ...tiered('bookcase', '组', none, [8_000, 3_000, 1_500]),
  flat('visitor-chair', '把', none, 600),
  flat('folding-chair', '把', share(100), 120),
  flat('filing-cabinet', '组', none, 1_000),
  flat('safe-cabinet', '组', none, 3_000),
  flat('wardrobe', '组', perRoom, 1_000),
  flat('desktop', '台', share(130), 4_000, 6),
  flat('laptop', '台', share(30), 7_000, null),
  byRoom('meeting-room-leading', 1_200, 800),
  byRoom('meeting-room', 800, 500),
]
