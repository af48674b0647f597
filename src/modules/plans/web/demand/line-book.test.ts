import { expect, it } from 'vitest'
import type { DemandView } from './judged.ts'
import { lineBook } from './line-book.ts'

const row = (key: string) => ({ key, cells: {} })
const viewOf = (version: number, ids: readonly string[], asked = '') =>
  ({
    demand: { version },
    lines: ids.map((id) => ({ id, storeQuery: asked === '' ? null : { number: asked } })),
  }) as unknown as DemandView

it('knows the line a new row became, and keeps it when rows move', () => {
  const book = lineBook(viewOf(1, ['a']))
  expect(book.line('new-1')).toBeNull()
  book.saved([row('new-1'), row('a')], viewOf(2, ['b', 'a']))
  expect([book.line('new-1')?.id, book.line('a')?.id, book.version()]).toEqual(['b', 'a', 2])
})

it('asks for a new line when a removed row is brought back by undo', () => {
  const book = lineBook(viewOf(1, ['a', 'b']))
  book.saved([row('a')], viewOf(2, ['a']))
  expect(book.line('b')).toBeNull()
})

it('takes over answers of the register, but never a version somebody else saved', () => {
  const book = lineBook(viewOf(1, ['a']))
  book.seen(viewOf(1, ['a'], 'GWC-1'))
  expect(book.line('a')?.storeQuery?.number).toBe('GWC-1')
  book.seen(viewOf(2, ['z']))
  expect([book.version(), book.line('a')?.id]).toEqual([1, 'a'])
})
