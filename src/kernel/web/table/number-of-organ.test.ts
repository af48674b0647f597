import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withoutPlace } from './number-of-organ.tsx'

describe('whose a number is', () => {
  it('an organ of the reader’s own place is called without it, others by their whole name', () => {
    expect(withoutPlace('太原市审计局', '太原市')).toBe('审计局')
    expect(withoutPlace('清徐县教育局', '太原市')).toBe('清徐县教育局')
    expect(withoutPlace('中国民主建国会太原市委员会', '太原市')).toBe('中国民主建国会太原市委员会')
    expect(withoutPlace('太原市审计局', undefined)).toBe('太原市审计局')
  })

  it('two organs of a place are never called the same', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string({ minLength: 1 }), (one, other, place) => {
        fc.pre(one !== other)
        expect(withoutPlace(place + one, place)).not.toBe(withoutPlace(place + other, place))
      }),
    ))
})
