import {
  type Block,
  type Cell,
  type ColumnShape,
  type GridRow,
  type GridState,
  isBlank,
  selectionOf,
  textAt,
} from './grid-state.ts'

/**
 * The spreadsheet under the grid: rows of text, a selection, an edit, and every change undoable. Cells hold what was
 * typed, right or wrong; what it means is read elsewhere (`cell-kinds`), so that nothing typed is ever lost.
 */

export type GridEvent =
  | { type: 'select'; cell: Cell; extend?: boolean }
  | { type: 'select-rows'; row: number; extend?: boolean }
  | { type: 'select-column'; column: number; extend?: boolean }
  | { type: 'select-all' }
  | { type: 'move'; rows: number; columns: number; extend?: boolean }
  | { type: 'jump'; to: 'row-start' | 'row-end' | 'top' | 'bottom' | 'first' | 'last'; extend?: boolean }
  | { type: 'tab'; backward?: boolean }
  | { type: 'enter'; backward?: boolean }
  | { type: 'edit' }
  | { type: 'type'; text: string }
  | { type: 'commit' }
  | { type: 'cancel' }
  | { type: 'clear' }
  | { type: 'paste'; block: Block }
  | { type: 'fill-down' }
  | { type: 'insert-rows'; count?: number; below?: boolean }
  | { type: 'remove-rows' }
  | { type: 'set'; changes: readonly { key: string; column: string; text: string }[] }
  | { type: 'replace-rows'; rows: readonly GridRow[] }
  | { type: 'undo' }
  | { type: 'redo' }

const keptSteps = 200

export function startGrid(
  columns: readonly ColumnShape[],
  rows: readonly GridRow[],
  options: { maxRows?: number; fixedRows?: boolean } = {},
): GridState {
  const fixedRows = options.fixedRows ?? false
  const first = { row: 0, column: 0 }
  return {
    columns,
    rows: rows.length === 0 && !fixedRows ? [{ key: 'new-1', cells: {} }] : rows,
    anchor: first,
    head: first,
    edit: null,
    tabbedFrom: null,
    past: [],
    future: [],
    made: madeIn(rows),
    maxRows: options.maxRows ?? 2000,
    fixedRows,
    lost: null,
  }
}

/** Rows restored from a draft carry keys of an earlier sitting; new ones count on from there. */
function madeIn(rows: readonly GridRow[]): number {
  return rows.reduce((most, { key }) => Math.max(most, Number(/^new-(\d+)$/.exec(key)?.[1] ?? 0)), 1)
}

/** The state after an event. Pure; an event that can do nothing returns the state it was given. */
export function afterEvent(state: GridState, event: GridEvent): GridState {
  // Whatever is done elsewhere first keeps what is in the editor, as Excel does.
  const settled = leavesEditor(event) ? committed(state) : state
  const next = applied(settled, event)
  return next.lost !== null && next.lost === state.lost && next !== state ? { ...next, lost: null } : next
}

function leavesEditor({ type }: GridEvent): boolean {
  return type !== 'type' && type !== 'cancel' && type !== 'edit' && type !== 'undo'
}

function applied(state: GridState, event: GridEvent): GridState {
  switch (event.type) {
    case 'select':
      return selected(state, event.cell, event.extend)
    case 'select-rows':
      return {
        ...state,
        anchor: { row: event.extend ? state.anchor.row : event.row, column: 0 },
        head: inside(state, { row: event.row, column: state.columns.length - 1 }),
        tabbedFrom: null,
      }
    case 'select-column':
      return {
        ...state,
        anchor: { row: 0, column: event.extend ? state.anchor.column : event.column },
        head: inside(state, { row: state.rows.length - 1, column: event.column }),
        tabbedFrom: null,
      }
    case 'select-all':
      return { ...state, anchor: { row: 0, column: 0 }, head: inside(state, { row: Infinity, column: Infinity }) }
    case 'move': {
      const start = event.extend ? state.head : state.anchor
      return selected(state, { row: start.row + event.rows, column: start.column + event.columns }, event.extend)
    }
    case 'jump':
      return jumped(state, event.to, event.extend)
    case 'tab':
      return tabbed(state, event.backward ?? false)
    case 'enter':
      return entered(state, event.backward ?? false)
    case 'edit':
      return isReadonly(state, state.anchor.column) || state.rows.length === 0
        ? state
        : { ...state, edit: { text: state.edit?.text ?? textAt(state, state.anchor), mode: 'editing' } }
    case 'type':
      return isReadonly(state, state.anchor.column) || state.rows.length === 0
        ? state
        : { ...state, edit: { text: event.text, mode: state.edit?.mode ?? 'typing' } }
    case 'commit':
      return state // settled already
    case 'cancel':
      return { ...state, edit: null }
    case 'clear':
      return written(
        state,
        inSelection(state, () => ''),
      )
    case 'paste':
      return pasted(state, event.block)
    case 'fill-down':
      return filledDown(state)
    case 'insert-rows':
      return inserted(state, event.count ?? rowsSelected(state), event.below ?? false)
    case 'remove-rows':
      return removed(state)
    case 'set':
      return setCells(state, event.changes)
    case 'replace-rows':
      return replaced(state, event.rows)
    case 'undo':
      return state.edit === null ? stepped(state, 'past', 'future') : { ...state, edit: null }
    case 'redo':
      return stepped(state, 'future', 'past')
  }
}

