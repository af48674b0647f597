import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ranks } from '#modules/organs/model.ts'
import { testTable } from '../testing/table.ts'
import {
  checkCombinedFurniture,
  checkFurnitureRank,
  checkItemPrice,
  checkItemQuantity,
  checkItemReplacement,
  checkLaptops,
  checkMaterial,
  checkMeetingTable,
  checkPrinters,
  checkWarehouseFirst,
  furnitureCode,
  itemLimit,
  meetingTableCap,
} from './equipment.ts'
import { figureFor } from './in-force.ts'
import { quantityLimit } from './items.ts'

const unit = { staffInPost: 86, classified: false }
const limitOf = (code: string, staffInPost: number, classified = false) =>
  itemLimit(testTable, code, { staffInPost, classified })?.quantity

describe('A22-1 how many', () => {
  it.each([
    ['desktops', 'item.desktop', 86],
    ['laptops', 'item.laptop', 43],
    ['printers, 68.8 rounded down', 'item.printer-a4-mono', 68],
    ['of which A3, 12.9 rounded down', 'item.printer-a3-mono', 12],
    ['colour, 2.58 rounded down', 'item.printer-a4-colour', 2],
    ['fax and multifunction, 25.8 rounded down', 'item.multifunction', 25],
    ['copiers, a started group whole', 'item.copier', 5],
  ])('EQ-01 EQ case 1: 86 people, %s', (_, code, quantity) => expect(limitOf(code, 86)).toBe(quantity))

  it('EQ-01 EQ case 1: a classified unit of 86 has 129 desktops, and no more of anything else', () => {
    expect(limitOf('item.desktop', 86, true)).toBe(129)
    expect(limitOf('item.laptop', 86, true)).toBe(43)
  })

  it.each([
    [18, 1],
    [45, 3],
    [100, 5],
    [101, 6],
    [130, 6],
    [131, 7],
    [237, 10],
  ])('EQ-01 EQ case 2: %i people, %i copiers', (n, quantity) => expect(limitOf('item.copier', n)).toBe(quantity))

  it('more people never have a lower limit, for any item of the table', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...testTable.rows.filter(({ value }) => value.form === 'item')),
        fc.nat(2000),
        fc.nat(200),
        (row, n, more) => {
          if (row.value.form !== 'item') return
          const [few, many] = [n, n + more].map(
            (people) =>
              quantityLimit(row.value.form === 'item' ? row.value.limit : { basis: 'none' }, people, null)?.quantity ??
              0,
          )
          expect(many).toBeGreaterThanOrEqual(few ?? 0)
        },
      ),
    ))

  it.each([
    ['GWC-T07: 58 in use, 5 asked of 60', 'item.desktop', 60, 58, 5, 'block', '最多可再配2台'],
    ['the limit itself', 'item.desktop', 60, 58, 2, 'ok', '上限60台'],
  ])('EQ-01 %s', (_, code, staffInPost, inUse, wanted, outcome, said) => {
    const [finding] = checkItemQuantity(testTable, code, { staffInPost, classified: false }, { inUse, wanted })
    expect(finding?.outcome).toBe(outcome)
    expect(finding?.message).toContain(said)
  })

  it('EQ-01 says nothing where the table sets no number', () =>
    expect(checkItemQuantity(testTable, 'item.safe-cabinet', unit, { inUse: 1, wanted: 1 })).toEqual([]))

  it('EQ-05 EQ case 8: 10 laptops asked while the warehouse has 4: 4 are lent, at most 6 bought', () => {
    const finding = checkWarehouseFirst({ wanted: 10, available: 4 })
    expect(finding).toMatchObject({ rule: 'EQ-05', outcome: 'block', facts: { 可购置: 6 } })
    expect(checkWarehouseFirst({ wanted: 10, available: 0 }).outcome).toBe('ok')
    expect(checkWarehouseFirst({ wanted: 2, available: 9 }).facts['可购置']).toBe(0)
  })

  it.each([
    [
      'all within',
      { a4Mono: 54, a4Colour: 2, a3Mono: 12, a3Colour: 0 },
      '同意1号',
      ['EQ-01 ok', 'EQ-07 ok', 'EQ-06 ok'],
    ],
    [
      'A3 over its part',
      { a4Mono: 50, a4Colour: 0, a3Mono: 13, a3Colour: 0 },
      null,
      ['EQ-01 ok', 'EQ-07 block', 'EQ-06 ok'],
    ],
    ['pool over', { a4Mono: 57, a4Colour: 0, a3Mono: 12, a3Colour: 0 }, null, ['EQ-01 block', 'EQ-07 ok', 'EQ-06 ok']],
    [
      'colour without consent',
      { a4Mono: 10, a4Colour: 1, a3Mono: 0, a3Colour: 0 },
      null,
      ['EQ-01 ok', 'EQ-07 ok', 'EQ-06 block'],
    ],
    [
      'three colour ones',
      { a4Mono: 10, a4Colour: 2, a3Mono: 0, a3Colour: 1 },
      '同意1号',
      ['EQ-01 ok', 'EQ-07 ok', 'EQ-06 block'],
    ],
  ])('EQ-06, EQ-07 printers of 86 people: %s', (_, printers, consent, expected) =>
    expect(checkPrinters(testTable, unit, printers, consent).map(({ rule, outcome }) => `${rule} ${outcome}`)).toEqual(
      expected,
    ),
  )

  it.each([
    ['within 50 %', { laptops: 43, desktops: 86, fieldUnit: false }, 'ok'],
    ['field unit, desktops cut by as many', { laptops: 53, desktops: 76, fieldUnit: true }, 'needs-approval'],
    ['field unit, desktops not cut', { laptops: 53, desktops: 86, fieldUnit: true }, 'block'],
    ['not a field unit', { laptops: 53, desktops: 76, fieldUnit: false }, 'block'],
  ])('EQ-08 laptops: %s', (_, facts, outcome) => expect(checkLaptops(testTable, unit, facts).outcome).toBe(outcome))
})

