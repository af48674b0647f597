import { describe, expect, test } from 'vitest'
import type { PlanLine } from '../../model.ts'
import { changedLine, lineProblem, type Typed } from './line-change.ts'

const line: PlanLine = {
  id: '019a0000-0000-7000-8000-000000000001',
  lineNo: 1,
  number: 'JH-2026-140100-J-00001',
  demandLineId: null,
  ledgerLineId: null,
  centralised: true,
  servedOrganId: '019a0000-0000-7000-8000-000000000002',
  servedOrganName: '市教育局',
  needKind: 'N09',
  itemName: '台式计算机',
  economicCode: '31002',
  unit: '台',
  quantity: 8,
  amountFen: 4_000_000,
  fromMonth: 3,
  toMonth: 9,
}
const typed: Typed = { quantity: 8, amount: 4_000_000, from: 3, to: 9 }

describe('a line of the draft as it is typed', () => {
  test('a line left as it was is not sent', () => expect(changedLine(line, typed)).toBeNull())
  test('a lowered amount is sent with everything else of the line', () =>
    expect(changedLine(line, { ...typed, amount: 3_500_000 })).toEqual({
      id: line.id,
      quantity: 8,
      amountFen: 3_500_000,
      fromMonth: 3,
      toMonth: 9,
    }))
  test.each(['quantity', 'amount', 'from', 'to'] as const)('an unreadable %s is named and the line not sent', (key) => {
    const wrong = { ...typed, [key]: null }
    expect(lineProblem(wrong, key)).not.toBeNull()
    expect(changedLine(line, wrong)).toBeNull()
  })
  test('months stand in order and within the year', () => {
    expect(lineProblem({ ...typed, from: 10 }, 'to')).toBe('截止月不能早于起始月。')
    expect(lineProblem({ ...typed, to: 13 }, 'to')).toBe('月份应为 1 至 12 的整数。')
    expect(lineProblem({ ...typed, from: 2.5 }, 'from')).toBe('月份应为 1 至 12 的整数。')
    expect(lineProblem({ ...typed, from: 9 }, 'to')).toBeNull()
  })
})
