import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Standard } from '../model.ts'
import type { StandardValue } from '../model/value.ts'
import { referenceRows, testTable } from '../testing/table.ts'
import { standardFaults, tableAfter, type StandardCandidate } from './faults.ts'

const row = (code: string, level: string | null = null, rank: string | null = null): Standard => {
  const found = testTable.rows.find((r) => r.code === code && r.level === level && r.rank === rank)
  if (!found) throw new Error(`no row ${code}`)
  return found
}
/** A new version of a row of the reference from 2027 on. */
const next = (base: Standard, changes: Partial<StandardCandidate> = {}): StandardCandidate => ({
  ...base,
  from: '2027-01-01',
  until: null,
  citation: '晋管发〔2026〕12号第三条',
  confidence: 'A',
  ...changes,
})
const faults = (candidate: StandardCandidate, rows: readonly Standard[] = referenceRows) =>
  standardFaults(rows, candidate)
const codes = (candidate: StandardCandidate, rows?: readonly Standard[]) =>
  faults(candidate, rows).map(({ code }) => code)
const cap = row('office.area-cap', 'city', 'division-chief')
const area = (areaM2: number): StandardValue => ({ form: 'area', areaM2, per: '人', bound: 'at-most' })
const allowance = row('vehicle.allowance', null, 'division-chief')

