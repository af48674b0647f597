import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeightRule,
  LineRuleType,
  Packer,
  PageBreak,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlign,
  type IParagraphOptions,
  type IRunOptions,
  type ISectionOptions,
} from 'docx'
import type { Align, OfficialDocument } from '#kernel/pure/official-document.ts'
import {
  areaWidthPt,
  bodyPt,
  characterPitchPt,
  headRed,
  landscapeMargins,
  linePitchPt,
  margins,
  paper,
  pointsPerMm,
  smallPt,
  textWidthPt,
  titlePt,
  verificationGrey,
} from './geometry.ts'
import type { Grid, GridCell, GridRow } from './grid.ts'
import { coreProperties, withFixedTimes } from './docx-package.ts'
import { laidOut, type Part, type Section, type Sheet, type Span } from './layout.ts'

/** The fonts of GB/T 9704, as offices have them; others take the nearest. */
const song = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋_GB2312', cs: 'Times New Roman' }
const hei = { ...song, eastAsia: '黑体' }
const kai = { ...song, eastAsia: '楷体_GB2312' }
const biaosong = { ...song, eastAsia: '方正小标宋简体' }

const twips = (points: number) => Math.round(points * 20)
const mm = (millimetres: number) => twips(millimetres * pointsPerMm)
const half = (points: number) => Math.round(points * 2)
const aligned = (align: Align) =>
  ({ left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT })[align]
const bodyLine = { line: twips(linePitchPt), lineRule: LineRuleType.EXACT, before: 0, after: 0 }
const oneAndHalf = { line: 300, lineRule: LineRuleType.AUTO, before: 0, after: 0 }

/** A document as an editable .docx in the official layout; its words are data, escaped by the writer. */
export async function renderDocx(document: OfficialDocument): Promise<Buffer> {
  const sheet = laidOut(document)
  const file = new Document({
    title: sheet.title,
    creator: sheet.author,
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          run: { font: song, size: half(bodyPt), language: { eastAsia: 'zh-CN' } },
          paragraph: { spacing: bodyLine },
        },
      },
    },
    sections: sheet.sections.map((section, index): ISectionOptions => ({
      properties: pageOf(section),
      footers: { default: footer(sheet, 'right'), even: footer(sheet, 'left') },
      children: [
        ...(index === 0 ? headOf(sheet) : []),
        ...(section.attachment
          ? [line(section.attachment.mark, { font: hei }), blank(), ...titleOf(section.attachment.titleLines), blank()]
          : []),
        ...section.parts.flatMap(drawPart),
        ...(section.endsBody ? tailOf(sheet) : []),
        ...(section.endsDocument ? imprintOf(sheet) : []),
      ],
    })),
  })
  return withFixedTimes(await Packer.toBuffer(file, undefined, [coreProperties(sheet)]))
}

function pageOf({ landscape }: Section): NonNullable<ISectionOptions['properties']> {
  const margin = landscape ? landscapeMargins : margins
  return {
    page: {
      size: {
        width: mm(paper.widthMm),
        height: mm(paper.heightMm),
        orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
      },
      margin: {
        top: mm(margin.topMm),
        bottom: mm(margin.bottomMm),
        left: mm(margin.leftMm),
        right: mm(margin.rightMm),
        footer: mm(landscape ? 11 : 18),
      },
    },
  }
}

/** Page numbers stand outside, one character in; those of a form in the middle (7.5). */
function footer({ layout, verification }: Sheet, outside: 'left' | 'right'): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment: aligned(layout === 'form' ? 'center' : outside),
        indent: { left: twips(smallPt), right: twips(smallPt) },
        spacing: { line: 240, lineRule: LineRuleType.AUTO },
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: half(smallPt) })],
      }),
      ...verification.map(
        (text) =>
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { line: 200, lineRule: LineRuleType.AUTO },
            children: [new TextRun({ text, size: half(7.5), color: verificationGrey })],
          }),
      ),
    ],
  })
}

function line(text: string, run: IRunOptions = {}, paragraph: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ ...paragraph, children: [new TextRun({ text, ...run })] })
}

function blank(): Paragraph {
  return new Paragraph({})
}

function titleOf(titles: readonly string[]): Paragraph[] {
  return titles.map((text) =>
    line(
      text,
      { font: biaosong, size: half(titlePt), bold: true },
      { alignment: AlignmentType.CENTER, spacing: { line: twips(titlePt * 1.5), lineRule: LineRuleType.AT_LEAST } },
    ),
  )
}

