import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leftToBuy } from './unmet.ts'

const line = (key: number, needed: number) => ({
  lineId: `line-${key}`,
  organId: `organ-${key}`,
  standardCode: 'item.desktop',
  needed,
  priceFen: 480_000,
  replacement: false,
  submittedOn: '2026-06-10',
})

describe('what is left to buy (PLAN-R06)', () => {
  it('of every line, met and missing pieces are what it needs, and no line stands twice', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.nat(20)), { maxLength: 12 }), (wants) => {
        const lines = wants.map(([needed], at) => line(at, needed))
        const allotted = wants.flatMap(([needed, met], at) =>
          met === 0 ? [] : [{ asker: `line-${at}`, stock: `stock-${at}`, quantity: Math.min(met, needed) }],
        )
        const left = leftToBuy({ lines, kinds: [], supplies: [] }, allotted, {} as never)
        const missing = new Map(left.map((one) => [one.line.lineId, one.missing]))
        expect(missing.size).toBe(left.length)
        wants.forEach(([needed, met], at) =>
          expect(missing.get(`line-${at}`) ?? 0).toBe(needed - Math.min(met, needed)),
        )
      }),
    ))

  it('where nothing of the kind is there, no reason is made up', () =>
    expect(leftToBuy({ lines: [line(1, 2)], kinds: [], supplies: [] }, [], {} as never)).toMatchObject([
      { missing: 2, reasons: [] },
    ]))
})
