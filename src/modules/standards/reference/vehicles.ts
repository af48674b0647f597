import type { StandardSeed } from './seed.ts'

const measures = '《党政机关公务用车管理办法》（中办发〔2017〕71号）'
const since = '2017-12-05'

function item(code: string, capYuan: number): StandardSeed {
  return {
    code: `item.${code}`,
    citation: `${measures}第七条、第二十二条`,
    from: since,
    confidence: 'A',
    value: {
      form: 'item',
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

/** Vehicles as items of a demand: approved quota, price of the base body, more than 8 years. */
export const vehicleStandards: readonly StandardSeed[] = [
  item('vehicle-confidential', 120_000),
  item('vehicle-emergency', 180_000),
  item('vehicle-enforcement', 120_000),
  item('vehicle-other', 180_000),
  item('vehicle-new-energy', 180_000),
]
