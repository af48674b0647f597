import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestSide, smallerSize } from './small-picture.ts'

const side = fc.integer({ min: 1, max: 20_000 })

describe('a picture is made smaller before it is sent', () => {
  it('a phone’s 12 megapixels become 2000 on the long side, upright or across; a small picture stays', () => {
    expect(smallerSize(4000, 3000)).toEqual({ width: 2000, height: 1500 })
    expect(smallerSize(3024, 4032)).toEqual({ width: 1500, height: 2000 })
    expect(smallerSize(2000, 1200)).toBeNull()
  })

  it('is never larger than that, never nothing, and keeps its shape', () =>
    fc.assert(
      fc.property(side, side, (width, height) => {
        const size = smallerSize(width, height)
        if (size === null) {
          expect(Math.max(width, height)).toBeLessThanOrEqual(longestSide)
          return
        }
        expect(Math.max(size.width, size.height)).toBe(longestSide)
        expect(Math.min(size.width, size.height)).toBeGreaterThan(0)
        expect(Math.abs(size.width * height - size.height * width)).toBeLessThanOrEqual(Math.max(width, height))
      }),
    ))
})
