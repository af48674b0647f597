import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testTable, withValue } from '../testing/table.ts'
import { textOf } from './exact.ts'
import { checkVehicle, checkVehicleQuota, type VehicleWanted } from './vehicle-purchase.ts'
import {
  checkExpiry,
  checkFixedRoute,
  checkFuelConsumption,
  checkNewEnergyShare,
  checkOdometer,
  checkRenewal,
  checkSamePerson,
  fuelConsumption,
} from './vehicle-use.ts'

const wanted = (changes: Partial<VehicleWanted>): VehicleWanted => ({
  kind: 'confidential',
  body: 'sedan',
  newEnergy: false,
  priceFen: 11_980_000,
  displacementMl: 1_500,
  imported: false,
  workNeed: null,
  specialApproval: null,
  rented: false,
  ...changes,
})
const approved = '晋管车〔2026〕3号'

describe('A21-1 caps at purchase', () => {
  it.each<[string, Partial<VehicleWanted>, string, string]>([
    ['VH case 1: 119,800 and 1.5 L', {}, 'VH-02', 'ok'],
    ['VH case 1: 120,000 and 1.6 L, both included', { priceFen: 12_000_000, displacementMl: 1_600 }, 'VH-02', 'ok'],
    ['VH case 1: 125,000', { priceFen: 12_500_000 }, 'VH-02', 'block'],
    ['one 分 above', { priceFen: 12_000_001 }, 'VH-02', 'block'],
    ['confidential mail has no special row', { body: 'medium', specialApproval: approved }, 'VH-02', 'block'],
    [
      'VH case 2: emergency sedan 168,000 with 2.0 L cannot use the special row',
      { kind: 'emergency', priceFen: 16_800_000, displacementMl: 2_000, specialApproval: approved },
      'VH-03',
      'block',
    ],
    [
      'VH case 4: coach 448,000 with approval',
      { kind: 'emergency', body: 'large', priceFen: 44_800_000, displacementMl: 6_000, specialApproval: approved },
      'VH-02',
      'ok',
    ],
    [
      'VH case 4: the same without approval',
      { kind: 'emergency', body: 'large', priceFen: 44_800_000, displacementMl: 6_000 },
      'VH-02',
      'block',
    ],
    [
      'VH case 4: coach 460,000',
      { kind: 'emergency', body: 'large', priceFen: 46_000_000, displacementMl: 6_000, specialApproval: approved },
      'VH-02',
      'block',
    ],
    [
      'medium bus 250,000 and 3.0 L with approval',
      { kind: 'other', body: 'medium', priceFen: 25_000_000, displacementMl: 3_000, specialApproval: approved },
      'VH-02',
      'ok',
    ],
    [
      'VH case 5: enforcement 165,000 and 1.8 L with the note of need',
      { kind: 'enforcement', priceFen: 16_500_000, displacementMl: 1_800, workNeed: '山区巡查' },
      'VH-02',
      'ok',
    ],
    [
      'VH case 5: without the note',
      { kind: 'enforcement', priceFen: 16_500_000, displacementMl: 1_800 },
      'VH-02',
      'block',
    ],
    [
      'VH case 5: 1.9 L goes to the special row, where a sedan is not admitted',
      { kind: 'enforcement', priceFen: 16_500_000, displacementMl: 1_900, workNeed: '山区巡查' },
      'VH-03',
      'block',
    ],
    [
      'VH case 5: 1.9 L as another small body, approved',
      {
        kind: 'enforcement',
        body: 'small-other',
        priceFen: 16_500_000,
        displacementMl: 1_900,
        specialApproval: approved,
      },
      'VH-02',
      'ok',
    ],
    [
      'VH-04 new-energy sedan 180,000',
      { kind: 'other', newEnergy: true, priceFen: 18_000_000, displacementMl: null },
      'VH-04',
      'ok',
    ],
    [
      'VH-04 new-energy sedan 180,000.01',
      { kind: 'other', newEnergy: true, priceFen: 18_000_001, displacementMl: null },
      'VH-04',
      'block',
    ],
    [
      'VH-04 lifts the 120,000 of confidential mail',
      { newEnergy: true, priceFen: 17_000_000, displacementMl: null },
      'VH-04',
      'ok',
    ],
    [
      'VH-04 another new-energy body has the cap of the fuel car',
      { newEnergy: true, body: 'small-other', priceFen: 13_000_000, displacementMl: null },
      'VH-04',
      'block',
    ],
    ['VH-23 a rented car has the same caps', { priceFen: 12_500_000, rented: true }, 'VH-23', 'block'],
  ])('%s', (_, changes, rule, outcome) =>
    expect(checkVehicle(testTable, wanted(changes))[0]).toMatchObject({ rule, outcome }),
  )

  it('with the switch off, a new-energy sedan for confidential mail keeps 120,000', () => {
    const table = withValue('vehicle.new-energy-lifts-cap', { form: 'switch', on: false })
    const car = wanted({ newEnergy: true, priceFen: 12_000_001, displacementMl: null })
    expect(checkVehicle(table, car)[0]?.outcome).toBe('block')
    expect(checkVehicle(table, { ...car, priceFen: 12_000_000 })[0]?.outcome).toBe('ok')
  })

  it('VH-05 an imported car is blocked, whatever it costs', () =>
    expect(
      checkVehicle(testTable, wanted({ imported: true })).map(({ rule, outcome }) => `${rule} ${outcome}`),
    ).toEqual(['VH-02 ok', 'VH-05 block']))

  it('a dearer or larger car is never admitted where the cheaper one is not', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('confidential', 'emergency', 'enforcement', 'other'),
        fc.constantFrom('sedan', 'small-other', 'medium', 'large'),
        fc.integer({ min: 1, max: 60_000_000 }),
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.integer({ min: 800, max: 7_000 }),
        (kind, body, priceFen, more, displacementMl) => {
          const car = wanted({ kind, body, priceFen, displacementMl, workNeed: '说明', specialApproval: approved })
          const ok = (given: VehicleWanted) => checkVehicle(testTable, given)[0]?.outcome === 'ok'
          if (ok({ ...car, priceFen: priceFen + more })) expect(ok(car)).toBe(true)
          if (ok({ ...car, displacementMl: displacementMl + 100 })) expect(ok(car)).toBe(true)
        },
      ),
    ))

  it.each([
    ['VH-01 a replacement within the quota', { held: 5, ordered: 0, retiring: 1, wanted: 1 }, 'ok'],
    ['VH-01 what is on order counts', { held: 4, ordered: 1, retiring: 0, wanted: 1 }, 'block'],
  ])('%s', (_, facts, outcome) =>
    expect(checkVehicleQuota({ kind: 'emergency', quota: 5, ...facts }).outcome).toBe(outcome),
  )
})

