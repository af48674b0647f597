import ExcelJS from 'exceljs'
import { columnName, type SheetGrid } from '#kernel/pure/sheet-layout.ts'

/** What is wrong with one cell, to be shown at it. */
export type CellMark = { sheet: string; row: number; /** A, B, … */ column: string; message: string }

/** What a CSV file would be as a workbook of one sheet. */
export function csvWorkbook(grid: SheetGrid): ExcelJS.Workbook {
  const workbook = new ExcelJS.Workbook()
  workbook
    .addWorksheet(grid.name)
    .addRows(grid.rows.map(({ cells }) => cells.map((cell) => (cell.kind === 'text' ? cell.text : null))))
  return workbook
}

/** The workbook with its marked cells painted, a note at each and a list of all of them behind, as bytes. */
export async function annotated(workbook: ExcelJS.Workbook, marks: readonly CellMark[]): Promise<Uint8Array> {
  const notes = new Map<ExcelJS.Cell, string>()
  for (const { sheet, row, column, message } of marks) {
    const cell = workbook.getWorksheet(sheet)?.getCell(`${column}${row}`)
    if (cell) notes.set(cell, [notes.get(cell), message].filter(Boolean).join('\n'))
  }
  for (const [cell, note] of notes) {
    // Cells of one format share its style object: changing it in place would paint them all.
    cell.style = { ...cell.style, fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFBD5D2' } } }
    cell.note = note
  }
  const list = workbook.addWorksheet(freeName(workbook.worksheets.map(({ name }) => name)))
  list.columns = [
    { header: '工作表', width: 16 },
    { header: '单元格', width: 10 },
    { header: '问题', width: 80 },
  ]
  list.views = [{ state: 'frozen', ySplit: 1 }]
  for (const { sheet, row, column, message } of marks) list.addRow([sheet, `${column}${row}`, message])
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}

function freeName(names: readonly string[]): string {
  for (let turn = 0; ; turn++) {
    const name = turn === 0 ? '问题清单' : `问题清单${columnName(turn)}`
    if (!names.includes(name)) return name
  }
}
