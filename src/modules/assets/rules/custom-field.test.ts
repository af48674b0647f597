import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Verdict } from '#kernel/pure/verdict.ts'
import type { Detail } from '../model.ts'
import type { CustomField } from '../model/custom-field.ts'
import {
  belongsTo,
  checkCustomValues,
  fieldsOn,
  keptDetail,
  mayDefine,
  shownFields,
  valueFault,
} from './custom-field.ts'

const id = '00000000-0000-7000-8000-00000000000a'
const other = '00000000-0000-7000-8000-00000000000b'
const field = (given: Partial<CustomField> = {}): CustomField => ({
  id,
  version: 1,
  classPrefix: 'A02010105',
  name: '内存容量',
  kind: 'number',
  unit: 'GB',
  required: false,
  choices: [],
  from: '2026-11-01',
  retired: false,
  reason: '统一口径',
  setByName: '乔志强',
  ...given,
})
const desktop = { classCode: 'A02010105', classEdition: '2022' as const }
const codes = (verdict: Verdict) => (verdict.ok ? [] : verdict.refusals.map(({ code }) => code))

describe('custom fields of a class (A12-2)', () => {
  it('of each field the version of the day counts; a retired one counts no more', () => {
    const versions = [
      field(),
      field({ version: 2, from: '2026-12-01', required: true }),
      field({ version: 3, from: '2027-01-01', retired: true }),
    ]
    expect(fieldsOn(versions, '2026-10-31')).toEqual([])
    expect(fieldsOn(versions, '2026-11-01').map(({ version }) => version)).toEqual([1])
    expect(fieldsOn(versions, '2026-12-31').map(({ version }) => version)).toEqual([2])
    expect(fieldsOn(versions, '2027-01-01')).toEqual([])
    // Its values stay on the card.
    expect(shownFields(versions, { ...desktop, detail: { [id]: 16 } }, '2027-01-01')).toMatchObject([
      { id, retired: true },
    ])
    expect(shownFields(versions, { ...desktop, detail: {} }, '2027-01-01')).toEqual([])
  })

  it('a code of an older edition is of the class it is today', () => {
    expect(belongsTo(field(), desktop)).toBe(true)
    expect(belongsTo(field(), { classCode: 'A02010104', classEdition: '2013' })).toBe(true)
    expect(belongsTo(field(), { classCode: 'A02010104', classEdition: '2022' })).toBe(false)
    expect(belongsTo(field({ classPrefix: 'A02' }), { classCode: 'A02020100', classEdition: '2022' })).toBe(true)
  })

  it.each([
    ['number', 16, null],
    ['number', '16', '应为数字。'],
    ['number', Number.POSITIVE_INFINITY, '应为数字。'],
    ['date', '2026-11-23', null],
    ['date', '2026-02-30', '应为日期，如2026-11-23。'],
    ['choice', '统信', null],
    ['choice', '其他', '应为统信、麒麟之一。'],
    ['text', '八楼', null],
    ['text', 8, '应为200字以内的文字。'],
  ] as const)('%s %s', (kind, value, fault) =>
    expect(valueFault(field({ kind, choices: kind === 'choice' ? ['统信', '麒麟'] : [] }), value)).toBe(fault),
  )

  it('values are typed, known and not missing; what is left as it was is not judged anew', () => {
    const check = (fields: CustomField[], before: Detail, after: Detail) =>
      codes(checkCustomValues(fields, desktop, before, after))
    expect(check([field()], {}, { [id]: 16 })).toEqual([])
    expect(check([field()], {}, { [id]: '约16' })).toEqual(['custom-field-value'])
    expect(check([field()], {}, { [other]: 1 })).toEqual(['custom-field-unknown'])
    expect(check([field({ classPrefix: 'A05' })], {}, { [id]: 16 })).toEqual(['custom-field-unknown'])
    expect(check([field({ required: true })], {}, {})).toEqual(['custom-field-missing'])
    const choice = field({ kind: 'choice', choices: ['麒麟', '统信'] })
    expect(check([choice], { [id]: '旧选项' }, { [id]: '旧选项' })).toEqual([])
  })

  it('whatever is sent, values of fields that count no more stay, and nothing empty is kept', () =>
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(id, other, 'brand'), fc.oneof(fc.string(), fc.integer(), fc.constant(null))),
        fc.dictionary(fc.constantFrom(id, 'brand'), fc.oneof(fc.string(), fc.integer(), fc.constant(null))),
        (before, after) => {
          const kept = keptDetail([field()], before, after)
          if (before[other] !== undefined) expect(kept[other]).toBe(before[other])
          for (const key of [id, 'brand'])
            expect(kept[key]).toBe(after[key] === null || after[key] === '' ? undefined : after[key])
        },
      ),
    ))

  it('is defined for a class of the edition in force, under a name of its own, not backwards', () => {
    const ground = { versions: [field({ id: other, name: '用途' })], last: null, taken: ['备注'], today: '2026-11-23' }
    const wanted = field({ from: '2026-11-23' })
    const may = (given: Partial<CustomField>, more: Partial<typeof ground> = {}) =>
      codes(mayDefine({ ...wanted, ...given }, { ...ground, ...more }))
    expect(may({})).toEqual([])
    expect(may({ from: '2026-11-22' })).toEqual(['field-from'])
    expect(may({ name: '备注' })).toEqual(['field-taken'])
    expect(may({ name: '用途' })).toEqual(['field-taken'])
    expect(may({ classPrefix: 'A9' })).toEqual(['class-unknown'])
    expect(may({ kind: 'choice', choices: ['甲'] })).toEqual(['field-choices'])
    expect(may({ choices: ['甲', '乙'] })).toEqual(['field-choices'])
    expect(may({ name: '机密★级' })).toContain('A44-1')
    const last = field({ retired: true }) as never
    expect(may({}, { last })).toEqual(['field-retired'])
  })
})
