import { describe, expect, test } from 'vitest'
import type { Decision, DemandLine, Proposal } from '../../model.ts'
import { mayDecide } from '../../rules/review.ts'
import {
  askedOf,
  draftFor,
  inOrder,
  nextOpen,
  opinionKeys,
  sumsOf,
  withAmount,
  withOpinion,
  withQuantity,
} from './draft.ts'
import type { ReviewRow } from './draft.ts'

const line: DemandLine = {
  id: '00000000-0000-4000-8000-000000000001',
  lineNo: 1,
  needKind: 'N09',
  itemName: '台式计算机',
  standardCode: null,
  economicCode: null,
  quantity: 10,
  unit: '台',
  unitPriceFen: 500_000,
  amountFen: 5_000_000,
  fundSource: 'general-budget',
  neededMonth: 3,
  existingQuantity: null,
  usableQuantity: null,
  disposingQuantity: null,
  replacement: null,
  reason: '',
  note: '',
  inOwnBudget: false,
  storeQuery: null,
  carriedFrom: null,
  findings: [],
  outcome: 'ok',
}
const cut: Proposal = {
  opinion: 'O2',
  quantity: 6,
  amountFen: 3_000_000,
  reason: '按标准核减4台。',
  centralised: true,
  findings: [],
  oddness: 40,
}
const agreed: Proposal = {
  ...cut,
  opinion: 'O1',
  quantity: 10,
  amountFen: 5_000_000,
  reason: '符合配置标准，同意。',
  oddness: 5,
}

function row(lineNo: number, oddness: number, amountFen: number | null): ReviewRow {
  const decision: Decision | null =
    amountFen === null
      ? null
      : {
          ...cut,
          amountFen,
          deviates: false,
          matchedQuantity: 0,
          decidedBy: '李晓燕',
          decisionId: null,
          decisionNumber: null,
          decidedAt: '2026-09-01T02:00:00Z',
        }
  return {
    line: { ...line, id: `00000000-0000-4000-8000-00000000000${lineNo}`, lineNo },
    proposal: { ...cut, oddness },
    decision,
  }
}

describe('drafts of a decision', () => {
  test('an opinion equal to the proposal takes over its figures and reason', () => {
    expect(draftFor('O2', line, cut)).toEqual({
      opinion: 'O2',
      quantity: 6,
      amountFen: 3_000_000,
      reason: '按标准核减4台。',
    })
  })

  test('PLAN-R09: drafts of opinions without money have none, and what needs no typing is allowed at once', () => {
    const refused = opinionKeys.filter(
      (opinion) => !mayDecide(askedOf(line), draftFor(opinion, line, agreed), agreed).ok,
    )
    expect(refused).toEqual(['O2', 'O5', 'O6'])
    for (const opinion of ['O3', 'O4', 'O5', 'O7', 'O8'] as const)
      expect(draftFor(opinion, line, agreed).amountFen).toBe(0)
  })

  test('less than asked makes 同意 a 核减 and the money follows the price', () => {
    expect(withQuantity(draftFor('O1', line, agreed), 7, line)).toMatchObject({
      opinion: 'O2',
      quantity: 7,
      amountFen: 3_500_000,
    })
    expect(withAmount(draftFor('O1', line, agreed), 4_000_000, line)).toMatchObject({
      opinion: 'O2',
      quantity: 10,
      amountFen: 4_000_000,
    })
  })

  test('money without a unit price follows in proportion and never goes above what was asked', () => {
    const unpriced = { ...line, unitPriceFen: null }
    expect(withQuantity(draftFor('O1', unpriced, agreed), 3, unpriced).amountFen).toBe(1_500_000)
    expect(withQuantity(draftFor('O1', line, agreed), 12, line).amountFen).toBe(5_000_000)
  })

  test('a typed reason survives another opinion; the proposed one does not', () => {
    expect(withOpinion({ ...draftFor('O2', line, cut), reason: '另有来源。' }, 'O5', line, cut).reason).toBe(
      '另有来源。',
    )
    expect(withOpinion(draftFor('O2', line, cut), 'O5', line, cut).reason).toBe('')
  })
})

describe('lines under review', () => {
  const rows = [row(1, 10, null), row(2, 90, 2_000_000), row(3, 50, null)]

  test('sums count as cut only what has been decided', () => {
    expect(sumsOf(rows)).toEqual({
      lines: 3,
      decided: 1,
      askedFen: 15_000_000,
      approvedFen: 2_000_000,
      cutFen: 3_000_000,
    })
  })

  test('O4: a line sent back is decided, yet nothing of it is cut', () => {
    const returned = row(1, 10, 0)
    const sums = sumsOf([{ ...returned, decision: returned.decision && { ...returned.decision, opinion: 'O4' } }])
    expect(sums).toEqual({ lines: 1, decided: 1, askedFen: 5_000_000, approvedFen: 0, cutFen: 0 })
  })

  test('order by oddness or by number', () => {
    expect(inOrder(rows, 'odd').map(({ line }) => line.lineNo)).toEqual([2, 3, 1])
    expect(inOrder(rows, 'number').map(({ line }) => line.lineNo)).toEqual([1, 2, 3])
  })

  test('the next open line goes round to the top, and there is none when all are decided', () => {
    const odd = inOrder(rows, 'odd')
    expect(nextOpen(odd, rows[2]?.line.id ?? '')?.line.lineNo).toBe(1)
    expect(nextOpen(odd, rows[0]?.line.id ?? '')?.line.lineNo).toBe(3)
    expect(nextOpen([row(1, 1, 5)], rows[0]?.line.id ?? '')).toBeUndefined()
  })
})
