import { definitionsOf } from '../definition.ts'

const item = (code: string, title: string) =>
  ({ code: `item.${code}`, title, kind: 'physical-quota', form: 'item' }) as const

/** Vehicles: price, displacement, renewal, new energy, running (Art. 21). */
export const vehicleDefinitions = definitionsOf(
  'vehicles',
  ['A8-1', 'A21-1'],
  [
    item('vehicle-confidential', '机要通信用车'),
    item('vehicle-emergency', '应急保障用车'),
    item('vehicle-enforcement', '执法执勤用车'),
    item('vehicle-other', '其他公务用车'),
    item('vehicle-new-energy', '新能源轿车'),
  ],
)
