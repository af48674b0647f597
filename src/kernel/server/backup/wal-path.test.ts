import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { segmentOf, walName, walPath, walPlace } from './wal-path.ts'

const size = 16 * 1024 * 1024
const name = (segment: number, timeline = 1) => walName({ timeline, segment }, size)

describe('names', () => {
  test('are timeline, log and segment', () => {
    expect(name(3)).toBe('000000010000000000000003')
    expect(name(256 + 5, 2)).toBe('000000020000000100000005')
    expect(segmentOf('0/3000028', size)).toBe(3)
    expect(segmentOf('1/5000000', size)).toBe(256 + 5)
    expect(walPlace('00000002.history', size)).toBeNull()
    expect(walPlace('000000010000000000000003.00000028.backup', size)).toBeNull()
  })

  test('lead back to the place, whatever it is', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xffff }), fc.nat(0xffff_ffff), (timeline, segment) => {
        expect(walPlace(walName({ timeline, segment }, size), size)).toEqual({ timeline, segment })
      }),
    ))
})

describe('the way of recovery', () => {
  test('G26 goes on until the first gap, which is named when more lies behind it', () =>
    fc.assert(
      fc.property(fc.nat(20), fc.integer({ min: 1, max: 30 }), fc.nat(40), (first, count, gapAt) => {
        const all = Array.from({ length: count }, (_, index) => name(first + index))
        const present = new Set(all.filter((_, index) => index !== gapAt))
        const { names, next, isGap } = walPath({ timeline: 1, segment: first }, present, new Map(), size)
        expect(names).toEqual(all.slice(0, Math.min(gapAt, count)))
        expect([next, isGap]).toEqual([name(first + Math.min(gapAt, count)), gapAt < count - 1])
      }),
    ))

  test('follows the newest timeline after a restore, not what the abandoned one wrote later', () => {
    const histories = new Map([[2, '1\t0/5000100\tbefore 2026-11-25']])
    const present = new Set([name(3), name(4), name(5), name(6), name(5, 2), name(6, 2)])
    expect(walPath({ timeline: 1, segment: 3 }, present, histories, size)).toEqual({
      names: [name(3), name(4), name(5, 2), name(6, 2)],
      next: name(7, 2),
      isGap: false,
    })
  })

  test('a backup made after the switch stays on its own timeline', () => {
    const histories = new Map([[2, '1\t0/5000100\tx']])
    const present = new Set([name(7, 2), name(8, 2), name(9)])
    expect(walPath({ timeline: 2, segment: 7 }, present, histories, size).names).toEqual([name(7, 2), name(8, 2)])
  })
})
