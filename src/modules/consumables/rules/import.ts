import {
  emptyCell,
  plainText,
  readDate,
  readInteger,
  readMoney,
  readText,
  shownCell,
  type RawCell,
  type Reading,
} from '#kernel/pure/cell-reading.ts'
import { moneyUnitOf, columnName, layoutOf, type ColumnWanted, type SheetGrid } from '#kernel/pure/sheet-layout.ts'
import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'

/** Columns of a list of items with what is in stock; the first title is the one of our template. */
export const itemColumns: readonly ColumnWanted[] = [
  { key: 'name', titles: ['品名', '物品名称', '名称'], required: true },
  { key: 'spec', titles: ['规格', '规格型号'] },
  { key: 'unit', titles: ['计量单位', '单位'], required: true },
  { key: 'place', titles: ['存放地点', '库位', '地点'] },
  { key: 'minimum', titles: ['库存下限', '最低库存'] },
  { key: 'quantity', titles: ['库存数量', '数量', '结存数量'], required: true },
  { key: 'amountFen', titles: ['金额', '库存金额', '结存金额'] },
  { key: 'receivedOn', titles: ['入库日期', '日期'] },
]

export type ItemProblem = { row: number; column: string; message: string }
export type ReadItem = {
  row: number
  name: string
  spec: string
  unit: string
  place: string
  minimum: number
  quantity: number
  amountFen: number
  receivedOn: string
}

/** The sheet that lists items; null when none does. */
export function itemSheet(sheets: readonly SheetGrid[]): SheetGrid | null {
  return sheets.find((sheet) => (layoutOf(sheet, itemColumns)?.columns.length ?? 0) >= 3) ?? null
}

/** Reads every row; what is wrong is told by its cell, all at once. */
export function readItems(
  sheet: SheetGrid,
  today: string,
  known: ReadonlySet<string>,
): { items: ReadItem[]; problems: ItemProblem[] } {
  const layout = layoutOf(sheet, itemColumns)
  if (layout === null) return { items: [], problems: [] }
  if (layout.missing.length > 0)
    return {
      items: [],
      problems: [
        { row: layout.headerRow, column: '', message: `没有“${layout.missing.join('”“')}”列。请补上后再上传。` },
      ],
    }
  const items: ReadItem[] = []
  const problems: ItemProblem[] = []
  const seen = new Map<string, number>()
  for (const { row, cells } of layout.data) {
    const column = (key: string) => layout.columns.find((one) => one.key === key)
    const cellOf = (key: string): RawCell => cells[column(key)?.index ?? -1] ?? emptyCell
    let right = true
    const complain = (key: string, message: string) => {
      right = false
      const at = column(key)
      const title = at?.title ?? itemColumns.find((one) => one.key === key)?.titles[0] ?? key
      problems.push({ row, column: at ? columnName(at.index) : '', message: `第${row}行“${title}”：${message}` })
    }
    const take = <T>(key: string, reading: Reading<T>): T | null => {
      if (!('problem' in reading)) return reading.value
      complain(key, reading.problem)
      return null
    }
    const text = (key: string, longest: number) => take(key, readText(cellOf(key), longest)) ?? ''
    const [name, spec, unit, place] = [text('name', 60), text('spec', 80), text('unit', 10), text('place', 60)]
    const quantity = take('quantity', readInteger(cellOf('quantity')))
    const amountFen = take('amountFen', readMoney(cellOf('amountFen'), moneyUnitOf(column('amountFen')) ?? '元')) ?? 0
    const minimum = take('minimum', readInteger(cellOf('minimum'))) ?? 0
    const receivedOn = take('receivedOn', readDate(cellOf('receivedOn'))) ?? today
    if (name === '') complain('name', '没有填写品名。请补上。')
    if (unit === '') complain('unit', '没有填写计量单位。请补上。')
    if (right && quantity === null && plainText(shownCell(cellOf('quantity'))) === '')
      complain('quantity', '没有填写库存数量。没有库存的请填0。')
    for (const [key, value] of [
      ['quantity', quantity ?? 0],
      ['minimum', minimum],
    ] as const)
      if (value < 0 || value > 1_000_000) complain(key, '应为0至1000000的整数。请改正。')
    if (amountFen < 0 || amountFen > 10_000_000_000) complain('amountFen', '金额应在0至一亿元之间。请核对。')
    if (quantity === 0 && amountFen > 0) complain('amountFen', '没有库存数量，不能有金额。请核对。')
    if (receivedOn > today) complain('receivedOn', '日期不能晚于今天。请改正。')
    if (secrecyMarkIn([name, spec, unit, place].join('\n')) !== null)
      complain('name', '带有密级标志。本系统为非涉密系统，不得填写。')
    const key = `${name}\n${spec}`
    const before = seen.get(key)
    if (name !== '' && before !== undefined) complain('name', `与第${before}行同名同规格。请合并为一行。`)
    else if (known.has(key)) complain('name', '本机关已有同名同规格的物品。请在原有物品上办理入库。')
    seen.set(key, before ?? row)
    if (right) items.push({ row, name, spec, unit, place, minimum, quantity: quantity ?? 0, amountFen, receivedOn })
  }
  return { items, problems }
}