describe('A9-2, A15-1 a row is refused before it comes into force', () => {
  it('a sound new version passes', () => {
    expect(codes(next(cap, { value: area(26) }))).toEqual([])
    expect(codes(next(row('item.desktop'), { title: '台式计算机' }))).toEqual([])
  })

  it.each<[string, StandardCandidate, string, string]>([
    ['unknown code', next(cap, { code: 'office.balcony' }), 'unknown-code', 'code'],
    ['no citation', next(cap, { citation: '  ' }), 'citation-missing', 'citation'],
    ['no title', next(cap, { title: '' }), 'title-missing', 'title'],
    ['another kind', next(cap, { kind: 'parameter' }), 'kind-mismatch', 'kind'],
    ['another form', next(cap, { value: { form: 'switch', on: true } }), 'form-mismatch', 'value.form'],
    ['no value', next(cap, { value: null }), 'form-mismatch', 'value.form'],
    [
      'a text for a number',
      next(cap, { value: { form: 'area', areaM2: '24', per: '人', bound: 'at-most' } }),
      'value-wrong',
      'value.areaM2',
    ],
    ['three decimals', next(cap, { value: area(24.125) }), 'value-wrong', 'value.areaM2'],
    ['below zero', next(cap, { value: area(-1) }), 'value-wrong', 'value.areaM2'],
    ['a day that does not exist', next(cap, { from: '2027-02-30' }), 'date-wrong', 'from'],
    ['a last day before the first', next(cap, { until: '2026-12-31' }), 'period-reversed', 'until'],
    ['a rank where there is none', next(row('item.desktop'), { rank: 'clerk' }), 'rank-not-used', 'rank'],
    ['a level where there is none', next(row('item.desktop'), { level: 'city' }), 'level-not-used', 'level'],
    ['a level above its jurisdiction', next(cap, { jurisdictionCode: '140121' }), 'level-above-jurisdiction', 'level'],
    [
      'a project default that claims to be certain',
      next(cap, { citation: '项目默认值' }),
      'confidence-too-high',
      'confidence',
    ],
    ['A9-3 money that rests on nothing', next(allowance, { restsOn: [] }), 'rests-on-missing', 'restsOn'],
    [
      'A9-3 money that rests on a parameter',
      next(allowance, { restsOn: ['plan.filing-workdays'] }),
      'rests-on-wrong-kind',
      'restsOn',
    ],
    [
      'A9-3 money that rests on nothing known',
      next(allowance, { restsOn: ['office.balcony'] }),
      'rests-on-unknown',
      'restsOn',
    ],
    [
      'A9-3 money that rests on itself',
      next(allowance, { restsOn: ['vehicle.allowance'] }),
      'rests-on-itself',
      'restsOn',
    ],
    ['the same period', next(cap, { from: cap.from }), 'period-overlap', 'from'],
    ['before the version in force', next(cap, { from: '2010-01-01' }), 'period-overlap', 'from'],
    ['a rank above that gets less', next(cap, { value: area(17) }), 'rank-order-broken', 'value'],
    ['a rank below that gets more', next(cap, { value: area(31) }), 'rank-order-broken', 'value'],
  ])('%s', (_, candidate, code, field) => {
    const found = faults(candidate).find((fault) => fault.code === code)
    expect(found).toMatchObject({ field, severity: 'refuse' })
    expect(found?.message).toMatch(/\p{Script=Han}.*。$/u)
    expect(found?.remedy).toMatch(/^请|^每/)
  })

  it.each<[string, Standard, StandardValue, string]>([
    [
      'least years above the most',
      row('asset.depreciation-medical'),
      { form: 'years', minimumYears: 10, maximumYears: 5, mustBeExceeded: false },
      'value.maximumYears',
    ],
    [
      'a formula with a step at its lower end',
      row('office.service-area', 'city'),
      {
        form: 'linear-per-person',
        lowerPersons: 200,
        upperPersons: 400,
        minuend: 1000,
        divisor: 100,
        areaM2AtLower: 8.5,
        areaM2AtUpper: 6,
      },
      'value.areaM2AtLower',
    ],
    [
      'ends of a formula that are turned round',
      row('office.service-area', 'city'),
      {
        form: 'linear-per-person',
        lowerPersons: 400,
        upperPersons: 200,
        minuend: 1000,
        divisor: 100,
        areaM2AtLower: 6,
        areaM2AtUpper: 8,
      },
      'value.upperPersons',
    ],
    [
      'brackets out of order',
      row('equipment.meeting-table-price'),
      {
        form: 'brackets',
        measure: 'areaM2',
        figureUnit: 'fenPerM2',
        applies: 'whole',
        rows: [
          { upTo: 100, figure: 1 },
          { upTo: 50, figure: 2 },
          { upTo: null, figure: 3 },
        ],
      },
      'value.rows.1.upTo',
    ],
    [
      'brackets that end',
      row('equipment.meeting-table-price'),
      {
        form: 'brackets',
        measure: 'areaM2',
        figureUnit: 'fenPerM2',
        applies: 'whole',
        rows: [{ upTo: 100, figure: 1 }],
      },
      'value.rows.0.upTo',
    ],
    [
      'tiers that do not begin at 0',
      row('asset.disposal-tiers', 'city'),
      { form: 'tiers', rows: [{ key: 'T1', title: '小额', fromFen: 5, path: '审批' }] },
      'value.rows.0.fromFen',
    ],
    [
      'tiers out of order',
      row('asset.disposal-tiers', 'city'),
      {
        form: 'tiers',
        rows: [
          { key: 'T1', title: '小额', fromFen: 0, path: '审批' },
          { key: 'T2', title: '中额', fromFen: 0, path: '审批' },
        ],
      },
      'value.rows.1.fromFen',
    ],
    [
      'a share of more than all',
      row('vehicle.new-energy-share'),
      { form: 'percent', percent: 101, of: '采购总量', bound: 'at-least' },
      'value.percent',
    ],
    [
      'a special cap below the base',
      row('vehicle.cap-other'),
      {
        form: 'vehicle-cap',
        base: { bodies: ['sedan'], priceCapFen: 18_000_000, displacementCapMl: 1800 },
        workNeed: null,
        special: [{ bodies: ['large'], priceCapFen: 1, displacementCapMl: null }],
      },
      'value.special.0.priceCapFen',
    ],
    [
      'a window that ends before it begins',
      row('plan.demand-window'),
      { form: 'yearly-date', fromDay: '07-01', lastDay: '06-30', yearOffset: -1 },
      'value.fromDay',
    ],
    [
      'a room named twice',
      row('office.fit-out-grades', 'city'),
      {
        form: 'grades',
        rooms: [
          { room: 'lobby', title: '门厅', allowed: ['basic'] },
          { room: 'lobby', title: '门厅', allowed: ['medium'] },
        ],
      },
      'value.rooms',
    ],
  ])('a value that contradicts itself: %s', (_, base, value, field) =>
    expect(faults(next(base, { value, confidence: 'C' }))).toContainEqual(
      expect.objectContaining({ code: 'value-contradicts', field, severity: 'refuse' }),
    ),
  )

  it('says all that is wrong at once', () =>
    expect(codes(next(allowance, { citation: '', restsOn: [], from: '2027-13-01' }))).toEqual(
      expect.arrayContaining(['citation-missing', 'rests-on-missing', 'date-wrong']),
    ))

  it('names the version that stands in the way and the first day that is free', () => {
    const closed = { ...cap, until: '2027-06-30' }
    const [fault] = faults(next(cap, { from: '2027-06-30', value: area(26) }), [closed])
    expect(fault?.code).toBe('period-overlap')
    expect(fault?.message).toContain('至2027-06-30')
    expect(fault?.remedy).toContain('2027-07-01')
    expect(codes(next(cap, { from: '2027-07-01', value: area(26) }), [closed])).toEqual([])
  })

  it('a whole column can be raised at once: each row is checked against the table after the others', () => {
    const column = testTable.rows.filter(({ code, level }) => code === 'office.area-cap' && level === 'city')
    const drafted = column.map((base, index) => ({
      ...(next(base, { value: area((base.value.form === 'area' ? base.value.areaM2 : 0) + 10) }) as Standard),
      id: `draft.${index}`,
    }))
    const alone = drafted.flatMap((draft) => codes(draft))
    expect(alone).toContain('rank-order-broken')
    const together = drafted.flatMap((draft) =>
      codes(
        draft,
        tableAfter(
          referenceRows,
          drafted.filter(({ id }) => id !== draft.id),
        ),
      ),
    )
    expect(together).toEqual([])
  })

  it('opens codes of its own in the families of Art. 9, not in those that rules know', () => {
    const own = { ...allowance, rank: null, code: 'spending.meeting-day', title: '会议综合定额' }
    expect(codes(next(own))).toEqual([])
    expect(codes(next({ ...own, code: 'spending.会议' }))).toEqual(['unknown-code'])
    expect(codes(next({ ...own, code: 'vehicle.coffee' }))).toEqual(['unknown-code'])
  })
})

