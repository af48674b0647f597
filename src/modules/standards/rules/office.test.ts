import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levels, type Level } from '#kernel/pure/actor.ts'
import { ranks, type Rank } from '#modules/organs/model.ts'
import { leader, staff, testTable, withValue } from '../testing/table.ts'
import { compare, textOf } from './exact.ts'
import { figureFor } from './in-force.ts'
import { checkRoom, checkSecondRoom, checkUnitArea, officeAreaCap, serviceAreaPerPerson } from './office-area.ts'
import {
  bracketTotal,
  checkFitOutCost,
  checkFitOutGrade,
  checkProjectSize,
  checkUsableShare,
  projectSize,
  type OfficeProject,
} from './office-project.ts'
import { checkRepair, checkReturn, returnDue } from './office-terms.ts'
import { entitledRank, furnitureColumn, presentZhiji } from './ranks.ts'

const byZhiji = withValue('rank.entitlement-by-zhiji', { form: 'switch', on: true })
const outcomes = (findings: readonly { rule: string; outcome: string }[]) =>
  findings.map(({ rule, outcome }) => `${rule} ${outcome}`)

const provincialDepartment: OfficeProject = {
  level: 'province',
  staff: [
    { ...leader('province', 'bureau-chief'), count: 1 },
    { ...leader('province', 'bureau-deputy'), count: 4 },
    { ...leader('province', 'division-chief'), count: 20 },
    { ...leader('province', 'division-deputy'), count: 40 },
    { ...staff('province'), count: 235 },
  ],
  highRise: false,
  canteenPersons: 300,
  carSpaces: 60,
  bicycles: 0,
  motorbikes: 0,
  guards: 0,
}
const cityBureau: OfficeProject = {
  ...provincialDepartment,
  level: 'city',
  staff: [
    { ...leader('city', 'division-chief'), count: 1 },
    { ...leader('city', 'division-deputy'), count: 3 },
    { ...staff('city'), count: 146 },
  ],
  canteenPersons: 0,
  carSpaces: 0,
}

describe('A18-1 area of an office (table 3)', () => {
  it.each<[Level, Rank, number]>([
    ['province', 'province-chief', 54],
    ['province', 'province-deputy', 42],
    ['province', 'bureau-chief', 30],
    ['province', 'bureau-deputy', 24],
    ['province', 'division-chief', 18],
    ['province', 'division-deputy', 12],
    ['province', 'section-chief', 9],
    ['city', 'bureau-chief', 42],
    ['city', 'bureau-deputy', 30],
    ['city', 'division-chief', 24],
    ['city', 'division-deputy', 18],
    ['city', 'clerk', 9],
    ['county', 'division-chief', 30],
    ['county', 'division-deputy', 24],
    ['county', 'section-chief', 18],
    ['county', 'section-deputy', 12],
    ['county', 'clerk', 9],
  ])('%s %s: %s ㎡', (level, rank, m2) => expect(officeAreaCap(testTable, leader(level, rank)).areaM2).toBe(m2))

  it('a rank above the table of its level gets the highest row, not more', () => {
    expect(officeAreaCap(testTable, leader('county', 'bureau-deputy')).areaM2).toBe(30)
    expect(officeAreaCap(testTable, leader('city', 'province-chief')).areaM2).toBe(42)
  })

  it('a higher rank never has less at the same level', () =>
    fc.assert(
      fc.property(fc.constantFrom(...levels), fc.constantFrom(...ranks), fc.constantFrom(...ranks), (level, a, b) => {
        const [high, low] = ranks.indexOf(a) <= ranks.indexOf(b) ? [a, b] : [b, a]
        expect(officeAreaCap(testTable, leader(level, high)).areaM2).toBeGreaterThanOrEqual(
          officeAreaCap(testTable, leader(level, low)).areaM2,
        )
      }),
    ))
})