function headOf(sheet: Sheet): Paragraph[] {
  const { head } = sheet
  const recipients = sheet.recipients === '' ? [] : [line(sheet.recipients)]
  if (head.organs.length === 0) {
    const formLine =
      sheet.formLine.left + sheet.formLine.right === ''
        ? [blank()]
        : [
            new Paragraph({
              spacing: oneAndHalf,
              tabStops: [{ type: TabStopType.RIGHT, position: twips(textWidthPt) }],
              children: [new TextRun({ text: `${sheet.formLine.left}\t${sheet.formLine.right}`, size: 24 })],
            }),
          ]
    return [
      ...(head.number === ''
        ? []
        : [
            line(
              `${sheet.layout === 'form' ? '编号：' : ''}${head.number}`,
              { size: half(smallPt) },
              { alignment: AlignmentType.RIGHT },
            ),
          ]),
      ...(sheet.layout === 'report' ? [blank(), blank()] : []),
      ...titleOf(sheet.titleLines),
      ...(sheet.subtitle === '' ? [] : [line(sheet.subtitle, { font: kai }, { alignment: AlignmentType.CENTER })]),
      ...formLine,
      ...recipients,
    ]
  }
  const red = {
    font: biaosong,
    size: half(head.sizePt),
    scale: Math.round(head.scale * 100),
    color: headRed,
    bold: true,
  }
  const organs = head.organs.map((name, index) =>
    line(index === head.organs.length - 1 ? `${name}${head.fileWord}` : name, red, {
      alignment: AlignmentType.CENTER,
      spacing: { before: index === 0 ? mm(25) : 0, line: twips(head.sizePt * 1.3), lineRule: LineRuleType.AT_LEAST },
    }),
  )
  const number = new Paragraph({
    alignment: head.signers === '' ? AlignmentType.CENTER : AlignmentType.LEFT,
    tabStops: [{ type: TabStopType.RIGHT, position: twips(textWidthPt - characterPitchPt) }],
    border: { bottom: { style: BorderStyle.SINGLE, color: headRed, size: 14, space: 8 } },
    children: [new TextRun(head.signers === '' ? head.number : `${head.number}\t${head.signers}`)],
  })
  return [
    ...(head.urgency === '' ? [] : [line(head.urgency, { font: hei })]),
    ...organs,
    blank(),
    blank(),
    number,
    blank(),
    blank(),
    ...titleOf(sheet.titleLines),
    blank(),
    ...recipients,
  ]
}

function drawPart(part: Part): (Paragraph | Table)[] {
  switch (part.kind) {
    case 'paragraph':
      return [
        new Paragraph({
          alignment: part.align === 'left' ? AlignmentType.BOTH : aligned(part.align),
          ...(part.indented ? { indent: { firstLine: twips(2 * characterPitchPt) } } : {}),
          children: runsOf(part.spans),
        }),
      ]
    case 'heading':
      return [
        new Paragraph({
          keepNext: part.spans.length === 0,
          indent: { firstLine: twips(2 * characterPitchPt) },
          children: [
            new TextRun({
              text: part.text,
              font: part.level === 1 ? hei : part.level === 2 ? kai : song,
              bold: part.level === 3,
            }),
            ...runsOf(part.spans),
          ],
        }),
      ]
    case 'grid':
      return drawGrid(part.grid)
    case 'chart':
      // An editable document keeps the words of a chart; its picture is in the PDF.
      return [
        line(`〔图〕${part.caption || part.alternative}`, { size: half(smallPt) }, { alignment: AlignmentType.CENTER }),
      ]
    case 'page-break':
      return [new Paragraph({ children: [new PageBreak()] })]
  }
}

function runsOf(spans: readonly Span[]): TextRun[] {
  return spans.map(({ text, bold, emphasis }) => new TextRun({ text, font: bold ? hei : emphasis ? kai : song }))
}

