import { describe, expect, it } from 'vitest'
import { testHolding, testLine, testStandards } from '../../testing/standards.ts'
import { DemandLineDraft } from '../../model.ts'
import { fillIn } from './fill-in.ts'
import { dateIn, lineOf, rowOf, sheetColumns } from './sheet.ts'

const columns = sheetColumns(testStandards, { storeQuery: () => '', carriedFrom: () => '' })
const draft = (changes: Parameters<typeof testLine>[0] = {}) => DemandLineDraft.parse({ ...testLine(changes) })

describe('the sheet of a demand', () => {
  it.each([
    ['a new computer', draft()],
    [
      'a replacement with its appraisal',
      draft({
        replacement: { acquiredOn: '2018-05-20', beyondRepair: true, appraisalDocument: '晋鉴字12号' },
        inOwnBudget: true,
      }),
    ],
    [
      'a line hardly begun',
      draft({
        needKind: null,
        itemName: '',
        standardCode: null,
        economicCode: null,
        quantity: null,
        unit: '',
        unitPriceFen: null,
        amountFen: null,
        neededMonth: null,
        reason: '',
      }),
    ],
  ])('keeps %s as it is', (_, line) => {
    expect(lineOf(rowOf(line, columns, 'a'), columns)).toEqual({ draft: line, troubles: {} })
  })

  it('takes what is pasted from Excel: codes, labels, separators, dates', () => {
    const { draft: line, troubles } = lineOf(
      {
        key: 'new-1',
        cells: {
          needKind: 'N09',
          economicCode: '31002',
          quantity: '1,200',
          unitPriceFen: '4,800.5',
          acquiredOn: '2018年5月20日',
          neededMonth: '4',
        },
      },
      columns,
    )
    expect(troubles).toEqual({})
    expect(line).toMatchObject({
      needKind: 'N09',
      economicCode: '31002',
      quantity: 1200,
      unitPriceFen: 480_050,
      replacement: { acquiredOn: '2018-05-20' },
    })
  })

  it('saves the rest of a row whose cell cannot be taken, and names the cell', () => {
    const { draft: line, troubles } = lineOf(
      { key: 'a', cells: { itemName: '台式计算机', neededMonth: '13', quantity: '约40' } },
      columns,
    )
    expect(line).toMatchObject({ itemName: '台式计算机', neededMonth: null, quantity: null })
    expect(Object.keys(troubles)).toEqual(['neededMonth'])
  })

  it.each([
    ['2018/5/20', '2018-05-20'],
    ['2018.05.20', '2018-05-20'],
    ['2018-02-30', null],
    ['去年', null],
  ])('reads %s as %s', (text, date) => expect(dateIn(text)).toBe(date))
})

describe('what the system fills in itself', () => {
  const known = { items: testStandards.items, holdings: [testHolding()] }
  const row = (cells: Record<string, string>) => ({ key: 'a', cells })
  const filled = (before: Record<string, string>, after: Record<string, string>) =>
    Object.fromEntries(fillIn(row(before), row(after), columns, known).map(({ column, text }) => [column, text]))

  it('is the money, when quantity and price are there', () => {
    expect(filled({ quantity: '12' }, { quantity: '12', unitPriceFen: '4800' })).toEqual({ amountFen: '57,600.00' })
  })
  it('follows a changed quantity while the money is still its own', () => {
    expect(
      filled(
        { quantity: '12', unitPriceFen: '4800', amountFen: '57600' },
        { quantity: '10', unitPriceFen: '4800', amountFen: '57600' },
      ),
    ).toEqual({ amountFen: '48,000.00' })
  })
  it('leaves a sum somebody typed', () => {
    expect(
      filled(
        { quantity: '12', unitPriceFen: '4800', amountFen: '60000' },
        { quantity: '10', unitPriceFen: '4800', amountFen: '60000' },
      ),
    ).toEqual({})
  })
  it('is unit, name and stock, when the standard is chosen', () => {
    expect(filled({}, { standardCode: 'item.desktop', itemName: '办公电脑' })).toEqual({
      unit: '台',
      existingQuantity: '48',
      usableQuantity: '48',
    })
  })
})