describe('rank ladder (facts 6)', () => {
  it.each([
    ['(a) deputy head of a provincial department', leader('province', 'bureau-deputy'), 24, 24],
    ['(b) the same tier as deputy mayor', leader('city', 'bureau-deputy'), 30, 30],
    ['(c) head of a county bureau', leader('county', 'section-chief'), 18, 18],
    ['(c) the same tier in a provincial department', leader('province', 'section-chief'), 9, 9],
    ['(d) 一级调研员 without a post in a provincial organ', staff('province', '一级调研员'), 9, 18],
    ['(e) 二级巡视员 without a post', staff('province', '二级巡视员'), 9, 24],
    ['(e) under its former name', staff('province', '副巡视员'), 9, 24],
  ])('%s: %#', (_, official, byPost, withSwitch) => {
    expect(officeAreaCap(testTable, official).areaM2).toBe(byPost)
    expect(officeAreaCap(byZhiji, official).areaM2).toBe(withSwitch)
  })

  it('a leading post counts before a 职级, and an unknown 职级 gives nothing', () => {
    expect(entitledRank(byZhiji, { ...leader('province', 'division-deputy'), zhiji: '一级巡视员' }).rank).toBe(
      'division-deputy',
    )
    expect(entitledRank(byZhiji, staff('province', '特级研究员')).rank).toBe('clerk')
    expect(presentZhiji('主任科员')).toBe('二级主任科员')
  })

  it.each<[Rank, string]>([
    ['province-deputy', 'separate'],
    ['bureau-chief', 'bureau'],
    ['bureau-deputy', 'bureau'],
    ['division-chief', 'division'],
    ['clerk', 'division'],
  ])('furniture column of %s is %s', (rank, column) => expect(furnitureColumn(testTable, rank)).toBe(column))
})

describe('rooms', () => {
  const room = {
    name: '301',
    usableAreaM2: 20.5,
    toiletAreaM2: null,
    occupants: [leader('province', 'division-chief')],
    newAllocation: false,
  }

  it('OF case 5: 20.5 for one 正处 is 2.5 over; shared with a 副处 it passes', () => {
    const [finding] = checkRoom(testTable, room)
    expect(finding).toMatchObject({ rule: 'OF-01', outcome: 'warn' })
    expect(finding?.message).toContain('超出2.5平方米')
    expect(finding?.remedy).not.toBeNull()
    const shared = [leader('province', 'division-chief'), leader('province', 'division-deputy')]
    expect(outcomes(checkRoom(testTable, { ...room, occupants: shared }))).toEqual(['OF-02 ok'])
    expect(outcomes(checkRoom(testTable, { ...room, occupants: shared, usableAreaM2: 30.01 }))).toEqual(['OF-02 warn'])
  })

  it('OF-01 a new allocation over the cap is blocked; the cap itself is within', () => {
    expect(outcomes(checkRoom(testTable, { ...room, newAllocation: true }))).toEqual(['OF-01 block'])
    expect(outcomes(checkRoom(testTable, { ...room, usableAreaM2: 18, newAllocation: true }))).toEqual(['OF-01 ok'])
  })

  it('OF-01 a tolerance is a figure of the table, 0 unless the jurisdiction sets one', () => {
    const tolerant = withValue('office.area-tolerance', {
      form: 'percent',
      percent: 15,
      of: '面积上限',
      bound: 'at-most',
    })
    expect(outcomes(checkRoom(tolerant, room))).toEqual(['OF-01 ok'])
    expect(outcomes(checkRoom(tolerant, { ...room, usableAreaM2: 20.71 }))).toEqual(['OF-01 warn'])
  })

  it.each([
    ['head of a provincial department, 6 ㎡', leader('province', 'bureau-chief'), 6, 'ok'],
    ['the same, 6.01 ㎡', leader('province', 'bureau-chief'), 6.01, 'warn'],
    ['deputy head', leader('province', 'bureau-deputy'), 4, 'warn'],
    ['mayor', leader('city', 'bureau-chief'), 5, 'ok'],
    ['head of a county', leader('county', 'division-chief'), 5, 'ok'],
    ['head of a division in a city', leader('city', 'division-chief'), 3, 'warn'],
  ])('OF-03 toilet: %s', (_, official, toiletAreaM2, outcome) => {
    const findings = checkRoom(testTable, { ...room, usableAreaM2: 9, toiletAreaM2, occupants: [official] })
    expect(outcomes(findings).at(-1)).toBe(`OF-03 ${outcome}`)
  })

  it.each([
    ['30 ㎡, as large as the standard', 30, '晋管发〔2026〕1号', 'block'],
    ['22 ㎡, approved', 22, '晋管发〔2026〕1号', 'ok'],
    ['22 ㎡, not approved', 22, null, 'block'],
    ['22 ㎡, blank number', 22, '  ', 'block'],
  ])('OF case 7, OF-04 second room: %s', (_, usableAreaM2, approvalNumber, outcome) =>
    expect(checkSecondRoom(testTable, leader('city', 'bureau-deputy'), { usableAreaM2, approvalNumber }).outcome).toBe(
      outcome,
    ),
  )

  it('OF-08 what is over the approved area of a unit can be reallocated', () => {
    expect(checkUnitArea(1000, 1000).outcome).toBe('ok')
    expect(checkUnitArea(1012.5, 1000)).toMatchObject({ outcome: 'warn' })
    expect(checkUnitArea(1012.5, 1000).message).toContain('12.5')
  })

  it('a lower cap never allows more', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 54 }),
        fc.integer({ min: 1, max: 54 }),
        fc.integer({ min: 1, max: 6000 }),
        (a, b, centi) => {
          const [low, high] = a <= b ? [a, b] : [b, a]
          const capped = (areaM2: number) =>
            withValue('office.area-cap', { form: 'area', areaM2, per: '人', bound: 'at-most' })
          const asked = { ...room, usableAreaM2: centi / 100 }
          const ok = (areaM2: number) => checkRoom(capped(areaM2), asked)[0]?.outcome === 'ok'
          if (ok(low)) expect(ok(high)).toBe(true)
        },
      ),
    ))
})

