import type { Block, OfficialDocument, RichText } from '#kernel/pure/official-document.ts'
import { headingNumber } from '#kernel/pure/official-document.ts'
import type { Align } from '#kernel/pure/official-document.ts'
import { formatChineseDate } from '#kernel/pure/local-date.ts'
import { characterPitchPt, headType, textEms, textWidthPt } from './geometry.ts'
import { formGrid, tableGrid } from './grid.ts'
import type { Grid } from './grid.ts'
import { linesJoined, oneLine, printable, titleLines } from './wording.ts'

/** A document laid out: numbered, broken, measured and cleaned once, so that both renderers only draw. */
export type Sheet = {
  layout: OfficialDocument['layout']
  title: string
  author: string
  head: Head
  titleLines: string[]
  subtitle: string
  formLine: { left: string; right: string }
  /** 主送 with its colon; empty when there is none. */
  recipients: string
  sections: Section[]
  attachmentNote: AttachmentNote[]
  signature: Signature | null
  note: string
  imprint: { copies: string; issuer: string; date: string } | null
  verification: string[]
  createdAt: string
}

export type Head = {
  urgency: string
  /** The organs of the red head, each with the size and scale of its letters; empty without a red head. */
  organs: string[]
  fileWord: string
  sizePt: number
  scale: number
  /** Width all names of a joint head are spread to, in points. */
  nameWidthPt: number
  number: string
  signers: string
}

/** Pages of one orientation; an attachment begins its own. */
export type Section = {
  landscape: boolean
  attachment: { mark: string; titleLines: string[] } | null
  parts: Part[]
  /** The body ends here: 附件说明, 落款 and 附注 follow. */
  endsBody: boolean
  /** The document ends here: 版记 stands at its foot. */
  endsDocument: boolean
}

export type Span = { text: string; bold: boolean; emphasis: boolean }

export type Part =
  | { kind: 'paragraph'; spans: Span[]; align: Align; indented: boolean }
  | { kind: 'heading'; level: 1 | 2 | 3 | 4; text: string; spans: Span[] }
  | ({ kind: 'grid' } & { grid: Grid })
  | { kind: 'chart'; svg: string; alternative: string; caption: string; widthShare: number }
  | { kind: 'page-break' }

/** `附件：1.` and a name, or a later number under it. */
export type AttachmentNote = { label: string; name: string; hangEms: number; indentEms: number }

/** Lines of the 落款, each with its distance from the right edge in points. */
export type Signature = { lines: { text: string; rightPt: number }[] }

export function laidOut(document: OfficialDocument): Sheet {
  const attachments = document.attachments ?? []
  return {
    layout: document.layout,
    title: oneLine(document.title),
    author: document.organs.map(oneLine).join('、'),
    head: headOf(document),
    titleLines: titleLines(document.title),
    subtitle: oneLine(document.subtitle ?? ''),
    formLine: { left: oneLine(document.formLine?.left ?? ''), right: oneLine(document.formLine?.right ?? '') },
    recipients: document.recipients?.length ? `${document.recipients.map(oneLine).join('，')}：` : '',
    sections: allSections(document),
    attachmentNote: attachmentNotes(attachments.map(({ name }) => oneLine(name))),
    signature: document.signature === undefined ? null : signatureOf(document.signature),
    note: document.note === undefined ? '' : `（${oneLine(document.note)}）`,
    imprint: imprintOf(document),
    verification: verificationLines(document),
    createdAt: document.createdAt,
  }
}

function headOf({ layout, organs, fileWord, urgency, number, signers }: OfficialDocument): Head {
  const names = organs.map(oneLine)
  const word = fileWord === false ? '' : '文件'
  const joint = names.length > 1
  const longest = names.reduce((a, b) => (textEms(b) > textEms(a) ? b : a), '')
  // The more organs share the head, the smaller it is: the first page must show some of the text (7.2.4).
  const largest = joint ? Math.max(24, 46 - 6 * names.length) : 46
  const type = headType(longest + word, largest, textWidthPt - (joint ? 24 : 8))
  return {
    urgency: urgency ?? '',
    organs: layout === 'red-head' ? names : [],
    fileWord: word,
    ...type,
    nameWidthPt: textEms(longest) * type.sizePt * type.scale,
    number: oneLine(number ?? ''),
    signers: signers?.length ? `签发人：${signers.map(oneLine).join('　')}` : '',
  }
}

/** The body, then the attachments that are printed with it; 版记 closes the last page of all, upright (7.4). */
function allSections({ body, attachments = [], copies, imprint }: OfficialDocument): Section[] {
  const ofBody = sectionsOf(body, null)
  const sections = [
    ...ofBody.map((section, index) => ({ ...section, endsBody: index === ofBody.length - 1 })),
    ...attachments.flatMap(({ name, body: content }, index) =>
      content === undefined
        ? []
        : sectionsOf(content, {
            mark: attachments.length > 1 ? `附件${index + 1}` : '附件',
            titleLines: titleLines(name),
          }),
    ),
  ]
  if ((imprint !== undefined || copies?.length) && sections.at(-1)?.landscape === true)
    sections.push(section(false, null))
  return sections.map((one, index) => ({ ...one, endsDocument: index === sections.length - 1 }))
}

function section(landscape: boolean, attachment: Section['attachment']): Section {
  return { landscape, attachment, parts: [], endsBody: false, endsDocument: false }
}

