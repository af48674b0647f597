import { describe, expect, it } from 'vitest'
import { testStandards } from '#modules/plans/testing/standards.ts'
import type { Chosen, Supply } from '../model.ts'
import { kindsOf, leftOutFor, type Wanting } from './assembling.ts'
import { matchedLineKind } from './decision.ts'
import type { LineInputs } from './explaining.ts'
import { lastsLongEnough, monthsLeft, stockOf } from './suitability.ts'

const supply = (more: Partial<Supply> = {}): Supply => ({
  source: 'warehouse',
  id: 'thing',
  cardId: 'card',
  number: 'G-0001',
  name: '台式计算机',
  standardCode: 'item.desktop',
  organId: 'authority',
  organName: '太原市机关事务管理局',
  place: '市直机关公物仓 A架1层',
  quantity: 1,
  grade: 'B',
  remainingMonths: 36,
  repairFen: 30_000,
  transportFen: 2_000,
  ...more,
})
const chosen = (more: Partial<Chosen> = {}): Chosen => ({
  ...supply(),
  own: false,
  pieces: 1,
  savedFen: 448_000,
  ...more,
})
const wanting = (more: Partial<Wanting> = {}): Wanting => ({
  lineId: 'line',
  organId: 'education',
  standardCode: 'item.desktop',
  needed: 3,
  priceFen: 480_000,
  replacement: false,
  submittedOn: '2026-11-20',
  ...more,
})
const inputs = (more: Partial<LineInputs> = {}): LineInputs => ({
  line: {
    organName: '太原市教育局',
    itemName: '台式计算机',
    standardCode: 'item.desktop',
    unit: '台',
    asked: 20,
    needed: 20,
    inUse: 40,
    priceFen: 480_000,
    replacement: false,
  },
  chosen: [chosen(), chosen({ id: 'other', number: 'G-0002' })],
  leftOut: [],
  elsewhere: [],
  ...more,
})
const explained = (more: Partial<LineInputs> = {}) => matchedLineKind.evaluate(inputs(more), testStandards)

describe('A23-2, GWC-R01 why these things', () => {
  it('says what there is, in what state, at what cost, and shows the arithmetic', () => {
    const { findings, conclusion } = explained()
    expect(conclusion.says).toBe('调剂2台，其余18台购置，节约购置资金8,960.00元。')
    expect(findings[1]).toMatchObject({ rule: 'GWC-R01', outcome: 'warn', basis: { norm: 'A23-2' } })
    expect(findings[1]?.message).toContain('有2台B级，剩余使用期36个月以上，每台修复300.00元、搬运20.00元')
    expect(findings[1]?.steps[0]).toMatchObject({ expression: '(4,800.00 − 320.00) × 2', result: '8,960.00元' })
  })

  it('what is the asker’s own is not moved', () => {
    const own = chosen({ source: 'idle', own: true, grade: null, repairFen: 0, transportFen: 5_000, savedFen: 480_000 })
    expect(explained({ chosen: [own] }).findings[1]?.message).toContain('本机关闲置有1台同类资产')
  })

  it('A6-1 another level’s things are marked as such: whose, how far, what the way costs, and that it must consent', () => {
    const level = {
      jurisdictionCode: '140000',
      jurisdictionName: '山西省',
      relation: 'above' as const,
      levelsApart: 1,
    }
    const far = chosen({
      source: 'level',
      id: 'far',
      cardId: null,
      organId: null,
      organName: '山西省公物仓',
      place: '省直仓',
      repairFen: 0,
      transportFen: 10_000,
      savedFen: 470_000,
      level,
    })
    const { findings, conclusion } = explained({ chosen: [chosen(), far] })
    expect(conclusion.says).toBe('调剂2台（其中其他层级1台，须经其同意），其余18台购置，节约购置资金9,180.00元。')
    expect(findings.map(({ rule }) => rule)).toEqual(['GWC-R11', 'GWC-R01', 'A6-1'])
    expect(findings[2]).toMatchObject({ outcome: 'warn', basis: { norm: 'A6-1' } })
    expect(findings[2]?.message).toBe(
      '本级没有更多同类资产。山西省公物仓（上级，省直仓）有1台B级，剩余使用期36个月以上，每台修复0.00元、搬运100.00元（跨1级），比购置少花4,700.00元；采纳后向该级商请，须经其机关事务管理部门和财政部门同意。',
    )
    expect(findings[2]?.parameters.map(({ code }) => code)).toContain('plan.match-transport-level')
  })

  it('A6-1 says what other levels have, and why the rest was left out', () => {
    const { findings } = explained({
      leftOut: [{ reason: 'life', pieces: 3 }],
      elsewhere: [{ jurisdictionName: '山西省', pieces: 4 }],
    })
    expect(findings.slice(2).map(({ rule, message }) => [rule, message])).toEqual([
      ['GWC-R01', '另有3台同类资产未列入：剩余使用期不足12个月。'],
      ['A6-1', '山西省公物仓另有4台同类资产，须商该级机关事务管理部门和财政部门同意后划转。'],
    ])
  })

  it('is told again from what was kept, word for word', () => {
    const kept = JSON.parse(JSON.stringify(inputs())) as LineInputs
    expect(matchedLineKind.evaluate(kept, testStandards)).toEqual(explained())
  })
})

