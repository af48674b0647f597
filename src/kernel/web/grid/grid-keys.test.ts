import { expect, it } from 'vitest'
import { keyEvent } from './grid-keys.ts'
import type { KeyPress } from './grid-keys.ts'

const press = (chord: string): KeyPress => {
  const parts = chord.split('+')
  const held = (name: string) => parts.slice(0, -1).includes(name)
  return {
    key: parts.at(-1) as string,
    ctrlKey: held('Ctrl'),
    shiftKey: held('Shift'),
    altKey: held('Alt'),
    metaKey: false,
  }
}

it.each([
  ['ArrowDown', { type: 'move', rows: 1, columns: 0, extend: false }],
  ['Shift+ArrowRight', { type: 'move', rows: 0, columns: 1, extend: true }],
  ['Ctrl+ArrowDown', { type: 'jump', to: 'bottom', extend: false }],
  ['Home', { type: 'jump', to: 'row-start', extend: false }],
  ['Ctrl+Shift+End', { type: 'jump', to: 'last', extend: true }],
  ['PageDown', { type: 'move', rows: 20, columns: 0, extend: false }],
  ['Tab', { type: 'tab', backward: false }],
  ['Shift+Tab', { type: 'tab', backward: true }],
  ['Enter', { type: 'enter', backward: false }],
  ['Shift+Enter', { type: 'enter', backward: true }],
  ['F2', { type: 'edit' }],
  ['Alt+ArrowDown', { type: 'edit' }],
  ['Delete', { type: 'clear' }],
  ['Ctrl+z', { type: 'undo' }],
  ['Ctrl+y', { type: 'redo' }],
  ['Ctrl+Shift+z', { type: 'redo' }],
  ['Ctrl+d', { type: 'fill-down' }],
  ['Ctrl+a', { type: 'select-all' }],
  ['Ctrl+c', null],
  ['Ctrl+v', null],
  ['5', null],
] as const)('on a cell %s does what it does in Excel', (chord, event) =>
  expect(keyEvent(press(chord), null, 20)).toEqual(event),
)

it('arrows leave a cell begun by typing and move the caret after F2', () => {
  expect(keyEvent(press('ArrowRight'), 'typing', 20)).toEqual({ type: 'move', rows: 0, columns: 1 })
  expect(keyEvent(press('ArrowRight'), 'editing', 20)).toBeNull()
})

it.each(['typing', 'editing'] as const)(
  'while %s, Enter and Tab keep it, Escape throws it away, Delete is the text’s',
  (mode) => {
    expect(keyEvent(press('Enter'), mode, 20)).toEqual({ type: 'enter', backward: false })
    expect(keyEvent(press('Tab'), mode, 20)).toEqual({ type: 'tab', backward: false })
    expect(keyEvent(press('Escape'), mode, 20)).toEqual({ type: 'cancel' })
    expect(keyEvent(press('Delete'), mode, 20)).toBeNull()
    expect(keyEvent(press('Alt+Enter'), mode, 20)).toBeNull()
  },
)
