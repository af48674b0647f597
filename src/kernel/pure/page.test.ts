import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Page } from './contract.ts'
import { pageFrom } from './page.ts'

describe('the page of a list', () => {
  it('tells nothing of the row too many but that more follow', () => {
    const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
    expect(pageFrom(rows, 2)).toEqual({ items: [{ id: 'a' }, { id: 'b' }], next: 'b', total: null })
    expect(pageFrom(rows, 3)).toEqual({ items: rows, next: null, total: null })
    expect(pageFrom([], 2)).toEqual({ items: [], next: null, total: null })
  })

  it('pages laid one after the other by their cursors are the list, once each', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat()), fc.integer({ min: 1, max: 7 }), (numbers, limit) => {
        const list = numbers.toSorted((a, b) => a - b)
        const read: number[] = []
        let after: string | null = '-1'
        while (after !== null) {
          const seen = Number(after)
          const page: Page<number> = pageFrom(list.filter((number) => number > seen).slice(0, limit + 1), limit, String)
          read.push(...page.items)
          after = page.next
        }
        expect(read).toEqual(list)
      }),
    ))
})
