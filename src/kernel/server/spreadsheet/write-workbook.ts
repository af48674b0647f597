import { PassThrough } from 'node:stream'
import ExcelJS from 'exceljs'
import type { Download } from '../context.ts'

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export type SheetColumn = {
  title: string
  width?: number
  /** `yuan` and `wan` take 分 and write numbers in 元 or 万元; text is always written as text, whatever it begins with. */
  kind?: 'text' | 'number' | 'yuan' | 'wan' | 'date' | 'percent'
  /** Choices offered in the cells of the column. */
  choices?: readonly string[]
}
export type SheetRow = readonly (string | number | boolean | null)[]
export type SheetToWrite = {
  name: string
  /** Lines over the table: title, organ, unit. */
  lead?: readonly string[]
  columns: readonly SheetColumn[]
  rows: Iterable<SheetRow> | AsyncIterable<SheetRow>
  /** 合计 under the rows. */
  total?: SheetRow
  /** Empty rows kept below with the choices of their columns. */
  spareRows?: number
}

const formats = { text: '@', number: '#,##0.##', yuan: '#,##0.00', wan: '#,##0.00', date: 'yyyy-mm-dd', percent: '0.00%' } as const

/** A workbook as a download, written row by row: its size does not matter to memory. Errors of the rows end the stream. */
export function workbookDownload(fileName: string, sheets: readonly SheetToWrite[]): Download {
  const stream = new PassThrough()
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  writeAll(workbook, sheets).catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))))
  return { fileName, mediaType: workbookType, body: stream }
}

async function writeAll(workbook: ExcelJS.stream.xlsx.WorkbookWriter, sheets: readonly SheetToWrite[]): Promise<void> {
  for (const sheet of sheets) await writeSheet(workbook, sheet)
  await workbook.commit()
}

async function writeSheet(workbook: ExcelJS.stream.xlsx.WorkbookWriter, { name, lead = [], columns, rows, total, spareRows = 0 }: SheetToWrite): Promise<void> {
  const headerRow = lead.length + 1
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: headerRow, xSplit: 1 }] })
  sheet.columns = columns.map(({ width, kind = 'text' }) => ({ width: width ?? (kind === 'text' ? 20 : 14), style: { numFmt: formats[kind] } }))
  for (const [index, text] of lead.entries()) {
    const row = sheet.addRow([text])
    row.font = { bold: index === 0, size: index === 0 ? 14 : 11 }
    row.commit()
  }
  const header = sheet.addRow(columns.map(({ title }) => title))
  header.font = { bold: true }
  header.alignment = { wrapText: true, vertical: 'middle' }
  header.eachCell((cell) => (cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFEDEDEA' } }))
  header.commit()
  for await (const values of rows) sheet.addRow(values.map((value, index) => written(value, columns[index]))).commit()
  for (let spare = 0; spare < spareRows; spare++) {
    const row = sheet.addRow(columns.map(() => null))
    columns.forEach(({ choices }, index) => {
      if (choices) row.getCell(index + 1).dataValidation = { type: 'list', allowBlank: true, formulae: [`"${choices.join(',').slice(0, 250)}"`] }
    })
    row.commit()
  }
  if (total) {
    const row = sheet.addRow(total.map((value, index) => written(value, columns[index])))
    row.font = { bold: true }
    row.commit()
  }
  sheet.commit()
}

/** Text stays text: written as a string cell with the text format, `=1+1` is four signs and no formula. */
function written(value: string | number | boolean | null, column: SheetColumn | undefined): string | number | Date | null {
  if (value === null) return null
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string') return column?.kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : value
  if (column?.kind === 'yuan') return value / 100
  return column?.kind === 'wan' ? value / 1_000_000 : value
}