describe('renewal and new energy', () => {
  const renewal = { registeredOn: '2018-06-01', mileageKm: 310_000, earlyApproval: null, forAppointment: false }

  it.each([
    ['2026-06-01', 'block'],
    ['2026-06-02', 'ok'],
  ])('VH case 7: registered 2018-06-01, asked on %s: %s (more than 8 years)', (today, outcome) =>
    expect(checkRenewal(testTable, { ...renewal, today })[0]).toMatchObject({ rule: 'VH-06', outcome }),
  )

  it('VH-06 mileage counts only where the switch is on; an early replacement needs its approval', () => {
    const early = { ...renewal, today: '2024-01-01' }
    expect(checkRenewal(testTable, early)[0]?.outcome).toBe('block')
    const byMileage = withValue('vehicle.mileage-counts', { form: 'switch', on: true })
    expect(checkRenewal(byMileage, early)[0]?.outcome).toBe('ok')
    expect(checkRenewal(byMileage, { ...early, mileageKm: 299_999 })[0]?.outcome).toBe('block')
    expect(checkRenewal(testTable, { ...early, earlyApproval: approved })[0]?.outcome).toBe('ok')
  })

  it('VH-07 a promotion is no ground', () => {
    const findings = checkRenewal(testTable, { ...renewal, today: '2027-01-01', forAppointment: true })
    expect(findings.map(({ rule, outcome }) => `${rule} ${outcome}`)).toEqual(['VH-06 ok', 'VH-07 block'])
  })

  it.each([
    [10, 2, 'warn'],
    [10, 3, 'ok'],
    [7, 2, 'warn'],
    [7, 3, 'ok'],
    [0, 0, 'ok'],
  ])('VH case 8, VH-08: %i cars with %i new-energy ones: %s', (purchases, newEnergy, outcome) =>
    expect(checkNewEnergyShare(testTable, { purchases, newEnergy }).outcome).toBe(outcome),
  )

  it('VH-09 a fixed route in town is for new energy', () => {
    expect(checkFixedRoute(testTable, false).outcome).toBe('warn')
    expect(checkFixedRoute(testTable, true).outcome).toBe('ok')
  })
})

describe('running', () => {
  it('VH case 10: 1,480 L over 16,000 km is 9.25; 11.4 % over 8.3 is said, 8.8 % over 8.5 is not', () => {
    expect(textOf(fuelConsumption(1480, 16_000))).toBe('9.25')
    const month = { distanceKm: 16_000, litres: 1480 }
    const over = checkFuelConsumption(testTable, { ...month, normPer100Km: 8.3 })
    expect(over).toMatchObject({ rule: 'VH-16', outcome: 'warn' })
    expect(over.message).toContain('+11.4%')
    const near = checkFuelConsumption(testTable, { ...month, normPer100Km: 8.5 })
    expect(near.outcome).toBe('ok')
    expect(near.message).toContain('+8.8%')
  })

  it('VH-16 exactly 10 % over is within', () =>
    expect(checkFuelConsumption(testTable, { distanceKm: 1000, litres: 88, normPer100Km: 8 }).outcome).toBe('ok'))

  it('VH case 11: 45,198 to 45,210 is a gap of 12 km', () => {
    const finding = checkOdometer(45_198, 45_210)
    expect(finding).toMatchObject({ rule: 'VH-12', outcome: 'warn' })
    expect(finding.message).toContain('12千米')
    expect(checkOdometer(45_198, 45_198).outcome).toBe('ok')
  })

  it.each([
    [10, 6, 'ok'],
    [10, 7, 'warn'],
    [0, 0, 'ok'],
  ])('VH-17: %i trips, %i with one person: %s', (trips, withPerson, outcome) =>
    expect(checkSamePerson(testTable, { trips, withPerson }).outcome).toBe(outcome),
  )

  it.each([
    ['2026-12-24', 'ok'],
    ['2026-12-23', 'warn'],
    ['2026-11-23', 'warn'],
    ['2026-11-22', 'block'],
  ])('VH-22: insurance until %s, asked on 2026-11-23: %s', (lastDay, outcome) =>
    expect(checkExpiry(testTable, { what: '保险', lastDay, today: '2026-11-23' }).outcome).toBe(outcome),
  )
})
