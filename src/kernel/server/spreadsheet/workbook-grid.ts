import ExcelJS from 'exceljs'
import { emptyCell, isBlank, type RawCell } from '#kernel/pure/cell-reading.ts'
import type { SheetGrid } from '#kernel/pure/sheet-layout.ts'

/** 20,000 rows of content, with their titles, totals and signatures. */
const mostRows = 20_100
const mostColumns = 200

/** Loads a checked .xlsx; macros, links, pictures and names are left unread. @throws when it is damaged */
export async function loadWorkbook(path: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  // Names are expanded cell by cell: one over whole columns takes gigabytes, and nothing here asks for names.
  Object.defineProperty(workbook.definedNames, 'model', { get: () => [], set: () => {} })
  await workbook.xlsx.readFile(path, {
    ignoreNodes: ['drawing', 'picture', 'extLst', 'dataValidations', 'conditionalFormatting', 'hyperlinks'],
  })
  return workbook
}

/** The visible sheets as grids, or why they are not read, in Chinese, to follow the file's name. */
export function gridsOf(workbook: ExcelJS.Workbook): SheetGrid[] | string {
  const grids: SheetGrid[] = []
  for (const sheet of workbook.worksheets.filter(({ state }) => state === 'visible')) {
    const grid = gridOf(sheet)
    if (typeof grid === 'string') return grid
    grids.push(grid)
  }
  return grids.length === 0 ? '没有可见的工作表。' : grids
}

/** Cells up to the last row and column with content; formats beyond them do not count, content beyond the limits is refused, never dropped. */
function gridOf(sheet: ExcelJS.Worksheet): SheetGrid | string {
  const filled = new Map<number, { hidden: boolean; cells: RawCell[] }>()
  let last = 0
  let width = 0
  sheet.eachRow((row, number) => {
    const cells: RawCell[] = []
    row.eachCell((cell, column) => {
      const raw = cellOf(cell)
      if (isBlank(raw)) return
      while (cells.length < column - 1) cells.push(emptyCell)
      cells[column - 1] = raw
    })
    if (cells.length === 0 && !row.hidden) return
    filled.set(number, { hidden: row.hidden === true, cells })
    if (cells.length === 0) return
    last = Math.max(last, number)
    width = Math.max(width, cells.length)
  })
  if (last > mostRows)
    return `的工作表“${sheet.name}”到第${last}行还有内容，一次最多读${mostRows}行。请分成几个文件，或删除表格以外的内容。`
  if (width > mostColumns) return `的工作表“${sheet.name}”有${width}列，最多读${mostColumns}列。请删除表格以外的内容。`
  const rows = Array.from({ length: last }, (_, index) => {
    const { hidden = false, cells = [] } = filled.get(index + 1) ?? {}
    return { row: index + 1, hidden, cells: Array.from({ length: width }, (_, column) => cells[column] ?? emptyCell) }
  })
  return { name: sheet.name, rows }
}

function cellOf(cell: ExcelJS.Cell): RawCell {
  const raw = rawCell(cell.value)
  if (raw.kind === 'number' && cell.numFmt && cell.numFmt !== 'General')
    return marked({ ...raw, format: cell.numFmt }, cell)
  return marked(raw, cell)
}

/** A merge shows one value over many cells; all but its first only repeat it. */
function marked(raw: RawCell, cell: ExcelJS.Cell): RawCell {
  return cell.isMerged && cell.master.address !== cell.address && raw.kind !== 'empty'
    ? { ...raw, repeated: true }
    : raw
}

/** A value of the library as the cell it stands for. */
export function rawCell(value: ExcelJS.CellValue): RawCell {
  if (value === null || value === undefined) return emptyCell
  if (typeof value === 'number') return { kind: 'number', number: value }
  if (typeof value === 'string') return { kind: 'text', text: value }
  if (typeof value === 'boolean') return { kind: 'boolean', value }
  if (value instanceof Date)
    return Number.isNaN(value.getTime())
      ? { kind: 'error', text: '日期' }
      : { kind: 'date', date: value.toISOString().slice(0, 10) }
  if ('richText' in value) return { kind: 'text', text: value.richText.map(({ text }) => text).join('') }
  if ('error' in value) return { kind: 'error', text: String(value.error) }
  if ('formula' in value || 'sharedFormula' in value)
    return value.result === undefined || value.result === null
      ? { kind: 'error', text: '公式没有计算结果' }
      : rawCell(value.result as ExcelJS.CellValue)
  if ('text' in value)
    return typeof value.text === 'object'
      ? rawCell(value.text as ExcelJS.CellValue)
      : { kind: 'text', text: String(value.text) }
  return emptyCell
}