describe('service area per person', () => {
  it.each<[Level, number, string]>([
    ['province', 1, '9'],
    ['province', 200, '9'],
    ['province', 201, '8.99'],
    ['province', 300, '8'],
    ['province', 399, '7.01'],
    ['province', 400, '7'],
    ['province', 5000, '7'],
    ['city', 200, '8'],
    ['city', 300, '7'],
    ['city', 400, '6'],
    ['county', 100, '8'],
    ['county', 120, '7.6'],
    ['county', 150, '7'],
    ['county', 200, '6'],
  ])('OF case 4: %s, %i people: %s ㎡', (level, people, m2) =>
    expect(textOf(serviceAreaPerPerson(testTable, level, people).perPersonM2)).toBe(m2),
  )

  it('falls with the headcount within its two ends, and the whole area never falls', () =>
    fc.assert(
      fc.property(fc.constantFrom(...levels), fc.integer({ min: 1, max: 2000 }), (level, people) => {
        const { row, perPersonM2 } = serviceAreaPerPerson(testTable, level, people)
        const next = serviceAreaPerPerson(testTable, level, people + 1).perPersonM2
        expect(compare(next, perPersonM2)).toBeLessThanOrEqual(0)
        expect(compare(perPersonM2, row.value.areaM2AtLower)).toBeLessThanOrEqual(0)
        expect(compare(perPersonM2, row.value.areaM2AtUpper)).toBeGreaterThanOrEqual(0)
      }),
    ))
})

describe('A20-1 size of a project', () => {
  it('OF case 1: provincial department of 300, each part and the whole', () => {
    const size = projectSize(testTable, provincialDepartment)
    expect(textOf(size.officesM2)).toBe('3081')
    expect(textOf(size.serviceM2)).toBe('2400')
    expect(textOf(size.equipmentM2)).toBe('493.29')
    expect(textOf(size.basicM2)).toBe('9191.22')
    expect(textOf(size.ancillaryM2)).toBe('3290')
    expect(textOf(size.totalM2)).toBe('12481.22')
    expect(size.steps.map(({ label }) => label)).toContain('总建筑面积S')
  })

  it('OF case 1: 12,600 is blocked, the result itself passes', () => {
    expect(outcomes(checkProjectSize(testTable, provincialDepartment, 12_600))).toEqual(['OF-17 block'])
    expect(outcomes(checkProjectSize(testTable, provincialDepartment, 12_481.22))).toEqual(['OF-17 ok'])
  })

  it('OF case 2: city bureau of 150 is too small for a building of its own', () => {
    const size = projectSize(testTable, cityBureau)
    expect([size.officesM2, size.serviceM2, size.equipmentM2, size.basicM2].map((m2) => textOf(m2))).toEqual([
      '1392',
      '1200',
      '233.28',
      '4346.58',
    ])
    expect(outcomes(checkProjectSize(testTable, cityBureau, 4300))).toEqual(['OF-17 ok', 'OF-19 warn'])
  })

  it.each([
    ['office.canteen', 100, '370'],
    ['office.canteen', 300, '890'],
    ['office.garage', 60, '2400'],
    ['office.garage', 200, '8000'],
    ['office.garage', 201, '8038'],
  ])('%s for %i: %s ㎡', (code, count, m2) =>
    expect(textOf(bracketTotal(figureFor(testTable, code, 'brackets'), count))).toBe(m2),
  )

  it('sheds and guard rooms add up', () => {
    const more = { ...cityBureau, bicycles: 10, motorbikes: 4, guards: 2 }
    expect(textOf(projectSize(testTable, more).ancillaryM2)).toBe('78')
  })

  it('more people never give a smaller building', () =>
    fc.assert(
      fc.property(fc.constantFrom(...levels), fc.integer({ min: 1, max: 600 }), (level, count) => {
        const total = (people: number) =>
          projectSize(testTable, { ...cityBureau, level, staff: [{ ...staff(level), count: people }] }).totalM2
        expect(compare(total(count + 1), total(count))).toBeGreaterThanOrEqual(0)
      }),
    ))

  it.each([
    ['multi-storey 65 %', 6_500, false, 'ok'],
    ['multi-storey under 65 %', 6_499, false, 'block'],
    ['high-rise 60 %', 6_000, true, 'ok'],
    ['high-rise under 60 %', 5_999, true, 'block'],
  ])('OF-18 %s', (_, usableM2, highRise, outcome) =>
    expect(checkUsableShare(testTable, { usableM2, grossM2: 10_000, highRise }).outcome).toBe(outcome),
  )

  it.each([
    ['province', 1_400_000_000],
    ['city', 1_400_000_000],
    ['county', 1_200_000_000],
    ['township', 1_000_000_000],
  ] as const)('OF case 10, OF-20: fit-out of 40 million at %s level may cost %i 分', (level, capFen) => {
    const costs = { constructionFen: 4_000_000_000, fitOutFen: capFen }
    expect(checkFitOutCost(testTable, level, costs).outcome).toBe('ok')
    expect(checkFitOutCost(testTable, level, { ...costs, fitOutFen: capFen + 1 }).outcome).toBe('warn')
  })

  it.each([
    ['province', 'leader-office', 'medium-high', 'ok'],
    ['city', 'leader-office', 'medium-high', 'needs-approval'],
    ['city', 'leader-office', 'medium', 'ok'],
    ['county', 'lobby', 'medium', 'ok'],
    ['township', 'leader-office', 'medium', 'needs-approval'],
    ['province', 'staff-office', 'medium', 'needs-approval'],
    ['city', 'meeting-reception', 'basic', 'ok'],
  ] as const)('OF-20 grade: %s %s %s is %s', (level, room, grade, outcome) =>
    expect(checkFitOutGrade(testTable, level, { room, grade }).outcome).toBe(outcome),
  )
})

