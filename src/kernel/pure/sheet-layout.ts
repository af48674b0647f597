import { isBlank, plainText, shownCell, type RawCell } from './cell-reading.ts'
import { moneyUnitIn, type MoneyUnit } from './money.ts'

export type SheetRow = { row: number; hidden: boolean; cells: readonly RawCell[] }
/** A sheet as it stands; `row` is the number people see, cells start at column A. */
export type SheetGrid = { name: string; rows: readonly SheetRow[] }

export type ColumnWanted = {
  key: string
  /** The title in our own template first, then what else it goes by. */
  titles: readonly string[]
  required?: boolean
}

export type ColumnFound = {
  key: string
  title: string
  index: number
  /** From the title or a line over the table: `元`, `万元`. */ unit: string | null
}

export type SheetLayout = {
  /** The last row of titles. */
  headerRow: number
  columns: ColumnFound[]
  /** Titles nobody asked for, or that name what another column gives already; what stands under them is not read. */
  unknown: { title: string; index: number }[]
  missing: string[]
  /** Rows of data; hidden ones are among them and marked. */
  data: SheetRow[]
  skipped: { row: number; reason: string; text: string }[]
}

const furthestHeader = 30
const totalWords = /^(小计|合计|总计|累计|共计)[：:]?$/
const footWords = /(负责人|填表人|经办人|制表|审核人|联系电话|联系人|填报日期|盖章|签字|^说明|^注[：:])/

/** Name of a column (A, B … AA). */
export function columnName(index: number): string {
  const rest = Math.floor(index / 26)
  return `${rest > 0 ? columnName(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`
}

/** What stands before and in the brackets at the end of a title; a square bracket may hold others of its kind. */
function inLastBrackets(text: string): [string, string, string] | null {
  if (!/[)\]]$/.test(text)) return null
  const inside = text.slice(0, -1)
  const round = Math.max(inside.lastIndexOf('('), inside.lastIndexOf(')'))
  const opening = inside[round] === '(' ? round : inside.indexOf('[', round + 1)
  return opening < 0 ? null : [text, inside.slice(0, opening), inside.slice(opening + 1)]
}

/** `单价(元)` and `金额万元` are 单价 in 元 and 金额 in 万元. */
function splitTitle(text: string): { title: string; unit: string | null } {
  const plain = plainText(text).replace(/\s/g, '')
  const match = inLastBrackets(plain) ?? /^(.+?)[/:]?((?:百万|[百千万亿])元)$/.exec(plain)
  if (match && /元|㎡|m2|台|人|%/.test(match[2] as string))
    return { title: match[1] as string, unit: match[2] as string }
  return /^(百万|[百千万亿])?元$/.test(plain) ? { title: '', unit: plain } : { title: plain, unit: null }
}

/** What a title of money says its numbers are in; 元 when it says nothing. */
export function moneyUnitOf(column: Pick<ColumnFound, 'unit'> | undefined): MoneyUnit {
  return moneyUnitIn(column?.unit ?? '') ?? '元'
}

/** A title; `repeated` for the further cells of a merge. */
type Title = { title: string; unit: string | null; repeated: boolean }

const titlesOf = (row: SheetRow): Title[] =>
  row.cells.map((cell) => ({ ...splitTitle(shownCell(cell)), repeated: cell.repeated === true }))

/** Two rows of titles as one: `预算` over `数量` and `金额` is 数量 and 金额; a unit alone belongs to the title over it. */
function joinedTitles(upper: readonly Title[], lower: readonly Title[], known: (title: string) => boolean): Title[] {
  return upper.map((over, index) => {
    const under = lower[index] ?? { title: '', unit: null, repeated: false }
    if (under.title === '' || under.title === over.title)
      return { ...over, unit: under.unit ?? over.unit, repeated: over.repeated }
    const both = `${over.title}${under.title}`
    return { title: known(both) ? both : under.title, unit: under.unit ?? over.unit, repeated: false }
  })
}

type Header = { row: SheetRow; titles: Title[]; score: number }

