import type { GridEvent } from './grid-model.ts'

export type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean }

const steps: Record<string, { rows: number; columns: number }> = {
  ArrowUp: { rows: -1, columns: 0 },
  ArrowDown: { rows: 1, columns: 0 },
  ArrowLeft: { rows: 0, columns: -1 },
  ArrowRight: { rows: 0, columns: 1 },
}

const edges: Record<string, Extract<GridEvent, { type: 'jump' }>['to']> = {
  ArrowUp: 'top',
  ArrowDown: 'bottom',
  ArrowLeft: 'row-start',
  ArrowRight: 'row-end',
  Home: 'first',
  End: 'last',
}

/**
 * What a key means, as in Excel; null leaves it to the browser (typing, copy and paste, which come as their own events).
 * @param mode null: on a cell; `typing`: begun by typing, arrows leave; `editing`: F2, arrows move the caret
 */
export function keyEvent(press: KeyPress, mode: 'typing' | 'editing' | null, pageRows: number): GridEvent | null {
  const { key, shiftKey: extend } = press
  const command = press.ctrlKey || press.metaKey
  if (key === 'Tab' && !command && !press.altKey) return { type: 'tab', backward: extend }
  if (key === 'Enter' && !command && !press.altKey) return { type: 'enter', backward: extend }
  if (mode !== null) {
    if (key === 'Escape') return { type: 'cancel' }
    const step = mode === 'typing' && !command && !press.altKey ? steps[key] : undefined
    return step ? { type: 'move', ...step } : null
  }
  if (command) return commandEvent(key.toLowerCase(), key, extend)
  if (press.altKey) return key === 'ArrowDown' ? { type: 'edit' } : null
  if (steps[key]) return { type: 'move', ...steps[key], extend }
  if (key === 'Home') return { type: 'jump', to: 'row-start', extend }
  if (key === 'End') return { type: 'jump', to: 'row-end', extend }
  if (key === 'PageDown') return { type: 'move', rows: pageRows, columns: 0, extend }
  if (key === 'PageUp') return { type: 'move', rows: -pageRows, columns: 0, extend }
  if (key === 'F2') return { type: 'edit' }
  return key === 'Delete' || key === 'Backspace' ? { type: 'clear' } : null
}

function commandEvent(letter: string, key: string, extend: boolean): GridEvent | null {
  if (edges[key]) return { type: 'jump', to: edges[key], extend }
  if (letter === 'z') return { type: extend ? 'redo' : 'undo' }
  if (letter === 'y') return { type: 'redo' }
  if (letter === 'd') return { type: 'fill-down' }
  return letter === 'a' ? { type: 'select-all' } : null
}
