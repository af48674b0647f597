import { expect, test } from 'vitest'
import { stillPlanning } from './cycle.ts'

test.each([
  ['open', true],
  ['planned', true],
  ['in-force', false],
  ['closed', false],
] as const)('A31-1 A35-1 a cycle that is %s is still being planned: %s', (state, ok) => {
  expect(stillPlanning({ year: 2026, state }).ok).toBe(ok)
})
