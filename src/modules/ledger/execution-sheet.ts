import {
  emptyCell,
  readDate,
  readMoney,
  readQuantity,
  readText,
  type RawCell,
  type Reading,
} from '#kernel/pure/cell-reading.ts'
import { columnName, layoutOf, moneyUnitOf, type ColumnWanted, type SheetGrid } from '#kernel/pure/sheet-layout.ts'

/** Columns of the list of payments with the names they go by in the accounting programs. */
export const executionColumns: readonly ColumnWanted[] = [
  { key: 'number', titles: ['计划编号', '计划行编号', '台账编号'], required: true },
  { key: 'occurredOn', titles: ['支出日期', '日期', '凭证日期', '支付日期'], required: true },
  { key: 'amountFen', titles: ['金额', '支出金额', '支付金额', '借方金额'], required: true },
  { key: 'quantity', titles: ['数量'] },
  { key: 'note', titles: ['用途', '摘要', '用途说明'], required: true },
  { key: 'document', titles: ['凭证号', '凭证编号', '单据号'], required: true },
  { key: 'counterparty', titles: ['收款单位', '收款人', '对方单位', '供应商'] },
]

export type Payment = {
  row: number
  number: string
  occurredOn: string
  amountFen: number
  quantity: number
  note: string
  document: string
  counterparty: string | null
}
/** Where a column stands in the sheet: a letter. */
export type ColumnAt = (key: 'number' | 'occurredOn' | 'amountFen' | 'quantity') => string
export type PaymentProblem = { row: number; column: string; message: string }

/** Names of the sheets that hold a list of payments. */
export function paymentSheets(sheets: readonly SheetGrid[]): string[] {
  return sheets.filter((sheet) => layoutOf(sheet, executionColumns) !== null).map(({ name }) => name)
}

/** Reads the payments of a sheet; every cell that cannot be read is a problem at its address. */
export function readPayments(sheet: SheetGrid): {
  payments: Payment[]
  problems: PaymentProblem[]
  columnAt: ColumnAt
} {
  const found = layoutOf(sheet, executionColumns)
  if (!found) return { payments: [], problems: [], columnAt: () => 'A' }
  const columnAt: ColumnAt = (key) => columnName(found.columns.find((one) => one.key === key)?.index ?? 0)
  const payments: Payment[] = []
  const problems: PaymentProblem[] = found.missing.map((title) => ({
    row: found.headerRow,
    column: 'A',
    message: `没有“${title}”列。请按模板填写。`,
  }))
  for (const row of found.data) {
    const before = problems.length
    const take = <T>(key: string, reading: (cell: RawCell) => Reading<T>, required: boolean): T | null => {
      const column = found.columns.find((one) => one.key === key)
      const result = reading(row.cells[column?.index ?? -1] ?? emptyCell)
      const title = column?.title ?? executionColumns.find((one) => one.key === key)?.titles[0]
      const complain = (message: string) =>
        void problems.push({
          row: row.row,
          column: columnName(column?.index ?? 0),
          message: `第${row.row}行“${title}”：${message}`,
        })
      if ('problem' in result) complain(result.problem)
      else if (required && result.value === null && column) complain('未填写。')
      return 'problem' in result ? null : result.value
    }
    if (row.hidden)
      problems.push({
        row: row.row,
        column: 'A',
        message: `第${row.row}行是隐藏的，不知道是否要登记。请取消隐藏，或删除该行。`,
      })
    const unit = moneyUnitOf(found.columns.find(({ key }) => key === 'amountFen'))
    const number = take('number', (cell) => readText(cell, 100), true)
    const occurredOn = take('occurredOn', readDate, true)
    const amountFen = take('amountFen', (cell) => readMoney(cell, unit), true)
    const quantity = take<number>('quantity', readQuantity, false) ?? 0
    const note = take('note', (cell) => readText(cell, 500), true)
    const document = take('document', (cell) => readText(cell, 200), true)
    const counterparty = take('counterparty', (cell) => readText(cell, 200), false)
    if (amountFen === 0)
      problems.push({
        row: row.row,
        column: columnAt('amountFen'),
        message: `第${row.row}行：金额应大于零。`,
      })
    if (problems.length === before && number && occurredOn && amountFen && note && document)
      payments.push({ row: row.row, number, occurredOn, amountFen, quantity, note, document, counterparty })
  }
  return { payments, problems, columnAt }
}
