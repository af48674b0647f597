import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterEvent, startGrid } from './grid-model.ts'
import { copiedBlock, selectionOf, textAt } from './grid-state.ts'
import type { GridEvent } from './grid-model.ts'
import type { GridState } from './grid-state.ts'
import { readTsv, writeTsv } from './tsv.ts'

const columns = [
  { key: 'item', kind: 'text' },
  { key: 'quantity', kind: 'number' },
  { key: 'sum', kind: 'readonly' },
  { key: 'reason', kind: 'text' },
]
const rows = (texts: string[][]) =>
  texts.map(([item = '', quantity = '', reason = ''], index) => ({
    key: `r${index}`,
    cells: { item, quantity, reason },
  }))
const start = (texts: string[][], options = {}) => startGrid(columns, rows(texts), options)
const after = (state: GridState, ...events: GridEvent[]) => events.reduce(afterEvent, state)
const at = (row: number, column: number, extend = false): GridEvent => ({
  type: 'select',
  cell: { row, column },
  extend,
})
const texts = (state: GridState) =>
  state.rows.map((row) => ['item', 'quantity', 'reason'].map((key) => row.cells[key] ?? ''))

describe('editing', () => {
  it('typing replaces, Enter keeps it and goes down', () => {
    const state = after(
      start([
        ['桌', '1', ''],
        ['椅', '2', ''],
      ]),
      at(0, 1),
      { type: 'type', text: '9' },
      { type: 'enter' },
    )
    expect(texts(state)[0]).toEqual(['桌', '9', ''])
    expect(state.anchor).toEqual({ row: 1, column: 1 })
  })
  it('F2 opens the text that is there, Escape leaves it as it was', () => {
    const state = after(start([['桌', '1', '']]), { type: 'edit' })
    expect(state.edit).toEqual({ text: '桌', mode: 'editing' })
    expect(texts(after(state, { type: 'type', text: '书桌' }, { type: 'cancel' }))).toEqual([['桌', '1', '']])
  })
  it('a press on another cell keeps what is being typed', () => {
    const state = after(
      start([
        ['桌', '1', ''],
        ['椅', '2', ''],
      ]),
      { type: 'type', text: '柜' },
      at(1, 0),
    )
    expect(texts(state)[0]?.[0]).toBe('柜')
  })
  it('a readonly column takes neither typing nor paste', () => {
    const state = after(start([['桌', '1', '']]), at(0, 2), { type: 'type', text: '5' }, { type: 'edit' })
    expect(state.edit).toBeNull()
    expect(textAt(after(state, { type: 'paste', block: [['5']] }), { row: 0, column: 2 })).toBe('')
  })
  it('Enter after a run of Tab returns under the column where it began', () => {
    const state = after(
      start([
        ['', '', ''],
        ['', '', ''],
      ]),
      at(0, 0),
      { type: 'tab' },
      { type: 'tab' },
      { type: 'enter' },
    )
    expect(state.anchor).toEqual({ row: 1, column: 0 })
  })
  it('Enter on the last row makes a new one, once', () => {
    const state = after(start([['桌', '1', '']]), { type: 'enter' }, { type: 'enter' })
    expect(state.rows).toHaveLength(2)
  })
})

describe('paste', () => {
  it('lays a block over the cells and adds rows under the last', () => {
    const state = after(start([['桌', '1', '']]), at(0, 0), {
      type: 'paste',
      block: [
        ['柜', '2'],
        ['灯', '3'],
        ['椅', '4'],
      ],
    })
    expect(texts(state)).toEqual([
      ['柜', '2', ''],
      ['灯', '3', ''],
      ['椅', '4', ''],
    ])
    expect(selectionOf(state)).toEqual({ from: { row: 0, column: 0 }, to: { row: 2, column: 1 } })
  })
  it('one cell fills the whole selection', () => {
    const state = after(
      start([
        ['a', '1', ''],
        ['b', '2', ''],
      ]),
      at(0, 1),
      at(1, 1, true),
      { type: 'paste', block: [['7']] },
    )
    expect(texts(state).map((row) => row[1])).toEqual(['7', '7'])
  })
  it('tells what found no place', () => {
    const state = after(start([['a', '1', '']], { maxRows: 2 }), at(0, 3), {
      type: 'paste',
      block: [
        ['x', 'y'],
        ['x', 'y'],
        ['x', 'y'],
      ],
    })
    expect(state.lost).toEqual({ rows: 1, columns: 1 })
    expect(state.rows).toHaveLength(2)
    expect(after(state, at(0, 0)).lost).toBeNull()
  })
  it('is one step to undo, the new rows included', () => {
    const before = start([['a', '1', '']])
    const state = after(before, { type: 'paste', block: [['x'], ['y'], ['z']] }, { type: 'undo' })
    expect(texts(state)).toEqual(texts(before))
  })
})

