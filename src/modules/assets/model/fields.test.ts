import { describe, expect, it } from 'vitest'
import { CardFacts } from '../model.ts'
import { cardSheetColumns } from '../documents/export.ts'
import { cardColumns } from '../rules/import.ts'
import { cardField, cardFieldNames, fieldText, longestOf, wordedFields } from './fields.ts'

describe('the one description of a card’s fields (A12-2)', () => {
  it('a text field admits what the card admits, and no more', () => {
    for (const name of wordedFields) {
      const schema = CardFacts.shape[name]
      expect(schema.safeParse('字'.repeat(longestOf(name))).success, name).toBe(true)
      expect(schema.safeParse('字'.repeat(longestOf(name) + 1)).success, name).toBe(false)
    }
  })
  it('every choice that can be entered is one of the card, and has its word', () => {
    for (const name of cardFieldNames) {
      const field = cardField(name)
      if (field.kind !== 'choice') continue
      for (const value of field.values) {
        expect(CardFacts.shape[name].safeParse(value).success, `${name} ${value}`).toBe(true)
        expect(fieldText(name, value), value).toBe(field.labels[value])
      }
    }
  })
  it('what is exported has a column that is read again', () => {
    const titles = new Set(cardColumns().flatMap((column) => column.titles))
    for (const { title } of cardSheetColumns()) expect([...titles], title).toContain(title.replace(/（元）$/, ''))
  })
  it('values are told with their unit; what is empty is told as nothing', () => {
    expect(fieldText('costFen', 499_800)).toBe('4,998.00 元')
    expect(fieldText('depreciationMonths', 72)).toBe('72 个月')
    expect(fieldText('state', 'in-warehouse')).toBe('入公物仓')
    expect(fieldText('place', '')).toBeNull()
  })
})
