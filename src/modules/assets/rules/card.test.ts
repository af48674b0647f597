import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Verdict } from '#kernel/pure/verdict.ts'
import { tableOn } from '#modules/standards/testing/table.ts'
import { cardSheetColumns } from '../documents/export.ts'
import type { CardFacts } from '../model.ts'
import { assetClasses, classOf, registerClasses } from '../model/classes.ts'
import { detailKind, registerDetailKind } from '../model/detail.ts'
import { cardFacts } from '../testing/card-facts.ts'
import { cardFindings, checkFacts, checkSecrecy, mayAddEvent, mayRemove } from './card.ts'
import { cardColumns, classChoices } from './import.ts'
import { askedOf, heldOf, searchable, searchTextOf, termsOf } from './search.ts'

const today = '2026-11-23'
const codes = (verdict: Verdict) => (verdict.ok ? [] : verdict.refusals.map(({ code }) => code))
const table = tableOn(today)
const outcomes = (given: Parameters<typeof cardFacts>[0]) => {
  const facts = cardFacts(given)
  const assetClass = classOf(facts.classEdition, facts.classCode)
  if (!assetClass) throw new Error(facts.classCode)
  return new Map(cardFindings(table, assetClass, facts).map(({ rule, outcome }) => [rule, outcome]))
}

describe('what a card must be (A12-2)', () => {
  it('a right card is right', () => expect(codes(checkFacts(cardFacts(), today))).toEqual([]))

  it.each([
    ['funding-differs', { fiscalFen: 100, otherFen: 100 }],
    ['value-kind', { costFen: 0, fiscalFen: 0, otherFen: 0 }],
    ['value-kind', { valueKind: 'none' }],
    ['nominal-value', { valueKind: 'nominal' }],
    ['future-date', { acquiredOn: '2026-12-01', bookedOn: '2026-12-01' }],
    ['booked-before-acquired', { bookedOn: '2024-03-01' }],
    ['class-unknown', { classCode: 'A99999999' }],
    ['class-group', { classCode: 'A02' }],
    ['no-depreciation', { classCode: 'A04000000' }],
    ['detail', { detail: { macAddress: '12' } }],
    ['detail', { detail: { wings: 2 } }],
  ] as const)('%s', (code, given) => expect(codes(checkFacts(cardFacts(given), today))).toContain(code))

  it('the same code means other things in other editions, and never stands without its edition', () => {
    expect(classOf('2013', 'A02010105')?.name).toBe('便携式计算机')
    expect(classOf('2022', 'A02010105')?.name).toBe('台式计算机')
    const refusal = checkFacts(cardFacts({ classCode: 'A0206180203' }), today)
    expect(refusal.ok ? '' : refusal.refusals.map(({ remedy }) => remedy).join()).toContain('A02061804')
    const keys = assetClasses.map(({ edition, code }) => `${edition} ${code}`)
    expect(new Set(keys).size).toBe(keys.length)
    for (const { now } of assetClasses) if (now) expect(classOf('2022', now), now).not.toBeNull()
  })

  it('AST-R03 less months than the least of the class block, AST-R02 a cheap thing warns', () => {
    expect(outcomes({ depreciationMonths: 60 }).get('AST-R03')).toBe('block')
    expect(outcomes({ depreciationMonths: 72 }).get('AST-R03')).toBe('ok')
    expect(outcomes({ costFen: 99_999 }).get('AST-R02')).toBe('warn')
    expect(outcomes({ costFen: 100_000 }).get('AST-R02')).toBe('ok')
    expect(outcomes({ costFen: 150_000, quantity: 2 }).get('AST-R02')).toBe('warn')
    expect(outcomes({ classCode: 'A05010303', depreciationMonths: 180, costFen: 50_000 }).has('AST-R02')).toBe(false)
  })

  it('A22-1 EQ-02 a bought thing above the price of its standard is marked, an allotted one is not judged', () => {
    expect(outcomes({ costFen: 500_001 }).get('EQ-02')).toBe('warn')
    expect(outcomes({ costFen: 500_000 }).get('EQ-02')).toBe('ok')
    expect(outcomes({ costFen: 900_000, acquiredBy: 'allotment' }).has('EQ-02')).toBe(false)
    const desk = { classCode: 'A05010201', depreciationMonths: 180, costFen: 400_000 }
    expect(outcomes(desk).get('EQ-02')).toBe('warn')
    expect(outcomes({ ...desk, detail: { rank: '厅局级' } }).get('EQ-02')).toBe('ok')
  })

  it('A44-1 a mark of secrecy is refused and not repeated', () => {
    const verdict = checkSecrecy(cardFacts({ name: '机密★20年 保密机' }))
    expect(codes(verdict)).toEqual(['A44-1'])
    expect(JSON.stringify(verdict)).not.toContain('★20年')
    expect(codes(checkSecrecy({ detail: { brand: '绝密★' } }))).toEqual(['A44-1'])
    expect(checkSecrecy(cardFacts({ name: '保密柜' })).ok).toBe(true)
  })

  it('a disposed card takes no event; nothing happens tomorrow', () => {
    const card = { removedOn: null, registeredOn: '2026-01-01', number: 'ZC-1', state: 'in-use' as const }
    expect(mayAddEvent(card, today, today).ok).toBe(true)
    expect(codes(mayAddEvent(card, '2026-11-24', today))).toEqual(['future-date'])
    expect(codes(mayAddEvent({ ...card, removedOn: '2026-02-01', state: 'disposed' }, today, today))).toEqual([
      'card-removed',
    ])
  })

  it('A12-3 AST-R07 AST-R08 no removal without the consent of finance, dated between application and removal', () => {
    const card = { number: 'ZC-1', closedThrough: '2026-10' }
    const removal = {
      effectiveOn: '2026-11-20',
      consentDocument: '并财资〔2026〕18号',
      consentedOn: '2026-11-10',
      appliedOn: '2026-10-20',
    }
    expect(mayRemove(card, removal).ok).toBe(true)
    expect(codes(mayRemove(card, { ...removal, consentDocument: ' ' }))).toEqual(['AST-R08'])
    expect(codes(mayRemove(card, { ...removal, consentedOn: null }))).toEqual(['AST-R08'])
    expect(codes(mayRemove(card, { ...removal, consentedOn: '2026-10-19' }))).toEqual(['AST-R08'])
    expect(codes(mayRemove(card, { ...removal, consentedOn: '2026-11-21' }))).toEqual(['AST-R08'])
    expect(codes(mayRemove(card, { ...removal, effectiveOn: '2026-10-31', consentedOn: '2026-10-25' }))).toEqual([
      'month-closed',
    ])
  })
})