/** The row, or two rows, that name the most of what is wanted; the first of equals. */
function headerOf(sheet: SheetGrid, byTitle: ReadonlyMap<string, { key: string }>): Header | null {
  // A title that only repeats the one it is merged with belongs to the row above.
  const score = (titles: readonly Title[]) =>
    new Set(titles.flatMap(({ title, repeated }) => (repeated ? [] : (byTitle.get(title)?.key ?? [])))).size
  const near = sheet.rows.slice(0, furthestHeader)
  const single = near.map((row): Header => ({ row, titles: titlesOf(row), score: score(titlesOf(row)) }))
  const double = single.slice(0, -1).flatMap((upper, index): Header[] => {
    const lower = single[index + 1] as Header
    if (lower.row.cells.some(({ kind }) => kind !== 'text' && kind !== 'empty')) return []
    const titles = joinedTitles(upper.titles, lower.titles, (title) => byTitle.has(title))
    const unitsOnly =
      upper.score > 1 &&
      lower.titles.some(({ unit }) => unit !== null) &&
      lower.titles.every(({ title, repeated }) => title === '' || repeated)
    const both = score(titles)
    return both > Math.max(upper.score, lower.score) || unitsOnly ? [{ row: lower.row, titles, score: both }] : []
  })
  return [...double, ...single].reduce<Header | null>(
    (best, one) => (one.score > (best?.score ?? 0) ? one : best),
    null,
  )
}

/**
 * Finds the table in a sheet as people make them: title rows over it, one or two rows of column titles, totals in it,
 * signatures and blanks under it. Of several columns that would do, the one whose title comes first in `wanted` is read
 * and the others are `unknown`.
 * @returns null when no row looks like its header
 */
export function layoutOf(sheet: SheetGrid, wanted: readonly ColumnWanted[]): SheetLayout | null {
  const byTitle = new Map(
    wanted.flatMap(({ key, titles }) => titles.map((title, rank) => [splitTitle(title).title, { key, rank }] as const)),
  )
  const header = headerOf(sheet, byTitle)
  if (header === null || header.score < Math.min(2, wanted.length)) return null
  const over = sheet.rows
    .filter(({ row }) => row < header.row.row)
    .flatMap(({ cells }) => cells.map((cell) => plainText(shownCell(cell))))
  const sheetUnit =
    over
      .map((text) => /单位 ?: ?(?:人民币)? ?((?:百万|[百千万亿])?元)/.exec(text)?.[1])
      .find((unit) => unit !== undefined) ?? null
  const named = header.titles
    .map((title, index) => ({ ...title, index, asked: byTitle.get(title.title) }))
    .filter(({ title, repeated }) => title !== '' && !repeated)
  const chosen = wanted.flatMap(
    ({ key }) =>
      named.filter(({ asked }) => asked?.key === key).sort((a, b) => (a.asked?.rank ?? 0) - (b.asked?.rank ?? 0))[0] ??
      [],
  )
  const columns = chosen
    .map(({ asked, title, index, unit }): ColumnFound => ({
      key: asked?.key ?? '',
      title,
      index,
      unit: unit ?? sheetUnit,
    }))
    .sort((a, b) => a.index - b.index)
  const unknown = named
    .filter((one) => !chosen.includes(one) && !/^(序号|编号|#)$/.test(one.title))
    .map(({ title, index }) => ({ title, index }))
  const missing = wanted
    .filter(({ key, required }) => required && !columns.some((column) => column.key === key))
    .map(({ titles }) => titles[0] as string)
  return { headerRow: header.row.row, columns, unknown, missing, ...bodyOf(sheet, header.row.row, columns) }
}

function bodyOf(
  sheet: SheetGrid,
  headerRow: number,
  columns: readonly ColumnFound[],
): Pick<SheetLayout, 'data' | 'skipped'> {
  const data: SheetRow[] = []
  const skipped: SheetLayout['skipped'] = []
  const below = sheet.rows.filter(({ row }) => row > headerRow)
  const lastWithText = below.findLast(({ cells }) => cells.some((cell) => !isBlank(cell)))?.row ?? headerRow
  for (const row of below) {
    if (row.row > lastWithText) break // the blank tail that formatting leaves
    // A merge that reaches into a row does not make it one with content.
    const filled = row.cells.filter((cell) => !isBlank(cell))
    const own = filled.some(({ repeated }) => !repeated)
    const texts = [...new Set(filled.map((cell) => plainText(shownCell(cell)).replace(/\s/g, '')))]
    if (!own) skipped.push({ row: row.row, reason: '空行', text: '' })
    else if (texts.some((text) => totalWords.test(text)))
      skipped.push({ row: row.row, reason: '合计行', text: texts.join(' ').slice(0, 60) })
    else if (texts.some((text) => footWords.test(text)) && !looksLikeData(row, columns))
      skipped.push({ row: row.row, reason: '落款或说明', text: texts.join(' ').slice(0, 60) })
    else data.push(row)
  }
  return { data, skipped }
}

/** At least two of the columns asked for are filled, with different things. */
function looksLikeData(row: SheetRow, columns: readonly ColumnFound[]): boolean {
  const texts = columns
    .map(({ index }) => shownCell(row.cells[index] ?? { kind: 'empty' }).trim())
    .filter((text) => text !== '' && !footWords.test(text))
  return new Set(texts).size >= 3
}