function drawGrid(grid: Grid): (Paragraph | Table)[] {
  const size = half(grid.sizePt)
  const width = grid.widthsPt.reduce((sum, one) => sum + one, 0)
  return [
    ...(grid.caption === ''
      ? []
      : [
          line(
            grid.caption,
            { font: hei, size: size + 2 },
            { alignment: AlignmentType.CENTER, keepNext: true, spacing: { ...oneAndHalf, before: 120 } },
          ),
        ]),
    ...(grid.unit === ''
      ? []
      : [line(grid.unit, { size }, { alignment: AlignmentType.RIGHT, keepNext: true, spacing: oneAndHalf })]),
    new Table({
      layout: TableLayoutType.FIXED,
      width: { size: twips(Math.min(width, areaWidthPt(true))), type: 'dxa' },
      columnWidths: grid.widthsPt.map(twips),
      margins: { left: 60, right: 60, top: 40, bottom: 40 },
      rows: [
        ...grid.head.map((row) => drawRow(row, grid, size, true)),
        ...grid.rows.map((row) => drawRow(row, grid, size, false)),
      ],
    }),
    ...grid.notes.map((note) => line(note, { size }, { spacing: oneAndHalf })),
  ]
}

function drawRow(row: GridRow, grid: Grid, size: number, header: boolean): TableRow {
  return new TableRow({
    tableHeader: header,
    cantSplit: !row.splits,
    ...(row.minLines > 1
      ? { height: { value: twips(row.minLines * grid.sizePt * 1.5), rule: HeightRule.ATLEAST } }
      : {}),
    children: row.cells.map((cell) => drawCell(cell, size)),
  })
}

function drawCell(cell: GridCell, size: number): TableCell {
  const strong = cell.role !== 'plain' && cell.role !== 'opinion'
  const ground = cell.role === 'head' || cell.role === 'label' ? 'F5F5F5' : null
  const paragraph = (text: string, align: Align) =>
    line(
      text,
      { size, ...(strong ? { font: hei } : {}) },
      { alignment: aligned(align), spacing: { line: 264, lineRule: LineRuleType.AUTO } },
    )
  return new TableCell({
    columnSpan: cell.colspan,
    rowSpan: cell.rowspan,
    verticalAlign: cell.role === 'opinion' ? VerticalAlign.TOP : VerticalAlign.CENTER,
    ...(ground ? { shading: { type: ShadingType.CLEAR, fill: ground, color: 'auto' } } : {}),
    children: [
      ...cell.lines.map((text) => paragraph(text, cell.align)),
      ...cell.signed.map((text) => paragraph(text, 'right')),
    ],
  })
}

function tailOf(sheet: Sheet): Paragraph[] {
  const notes = sheet.attachmentNote.map(({ label, name, indentEms, hangEms }) =>
    line(
      `${label}${name}`,
      {},
      { indent: { left: twips((indentEms + hangEms) * characterPitchPt), hanging: twips(hangEms * characterPitchPt) } },
    ),
  )
  const signature = (sheet.signature?.lines ?? []).map(({ text, rightPt }) =>
    line(text, {}, { alignment: AlignmentType.RIGHT, indent: { right: twips(rightPt) }, keepLines: true }),
  )
  return [
    ...(notes.length > 0 ? [blank(), ...notes] : []),
    ...(signature.length > 0 ? [blank(), blank(), ...signature] : []),
    ...(sheet.note === '' ? [] : [line(sheet.note, {}, { indent: { left: twips(2 * characterPitchPt) } })]),
  ]
}

/** 版记: the rules run over the whole line, the words stand one character in (7.4). */
function imprintOf({ imprint }: Sheet): Paragraph[] {
  if (imprint === null) return []
  const size = half(smallPt)
  const rule = (eighths: number) => ({ style: BorderStyle.SINGLE, size: eighths, color: 'auto', space: 1 })
  const paragraph = (words: string, border: NonNullable<IParagraphOptions['border']>, hang: number) =>
    new Paragraph({
      border,
      spacing: oneAndHalf,
      indent: { left: twips(hang * smallPt), hanging: twips(hang * smallPt) },
      tabStops: [{ type: TabStopType.RIGHT, position: twips(textWidthPt - smallPt) }],
      children: [new TextRun({ text: `　${words}`, size })],
    })
  const both = imprint.copies !== '' && imprint.issuer !== ''
  return [
    blank(),
    ...(imprint.copies === ''
      ? []
      : [paragraph(`抄送：${imprint.copies}`, { top: rule(8), bottom: rule(both ? 6 : 8) }, 4)]),
    ...(imprint.issuer === ''
      ? []
      : [paragraph(`${imprint.issuer}\t${imprint.date}`, { ...(both ? {} : { top: rule(8) }), bottom: rule(8) }, 0)]),
  ]
}
