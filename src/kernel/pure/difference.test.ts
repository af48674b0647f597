import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differences } from './difference.ts'

const finding = {
  rule: 'PLAN-R02',
  outcome: 'ok',
  basis: { norm: 'A33-1', citation: '第三十三条' },
  field: 'quantity',
  message: '在可增配数量5以内。',
  remedy: null,
  facts: { 申请数量: 3, '单价（分）': 480_000 },
  parameters: [{ code: 'item.desktop', title: '台式计算机', value: '100%', until: null }],
  steps: [
    { label: '数量上限', expression: '40 × 100%', result: '40', operands: [{ label: '人数', value: 40, unit: '人' }] },
  ],
}
const judged = {
  findings: [finding, { ...finding, rule: 'PLAN-R03', field: 'unitPriceFen' }],
  conclusion: { says: '同意', values: { 核定数量: 3 } },
}

describe('differences between two decisions (A8-1)', () => {
  test('none between equal ones, whatever the order of keys', () => {
    expect(differences(judged, JSON.parse(JSON.stringify(judged)))).toEqual([])
    expect(differences({ a: 1, b: undefined }, { a: 1 })).toEqual([])
  })
  test('a figure is named by its place in words and shown in yuan', () => {
    const other = {
      ...judged,
      findings: [{ ...finding, facts: { ...finding.facts, '单价（分）': 500_000 } }, judged.findings[1]],
    }
    expect(differences(judged, other)).toEqual([
      {
        path: 'findings/PLAN-R02 quantity/facts/单价（分）',
        label: '核对结果 › PLAN-R02 quantity › 输入 › 单价（元）',
        before: '4,800.00',
        after: '5,000.00',
      },
    ])
  })
  test('one finding more is one difference, told by what it says', () => {
    const more = {
      ...judged,
      findings: [...judged.findings, { ...finding, rule: 'PLAN-R06', message: '应优先调剂。' }],
    }
    expect(differences(judged, more)).toEqual([
      {
        path: 'findings/PLAN-R06 quantity',
        label: '核对结果 › PLAN-R06 quantity',
        before: null,
        after: '应优先调剂。',
      },
    ])
  })
  test('the same findings in another order differ by their order', () => {
    const turned = { ...judged, findings: judged.findings.toReversed() }
    expect(differences(judged, turned).map(({ path }) => path)).toEqual(['findings/order'])
  })

  /** Plain JSON as the database gives it back. */
  const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  test('property: equal exactly when there is no difference', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(differences(one, structuredClone(one))).toEqual([])
        expect(differences(one, other).length === 0).toBe(sameJson(one, other))
      }),
    )
  })
  test('property: whatever single field of a decision is changed is found, and no other', () => {
    const leaves = leavesOf(judged)
    fc.assert(
      fc.property(fc.constantFrom(...leaves), (path) => {
        const changed = structuredClone(judged) as unknown
        setAt(changed, path, '另一个值')
        const found = differences(judged, changed)
        expect(found.length).toBeGreaterThan(0)
        expect(differences(changed, judged).length).toBe(found.length)
      }),
    )
  })
})

function sameJson(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].every((key) => sameJson((one as never)[key], (other as never)[key]))
}

function leavesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]))
}

function setAt(value: unknown, path: readonly (string | number)[], to: unknown): void {
  const last = path.at(-1) as string
  const parent = path.slice(0, -1).reduce((at: never, key) => at[key as never], value as never) as Record<
    string,
    unknown
  >
  parent[last] = to
}