function isReadonly(state: GridState, column: number): boolean {
  return state.columns[column]?.kind === 'readonly'
}

function inside({ rows, columns }: Pick<GridState, 'rows' | 'columns'>, { row, column }: Cell): Cell {
  return {
    row: Math.max(0, Math.min(rows.length - 1, row)),
    column: Math.max(0, Math.min(columns.length - 1, column)),
  }
}

function selected(state: GridState, cell: Cell, extend = false): GridState {
  const head = inside(state, cell)
  return { ...state, anchor: extend ? state.anchor : head, head, tabbedFrom: null }
}

function jumped(state: GridState, to: Extract<GridEvent, { type: 'jump' }>['to'], extend = false): GridState {
  const { row, column } = extend ? state.head : state.anchor
  const targets: Record<typeof to, Cell> = {
    'row-start': { row, column: 0 },
    'row-end': { row, column: Infinity },
    top: { row: 0, column },
    bottom: { row: Infinity, column },
    first: { row: 0, column: 0 },
    last: { row: Infinity, column: Infinity },
  }
  return selected(state, targets[to], extend)
}

/** Tab runs along the row and on to the next one. */
function tabbed(state: GridState, backward: boolean): GridState {
  const { row, column } = state.anchor
  const from = state.tabbedFrom ?? column
  const last = state.columns.length - 1
  const next = backward
    ? column > 0
      ? { row, column: column - 1 }
      : { row: row - 1, column: row > 0 ? last : 0 }
    : column < last
      ? { row, column: column + 1 }
      : { row: row + 1, column: 0 }
  const grown = next.row >= state.rows.length ? withRowAtEnd(state) : state
  return { ...selected(grown, next), tabbedFrom: from }
}

/** Enter goes down, under the column where a run of Tab began; on the last row it makes a new one. */
function entered(state: GridState, backward: boolean): GridState {
  const row = state.anchor.row + (backward ? -1 : 1)
  const grown = row >= state.rows.length ? withRowAtEnd(state) : state
  return selected(grown, { row, column: state.tabbedFrom ?? state.anchor.column })
}

/** A new last row, unless the last is still blank. */
function withRowAtEnd(state: GridState): GridState {
  const last = state.rows.at(-1)
  if (state.fixedRows || state.rows.length >= state.maxRows || (last !== undefined && isBlank(last))) return state
  return withRows(state, state.rows.length, 1)
}

function rowsSelected(state: GridState): number {
  const { from, to } = selectionOf(state)
  return to.row - from.row + 1
}

/** A change of rows as one step that can be undone. */
function changed(state: GridState, rows: readonly GridRow[], more: Partial<GridState> = {}): GridState {
  const before = { rows: state.rows, anchor: state.anchor, head: state.head }
  const next = { ...state, ...more, rows, past: [...state.past.slice(1 - keptSteps), before], future: [] }
  return { ...next, anchor: inside(next, next.anchor), head: inside(next, next.head) }
}

function stepped(state: GridState, from: 'past' | 'future', to: 'past' | 'future'): GridState {
  const snapshot = state[from].at(-1)
  if (snapshot === undefined) return state
  const here = { rows: state.rows, anchor: state.anchor, head: state.head }
  return {
    ...state,
    ...snapshot,
    edit: null,
    tabbedFrom: null,
    [from]: state[from].slice(0, -1),
    [to]: [...state[to], here],
  }
}

function committed(state: GridState): GridState {
  if (state.edit === null) return state
  const { row, column } = state.anchor
  return { ...written(state, [{ row, column, text: state.edit.text }]), edit: null }
}

type Write = { row: number; column: number; text: string }

/** Writes cells as one step; readonly columns and texts that change nothing are passed over. */
function written(state: GridState, writes: readonly Write[]): GridState {
  const byRow = new Map<number, Record<string, string>>()
  for (const { row, column, text } of writes) {
    const key = state.columns[column]?.key
    if (key === undefined || isReadonly(state, column) || textAt(state, { row, column }) === text) continue
    byRow.set(row, { ...byRow.get(row), [key]: text })
  }
  if (byRow.size === 0) return state
  return changed(
    state,
    state.rows.map((row, index) => {
      const texts = byRow.get(index)
      return texts === undefined ? row : { ...row, cells: { ...row.cells, ...texts } }
    }),
  )
}

