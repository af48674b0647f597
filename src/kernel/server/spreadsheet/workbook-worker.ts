import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import ExcelJS from 'exceljs'
import { columnName, type SheetGrid } from '#kernel/pure/sheet-layout.ts'
import { whyNoWorkbook } from './archive-check.ts'
import { csvGrid } from './csv-grid.ts'
import { gridsOf, loadWorkbook } from './workbook-grid.ts'

/** What is wrong with one cell, to be shown at it. */
export type CellMark = { sheet: string; row: number; /** A, B, … */ column: string; message: string }
export type WorkbookTask = { path: string; csv: boolean; marks: readonly CellMark[] | null }
/** Grids when read, bytes when annotated, or why not (in Chinese, to follow the file's name). */
export type WorkbookAnswer = { grids: SheetGrid[] } | { bytes: Uint8Array } | { refusal: string }

const damaged = '无法打开。文件可能已损坏，请在 Excel 或 WPS 中打开并另存为 .xlsx 后再上传。'

async function answer({ path, csv, marks }: WorkbookTask): Promise<WorkbookAnswer> {
  const workbook = csv ? await csvWorkbook(path) : await checkedWorkbook(path)
  if (typeof workbook === 'string') return { refusal: workbook }
  if (marks) return { bytes: await annotated(workbook, marks) }
  const grids = gridsOf(workbook)
  return typeof grids === 'string' ? { refusal: grids } : { grids }
}

async function checkedWorkbook(path: string): Promise<ExcelJS.Workbook | string> {
  const why = await whyNoWorkbook(path)
  return why ?? (await loadWorkbook(path).catch(() => damaged))
}

async function csvWorkbook(path: string): Promise<ExcelJS.Workbook | string> {
  const grid = csvGrid(await readFile(path), 'CSV')
  if (typeof grid === 'string') return grid
  const workbook = new ExcelJS.Workbook()
  workbook
    .addWorksheet(grid.name)
    .addRows(grid.rows.map(({ cells }) => cells.map((cell) => (cell.kind === 'text' ? cell.text : null))))
  return workbook
}

async function annotated(workbook: ExcelJS.Workbook, marks: readonly CellMark[]): Promise<Uint8Array> {
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

parentPort?.postMessage(await answer(workerData as WorkbookTask))
