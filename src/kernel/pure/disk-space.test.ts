import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDiskFull, isDiskLow } from './disk-space.ts'

test('G21 writing ends below the reserve and begins again with a quarter more; what is not known stops nobody', () => {
  const space = (freeBytes: number) => ({ freeBytes, totalBytes: 1000, reserveBytes: 100 })
  expect([99, 100, 124, 125].map((free) => isDiskFull(space(free)))).toEqual([true, false, false, false])
  expect([99, 100, 124, 125].map((free) => isDiskFull(space(free), true))).toEqual([true, true, true, false])
  expect([null, { freeBytes: 0, totalBytes: 1000 }].map((one) => isDiskFull(one, true))).toEqual([false, false])
  expect(isDiskFull({ freeBytes: 0, totalBytes: 1000, reserveBytes: 0 })).toBe(false)
})

test('G21 who was told that there is no room is never told that there is with less', () =>
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), fc.nat(300), (first, second, reserveBytes) => {
      const [less, more] = [Math.min(first, second), Math.max(first, second)]
      const full = (freeBytes: number, was: boolean) => isDiskFull({ freeBytes, totalBytes: 1000, reserveBytes }, was)
      for (const was of [false, true]) if (full(more, was)) expect(full(less, was)).toBe(true)
      if (full(first, false)) expect(full(first, true)).toBe(true)
    }),
  ))

test('less than a tenth is low', () =>
  expect([99, 100].map((freeBytes) => isDiskLow({ freeBytes, totalBytes: 1000 }))).toEqual([true, false]))
