import { describe, expect, test } from 'vitest'
import { mayClose, notClosed, stillPlanning } from './cycle.ts'

test.each([
  ['open', true],
  ['planned', true],
  ['in-force', false],
  ['closed', false],
] as const)('A31-1 A35-1 a cycle that is %s is still being planned: %s', (state, ok) => {
  expect(stillPlanning({ year: 2026, state }).ok).toBe(ok)
})

describe('B80 when a year may be closed', () => {
  const codes = (state: 'open' | 'planned' | 'in-force' | 'closed', more: object, today = '2027-01-01') => {
    const verdict = mayClose(
      { year: 2026, state },
      { openAdjustments: 0, openCount: 0, carryReason: '', ...more },
      today,
    )
    return verdict.ok ? [] : verdict.refusals.map(({ code }) => code)
  }
  test('A34-1 it is over, its adjustments are filed, and what is held is settled or carried over with a reason', () => {
    expect(codes('in-force', {})).toEqual([])
    expect(codes('in-force', {}, '2026-12-31')).toEqual(['year-not-over'])
    expect(codes('in-force', { openAdjustments: 1, openCount: 2, carryReason: ' ' })).toEqual([
      'adjustments-open',
      'commitments-open',
    ])
    expect(codes('in-force', { openCount: 2, carryReason: '发票未到' })).toEqual([])
    for (const state of ['open', 'planned', 'closed'] as const) expect(codes(state, {})).toEqual(['state'])
  })
  test('only a closed year is planned no more', () =>
    expect(
      (['open', 'planned', 'in-force', 'closed'] as const).map((state) => notClosed({ year: 2026, state }).ok),
    ).toEqual([true, true, true, false]))
})
