import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fittedWidths } from './fitted.ts'

it('columns that fit keep the widths they asked for', () => {
  expect(fittedWidths([240, 120, 120], [100, 60, 60], 480)).toBeNull()
})

it('columns give up what their rows do not need, those with most to spare most', () => {
  expect(fittedWidths([240, 120, 120], [140, 120, 70], 405)).toEqual([190, 120, 95])
})

it('where even that is not enough they give all they can spare and no more', () => {
  expect(fittedWidths([240, 120], [200, 130], 300)).toEqual([200, 120])
})

it('no column is cut below what its rows need, and the whole fits whenever it can', () => {
  const column = fc.tuple(fc.integer({ min: 40, max: 300 }), fc.integer({ min: 20, max: 320 }))
  fc.assert(
    fc.property(fc.array(column, { minLength: 1, maxLength: 14 }), fc.integer({ min: 300, max: 1600 }), (all, room) => {
      const wished = all.map(([width]) => width)
      const needed = all.map(([, need]) => need)
      const fitted = fittedWidths(wished, needed, room)
      const total = (widths: readonly number[]) => widths.reduce((sum, width) => sum + width, 0)
      if (fitted === null) {
        expect(total(wished)).toBeLessThanOrEqual(room)
        return
      }
      fitted.forEach((width, index) =>
        expect(width).toBeGreaterThanOrEqual(Math.min(wished[index] ?? 0, needed[index] ?? 0)),
      )
      if (total(wished.map((width, index) => Math.min(width, needed[index] ?? width))) <= room)
        expect(total(fitted)).toBeLessThanOrEqual(room)
    }),
  )
})
