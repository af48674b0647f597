import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkItemQuantity } from '#modules/standards/rules/equipment.ts'
import { tableOn } from '#modules/standards/testing/table.ts'
import { overStandard, type Holding } from './over-standard.ts'

const table = tableOn('2026-11-23')
const of = (staffInPost: number, held: Record<string, Holding>) =>
  overStandard(table, { staffInPost, classified: false }, new Map(Object.entries(held)))

describe('A22-1, A23-1 what is held beyond the standard', () => {
  it('GWC-T07 60 people with 62 desktops are two over; of what is over the idle ones are told', () => {
    const [over, ...others] = of(60, { 'item.desktop': { quantity: 62, idle: 5 } })
    expect(over).toMatchObject({ code: 'item.desktop', held: 62, limit: 60, excess: 2, idle: 5, unit: '台' })
    expect(over?.reckoned).toContain('60人')
    expect(others).toEqual([])
    expect(of(60, { 'item.desktop': { quantity: 60, idle: 5 } })).toEqual([])
  })

  it('EQ-01 part pieces are dropped: 50% of 61 people are 30 laptops', () => {
    expect(of(61, { 'item.laptop': { quantity: 31, idle: 0 } })).toMatchObject([{ limit: 30, excess: 1 }])
    expect(of(61, { 'item.laptop': { quantity: 30, idle: 0 } })).toEqual([])
  })

  it('EQ-06, EQ-07 printers share their limits: each kind within its own, together over', () => {
    const printers = {
      'item.printer-a4-mono': { quantity: 75, idle: 4 },
      'item.printer-a3-mono': { quantity: 10, idle: 1 },
      'item.printer-a3-colour': { quantity: 3, idle: 0 },
    }
    expect(of(100, printers)).toMatchObject([
      { title: '打印机', code: 'item.printer-a4-mono', held: 88, limit: 80, excess: 8, idle: 5 },
    ])
    expect(of(100, { ...printers, 'item.printer-a4-colour': { quantity: 2, idle: 2 } })).toMatchObject([
      { title: '打印机', held: 90 },
      { title: '彩色打印机', held: 5, limit: 3, excess: 2, idle: 2 },
    ])
    // One kind alone over its share is told once, with all that count together.
    expect(of(100, { 'item.printer-a4-mono': { quantity: 85, idle: 0 } })).toMatchObject([{ held: 85, limit: 80 }])
  })

  it('what follows from rooms or approved quotas is not judged by headcount, nor an organ without people on record', () => {
    expect(of(10, { 'item.vehicle-law': { quantity: 9, idle: 0 }, 'item.none': { quantity: 9, idle: 0 } })).toEqual([])
    expect(of(0, { 'item.desktop': { quantity: 9, idle: 9 } })).toEqual([])
  })

  it('an item is listed exactly where the evaluator would refuse one piece more than none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 500 }), (staffInPost, quantity) => {
        const over = of(staffInPost, { 'item.desktop': { quantity, idle: 0 } })
        const [finding] = checkItemQuantity(
          table,
          'item.desktop',
          { staffInPost, classified: false },
          { inUse: 0, wanted: quantity },
        )
        expect(over.length > 0).toBe(finding?.outcome !== 'ok')
        if (over[0]) expect(over[0].held - over[0].limit).toBe(over[0].excess)
      }),
    )
  })
})
