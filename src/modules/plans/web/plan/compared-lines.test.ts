import { describe, expect, test } from 'vitest'
import type { PlanLine } from '../../model.ts'
import { comparedLines } from './compared-lines.ts'

function line(number: string, quantity: number, amountFen: number): PlanLine {
  return {
    id: `id-${number}`,
    lineNo: 1,
    number,
    demandLineId: null,
    ledgerLineId: null,
    centralised: true,
    servedOrganId: '019a0000-0000-7000-8000-000000000002',
    servedOrganName: '市教育局',
    needKind: 'N09',
    itemName: `事项${number}`,
    economicCode: '31002',
    unit: '台',
    quantity,
    amountFen,
    fromMonth: 1,
    toMonth: 12,
  }
}

describe('two versions of a plan beside each other', () => {
  const before = [line('1', 5, 500), line('2', 1, 100), line('3', 2, 200)]

  test('only lines that differ are told, gone ones last', () => {
    const now = [line('1', 5, 500), line('3', 2, 150), line('4', 1, 80)]
    expect(comparedLines(before, now).map(({ id, what, differenceFen }) => [id, what, differenceFen])).toEqual([
      ['id-3', '调整', -50],
      ['id-4', '新增', 80],
      ['id-2', '取消', -100],
    ])
  })
  test('a change of quantity alone counts', () =>
    expect(comparedLines([line('1', 5, 500)], [line('1', 4, 500)])).toMatchObject([{ what: '调整', differenceFen: 0 }]))
  test('the same version has no differences', () => expect(comparedLines(before, before)).toEqual([]))
})
