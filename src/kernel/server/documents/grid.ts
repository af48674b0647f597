import type { Align, Cell, Column, FormRow, Table, TableRow } from '#kernel/pure/official-document.ts'
import { cellText } from '#kernel/pure/official-document.ts'
import { formatChineseDate } from '#kernel/pure/local-date.ts'
import { areaHeightPt, areaWidthPt, tablePt, textEms } from './geometry.ts'
import { oneLine, printable } from './wording.ts'

/** A cell as it is drawn; `lines` are forced lines. */
export type GridCell = {
  lines: string[]
  align: Align
  /** Head cells and labels, sums, bands and plain cells differ in weight and ground. */
  role: 'head' | 'label' | 'plain' | 'strong' | 'band' | 'opinion'
  colspan: number
  rowspan: number
  /** Signature and date at the lower right of an opinion. */
  signed: string[]
  /** A word in it is wider than the cell and may be broken anywhere. */
  breaksWords: boolean
}
/** `splits`: too high to be kept on one page. */
export type GridRow = { cells: GridCell[]; minLines: number; splits: boolean }

/** A table or form ready to draw: widths in points, head rows that repeat on each page, rows. */
export type Grid = {
  kind: 'table' | 'form'
  sizePt: number
  widthsPt: number[]
  head: GridRow[]
  rows: GridRow[]
  caption: string
  unit: string
  notes: string[]
}

const plainCell: GridCell = {
  lines: [''],
  align: 'left',
  role: 'plain',
  colspan: 1,
  rowspan: 1,
  signed: [],
  breaksWords: false,
}

function gridCell(text: string, cell: Partial<GridCell>): GridCell {
  return { ...plainCell, lines: printable(text).split('\n'), ...cell }
}

/** Room between the words of a cell and its two borders, in points. */
const cellInsetPt = 6
const wholeWord = /[^\s\u2e80-\uffef]{4,}/g

/** Marks what would run out of its place: words wider than their cell, and rows higher than a third of the page. */
function fitted(grid: Grid, landscape: boolean): Grid {
  const { sizePt, widthsPt } = grid
  return {
    ...grid,
    rows: grid.rows.map((row) => {
      let column = 0
      let highest = 0
      const cells = row.cells.map((cell) => {
        const room = Math.max(
          sizePt,
          widthsPt.slice(column, (column += cell.colspan)).reduce((a, b) => a + b, 0) - cellInsetPt,
        )
        const lines = cell.lines.reduce(
          (sum, line) => sum + Math.max(1, Math.ceil((textEms(line) * sizePt) / room)),
          cell.signed.length,
        )
        highest = Math.max(highest, lines * sizePt * 1.5)
        // Capital letters are up to half as wide again as what textEms takes for one.
        const breaksWords = cell.lines.some((line) =>
          (line.match(wholeWord) ?? []).some((word) => textEms(word) * 1.5 * sizePt > room),
        )
        return { ...cell, breaksWords }
      })
      return { ...row, cells, splits: highest > areaHeightPt(landscape) / 3 }
    }),
  }
}

/** Parts of a whole in points that add up to it exactly in twentieths of a point, as .docx counts. */
function shared(shares: readonly number[], wholePt: number): number[] {
  const sum = shares.reduce((a, b) => a + b, 0)
  const wholeTwips = Math.floor(wholePt * 20)
  let used = 0
  let passed = 0
  return shares.map((share) => {
    passed += share
    const edge = Math.round((passed / sum) * wholeTwips)
    const width = edge - used
    used = edge
    return width / 20
  })
}

export function tableGrid(table: Table, landscape: boolean): Grid {
  const grid: Grid = {
    kind: 'table',
    sizePt: tablePt(table.columns.length, landscape),
    widthsPt: shared(
      table.columns.map((column) => column.share),
      areaWidthPt(landscape),
    ),
    head: headRows(table.columns),
    rows: bodyRows(table),
    caption: oneLine(table.caption ?? ''),
    unit: oneLine(table.unit ?? ''),
    notes: (table.notes ?? []).map(oneLine),
  }
  return fitted(grid, landscape)
}

function headRows(columns: readonly Column[]): GridRow[] {
  const head = (text: string, span: Partial<GridCell> = {}) =>
    gridCell(text, { align: 'center', role: 'head', ...span })
  if (columns.every((column) => column.group === undefined))
    return [{ cells: columns.map((column) => head(column.title)), minLines: 1, splits: false }]
  const upper: GridCell[] = []
  const lower: GridCell[] = []
  columns.forEach((column, index) => {
    if (column.group === undefined) upper.push(head(column.title, { rowspan: 2 }))
    else {
      lower.push(head(column.title))
      const last = upper.at(-1)
      if (last !== undefined && columns[index - 1]?.group === column.group) last.colspan += 1
      else upper.push(head(column.group))
    }
  })
  return [
    { cells: upper, minLines: 1, splits: false },
    { cells: lower, minLines: 1, splits: false },
  ]
}

type Rows = { columns: Column[]; rows: TableRow[]; total?: Cell[] | undefined; emptyText?: string | undefined }