describe('what could meet a line', () => {
  it('counts whole months that are left of the least life', () => {
    expect(monthsLeft('2027-11-23', '2026-11-23')).toBe(12)
    expect(monthsLeft('2027-11-22', '2026-11-23')).toBe(11)
    expect(monthsLeft('2020-01-01', '2026-11-23')).toBe(0)
  })

  it('plan.match-least-life: what soon has to be replaced is not given', () => {
    expect([11, 12, null].map((months) => lastsLongEnough({ remainingMonths: months }, testStandards))).toEqual([
      false,
      true,
      true,
    ])
    const [kind] = kindsOf([wanting()], [supply(), supply({ id: 'old', remainingMonths: 3 })], testStandards)
    expect([kind?.supplies.length, kind?.worn.length]).toEqual([1, 1])
    expect(kindsOf([wanting()], [supply({ remainingMonths: 3 })], testStandards)).toEqual([])
    expect(kindsOf([wanting()], [supply({ standardCode: 'item.laptop' })], testStandards)).toEqual([])
  })

  it('better grades and longer lives go first; own idle things cost no move', () => {
    expect(stockOf(supply({ grade: 'A' })).rank).toBeLessThan(stockOf(supply({ grade: 'B' })).rank)
    expect(stockOf(supply({ remainingMonths: 60 })).rank).toBeLessThan(stockOf(supply({ remainingMonths: 20 })).rank)
    expect(stockOf(supply({ source: 'idle', repairFen: 0 }))).toMatchObject({ ownCostFen: 0, costFen: 2_000 })
  })

  it('says why a line does not get the rest', () => {
    const supplies = [
      supply({ id: 'mine' }),
      supply({ id: 'theirs' }),
      supply({ id: 'lot', quantity: 9 }),
      supply({ id: 'dear', repairFen: 600_000 }),
    ]
    const given = new Map([
      ['mine', 1],
      ['theirs', 1],
    ])
    const allotted = [{ asker: 'line', stock: 'mine', quantity: 1 }]
    const worn = [supply({ id: 'worn', quantity: 2 })]
    expect(leftOutFor(wanting(), { supplies, worn }, allotted, given)).toEqual([
      { reason: 'lot', pieces: 9 },
      { reason: 'life', pieces: 2 },
      { reason: 'given', pieces: 1 },
      { reason: 'dear', pieces: 1 },
    ])
    expect(leftOutFor(wanting({ needed: 1 }), { supplies, worn }, allotted, given)).toEqual([])
  })
})
