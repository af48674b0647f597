import { describe, expect, it } from 'vitest'
import { needKinds } from '#modules/standards/model.ts'
import { catalogueChange, draftFacts, provincialCatalogue } from '../testing/facts.ts'
import { covers, lawFloor } from './catalogue.ts'
import { checkDraft } from './draft.ts'
import type { DraftFacts } from './facts.ts'

const facts = (changes: Partial<DraftFacts> = {}) =>
  draftFacts({ matter: 'catalogue', rows: [], consultation: null, ...changes })
const blocking = (of: DraftFacts) =>
  checkDraft(of)
    .filter(({ outcome }) => outcome === 'block')
    .map(({ rule, basis }) => `${rule} ${basis.norm ?? ''}`)
const entry = (kind: string) => provincialCatalogue.find(({ needKind }) => needKind === kind)

describe('the guidance catalogue (A6-2, A10-1, A31-3)', () => {
  it('a lower level may add what is centralised', () => {
    expect(blocking(facts({ changes: [catalogueChange({ needKind: 'N01', centralised: 'yes' })] }))).toEqual([])
    expect(blocking(facts({ changes: [catalogueChange({ needKind: 'N08', centralised: 'yes' })] }))).toEqual([])
  })
  it('a lower level may not take away what the province centralises', () => {
    const less = facts({ changes: [catalogueChange({ needKind: 'N07', centralised: 'no' })] })
    expect(blocking(less)).toEqual(['CAT-R03 A6-2'])
    const other = facts({ changes: [catalogueChange({ needKind: 'N08', centralised: 'important-only' })] })
    expect(blocking(other)).toContain('CAT-R03 A6-2')
  })
  it('nobody may take away what Art. 10 itself centralises, the province neither', () => {
    for (const needKind of ['N02', 'N03', 'N05', 'N08'] as const) {
      const replaced = entry(needKind)
      const change = catalogueChange({ needKind, centralised: 'no', act: 'revise', replacesId: replaced?.id ?? null })
      expect(blocking(facts({ jurisdictionCode: '140000', changes: [change] }))).toEqual(['CAT-R02 A10-1'])
    }
  })
  it('a catalogue without a kind is refused', () => {
    const end = catalogueChange({ needKind: 'N06', act: 'end', replacesId: entry('N06')?.id ?? null })
    expect(blocking(facts({ jurisdictionCode: '140000', changes: [end] }))).toEqual(['CAT-R01 A31-3'])
    expect(blocking(facts({ jurisdictionCode: '140000', entries: [] }))).toContain('CAT-R01 A31-3')
  })
  it('the end of a lower level’s own entry falls back on the province', () => {
    const own = { ...(entry('N01') as NonNullable<ReturnType<typeof entry>>), id: 'own', jurisdictionCode: '140100' }
    const change = catalogueChange({ needKind: 'N01', act: 'end', replacesId: 'own' })
    expect(blocking(facts({ entries: [...provincialCatalogue, own], changes: [change] }))).toEqual([])
  })
  it('the catalogue of the Regulation satisfies its own floor', () => {
    for (const kind of needKinds) {
      const floor = lawFloor[kind]
      const has = entry(kind)?.centralised
      expect([kind, has !== undefined && (floor === undefined || covers(has, floor))]).toEqual([kind, true])
    }
  })
})

describe('common equipment provided centrally (A22-2, CAT-R04)', () => {
  const n09 = (changes: object) =>
    blocking(facts({ changes: [catalogueChange({ needKind: 'N09', centralised: 'where-provided', ...changes })] }))
  it('a level may provide all of it, or some things of the standards', () => {
    expect(n09({ provided: true, items: [] })).toEqual([])
    expect(n09({ provided: true, items: ['item.desktop', 'item.desk'] })).toEqual([])
  })
  it('names only things of the equipment standards, and only where the level provides them', () => {
    expect(n09({ provided: true, items: ['procurement.limit'] })).toEqual(['CAT-R04 A22-2'])
    expect(n09({ provided: false, items: ['item.desktop'] })).toEqual(['CAT-R04 A22-2'])
    expect(n09({ centralised: 'yes', provided: true, items: ['item.desktop'] })).toEqual(['CAT-R04 A22-2'])
  })
  it('other kinds are provided whole', () => {
    const change = catalogueChange({ needKind: 'N01', centralised: 'yes', items: ['item.desktop'] })
    expect(blocking(facts({ changes: [change] }))).toEqual(['CAT-R04 A22-2'])
  })
})
