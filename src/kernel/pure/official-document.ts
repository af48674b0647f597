import { z } from 'zod'
import { LocalDateSchema } from './local-date.ts'

/**
 * An official document (公文) as data, in the layout of GB/T 9704-2012: renderers make an editable .docx and a PDF of it.
 * Plain JSON, so that it can be kept with the record and rendered again, to the same bytes, years later.
 * There is no mark of secrecy in it, and none can be said: matters of state secrets stay outside (Art. 44, norm A44-1).
 */

const Text = z.string().max(20_000)
const Name = z.string().trim().min(1).max(200)

/** Part of a paragraph. `bold` is 黑体, `emphasis` 楷体. */
export const Run = z.object({ text: Text, bold: z.boolean().optional(), emphasis: z.boolean().optional() })
export type Run = z.infer<typeof Run>

export const RichText = z.union([Text, z.array(Run)])
export type RichText = z.infer<typeof RichText>

/** What a table shows in one place: numbers get separators and stand right; null is an empty cell. */
export const Cell = z.union([Text, z.number(), z.null()])
export type Cell = z.infer<typeof Cell>

export const Align = z.enum(['left', 'center', 'right'])
export type Align = z.infer<typeof Align>

export const Column = z.object({
  title: z.string().max(200),
  /** Part of the table's width, against the other columns' shares. */
  share: z.number().positive().max(1000),
  /** Numbers stand right and text left unless this says otherwise. */
  align: Align.optional(),
  /** Neighbours of one group stand under one common heading. */
  group: Name.optional(),
  /** Decimals of every number in the column; as many as each has, up to four, when unset. */
  decimals: z.number().int().min(0).max(6).optional(),
})
export type Column = z.infer<typeof Column>

/** A row of cells, one with weight (小计), or a band across the table that names what follows. */
export const TableRow = z.union([
  z.array(Cell),
  z.object({ cells: z.array(Cell), strong: z.literal(true) }),
  z.object({ band: Text }),
])
export type TableRow = z.infer<typeof TableRow>

const tableShape = {
  columns: z.array(Column).min(1).max(24),
  rows: z.array(TableRow).max(50_000),
  /** 合计 at the foot. */
  total: z.array(Cell).optional(),
  /** Said in the only row when there are no rows; 无 when unset. */
  emptyText: z.string().max(200).optional(),
}

function fitsColumns({ columns, rows, total }: { columns: unknown[]; rows: TableRow[]; total?: Cell[] | undefined }) {
  const fits = (cells: Cell[]) => cells.length === columns.length
  return (
    rows.every((row) => 'band' in row || fits('cells' in row ? row.cells : row)) && (total === undefined || fits(total))
  )
}
const misfit = 'every row and the total need one cell for each column'

export const Table = z
  .object({
    kind: z.literal('table'),
    ...tableShape,
    /** Above the table, e.g. 表1 需求汇总. */
    caption: z.string().max(200).optional(),
    /** Above the table at the right, e.g. 单位:万元. */
    unit: z.string().max(100).optional(),
    /** Below the table, each on its own line. */
    notes: z.array(Text).optional(),
    /** On pages turned sideways, together with neighbours that are so too. */
    landscape: z.boolean().optional(),
  })
  .refine(fitsColumns, misfit)
export type Table = z.infer<typeof Table>

/** One line of a form: label and value pairs, a band, an opinion to be signed, or a list of items with its own columns. */
export const FormRow = z.union([
  z.object({
    fields: z
      .array(z.object({ label: Name, value: Cell }))
      .min(1)
      .max(4),
    /** Lines kept free at least, for a value written by hand. */
    minLines: z.number().int().min(1).max(30).optional(),
  }),
  z.object({ band: Text }),
  z.object({
    opinion: z.object({
      label: Name,
      text: Text,
      /** Who signs; a blank to sign on when unset. */
      signer: z.string().max(200).optional(),
      /** A blank date when unset. */
      date: LocalDateSchema.optional(),
    }),
    minLines: z.number().int().min(1).max(30).optional(),
  }),
  z.object({ items: z.object(tableShape).refine(fitsColumns, misfit) }),
])
export type FormRow = z.infer<typeof FormRow>

