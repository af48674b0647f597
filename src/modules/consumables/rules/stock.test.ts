import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { after, counted, fellBelow, issued, mayIssue, mayTakeBack, shareOf, takenBack, type Stock } from './stock.ts'

const codes = (verdict: ReturnType<typeof mayIssue>) => (verdict.ok ? [] : verdict.refusals.map(({ code }) => code))
const paper = { name: '复印纸', spec: 'A4 70g', unit: '包', quantity: 10, stopped: false }

describe('stock of consumables (A12-4)', () => {
  it('pieces take their share of the value by average, the last ones all that is left', () => {
    expect(shareOf({ quantity: 3, valueFen: 100 }, 1)).toBe(33)
    expect(shareOf({ quantity: 2, valueFen: 67 }, 1)).toBe(34)
    expect(shareOf({ quantity: 1, valueFen: 33 }, 1)).toBe(33)
    expect(shareOf({ quantity: 1_000_000, valueFen: 10_000_000_000 }, 999_999)).toBe(9_999_990_000)
  })

  it('no more goes out than is there; what is stopped does not go out', () => {
    expect(codes(mayIssue(paper, 10))).toEqual([])
    expect(codes(mayIssue(paper, 11))).toEqual(['not-enough'])
    expect(codes(mayIssue({ ...paper, stopped: true }, 1))).toEqual(['item-stopped'])
    expect(codes(mayTakeBack({ ...paper, returned: 7 }, 3))).toEqual([])
    expect(codes(mayTakeBack({ ...paper, returned: 7 }, 4))).toEqual(['more-than-out'])
  })

  it('a count makes the stock what was counted', () => {
    expect(counted({ quantity: 10, valueFen: 1000 }, 7, 0)).toEqual({ quantity: -3, valueFen: -300 })
    expect(counted({ quantity: 10, valueFen: 1000 }, 12, 0)).toEqual({ quantity: 2, valueFen: 200 })
    expect(counted({ quantity: 0, valueFen: 0 }, 4, 250)).toEqual({ quantity: 4, valueFen: 1000 })
    expect(counted({ quantity: 5, valueFen: 500 }, 0, 0)).toEqual({ quantity: -5, valueFen: -500 })
  })

  it('keepers are told once, when the stock falls below its minimum', () => {
    expect(fellBelow(5, 5, 4)).toBe(true)
    expect(fellBelow(5, 4, 3)).toBe(false)
    expect(fellBelow(5, 6, 5)).toBe(false)
    expect(fellBelow(0, 1, 0)).toBe(false)
  })

  type Step = { act: 'receive' | 'issue' | 'return' | 'count'; pieces: number; fen: number }
  const steps = fc.array(
    fc.record({
      act: fc.constantFrom('receive', 'issue', 'return', 'count') as fc.Arbitrary<Step['act']>,
      pieces: fc.integer({ min: 1, max: 5000 }),
      fen: fc.integer({ min: 0, max: 5_000_000 }),
    }),
    { maxLength: 40 },
  )
  it('whatever happens in whatever order: stock and value are never below zero, nothing is worth nothing only when nothing is there, and every 分 that came in is in stock, out, or counted away', () =>
    fc.assert(
      fc.property(steps, (all) => {
        let stock: Stock = { quantity: 0, valueFen: 0 }
        const out: { quantity: number; amountFen: number; returned: number; returnedFen: number }[] = []
        let [came, wentAway] = [0, 0]
        for (const { act, pieces, fen } of all) {
          if (act === 'receive') {
            stock = after(stock, { quantity: pieces, valueFen: fen })
            came += fen
          } else if (act === 'issue' && pieces <= stock.quantity) {
            const moved = issued(stock, pieces)
            stock = after(stock, moved)
            out.push({ quantity: pieces, amountFen: -moved.valueFen, returned: 0, returnedFen: 0 })
          } else if (act === 'count') {
            const moved = counted(stock, pieces, 100)
            stock = after(stock, moved)
            if (moved.valueFen < 0) wentAway -= moved.valueFen
            else came += moved.valueFen
          } else {
            const line = out.find(({ quantity, returned }) => quantity > returned)
            if (!line) continue
            const back = takenBack(line, Math.min(pieces, line.quantity - line.returned))
            line.returned += back.quantity
            line.returnedFen += back.valueFen
            stock = after(stock, back)
          }
          expect(stock.quantity).toBeGreaterThanOrEqual(0)
          expect(stock.valueFen).toBeGreaterThanOrEqual(0)
          if (stock.quantity === 0) expect(stock.valueFen).toBe(0)
          const stillOut = out.reduce((sum, line) => sum + line.amountFen - line.returnedFen, 0)
          expect(stock.valueFen + stillOut + wentAway).toBe(came)
        }
        for (const line of out) {
          expect(line.returnedFen).toBeLessThanOrEqual(line.amountFen)
          if (line.returned === line.quantity) expect(line.returnedFen).toBe(line.amountFen)
        }
      }),
    ))
})
