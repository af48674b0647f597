import { open } from 'node:fs/promises'
import ExcelJS from 'exceljs'
import yauzl from 'yauzl'
import type { UploadedFile } from '#kernel/pure/contract.ts'
import { emptyCell, type RawCell } from '#kernel/pure/cell-reading.ts'
import type { SheetGrid } from '#kernel/pure/sheet-layout.ts'
import { BadInput } from '../errors.ts'

/** What a workbook may unpack to; more is a bomb or not meant for this. */
const largestUnpackedBytes = 200 * 1024 * 1024
const mostEntries = 3000
const mostRows = 20_000
const mostColumns = 100

/**
 * The sheets of an .xlsx as grids of raw cells; macros, links and pictures are left unread.
 * @throws BadInput for anything that is no .xlsx, is encrypted, broken or far too large
 */
export async function readWorkbook(file: UploadedFile): Promise<SheetGrid[]> {
  const workbook = await openWorkbook(file)
  return workbook.worksheets.filter(({ state }) => state === 'visible').map(gridOf)
}

/** The workbook itself, once it is known to be safe to open. */
export async function openWorkbook(file: UploadedFile): Promise<ExcelJS.Workbook> {
  await refuseOtherKinds(file)
  await refuseBombs(file)
  const workbook = new ExcelJS.Workbook()
  try {
    await workbook.xlsx.readFile(file.path, { ignoreNodes: ['drawing', 'picture', 'extLst', 'dataValidations', 'conditionalFormatting', 'hyperlinks'] })
  } catch (cause) {
    throw Object.assign(refusal(file, '无法打开。文件可能已损坏,请在 Excel 或 WPS 中打开并另存为 .xlsx 后再上传。'), { cause })
  }
  if (workbook.worksheets.length === 0) throw refusal(file, '没有工作表。')
  return workbook
}

function refusal(file: UploadedFile, why: string): BadInput {
  return new BadInput([{ pointer: '/file', code: 'workbook', message: `“${file.fileName}”${why}` }])
}

async function refuseOtherKinds(file: UploadedFile): Promise<void> {
  const handle = await open(file.path, 'r')
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0).finally(() => handle.close())
  if (bytesRead >= 4 && buffer.readUInt32BE(0) === 0x504b0304) return
  // The old binary format, and also an .xlsx with a password.
  if (bytesRead >= 4 && buffer.readUInt32BE(0) === 0xd0cf11e0) throw refusal(file, '是旧版 .xls 或加了密码的文件。请去掉密码并另存为 .xlsx 后再上传。')
  throw refusal(file, '不是 Excel 工作簿。请上传 .xlsx 文件。')
}

/** Adds up what the archive says it unpacks to, before anything is unpacked. */
function refuseBombs(file: UploadedFile): Promise<void> {
  return new Promise((resolve, reject) => {
    yauzl.open(file.path, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(refusal(file, '无法打开。文件可能已损坏。'))
      let unpacked = 0
      const end = (fault: Error | null) => {
        zip.close()
        if (fault) reject(fault)
        else resolve()
      }
      zip.on('error', () => end(refusal(file, '无法打开。文件可能已损坏。')))
      zip.on('end', () => end(null))
      zip.on('entry', (entry: yauzl.Entry) => {
        unpacked += entry.uncompressedSize
        const ratio = entry.compressedSize > 0 ? entry.uncompressedSize / entry.compressedSize : 0
        if (unpacked > largestUnpackedBytes || zip.entryCount > mostEntries || (ratio > 500 && entry.uncompressedSize > 10_000_000))
          return end(refusal(file, '展开后过大,不能导入。请只保留需要导入的工作表。'))
        zip.readEntry()
      })
      zip.readEntry()
    })
  })
}

function gridOf(sheet: ExcelJS.Worksheet): SheetGrid {
  const rows: SheetGrid['rows'][number][] = []
  sheet.eachRow({ includeEmpty: true }, (row, number) => {
    if (number > mostRows) return
    const cells: RawCell[] = []
    for (let column = 1; column <= Math.min(sheet.columnCount, mostColumns); column++) cells.push(rawCell(row.getCell(column).value))
    rows.push({ row: number, hidden: row.hidden === true, cells })
  })
  return { name: sheet.name, rows }
}

function rawCell(value: ExcelJS.CellValue): RawCell {
  if (value === null || value === undefined) return emptyCell
  if (typeof value === 'number') return { kind: 'number', number: value }
  if (typeof value === 'string') return { kind: 'text', text: value }
  if (typeof value === 'boolean') return { kind: 'boolean', value }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? { kind: 'error', text: '日期' } : { kind: 'date', date: value.toISOString().slice(0, 10) }
  if ('richText' in value) return { kind: 'text', text: value.richText.map(({ text }) => text).join('') }
  if ('error' in value) return { kind: 'error', text: String(value.error) }
  if ('formula' in value || 'sharedFormula' in value) return value.result === undefined || value.result === null ? { kind: 'error', text: '公式没有计算结果' } : rawCell(value.result as ExcelJS.CellValue)
  if ('text' in value) return { kind: 'text', text: typeof value.text === 'string' ? value.text : String(value.text) }
  return emptyCell
}
