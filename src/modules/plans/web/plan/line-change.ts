import type { PlanLine } from '../../model.ts'

/** What stands in the cells of a line: null where it cannot be read. `amount` in 分. */
export type Typed = { quantity: number | null; amount: number | null; from: number | null; to: number | null }

/** Why a cell cannot be saved; null when it can. */
export function lineProblem({ quantity, amount, from, to }: Typed, key: keyof Typed): string | null {
  if (key === 'quantity') return quantity === null || quantity < 0 ? '数量应为不小于零的数字。' : null
  if (key === 'amount') return amount === null || amount < 0 ? '金额应为不小于零的数字（元）。' : null
  const month = key === 'from' ? from : to
  if (month === null || !Number.isInteger(month) || month < 1 || month > 12) return '月份应为 1 至 12 的整数。'
  return key === 'to' && from !== null && month < from ? '截止月不能早于起始月。' : null
}

export type LineChange = Pick<PlanLine, 'id' | 'quantity' | 'amountFen' | 'fromMonth' | 'toMonth'>

/** The line as it is to be saved; null when it stands as it did or cannot be read. */
export function changedLine(line: PlanLine, { quantity, amount, from, to }: Typed): LineChange | null {
  if (quantity === null || amount === null || from === null || to === null) return null
  const next = { id: line.id, quantity, amountFen: amount, fromMonth: from, toMonth: to }
  const same = line.quantity === quantity && line.amountFen === amount && line.fromMonth === from && line.toMonth === to
  return same ? null : next
}