export const Block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paragraph'), text: RichText, align: Align.optional() }),
  z.object({
    kind: z.literal('heading'),
    /** 1 一、 2 (一) 3 1. 4 (1): numbered by the renderer. */
    level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
    text: Text,
    /** Text that goes on in the line of the heading. */
    followedBy: RichText.optional(),
  }),
  z.object({ kind: z.literal('list'), items: z.array(RichText), ordered: z.boolean().optional() }),
  Table,
  z.object({ kind: z.literal('form'), rows: z.array(FormRow).min(1) }),
  z.object({
    kind: z.literal('chart'),
    svg: z.string().max(5_000_000).startsWith('<'),
    /** What it shows, for people who cannot see it. */
    alternative: Text,
    caption: z.string().max(200).optional(),
    /** Part of the text width; all of it when unset. */
    widthShare: z.number().positive().max(1).optional(),
  }),
  z.object({ kind: z.literal('page-break') }),
])
export type Block = z.infer<typeof Block>

export const Attachment = z.object({
  name: Name,
  /** What it holds, when it is printed with the document; else only its name is. */
  body: z.array(Block).optional(),
})
export type Attachment = z.infer<typeof Attachment>

export const OfficialDocument = z.object({
  /** 红头文件 for notices and plans, 表格文书 for filing forms, 报告 without a red head. */
  layout: z.enum(['red-head', 'form', 'report']),
  /** Issuing organs 发文机关, the leading one first. */
  organs: z.array(Name).min(1).max(8),
  /** The red head reads 〈organ〉文件 unless false. */
  fileWord: z.boolean().optional(),
  urgency: z.enum(['特急', '加急']).optional(),
  /** 文号 of a red-headed document, e.g. 晋机管发〔2026〕8号; 编号 of a form or report. */
  number: z.string().max(100).optional(),
  /** 签发人, for documents to a higher organ. */
  signers: z.array(Name).optional(),
  /** `\n` forces a line; else the lines are broken where words end, about equal. */
  title: z.string().trim().min(1).max(400),
  /** Under the title of a report, e.g. its period. */
  subtitle: z.string().max(200).optional(),
  /** The line over a form: who fills it in, when. */
  formLine: z.object({ left: z.string().max(200).optional(), right: z.string().max(200).optional() }).optional(),
  /** 主送机关. */
  recipients: z.array(Name).optional(),
  body: z.array(Block),
  attachments: z.array(Attachment).max(99).optional(),
  /** 落款: the date stands where a seal will cover it unless `sealed` is false. */
  signature: z
    .object({ organs: z.array(Name).min(1).max(8), date: LocalDateSchema, sealed: z.boolean().optional() })
    .optional(),
  /** 附注, without its brackets, e.g. 此件公开发布. */
  note: z.string().max(200).optional(),
  /** 抄送机关. */
  copies: z.array(Name).optional(),
  /** 印发机关 and date. */
  imprint: z.object({ organ: Name, date: LocalDateSchema }).optional(),
  /** Small at the foot of every page, so that the paper can be checked against the record. */
  verification: z
    .object({ recordNumber: z.string().max(100), digest: z.string().max(200), hint: z.string().max(200).optional() })
    .optional(),
  /** When the file is said to be made: given, never taken from the clock, so that the same document is the same file. */
  createdAt: z.iso.datetime({ offset: true }),
})
export type OfficialDocument = z.infer<typeof OfficialDocument>

const digits = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 一, 十, 十一, 二十, 九十九, 一百零一 …, for 1 to 999. */
function chineseNumeral(n: number): string {
  const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10]
  if (hundreds === 0 && tens === 1) return `十${digits[ones]}`
  const gap = hundreds > 0 && tens === 0 && ones > 0 ? '零' : ''
  return `${hundreds > 0 ? `${digits[hundreds]}百` : ''}${tens > 0 ? `${digits[tens]}十` : gap}${digits[ones]}`
}

/** The number before a heading: 一、 (一) 1. (1) by level (GB/T 9704 7.3.3). */
export function headingNumber(level: 1 | 2 | 3 | 4, n: number): string {
  if (level === 1) return `${chineseNumeral(n)}、`
  if (level === 2) return `（${chineseNumeral(n)}）`
  return level === 3 ? `${n}.` : `（${n}）`
}

/** A cell as it is printed. */
export function cellText(cell: Cell, decimals?: number): string {
  if (cell === null) return ''
  if (typeof cell === 'string') return cell
  return new Intl.NumberFormat('zh-CN', {
    minimumFractionDigits: decimals ?? 0,
    maximumFractionDigits: decimals ?? 4,
    // What rounds to nothing has no sign.
    signDisplay: 'negative',
  }).format(cell)
}
