import { emptyCell, isBlank, type RawCell } from '#kernel/pure/cell-reading.ts'
import { columnName, type SheetRow } from '#kernel/pure/sheet-layout.ts'
import { largeLimits, whyNoWorkbook } from './archive-check.ts'
import { BookArchive, type Book, type MarkupHandlers } from './book-parts.ts'
import type { RowBatch } from './row-stream.ts'

const mostRows = 200_100
const mostColumns = 200
const damaged = '无法打开。文件可能已损坏，请在 Excel 或 WPS 中打开并另存为 .xlsx 后再上传。'

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
    const archive = await BookArchive.open(path)
    try {
      return await rowsOf(archive, rowsAtATime, hand)
    } finally {
      archive.close()
    }
  } catch {
    return damaged
  }
}

async function rowsOf(
  archive: BookArchive,
  rowsAtATime: number,
  hand: (batch: RowBatch) => Promise<void>,
): Promise<string | null> {
  const book = await archive.book()
  for (const { name, part } of book.sheets.filter(({ visible }) => visible)) {
    const sheet = new SheetReading(book)
    for await (const _ of archive.read(part, sheet.handlers)) {
      if (sheet.lastRow > mostRows) return `的工作表“${name}”超过${mostRows}行。请分成几个文件。`
      if (sheet.widest > mostColumns)
        return `的工作表“${name}”有${columnName(sheet.widest - 1)}列，最多读${mostColumns}列。请删除表格以外的内容。`
      if (sheet.rows.length >= rowsAtATime) await hand({ sheet: name, rows: sheet.take() })
    }
    if (sheet.rows.length > 0) await hand({ sheet: name, rows: sheet.take() })
  }
  return null
}

/** Types of cells that hold a text, be it blank. */
const texts: ReadonlySet<string> = new Set(['str', 'inlineStr'])

/** Rows of a sheet as its markup comes by (ECMA-376 part 1, 18.3.1); rows without content are none. */
class SheetReading {
  rows: SheetRow[] = []
  lastRow = 0
  widest = 0
  private readonly book: Book
  private row = 0
  private hidden = false
  private cells: RawCell[] = []
  private column = 0
  private type = ''
  private style = 0
  private formula = false
  /** What the cell says, from its value or the text within it; null while it says nothing. */
  private said: string | null = null
  private listening = false
  /** Within what a text sounds like, which is not what it says. */
  private spoken = false

  constructor(book: Book) {
    this.book = book
  }

  take(): SheetRow[] {
    const rows = this.rows
    this.rows = []
    return rows
  }

  readonly handlers: MarkupHandlers = {
    open: (name, given) => {
      if (name === 'c') this.beginCell(given)
      else if (name === 'v' || name === 't') {
        this.listening = !this.spoken
        this.said ??= ''
      } else if (name === 'rPh') this.spoken = true
      else if (name === 'f') this.formula = true
      else if (name === 'row') {
        this.row = rowAfter(this.row, given['r'])
        this.hidden = given['hidden'] === '1' || given['hidden'] === 'true'
        this.cells = []
        this.column = 0
      }
    },
    text: (piece) => {
      if (this.listening) this.said += piece
    },
    close: (name) => {
      if (name === 'v' || name === 't') this.listening = false
      else if (name === 'rPh') this.spoken = false
      else if (name === 'c') this.endCell()
      else if (name === 'row' && this.cells.length > 0) {
        this.rows.push({ row: this.row, hidden: this.hidden, cells: this.cells })
        this.lastRow = Math.max(this.lastRow, this.row)
        this.widest = Math.max(this.widest, this.cells.length)
      }
    },
  }

  private beginCell(given: Readonly<Record<string, string>>): void {
    this.column = given['r'] === undefined ? this.column + 1 : columnOf(given['r'])
    this.type = given['t'] ?? 'n'
    this.style = Number(given['s'] ?? 0)
    this.formula = false
    this.said = null
  }

  private endCell(): void {
    const cell = this.cellNow()
    if (isBlank(cell)) return
    // What lies beyond the limit is told, not filled up with empty cells.
    if (this.column > mostColumns) {
      this.widest = Math.max(this.widest, this.column)
      return
    }
    while (this.cells.length < this.column - 1) this.cells.push(emptyCell)
    this.cells[this.column - 1] = cell
  }

  private cellNow(): RawCell {
    const { said, type } = this
    if (said === null || (!texts.has(type) && said.trim() === ''))
      return this.formula ? { kind: 'error', text: '公式没有计算结果' } : emptyCell
    switch (type) {
      case 's':
        return { kind: 'text', text: this.book.texts[Number(said)] ?? '' }
      case 'str':
      case 'inlineStr':
        return { kind: 'text', text: said }
      case 'b':
        return { kind: 'boolean', value: Number(said) !== 0 }
      case 'e':
        return { kind: 'error', text: said }
      case 'd':
        return /^\d{4}-\d\d-\d\d/.test(said)
          ? { kind: 'date', date: said.slice(0, 10) }
          : { kind: 'error', text: '日期' }
      default:
        return this.numberCell(Number(said))
    }
  }

  private numberCell(number: number): RawCell {
    if (Number.isNaN(number)) return { kind: 'error', text: '数字' }
    const shown = this.book.styles[this.style]
    if (shown?.date) return dateCell(number, this.book.from1904)
    return shown?.format ? { kind: 'number', number, format: shown.format } : { kind: 'number', number }
  }
}

const dayMs = 86_400_000
/** Days from the first day that books count from to 1970. */
const daysTo1970 = { from1900: 25_569, from1904: 24_107 }

function dateCell(days: number, from1904: boolean): RawCell {
  const at = new Date(Math.round((days - (from1904 ? daysTo1970.from1904 : daysTo1970.from1900)) * dayMs))
  return Number.isNaN(at.getTime())
    ? { kind: 'error', text: '日期' }
    : { kind: 'date', date: at.toISOString().slice(0, 10) }
}

/** Rows come in their order, once each; @throws for others, which no program for tables writes */
function rowAfter(last: number, said: string | undefined): number {
  const row = said === undefined ? last + 1 : Number(said)
  if (!Number.isInteger(row) || row <= last) throw new Error(`row ${said} after row ${last}`)
  return row
}

/** `AB12` is the 28th. */
function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & ~0x20
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
  }
  return column
}