describe('A22-1 how dear, how long', () => {
  it.each([
    ['at the cap', 500_000, null, 'ok'],
    ['one 分 over', 500_001, null, 'block'],
    ['over with approval', 600_000, '晋财〔2026〕8号', 'ok'],
    ['over with a blank approval', 600_000, ' ', 'block'],
  ])('EQ-02 desktop: %s', (_, priceFen, approvalNumber, outcome) =>
    expect(checkItemPrice(testTable, 'item.desktop', { priceFen, approvalNumber })[0]?.outcome).toBe(outcome),
  )

  it.each([
    ['5 years 8 months, no appraisal', '2026-11-23', false, null, 'EQ-03 block'],
    ['the same, beyond repair', '2026-11-23', false, '鉴定2026-7', 'EQ-03 needs-approval'],
    ['the day before', '2027-02-28', false, null, 'EQ-03 block'],
    ['six years to the day, still usable', '2027-03-01', true, null, 'EQ-04 warn'],
    ['six years to the day, no longer usable', '2027-03-01', false, null, 'EQ-03 ok'],
  ])('EQ-03 EQ-04 EQ case 4: desktop of 2021-03-01, %s', (_, today, usable, appraisal, expected) => {
    const facts = { acquiredOn: '2021-03-01', today, usable, appraisal }
    const [finding] = checkItemReplacement(testTable, 'item.desktop', facts)
    expect(`${finding?.rule} ${finding?.outcome}`).toBe(expected)
  })

  it.each([
    [48, 7_680_000],
    [50, 8_000_000],
    [51, 6_120_000],
    [80, 9_600_000],
    [120, 12_000_000],
  ])('EQ-02 EQ case 5: meeting room of %i ㎡, tables up to %i 分 (brackets on the whole area)', (m2, fen) => {
    expect(meetingTableCap(testTable, m2)).toBe(fen)
    expect(checkMeetingTable(testTable, { roomAreaM2: m2, priceFen: fen }).outcome).toBe('ok')
    expect(checkMeetingTable(testTable, { roomAreaM2: m2, priceFen: fen + 1 }).outcome).toBe('block')
  })

  it('EQ-09 EQ case 7: desk with side cabinet at 4,300 against 3,000 + 1,000', () => {
    const codes = ['item.desk', 'item.filing-cabinet']
    expect(checkCombinedFurniture(testTable, codes, 430_000)).toMatchObject({ rule: 'EQ-09', outcome: 'block' })
    expect(checkCombinedFurniture(testTable, codes, 400_000).outcome).toBe('ok')
  })

  it.each([
    ['厅局级 desk for a 处长, new', 'division-chief', 450_000, true, 'block'],
    ['the same, already there', 'division-chief', 450_000, false, 'warn'],
    ['for a 厅长', 'bureau-chief', 450_000, true, 'ok'],
    ['for a 副厅长, over', 'bureau-deputy', 450_001, true, 'block'],
    ['ministerial rank has rules of its own', 'province-deputy', 900_000, true, 'needs-approval'],
  ] as const)('EQ-10 %s', (_, rank, priceFen, newPurchase, outcome) =>
    expect(checkFurnitureRank(testTable, 'item.desk', rank, { priceFen, newPurchase }).outcome).toBe(outcome),
  )

  it('EQ-10 a higher rank never has a lower cap, for every piece with two columns', () => {
    for (const code of [
      'item.desk',
      'item.chair',
      'item.bookcase',
      'item.filing-cabinet',
      'item.wardrobe',
      'item.sofa-three',
    ]) {
      const caps = ranks.flatMap((rank) => {
        const own = furnitureCode(testTable, code, rank)
        return own === null ? [] : [figureFor(testTable, own, 'item').value.priceCapFen ?? 0]
      })
      expect(caps).toEqual(caps.toSorted((a, b) => b - a))
    }
  })

  it('EQ-11 no precious wood, no luxury', () => {
    expect(checkMaterial(testTable, { preciousWood: true, luxury: false }).outcome).toBe('block')
    expect(checkMaterial(testTable, { preciousWood: false, luxury: true }).outcome).toBe('block')
    expect(checkMaterial(testTable, { preciousWood: false, luxury: false }).outcome).toBe('ok')
  })
})