describe('terms of use', () => {
  it('OF case 7: side post ended 2026-03-10, room back by 2026-05-10', () =>
    expect(returnDue(testTable, 'side-post-ended', '2026-03-10')).toBe('2026-05-10'))
  it('OF case 8: retired 2026-01-31, room back by 2026-02-28 (end of the month)', () =>
    expect(returnDue(testTable, 'left-or-retired', '2026-01-31')).toBe('2026-02-28'))

  it.each([
    ['OF-05 last day', 'side-post-ended', '2026-03-10', null, '2026-05-10', 'ok'],
    ['OF-05 the day after', 'side-post-ended', '2026-03-10', null, '2026-05-11', 'warn'],
    ['OF-06 returned in time', 'left-or-retired', '2026-01-31', '2026-02-28', '2026-06-01', 'ok'],
    ['OF-06 returned late', 'left-or-retired', '2026-01-31', '2026-03-01', '2026-06-01', 'warn'],
    ['OF-07 overdue keeps further space from the unit', 'moved-in', '2026-03-01', null, '2026-04-02', 'block'],
    ['OF-25 re-verification, provisional', 'establishment-changed', '2026-01-01', null, '2026-07-02', 'warn'],
  ] as const)('%s', (_, ground, startedOn, returnedOn, today, outcome) =>
    expect(checkReturn(testTable, { ground, startedOn, returnedOn, today }).outcome).toBe(outcome),
  )

  it.each([
    [
      'OF-14 nine years after the last one',
      { lastRepairedOn: '2017-06-01', plannedOn: '2026-06-01' },
      'OF-14 needs-approval',
    ],
    ['OF-14 ten years after', { lastRepairedOn: '2016-06-01', plannedOn: '2026-06-01' }, 'OF-14 ok'],
    [
      'OF-14 after a disaster',
      { lastRepairedOn: '2025-06-01', plannedOn: '2026-06-01', urgentGround: '暴雨渗漏' },
      'OF-14 ok',
    ],
    ['OF-15 rented for three years', { rented: true, leaseYears: 3, plannedOn: '2026-06-01' }, 'OF-15 block'],
    [
      'OF-15 partial repair of rented space',
      { rented: true, leaseYears: 3, whole: false, plannedOn: '2026-06-01' },
      'OF-15 ok',
    ],
    [
      'OF-15 leases above ten years follow the rule of own buildings',
      { rented: true, leaseYears: 11, lastRepairedOn: '2017-06-01', plannedOn: '2026-06-01' },
      'OF-14 needs-approval',
    ],
  ])('%s', (_, changes, expected) => {
    const facts = { rented: false, leaseYears: null, whole: true, lastRepairedOn: null, urgentGround: null }
    expect(outcomes(checkRepair(testTable, { ...facts, ...changes }))).toEqual([expected])
  })
})