function bodyRows({ columns, rows, total, emptyText }: Rows): GridRow[] {
  const across = columns.length
  const drawn: GridRow[] = rows.map((row) => {
    if ('band' in row)
      return { cells: [gridCell(row.band, { role: 'band', colspan: across })], minLines: 1, splits: false }
    return 'cells' in row ? cellsRow(columns, row.cells, 'strong') : cellsRow(columns, row, 'plain')
  })
  if (drawn.length === 0)
    drawn.push({
      cells: [gridCell(emptyText ?? '无', { align: 'center', colspan: across })],
      minLines: 1,
      splits: false,
    })
  if (total !== undefined) drawn.push(cellsRow(columns, total, 'strong'))
  return drawn
}

function cellsRow(columns: readonly Column[], cells: readonly Cell[], role: 'plain' | 'strong'): GridRow {
  return {
    cells: cells.map((cell, index) => {
      const column = columns[index]
      const align = column?.align ?? (typeof cell === 'number' ? 'right' : 'left')
      return gridCell(cellText(cell, column?.decimals), { align, role })
    }),
    minLines: 1,
    splits: false,
  }
}

const labelShare = 0.18
const formPt = 12

/** A form as one grid: the edges of all rows together make its columns, so that every row's cells span whole columns. */
export function formGrid(rows: readonly FormRow[], landscape: boolean): Grid {
  const drafts = rows.flatMap(formRows)
  const edges = distinctEdges(drafts.flatMap((draft) => draft.edges))
  const columnOf = (edge: number | undefined) =>
    edge === undefined ? -1 : edges.findIndex((end) => end >= edge - nearEdges)
  const grid: Grid = {
    kind: 'form',
    sizePt: formPt,
    widthsPt: shared(
      edges.map((edge, index) => edge - (edges[index - 1] ?? 0)),
      areaWidthPt(landscape),
    ),
    head: [],
    rows: drafts.map(({ cells, edges: own, minLines }) => ({
      cells: cells.map((cell, index) => ({
        ...cell,
        colspan: columnOf(own[index]) - columnOf(own[index - 1]),
      })),
      minLines,
      splits: false,
    })),
    caption: '',
    unit: '',
    notes: [],
  }
  return fitted(grid, landscape)
}

/** Edges nearer than this are one: no form needs a column of half a millimetre. */
const nearEdges = 40

function distinctEdges(all: readonly number[]): number[] {
  const edges: number[] = []
  for (const edge of [...all].sort((a, b) => b - a))
    if (edges.length === 0 || (edges[0] as number) - edge > nearEdges) edges.unshift(edge)
  return edges
}

/** Cells and their right edges, as parts per ten thousand of the width. */
type FormDraft = { cells: GridCell[]; edges: number[]; minLines: number }

function formRows(row: FormRow): FormDraft[] {
  if ('band' in row)
    return [{ cells: [gridCell(row.band, { role: 'band', align: 'center' })], edges: [10_000], minLines: 1 }]
  if ('opinion' in row) return [opinionRow(row)]
  if ('items' in row) return itemRows(row.items)
  const part = 1 / row.fields.length
  const label = Math.min(labelShare, part * 0.45)
  return [
    {
      cells: row.fields.flatMap(({ label: name, value }) => [
        gridCell(name, { role: 'label', align: 'center' }),
        gridCell(cellText(value), { align: row.fields.length > 1 ? 'center' : 'left' }),
      ]),
      edges: row.fields.flatMap((_, index) => [permyriad(index * part + label), permyriad((index + 1) * part)]),
      minLines: row.minLines ?? 1,
    },
  ]
}

function opinionRow({ opinion, minLines }: Extract<FormRow, { opinion: unknown }>): FormDraft {
  const blankDate = '　　年　　月　　日'
  const signer =
    opinion.signer === undefined ? '签字（盖章）：　　　　　　　　' : `签字（盖章）：${oneLine(opinion.signer)}　`
  return {
    cells: [
      gridCell(opinion.label, { role: 'label', align: 'center' }),
      gridCell(opinion.text, {
        role: 'opinion',
        signed: [signer, `${opinion.date === undefined ? blankDate : formatChineseDate(opinion.date)}　`],
      }),
    ],
    edges: [permyriad(labelShare), 10_000],
    minLines: minLines ?? 4,
  }
}

function itemRows(items: Extract<FormRow, { items: unknown }>['items']): FormDraft[] {
  const sum = items.columns.reduce((total, column) => total + column.share, 0)
  let passed = 0
  const edges = items.columns.map((column) => {
    passed += column.share
    return permyriad(passed / sum)
  })
  // Two-storey heads are for tables; here a group would leave cells hanging in the form's own grid.
  const head = headRows(items.columns.map((column) => ({ ...column, group: undefined })))
  return [...head, ...bodyRows(items)].map(({ cells }) => ({
    cells,
    edges: cells.length === 1 ? [10_000] : edges,
    minLines: 1,
  }))
}

function permyriad(part: number): number {
  return Math.round(part * 10_000)
}