describe('details of classes', () => {
  it('every class has its detail; a name is registered once', () => {
    for (const { detail } of assetClasses) expect(detailKind(detail).name).toBe(detail)
    expect(() => registerDetailKind({ ...detailKind('equipment'), fields: [] })).toThrow('registered already')
    expect(() => detailKind('spaceship')).toThrow('spaceship')
    expect(() =>
      registerDetailKind({
        ...detailKind('plain'),
        name: 'twice',
        fields: [{ key: 'brand', title: '品牌', kind: 'text' }],
      }),
    ).toThrow('which every card has')
  })

  it('every card may say how it was procured and booked, whatever its class (facts 2.4)', () => {
    for (const classCode of ['A02010105', 'A05010201', 'A03000000']) {
      const of = (detail: CardFacts['detail']) =>
        codes(checkFacts(cardFacts({ classCode, depreciationMonths: null, detail }), today))
      expect(
        of({ brand: '甲', procurementForm: '分散采购', account: '1601 固定资产', managedBy: '办公室', tag: 'E200' }),
      ).toEqual([])
      expect(of({ procurementForm: '随便买' })).toEqual(['detail'])
      expect(of({ unheardOf: '1' })).toEqual(['detail'])
    }
  })

  it('a module that owns a kind of thing brings its classes and fields: cards, template and import have them, and lose them with it', () => {
    const kind = registerDetailKind({
      name: 'boat',
      title: '船艇特性',
      schema: z
        .strictObject({ draught: z.number().positive().optional() })
        .transform((detail) => detail as CardFacts['detail']),
      fields: [{ key: 'draught', title: '吃水深度', kind: 'number', unit: '米' }],
    })
    const classes = registerClasses([
      {
        code: 'A02032800',
        edition: '2022',
        name: '船艇',
        unit: '艘',
        depreciation: 'vehicle',
        detail: 'boat',
        leaf: true,
        source: '',
        confidence: 'C',
      },
    ])
    try {
      const boat = cardFacts({ classCode: 'A02032800', depreciationMonths: 96 })
      expect(codes(checkFacts({ ...boat, detail: { draught: 2.5, brand: '甲' } }, today))).toEqual([])
      expect(codes(checkFacts({ ...boat, detail: { draught: -1 } }, today))).toEqual(['detail'])
      expect(cardSheetColumns().map(({ title }) => title)).toContain('吃水深度')
      expect(cardColumns().map(({ key }) => key)).toContain('detail.draught')
      expect(classChoices()).toContain('A02032800 船艇')
      expect(() => registerClasses([assetClasses[3] as (typeof assetClasses)[number]])).toThrow('registered already')
    } finally {
      classes()
      kind()
    }
    expect(classChoices()).not.toContain('A02032800 船艇')
    expect(cardColumns().map(({ key }) => key)).not.toContain('detail.draught')
  })
})

describe('search by fragments', () => {
  it('any fragment of a field of two or more characters asks for what the index holds of the card', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', minLength: 2, maxLength: 30 }),
          fc.string({ unit: fc.constantFrom('台', '机', 's', 'n', '7', '-', ' '), minLength: 2, maxLength: 30 }),
        ),
        fc.nat(29),
        fc.integer({ min: 2, max: 30 }),
        (name, from, length) => {
          const text = searchTextOf(cardFacts({ name }), '台式计算机')
          const fragment = [...searchable(name)].slice(from, from + length).join('')
          const have = new Set(heldOf(text, '140100'))
          for (const gram of askedOf(fragment)) expect(have.has(gram), gram).toBe(true)
          expect(text.includes(fragment)).toBe(true)
        },
      ),
    ))
  it('a piece of a number is asked for in fours, what stands beside it in pairs', () => {
    expect(askedOf('联想sn-1234号')).toEqual(['sn-1', 'n-12', '-123', '1234', '联想', '想s', '4号'])
    expect(askedOf('a23')).toEqual(['a2'])
    expect(askedOf('123')).toEqual([]) // pairs of digits are on every card
  })
  it('words are of one width and case', () => expect(termsOf(' ＰＣ0xy12  台式 ')).toEqual(['pc0xy12', '台式']))
})
