import { isBlank, plainText, shownCell, type RawCell } from './cell-reading.ts'

export type SheetRow = { row: number; hidden: boolean; cells: readonly RawCell[] }
/** A sheet as it stands; `row` is the number people see, cells start at column A. */
export type SheetGrid = { name: string; rows: readonly SheetRow[] }

export type ColumnWanted = {
  key: string
  /** The title in our own template first, then what else it goes by. */
  titles: readonly string[]
  required?: boolean
}

export type ColumnFound = { key: string; title: string; index: number; /** From the title or a line over the table: `元`, `万元`. */ unit: string | null }

export type SheetLayout = {
  headerRow: number
  columns: ColumnFound[]
  /** Titles nobody asked for; what stands under them is not read. */
  unknown: { title: string; index: number }[]
  missing: string[]
  /** Rows of data; hidden ones are among them and marked. */
  data: SheetRow[]
  skipped: { row: number; reason: string; text: string }[]
}

const furthestHeader = 30
const totalWords = /^(小计|合计|总计|累计|共计)[::]?$/
const footWords = /(负责人|填表人|经办人|制表|审核人|联系电话|联系人|填报日期|盖章|签字|^说明|^注[::])/

/** Name of a column (A, B … AA). */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26)
  return `${rest > 0 ? columnName(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`
}

/** `单价(元)` is 单价 in 元. */
function splitTitle(text: string): { title: string; unit: string | null } {
  const plain = plainText(text).replace(/\s/g, '')
  const match = /^(.*?)[((]([^()()]*)[))]$/.exec(plain)
  return match && /元|㎡|台|人|%/.test(match[2] as string) ? { title: match[1] as string, unit: match[2] as string } : { title: plain, unit: null }
}

/**
 * Finds the table in a sheet as people make them: title rows over it, totals in it, signatures and blanks under it.
 * @returns null when no row looks like its header
 */
export function layoutOf(sheet: SheetGrid, wanted: readonly ColumnWanted[]): SheetLayout | null {
  const byTitle = new Map(wanted.flatMap(({ key, titles }) => titles.map((title) => [splitTitle(title).title, key] as const)))
  const scored = sheet.rows.slice(0, furthestHeader).map((row) => {
    const titles = row.cells.map((cell) => splitTitle(shownCell(cell)))
    return { row, titles, score: new Set(titles.flatMap(({ title }) => byTitle.get(title) ?? [])).size }
  })
  const best = scored.reduce<(typeof scored)[number] | null>((a, b) => (b.score > (a?.score ?? 0) ? b : a), null)
  if (best === null || best.score < Math.min(2, wanted.length)) return null
  const over = sheet.rows.filter(({ row }) => row < best.row.row).flatMap(({ cells }) => cells.map(shownCell))
  const sheetUnit = over.map((text) => /单位[::]\s*(万元|元)/.exec(plainText(text))?.[1]).find((unit) => unit !== undefined) ?? null
  const columns: ColumnFound[] = []
  const unknown: SheetLayout['unknown'] = []
  best.titles.forEach(({ title, unit }, index) => {
    const key = byTitle.get(title)
    if (key !== undefined && !columns.some((column) => column.key === key)) columns.push({ key, title, index, unit: unit ?? sheetUnit })
    else if (title !== '' && !/^(序号|编号|#)$/.test(title) && key === undefined) unknown.push({ title, index })
  })
  const missing = wanted.filter(({ key, required }) => required && !columns.some((column) => column.key === key)).map(({ titles }) => titles[0] as string)
  return { headerRow: best.row.row, columns, unknown, missing, ...bodyOf(sheet, best.row.row, columns) }
}

function bodyOf(sheet: SheetGrid, headerRow: number, columns: readonly ColumnFound[]): Pick<SheetLayout, 'data' | 'skipped'> {
  const data: SheetRow[] = []
  const skipped: SheetLayout['skipped'] = []
  const below = sheet.rows.filter(({ row }) => row > headerRow)
  const lastWithText = below.findLast(({ cells }) => cells.some((cell) => !isBlank(cell)))?.row ?? headerRow
  for (const row of below) {
    if (row.row > lastWithText) break // the blank tail that formatting leaves
    const filled = row.cells.filter((cell) => !isBlank(cell))
    const texts = [...new Set(filled.map((cell) => plainText(shownCell(cell)).replace(/\s/g, '')))]
    if (filled.length === 0) skipped.push({ row: row.row, reason: '空行', text: '' })
    else if (texts.some((text) => totalWords.test(text))) skipped.push({ row: row.row, reason: '合计行', text: texts.join(' ').slice(0, 60) })
    else if (texts.some((text) => footWords.test(text)) && !looksLikeData(row, columns)) skipped.push({ row: row.row, reason: '落款或说明', text: texts.join(' ').slice(0, 60) })
    else data.push(row)
  }
  return { data, skipped }
}

/** At least two of the columns asked for are filled, with different things. */
function looksLikeData(row: SheetRow, columns: readonly ColumnFound[]): boolean {
  const texts = columns.map(({ index }) => shownCell(row.cells[index] ?? { kind: 'empty' }).trim()).filter((text) => text !== '' && !footWords.test(text))
  return new Set(texts).size >= 3
}
