import { costOf } from '#kernel/pure/money.ts'
import type { GridColumn } from '#kernel/web/grid/cell-kinds.ts'
import { writeCell } from '#kernel/web/grid/cell-kinds.ts'
import type { GridRow } from '#kernel/web/grid/grid-state.ts'
import type { StandardsInForce } from '#modules/standards/model.ts'
import type { Holding } from '../../model.ts'
import { lineOf } from './sheet.ts'

type Change = { key: string; column: string; text: string }

/**
 * What the system can write itself after a row changed: money from quantity and price (unless somebody typed another
 * sum), unit and stock from the standard and the register. Only blank cells, or cells it has written itself, are filled.
 */
export function fillIn(
  before: GridRow | undefined,
  after: GridRow,
  columns: readonly GridColumn[],
  known: { items: StandardsInForce['items']; holdings: readonly Holding[] },
): Change[] {
  if (before === after) return []
  const now = lineOf(after, columns).draft
  const then = before === undefined ? null : lineOf(before, columns).draft
  const changes: Change[] = []
  const put = (key: string, value: string | number | null) => {
    const column = columns.find((one) => one.key === key)
    if (column && value !== null) changes.push({ key: after.key, column: key, text: writeCell(column, value) })
  }
  const blank = (key: string) => (after.cells[key] ?? '').trim() === ''
  const product = productOf(now)
  if (product !== null && product !== productOf(then) && (blank('amountFen') || now.amountFen === productOf(then)))
    put('amountFen', product)
  if (now.standardCode !== null && now.standardCode !== then?.standardCode) {
    const item = known.items.find(({ code }) => code === now.standardCode)
    const holding = known.holdings.find(({ standardCode }) => standardCode === now.standardCode)
    if (item && blank('unit')) put('unit', item.value.unit)
    if (item && blank('itemName')) put('itemName', item.title)
    if (holding && blank('existingQuantity')) put('existingQuantity', holding.quantity)
    if (holding && blank('usableQuantity')) put('usableQuantity', holding.usableQuantity)
  }
  return changes
}

function productOf(line: { quantity: number | null; unitPriceFen: number | null } | null): number | null {
  return line === null || line.quantity === null || line.unitPriceFen === null
    ? null
    : costOf(line.quantity, line.unitPriceFen)
}
