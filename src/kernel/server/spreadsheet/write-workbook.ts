import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import ExcelJS from 'exceljs'
import { columnName } from '#kernel/pure/sheet-layout.ts'
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

const formats = {
  text: '@',
  number: '#,##0.##',
  yuan: '#,##0.00',
  wan: '#,##0.00',
  date: 'yyyy-mm-dd',
  percent: '0.00%',
} as const

/** A workbook as a download, written row by row as it is taken: its size does not matter to memory. Errors of the rows end the stream. */
export function workbookDownload(fileName: string, sheets: readonly SheetToWrite[]): Download {
  const stream = new PassThrough()
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useStyles: true, useSharedStrings: false })
  writeAll(workbook, stream, sheets).catch((error: unknown) =>
    stream.destroy(error instanceof Error ? error : new Error(String(error))),
  )
  return { fileName, mediaType: workbookType, body: stream }
}

/**
 * The same, written out before it returns: for rows that are read in the caller's transaction, which is over when the
 * download is sent. The file has no name any more while it is sent, so that nothing stays behind.
 */
export async function spooledWorkbook(fileName: string, sheets: readonly SheetToWrite[]): Promise<Download> {
  const { body, mediaType } = workbookDownload(fileName, sheets)
  const path = join(tmpdir(), `yunbao-${randomUUID()}.xlsx`)
  try {
    await pipeline(body as Readable, createWriteStream(path, { mode: 0o600 }))
    const handle = await open(path, 'r')
    return { fileName, mediaType, body: handle.createReadStream() }
  } finally {
    await rm(path, { force: true })
  }
}

type WorkbookWriter = ExcelJS.stream.xlsx.WorkbookWriter

async function writeAll(workbook: WorkbookWriter, taken: PassThrough, sheets: readonly SheetToWrite[]): Promise<void> {
  const lists = longLists(sheets)
  for (const sheet of sheets) await writeSheet(workbook, taken, sheet, lists)
  if (lists.size > 0) {
    const sheet = workbook.addWorksheet(listSheet, { state: 'veryHidden' })
    const columns = [...lists.keys()]
    for (let row = 0; row < Math.max(...columns.map((choices) => choices.length)); row++)
      sheet.addRow(columns.map((choices) => choices[row] ?? null)).commit()
    sheet.commit()
  }
  await workbook.commit()
}

const listSheet = '选项'

/** Choices that do not fit into a cell's rule (255 characters, no commas) stand in a hidden sheet and are named from there. */
function longLists(sheets: readonly SheetToWrite[]): Map<readonly string[], string> {
  const long = sheets.flatMap(({ columns }) =>
    columns.flatMap(({ choices }) =>
      choices && (choices.join(',').length > 250 || choices.some((choice) => /[,"]/.test(choice))) ? [choices] : [],
    ),
  )
  return new Map(
    [...new Set(long)].map((choices, index) => [
      choices,
      `'${listSheet}'!$${columnName(index)}$1:$${columnName(index)}$${choices.length}`,
    ]),
  )
}

async function writeSheet(
  workbook: WorkbookWriter,
  taken: PassThrough,
  { name, lead = [], columns, rows, total, spareRows = 0 }: SheetToWrite,
  lists: ReadonlyMap<readonly string[], string>,
): Promise<void> {
  const headerRow = lead.length + 1
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: headerRow, xSplit: 1 }] })
  sheet.columns = columns.map(({ width, kind = 'text' }) => ({
    width: width ?? (kind === 'text' ? 20 : 14),
    style: { numFmt: formats[kind] },
  }))
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
  let count = 0
  for await (const values of rows) {
    sheet.addRow(values.map((value, index) => written(value, columns[index]))).commit()
    if (++count % 200 === 0) await roomBehind(sheet, taken)
  }
  for (let spare = 0; spare < spareRows; spare++) {
    const row = sheet.addRow(columns.map(() => null))
    columns.forEach(({ choices }, index) => {
      if (choices)
        row.getCell(index + 1).dataValidation = {
          type: 'list',
          allowBlank: true,
          formulae: [lists.get(choices) ?? `"${choices.join(',')}"`],
        }
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

type Buffered = NodeJS.EventEmitter & { _writableState?: { needDrain?: boolean } }

/**
 * Waits until what was written has been taken. The library itself never waits: for a slow reader, or a fast source, it
 * would hold the whole sheet. Its way out is not part of its types; without one there is nothing to wait for.
 */
async function roomBehind(sheet: ExcelJS.Worksheet, taken: PassThrough): Promise<void> {
  await new Promise(setImmediate)
  if (taken.destroyed) throw new Error('the download was given up')
  const [out] = (sheet as unknown as { stream?: { pipes?: Buffered[] } }).stream?.pipes ?? []
  if (!out?._writableState?.needDrain) return
  const given = new AbortController()
  try {
    await Promise.race([once(out, 'drain', { signal: given.signal }), once(taken, 'close', { signal: given.signal })])
  } finally {
    given.abort()
  }
  if (taken.destroyed) throw new Error('the download was given up')
}

/** Text stays text: written as a string cell with the text format, `=1+1` is four signs and no formula. */
function written(
  value: string | number | boolean | null,
  column: SheetColumn | undefined,
): string | number | Date | null {
  if (value === null) return null
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (typeof value === 'string')
    return column?.kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(value) ? new Date(`${value}T00:00:00Z`) : value
  if (column?.kind === 'yuan') return value / 100
  return column?.kind === 'wan' ? value / 1_000_000 : value
}
