import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testTable } from '../testing/table.ts'
import {
  bureauStaff,
  checkBureauFurniture,
  checkDescription,
  checkPrinterMix,
  isPrinter,
  printerCodes,
} from './equipment-mix.ts'

const unit = { staffInPost: 86, classified: false }
const mix = (asked: string, [a4, a4Colour, a3, a3Colour]: [number, number, number, number], consent = '') =>
  checkPrinterMix(
    testTable,
    unit,
    [asked],
    (code) => [a4, a4Colour, a3, a3Colour][printerCodes.indexOf(code)] ?? 0,
    consent,
  ).map(({ rule, outcome }) => `${rule} ${outcome}`)

describe('A22-1 printers of a unit count together', () => {
  it.each([
    ['68 in all of 86 people', 'item.printer-a4-mono', [56, 0, 12, 0], '', ['EQ-01 ok']],
    ['each within its own share, 69 together', 'item.printer-a4-mono', [57, 0, 12, 0], '', ['EQ-01 block']],
    ['A3 to its part', 'item.printer-a3-mono', [50, 0, 12, 0], '', ['EQ-01 ok', 'EQ-07 ok']],
    ['A3 over its part, colour A3 with it', 'item.printer-a3-mono', [50, 0, 12, 1], '', ['EQ-01 ok', 'EQ-07 block']],
    ['colour without consent', 'item.printer-a4-colour', [10, 1, 0, 0], ' ', ['EQ-01 ok', 'EQ-06 block']],
    ['colour with consent', 'item.printer-a4-colour', [10, 2, 0, 0], '机资〔2026〕3号', ['EQ-01 ok', 'EQ-06 ok']],
    ['a third colour one', 'item.printer-a4-colour', [10, 3, 0, 0], '机资〔2026〕3号', ['EQ-01 ok', 'EQ-06 block']],
    ['a colour one that is there does not stop others', 'item.printer-a4-mono', [10, 1, 0, 0], '', ['EQ-01 ok']],
  ] as const)('EQ-01 EQ-06 EQ-07 %s', (_, asked, counts, consent, expected) =>
    expect(mix(asked, [...counts], consent)).toEqual(expected),
  )

  it('EQ-01 whatever is bought one after the other, the printers of a unit never pass the common limit', () =>
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.array(fc.record({ code: fc.constantFrom(...printerCodes), quantity: fc.integer({ min: 1, max: 20 }) }), {
          maxLength: 20,
        }),
        (staffInPost, asked) => {
          const held = new Map<string, number>()
          for (const { code, quantity } of asked) {
            const after = (of: string) => (held.get(of) ?? 0) + (of === code ? quantity : 0)
            const findings = checkPrinterMix(testTable, { ...unit, staffInPost }, [code], after, '同意1号')
            if (findings.every(({ outcome }) => outcome === 'ok')) held.set(code, after(code))
          }
          const of = (part: string) =>
            printerCodes.filter((code) => code.includes(part)).reduce((sum, code) => sum + (held.get(code) ?? 0), 0)
          expect(of('printer')).toBeLessThanOrEqual(Math.floor(staffInPost * 0.8))
          expect(of('-a3-')).toBeLessThanOrEqual(Math.floor((staffInPost * 15) / 100))
          expect(of('-colour')).toBeLessThanOrEqual(Math.floor((staffInPost * 3) / 100))
        },
      ),
    ))

  it('receipt printers are for duties, not of the pool', () =>
    expect(['item.receipt-printer', 'item.copier'].map(isPrinter)).toEqual([false, false]))
})

describe('A22-1 furniture by rank', () => {
  it('EQ-10 furniture of 厅局级 for as many as there are of that rank', () => {
    const people = bureauStaff(testTable, [
      { rank: 'province-deputy', inPost: 1 },
      { rank: 'bureau-chief', inPost: 1 },
      { rank: 'bureau-deputy', inPost: 2 },
      { rank: 'division-chief', inPost: 9 },
    ])
    expect(people).toBe(3)
    const of = (code: string, inUse: number, wanted: number) =>
      checkBureauFurniture(testTable, code, people, { inUse, wanted }).map(({ rule, outcome }) => `${rule} ${outcome}`)
    expect(of('item.desk-bureau', 2, 1)).toEqual(['EQ-10 ok'])
    expect(of('item.desk-bureau', 2, 2)).toEqual(['EQ-10 block'])
    expect(of('item.bookcase-bureau', 0, 6)).toEqual(['EQ-10 ok'])
    expect(of('item.bookcase-bureau', 0, 7)).toEqual(['EQ-10 block'])
    expect(of('item.desk', 90, 90)).toEqual([])
  })

  it.each([
    ['红木办公桌', 'EQ-11 block'],
    ['会议桌 豪华型，真皮', 'EQ-11 block'],
    ['办公桌 仿红木贴面', null],
    ['实木颗粒板，不得使用红木等名贵木材', null],
    ['办公桌 红木色贴面', null],
    ['办公桌 1.4米，人造板', null],
  ])('EQ-11 %s: %s', (text, expected) => {
    const finding = checkDescription(testTable, text)
    expect(finding && `${finding.rule} ${finding.outcome}`).toBe(expected)
  })
})
