import type { Readable } from 'node:stream'
import ExcelJS from 'exceljs'
import { emptyCell, isBlank, type RawCell } from '#kernel/pure/cell-reading.ts'
import { columnName, type SheetRow } from '#kernel/pure/sheet-layout.ts'
import { largeLimits, whyNoWorkbook } from './archive-check.ts'
import type { RowBatch } from './row-stream.ts'
import { rawCell } from './workbook-grid.ts'

const mostRows = 200_100
const mostColumns = 200
const damaged = '无法打开。文件可能已损坏，请在 Excel 或 WPS 中打开并另存为 .xlsx 后再上传。'

/** Sheets that are hidden are not in the stream's rows but in the book's list, which comes first. */
type StreamedSheet = ExcelJS.stream.xlsx.WorksheetReader & {
  name?: string
  state?: string
  id: number
  iterator: AsyncIterable<Uint8Array>
}
type StreamedRow = ExcelJS.Row & { hidden: boolean }

/**
 * Hands on the rows of the visible sheets, some at a time.
 * @returns why the file is not read, in Chinese, to follow its name; null when it was read to its end
 */
export async function streamXlsx(
  path: string,
  rowsAtATime: number,
  hand: (batch: RowBatch) => Promise<void>,
): Promise<string | null> {
  const why = await whyNoWorkbook(path, largeLimits)
  if (why !== null) return why
  try {
    return await rowsOf(path, rowsAtATime, hand)
  } catch {
    return damaged
  }
}

async function rowsOf(
  path: string,
  rowsAtATime: number,
  hand: (batch: RowBatch) => Promise<void>,
): Promise<string | null> {
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(path, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  })
  keepCharacters(reader)
  for await (const one of reader) {
    const sheet = one as StreamedSheet
    Object.assign(sheet, { iterator: wholeCharacters(sheet.iterator) })
    if (sheet.state !== undefined && sheet.state !== 'visible') continue
    const name = sheet.name ?? `Sheet${sheet.id}`
    let batch: SheetRow[] = []
    for await (const given of sheet) {
      const row = rowOf(given as StreamedRow)
      if (row === null) continue
      if (row.row > mostRows) return `的工作表“${name}”超过${mostRows}行。请分成几个文件。`
      if (row.cells.length > mostColumns)
        return `的工作表“${name}”有${columnName(row.cells.length - 1)}列，最多读${mostColumns}列。请删除表格以外的内容。`
      batch.push(row)
      if (batch.length < rowsAtATime) continue
      await hand({ sheet: name, rows: batch })
      batch = []
    }
    if (batch.length > 0) await hand({ sheet: name, rows: batch })
  }
  return null
}

/**
 * The library decodes piece by piece: a character that lies across two pieces would come out as two signs of nothing, in one
 * of ten thousand Chinese cells. It takes text as well, so pieces are decoded here, in one go over all of them.
 */
async function* wholeCharacters(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const piece of pieces) yield decoder.decode(piece, { stream: true })
}

/** The same for the parts that the library reads before it hands on any sheet: shared texts, names of sheets. */
function keepCharacters(reader: ExcelJS.stream.xlsx.WorkbookReader): void {
  const parts = reader as unknown as Record<'_parseSharedStrings' | '_parseWorkbook', (entry: Readable) => unknown>
  for (const name of ['_parseSharedStrings', '_parseWorkbook'] as const) {
    const parse = parts[name].bind(reader)
    parts[name] = (entry) => parse(entry.setEncoding('utf8'))
  }
}

function rowOf(row: StreamedRow): SheetRow | null {
  const cells: RawCell[] = []
  row.eachCell((cell, column) => {
    const raw = rawCell(cell.value)
    if (isBlank(raw)) return
    while (cells.length < column - 1) cells.push(emptyCell)
    const format = cell.numFmt
    cells[column - 1] = raw.kind === 'number' && format && format !== 'General' ? { ...raw, format } : raw
  })
  return cells.length === 0 ? null : { row: row.number, hidden: row.hidden === true, cells }
}