function inSelection(state: GridState, text: (cell: Cell) => string): Write[] {
  const { from, to } = selectionOf(state)
  const writes: Write[] = []
  for (let row = from.row; row <= to.row; row++)
    for (let column = from.column; column <= to.column; column++)
      writes.push({ row, column, text: text({ row, column }) })
  return writes
}

/**
 * One cell fills the whole selection; a block that fits the selection a whole number of times is repeated; else it is
 * laid at the top left corner and rows are added under it. What finds no place is told in `lost`.
 */
function pasted(state: GridState, block: Block): GridState {
  const high = block.length
  const wide = block.reduce((widest, row) => Math.max(widest, row.length), 0)
  if (high === 0 || wide === 0) return state
  const { from, to } = selectionOf(state)
  const room = { high: to.row - from.row + 1, wide: to.column - from.column + 1 }
  const tiled = room.high % high === 0 && room.wide % wide === 0
  const size = tiled ? room : { high, wide }
  const added = state.fixedRows ? 0 : Math.max(0, Math.min(from.row + size.high, state.maxRows) - state.rows.length)
  const grown = added > 0 ? withRows(state, state.rows.length, added) : state
  const end = inside(grown, { row: from.row + size.high - 1, column: from.column + size.wide - 1 })
  const target = { ...grown, anchor: from, head: end }
  const writes = inSelection(
    target,
    ({ row, column }) => block[(row - from.row) % high]?.[(column - from.column) % wide] ?? '',
  )
  const done = written(target, writes)
  const missing = { rows: from.row + size.high - 1 - end.row, columns: from.column + size.wide - 1 - end.column }
  const lost = missing.rows + missing.columns > 0 ? missing : null
  if (done.rows === state.rows) return { ...done, past: state.past, future: state.future, lost }
  // The rows added and the cells written are one step to undo.
  const before = { rows: state.rows, anchor: state.anchor, head: state.head }
  return { ...done, past: [...state.past.slice(1 - keptSteps), before], future: [], lost }
}

function replaced(state: GridState, rows: readonly GridRow[]): GridState {
  const fresh = startGrid(state.columns, rows, state)
  return changed(state, fresh.rows, { made: Math.max(state.made, fresh.made) })
}

/** Copies the first row of the selection into the others; with one row selected, the row above into it. */
function filledDown(state: GridState): GridState {
  const { from, to } = selectionOf(state)
  const source = from.row === to.row ? from.row - 1 : from.row
  if (source < 0) return state
  return written(
    state,
    inSelection(state, ({ column }) => textAt(state, { row: source, column })),
  )
}

function withRows(state: GridState, at: number, count: number): GridState {
  const added = Array.from({ length: count }, (_, index) => ({ key: `new-${state.made + index + 1}`, cells: {} }))
  const rows = [...state.rows.slice(0, at), ...added, ...state.rows.slice(at)]
  return changed(state, rows, { made: state.made + count })
}

function inserted(state: GridState, count: number, below: boolean): GridState {
  const room = Math.min(count, state.maxRows - state.rows.length)
  if (state.fixedRows || room <= 0) return state
  const { from, to } = selectionOf(state)
  const at = below ? to.row + 1 : from.row
  const anchor = { row: at, column: state.anchor.column }
  return { ...withRows(state, at, room), anchor, head: anchor }
}

/** The last row cannot be taken away, only emptied. */
function removed(state: GridState): GridState {
  if (state.fixedRows || state.rows.length === 0) return state
  const { from, to } = selectionOf(state)
  const rows = [...state.rows.slice(0, from.row), ...state.rows.slice(to.row + 1)]
  const cell = { row: from.row, column: state.anchor.column }
  if (rows.length > 0) return changed(state, rows, { anchor: cell, head: cell })
  return changed(state, [{ key: `new-${state.made + 1}`, cells: {} }], {
    made: state.made + 1,
    anchor: cell,
    head: cell,
  })
}

function setCells(state: GridState, changes: Extract<GridEvent, { type: 'set' }>['changes']): GridState {
  const rowAt = new Map(state.rows.map(({ key }, index) => [key, index]))
  const columnAt = new Map(state.columns.map(({ key }, index) => [key, index]))
  return written(
    state,
    changes.flatMap(({ key, column, text }) => {
      const cell = { row: rowAt.get(key), column: columnAt.get(column) }
      return cell.row === undefined || cell.column === undefined ? [] : [{ row: cell.row, column: cell.column, text }]
    }),
  )
}