function sectionsOf(blocks: readonly Block[], attachment: Section['attachment']): Section[] {
  const sections: Section[] = []
  const counters: [number, number, number, number] = [0, 0, 0, 0]
  for (const block of blocks) {
    const landscape = block.kind === 'table' && block.landscape === true
    let current = sections.at(-1)
    if (current === undefined || current.landscape !== landscape) {
      current = section(landscape, sections.length === 0 ? attachment : null)
      sections.push(current)
    }
    current.parts.push(...partsOf(block, landscape, counters))
  }
  return sections.length > 0 ? sections : [section(false, attachment)]
}

function partsOf(block: Block, landscape: boolean, counters: [number, number, number, number]): Part[] {
  switch (block.kind) {
    case 'paragraph':
      return paragraphs(spansOf(block.text), block.align ?? 'left')
    case 'heading': {
      const { level } = block
      counters[level - 1] = (counters[level - 1] ?? 0) + 1
      counters.fill(0, level)
      const text = headingNumber(level, counters[level - 1] ?? 1) + oneLine(block.text)
      return [{ kind: 'heading', level, text, spans: spansOf(block.followedBy ?? '').map(joinedLines) }]
    }
    case 'list':
      return block.items.flatMap((item, index) => {
        const mark = block.ordered === true ? `${index + 1}.` : '——'
        return paragraphs([{ text: mark, bold: false, emphasis: false }, ...spansOf(item)], 'left')
      })
    case 'table':
      return [{ kind: 'grid', grid: tableGrid(block, landscape) }]
    case 'form':
      return [{ kind: 'grid', grid: formGrid(block.rows, landscape) }]
    case 'chart':
      return [
        {
          kind: 'chart',
          svg: block.svg,
          alternative: oneLine(block.alternative),
          caption: oneLine(block.caption ?? ''),
          widthShare: block.widthShare ?? 1,
        },
      ]
    case 'page-break':
      return [{ kind: 'page-break' }]
  }
}

function spansOf(text: RichText): Span[] {
  const runs = typeof text === 'string' ? [{ text }] : text
  return runs.map((run) => ({ text: printable(run.text), ...styleOf(run) })).filter((span) => span.text !== '')
}

function styleOf(run: { bold?: boolean | undefined; emphasis?: boolean | undefined }) {
  return { bold: run.bold === true, emphasis: run.emphasis === true }
}

function joinedLines(span: Span): Span {
  return { ...span, text: linesJoined(span.text, '') }
}

/** A line end in running text begins a paragraph: people paste several at once. */
function paragraphs(spans: readonly Span[], align: Align): Part[] {
  const lines: Span[][] = [[]]
  for (const span of spans)
    span.text.split('\n').forEach((text, index) => {
      if (index > 0) lines.push([])
      if (text !== '') lines.at(-1)?.push({ ...span, text })
    })
  return lines
    .filter((line) => line.some((span) => span.text.trim() !== ''))
    .map((line) => ({ kind: 'paragraph', spans: line, align, indented: align === 'left' }))
}

/** 附件说明 (7.3.4): two characters in, names aligned under each other, no full stop. */
function attachmentNotes(names: readonly string[]): AttachmentNote[] {
  const first = '附件：'
  if (names.length === 1) return [{ label: first, name: names[0] as string, indentEms: 2, hangEms: 3 }]
  return names.map((name, index) => ({
    label: `${index === 0 ? first : ''}${index + 1}.`,
    name,
    indentEms: index === 0 ? 2 : 5,
    hangEms: index === 0 ? 4.2 : 1.2,
  }))
}

/**
 * 落款 (7.3.5). With a seal the date stands four characters in and the organ is centred over it;
 * without, the organ stands two characters in and the date begins two characters after it.
 */
function signatureOf({ organs, date, sealed }: NonNullable<OfficialDocument['signature']>): Signature {
  const dated = formatChineseDate(date)
  const widthOf = (text: string) => Math.min(textEms(text) * characterPitchPt, textWidthPt)
  const names = organs.map(oneLine)
  const widest = Math.max(...names.map(widthOf))
  const dateWidth = widthOf(dated)
  if (sealed === false) {
    const organRight = 2 * characterPitchPt
    const dateLeft = organRight + widest - 2 * characterPitchPt
    const dateRight = Math.max(0, Math.min(dateLeft - dateWidth, textWidthPt - dateWidth))
    return {
      lines: [
        ...names.map((text) => ({ text, rightPt: organRight + widest - widthOf(text) })),
        { text: dated, rightPt: dateRight },
      ],
    }
  }
  // A name longer than the room beside the date pushes the date inwards rather than over the edge.
  const centre = Math.max(4 * characterPitchPt + dateWidth / 2, widest / 2)
  return {
    lines: [
      ...names.map((text) => ({ text, rightPt: Math.max(0, centre - widthOf(text) / 2) })),
      { text: dated, rightPt: centre - dateWidth / 2 },
    ],
  }
}

function imprintOf({ copies, imprint }: OfficialDocument): Sheet['imprint'] {
  if (!copies?.length && imprint === undefined) return null
  return {
    copies: copies?.length ? `${copies.map(oneLine).join('，')}。` : '',
    issuer: imprint === undefined ? '' : oneLine(imprint.organ),
    date: imprint === undefined ? '' : `${formatChineseDate(imprint.date)}印发`,
  }
}

function verificationLines({ verification }: OfficialDocument): string[] {
  if (verification === undefined) return []
  const line = `记录编号：${oneLine(verification.recordNumber)}　　校验码：${oneLine(verification.digest)}`
  return verification.hint === undefined ? [line] : [line, oneLine(verification.hint)]
}
