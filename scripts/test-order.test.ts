import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { early } from './test-order.ts'
import { root } from './run-step.ts'

test('every file that begins early is there, and named once', () => {
  expect(early.filter((file) => !existsSync(join(root, file)))).toEqual([])
  expect(new Set(early).size).toBe(early.length)
})