describe('what deserves attention but is no fault', () => {
  it.each<[string, StandardCandidate, readonly Standard[], string]>([
    [
      'a gap after the last version',
      next(cap, { from: '2027-03-01', value: area(26) }),
      [{ ...cap, until: '2026-12-31' }],
      'period-gap',
    ],
    ['a version that changes nothing', next(cap, { citation: cap.citation }), [cap], 'no-change'],
    [
      'a price that differs from its twin',
      next(row('item.vehicle-other'), { value: { ...row('item.vehicle-other').value, priceCapFen: 20_000_000 } }),
      referenceRows,
      'figures-differ',
    ],
  ])('%s', (_, candidate, rows, code) =>
    expect(faults(candidate, rows)).toContainEqual(expect.objectContaining({ code, severity: 'attention' })),
  )
})

describe('whatever is sent', () => {
  it('never throws and always says where and how to mend it', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...testTable.rows),
        fc.oneof(fc.jsonValue(), fc.constantFrom(...testTable.rows.map(({ value }) => value))),
        fc.string(),
        fc.string(),
        (base, value, citation, from) => {
          for (const fault of faults(next(base, { value, citation, from }))) {
            expect(fault.field).not.toBe('')
            expect(fault.message).toMatch(/\p{Script=Han}/u)
            expect(fault.remedy).toMatch(/\p{Script=Han}/u)
          }
        },
      ),
    ))
})
