import type { UploadedFile } from '#kernel/pure/contract.ts'
import { columnName } from '#kernel/pure/sheet-layout.ts'
import type { Download } from '../context.ts'
import { openWorkbook } from './read-workbook.ts'
import { workbookType } from './write-workbook.ts'

export type CellMark = { sheet: string; row: number; /** A, B, … */ column: string; message: string }

/** The clerk's own workbook with each problem marked and explained at its cell, and a list of all of them. */
export async function annotatedWorkbook(file: UploadedFile, marks: readonly CellMark[]): Promise<Download> {
  const workbook = await openWorkbook(file)
  for (const { sheet, row, column, message } of marks) {
    const cell = workbook.getWorksheet(sheet)?.getCell(`${column}${row}`)
    if (!cell) continue
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFBD5D2' } }
    cell.note = message
  }
  const list = workbook.addWorksheet(freeName(workbook.worksheets.map(({ name }) => name)))
  list.columns = [{ header: '工作表', width: 16 }, { header: '单元格', width: 10 }, { header: '问题', width: 80 }]
  for (const { sheet, row, column, message } of marks) list.addRow([sheet, `${column}${row}`, message])
  const body = Buffer.from(await workbook.xlsx.writeBuffer())
  return { fileName: file.fileName.replace(/(\.xlsx)?$/i, '(标注问题).xlsx'), mediaType: workbookType, body }
}

function freeName(names: readonly string[]): string {
  for (let turn = 0; ; turn++) {
    const name = turn === 0 ? '问题清单' : `问题清单${columnName(turn)}`
    if (!names.includes(name)) return name
  }
}