it('Ctrl+D fills the selection from its first row, or one row from the row above', () => {
  const state = start([
    ['a', '1', ''],
    ['b', '2', ''],
    ['c', '3', ''],
  ])
  expect(texts(after(state, at(0, 0), at(2, 0, true), { type: 'fill-down' })).map(([item]) => item)).toEqual([
    'a',
    'a',
    'a',
  ])
  expect(texts(after(state, at(1, 1), { type: 'fill-down' })).map((row) => row[1])).toEqual(['1', '1', '3'])
})

it('rows of an earlier sitting keep their keys, new ones count on from them', () => {
  const state = startGrid(columns, [{ key: 'new-7', cells: { item: '桌' } }])
  expect(after(state, { type: 'enter' }).rows.map(({ key }) => key)).toEqual(['new-7', 'new-8'])
})

it('the last row can be emptied but not taken away', () => {
  const state = after(start([['a', '1', '']]), { type: 'select-all' }, { type: 'remove-rows' })
  expect(texts(state)).toEqual([['', '', '']])
})

const cell = fc.record({ row: fc.nat(9), column: fc.nat(4) })
const text = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('约40', '1,200', '一\n二'))
const block = fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
const step = fc.integer({ min: -2, max: 2 })
const event: fc.Arbitrary<GridEvent> = fc.oneof(
  fc.record({ type: fc.constant('select' as const), cell, extend: fc.boolean() }),
  fc.record({ type: fc.constant('move' as const), rows: step, columns: step, extend: fc.boolean() }),
  fc.record({ type: fc.constant('type' as const), text }),
  fc.record({ type: fc.constant('paste' as const), block }),
  fc.record({ type: fc.constant('insert-rows' as const), count: fc.integer({ min: 1, max: 3 }), below: fc.boolean() }),
  fc.record({ type: fc.constantFrom('tab' as const, 'enter' as const), backward: fc.boolean() }),
  fc.record({
    type: fc.constantFrom(
      'edit' as const,
      'commit' as const,
      'cancel' as const,
      'clear' as const,
      'fill-down' as const,
      'remove-rows' as const,
      'select-all' as const,
    ),
  }),
)
const sheet = fc.array(fc.array(text, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 })

describe('whatever is done', () => {
  it('undoing all of it gives the rows one began with, redoing gives them again', () => {
    fc.assert(
      fc.property(sheet, fc.array(event, { maxLength: 40 }), (content, events) => {
        const before = start(content, { maxRows: 12 })
        const done = after(before, ...events, { type: 'commit' })
        const steps = done.past.length
        let undone = done
        for (let index = 0; index < steps; index++) undone = afterEvent(undone, { type: 'undo' })
        expect(undone.rows).toEqual(before.rows)
        for (let index = 0; index < steps; index++) undone = afterEvent(undone, { type: 'redo' })
        expect(undone.rows).toEqual(done.rows)
      }),
    )
  })
  it('the selection stays inside, keys are never used twice, the row limit holds', () => {
    const eventOrUndo = fc.oneof(event, fc.record({ type: fc.constantFrom('undo' as const, 'redo' as const) }))
    fc.assert(
      fc.property(sheet, fc.array(eventOrUndo, { maxLength: 40 }), (content, events) => {
        let state = start(content, { maxRows: 12 })
        for (const one of events) {
          state = afterEvent(state, one)
          const { from, to } = selectionOf(state)
          expect(from.row >= 0 && to.row < state.rows.length && from.column >= 0 && to.column < columns.length).toBe(
            true,
          )
          expect(new Set(state.rows.map(({ key }) => key)).size).toBe(state.rows.length)
          expect(state.rows.length).toBeLessThanOrEqual(12)
        }
      }),
    )
  })
})

it('a block pasted and copied again is the same block', () => {
  const wide = [
    { key: 'a', kind: 'text' },
    { key: 'b', kind: 'text' },
    { key: 'c', kind: 'text' },
  ]
  const rectangle = fc
    .integer({ min: 1, max: 3 })
    .chain((width) => fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }))
  fc.assert(
    fc.property(rectangle, (content) => {
      const pasted = after(startGrid(wide, []), { type: 'paste', block: readTsv(writeTsv(content)) })
      expect(readTsv(writeTsv(copiedBlock(pasted)))).toEqual(content)
    }),
  )
})
