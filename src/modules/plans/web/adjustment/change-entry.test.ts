import { describe, expect, test } from 'vitest'
import type { LedgerLine } from '#modules/ledger/model.ts'
import { changeOf, differenceFen, entryOfLine, entryProblem, movedFen, newEntry } from './change-entry.ts'

const line: LedgerLine = {
  id: '019a0000-0000-7000-8000-000000000001',
  jurisdictionCode: '140100',
  year: 2026,
  number: 'JH-2026-140100-J-00001',
  planId: '019a0000-0000-7000-8000-000000000003',
  holderOrganId: '019a0000-0000-7000-8000-000000000002',
  holderOrganName: '市教育局',
  servedOrganId: '019a0000-0000-7000-8000-000000000002',
  servedOrganName: '市教育局',
  needKind: 'N08',
  itemName: '物业服务',
  economicCode: '30209',
  unit: '项',
  centralised: false,
  plannedFen: 1_000,
  committedFen: 200,
  executedFen: 300,
  remainingFen: 500,
  plannedQuantity: 1,
  committedQuantity: 0,
  executedQuantity: 0,
  closedOn: null,
  version: 1,
}

describe('a change while it is typed', () => {
  test('a ledger line begins as it stands and knows what is spent and committed', () => {
    const entry = entryOfLine(line)
    expect(entry.usedFen).toBe(500)
    expect(changeOf(entry)).toEqual({
      lineId: line.id,
      needKind: 'N08',
      itemName: '物业服务',
      economicCode: '30209',
      unit: '项',
      beforeFen: 1_000,
      afterFen: 1_000,
      beforeQuantity: 1,
      afterQuantity: 1,
    })
  })
  test('what could not be read is named and not sent', () => {
    const entry = { ...entryOfLine(line), afterFen: '约五百' }
    expect(entryProblem(entry)).toBe('调整后金额应为不小于零的金额。')
    expect(changeOf(entry)).toBeNull()
  })
  test('a matter the plan did not have asks for name, kind, code, unit and figures one after the other', () => {
    const blank = newEntry('a')
    const named = { ...blank, itemName: ' 应急发电机 ' }
    const placed = { ...named, needKind: 'N09' as const, economicCode: '31002' }
    const whole = { ...placed, unit: '台', afterQuantity: 1, afterFen: 5_000 }
    expect(
      [blank, named, { ...placed, economicCode: null }, placed, { ...whole, afterQuantity: null }].map(entryProblem),
    ).toEqual([
      '请填写事项名称。',
      '请选择需求类别。',
      '请选择经济科目。',
      '请填写计量单位。',
      '调整后数量应为不小于零的数字。',
    ])
    expect(changeOf(whole)).toMatchObject({ lineId: null, itemName: '应急发电机', beforeFen: 0, afterFen: 5_000 })
  })
})

describe('money of an adjustment', () => {
  const changes = [
    { beforeFen: 1_000, afterFen: 400 },
    { beforeFen: 0, afterFen: 700 },
  ]
  test('the change of the total is what finance looks at', () => expect(differenceFen(changes)).toBe(100))
  test('the money moved is what was added or taken, whichever is more', () => {
    expect(movedFen(changes)).toBe(700)
    expect(
      movedFen([
        { beforeFen: 900, afterFen: 100 },
        { beforeFen: 0, afterFen: 300 },
      ]),
    ).toBe(800)
    expect(movedFen([])).toBe(0)
  })
})
