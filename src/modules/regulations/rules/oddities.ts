import type { LawArticle, LawDivision, LawText, Oddity, PlacedText } from '../model.ts'
import { isCaption, type Block } from './blocks.ts'
import { isClosed } from './lines.ts'
import { inChinese } from './numerals.ts'

export type Read = Omit<LawText, 'oddities'> & {
  blocks: readonly Block[]
  /** Articles in the order of the source. */
  inSource: readonly LawArticle[]
  starts: readonly number[]
  halfWidth: number
  numbered: boolean
}

type Said = Pick<Oddity, 'code' | 'line' | 'message' | 'remedy'> & Partial<Oddity>

const compare = '请与正式公布的文本核对。'

/** All that is odd in a text, in its order; errors keep it from being imported. */
export function odditiesOf(read: Read): Oddity[] {
  return [
    ...numbering(read),
    ...order(read),
    ...headings(read),
    ...sentences(read),
    ...strangeWords(read),
    ...lists(read),
    ...pages(read),
  ].sort((a, b) => a.line - b.line)
}

/** Errors left once those are taken out that the clerk has confirmed to be right. */
export function openErrors(oddities: readonly Oddity[], confirmed: readonly string[]): Oddity[] {
  return oddities.filter(
    ({ severity, confirmable, id }) => severity === 'error' && !(confirmable && confirmed.includes(id)),
  )
}

function notice(said: Said): Oddity {
  return {
    severity: 'notice',
    confirmable: false,
    id: `${said.code}:${said.line}`,
    place: null,
    article: null,
    ...said,
  }
}

const labelOf = (number: number) => `第${inChinese(number)}条`
const named = ({ number, sub, label }: LawArticle) =>
  label.startsWith('第') ? `${labelOf(number)}${sub > 0 ? `之${inChinese(sub)}` : ''}` : `${inChinese(number)}、`

/** Numbers missing, given twice, and articles without text: these are never imported unseen. */
function numbering({ inSource, title }: Read): Oddity[] {
  if (inSource.length === 0)
    return [
      notice({
        code: 'no-article',
        severity: 'error',
        line: title.line,
        message: '没有读出条文。',
        remedy: '条文应以“第一条”或“一、”开头并单独成行。请核对上传的文件，或者在左边补上条文编号。',
      }),
    ]
  return [...twice(inSource), ...gaps(inSource), ...empty(inSource)]
}

function twice(inSource: readonly LawArticle[]): Oddity[] {
  const found: Oddity[] = []
  const first = new Map<string, LawArticle>()
  const numbers = new Set(inSource.map(({ key }) => key))
  for (const [index, article] of inSource.entries()) {
    const before = first.get(article.key)
    first.set(article.key, before ?? article)
    if (!before) continue
    const expected = (inSource[index - 1]?.number ?? 0) + 1
    const likely = expected !== article.number && !numbers.has(`${expected}`) ? `按顺序应为${labelOf(expected)}。` : ''
    found.push(
      notice({
        code: 'number-twice',
        severity: 'error',
        line: article.line,
        place: named(article),
        article: article.key,
        message: `${named(article)}出现两次：第${before.line}行和第${article.line}行。${likely}`,
        remedy: '请改正其中一个编号，或者删去重复的条文，再重新核对。',
      }),
    )
  }
  return found
}

function gaps(inSource: readonly LawArticle[]): Oddity[] {
  const present = new Set(inSource.map(({ number }) => number))
  const sorted = [...present].sort((a, b) => a - b)
  const firstOf = new Map(inSource.toReversed().map((article) => [article.number, article]))
  const found: Oddity[] = []
  for (const [index, number] of sorted.entries()) {
    const expected = (sorted[index - 1] ?? 0) + 1
    if (number === expected) continue
    const missing = number - 1 === expected ? labelOf(expected) : `${labelOf(expected)}至${labelOf(number - 1)}`
    const article = firstOf.get(number) as LawArticle
    found.push(
      notice({
        code: 'number-missing',
        severity: 'error',
        confirmable: true,
        id: `number-missing:${expected}-${number - 1}`,
        line: article.line,
        place: named(article),
        article: article.key,
        message: `缺${missing}：${expected === 1 ? '正文' : `${labelOf(expected - 1)}之后`}${expected === 1 ? '从' : '是'}${named(article)}${expected === 1 ? '开始' : ''}（第${article.line}行）。`,
        remedy: `请补上缺少的条文或者改正编号；原文确无${missing}的（例如已经废止），请勾选确认。`,
      }),
    )
  }
  return found
}

function empty(inSource: readonly LawArticle[]): Oddity[] {
  return inSource
    .filter(({ paragraphs }) => paragraphs.length === 0)
    .map((article) =>
      notice({
        code: 'article-empty',
        severity: 'error',
        confirmable: true,
        id: `article-empty:${article.key}`,
        line: article.line,
        place: named(article),
        article: article.key,
        message: `${named(article)}只有编号，没有内容（第${article.line}行）。`,
        remedy: '请补上内容；原文确无内容的，请勾选确认。',
      }),
    )
}

/** Articles that stand after a later one, and what may belong to them. */
function order({ inSource }: Read): Oddity[] {
  const found: Oddity[] = []
  for (const [index, article] of inSource.entries()) {
    const before = inSource[index - 1]
    if (!before || before.number < article.number || before.key === article.key) continue
    if (before.number === article.number && before.sub < article.sub) continue
    found.push(
      notice({
        code: 'out-of-order',
        line: article.line,
        place: named(article),
        article: article.key,
        message: `${named(article)}排在${named(before)}之后（第${article.line}行），已按编号归位。`,
        remedy: compare,
      }),
    )
    found.push(...strayText(article, before, inSource[index - 2]))
  }
  return found
}

/** The article is cut off, and before the one that stands too early there is a paragraph more: it may be the rest. */
function strayText(article: LawArticle, early: LawArticle, previous: LawArticle | undefined): Oddity[] {
  const end = article.paragraphs.at(-1)
  const stray = previous?.paragraphs.at(-1)
  if (!previous || !stray || !end || isClosed(end.text) || previous.paragraphs.length < 2) return []
  return [
    notice({
      code: 'stray-paragraph',
      line: stray.line,
      place: placeOf(previous, previous.paragraphs.length),
      article: previous.key,
      message: `${placeOf(previous, previous.paragraphs.length)}可能是${named(article)}的后半句：${named(article)}在“${end.text.slice(-6)}”后中断，又排在${named(early)}之后。`,
      remedy: compare,
    }),
  ]
}

const kindWords = { part: '编', chapter: '章', section: '节' } as const

function headings({ divisions, inSource, starts }: Read): Oddity[] {
  const found: Oddity[] = []
  const last = new Map<string, number>()
  for (const division of divisions) {
    const { kind, number, label, line } = division
    const expected = (last.get(kind) ?? 0) + 1
    if (number !== expected)
      found.push(
        notice({
          code: 'heading-number',
          line,
          place: label,
          message: `${label}之前应有第${inChinese(expected)}${kindWords[kind]}（第${line}行）。`,
          remedy: '请核对标题的编号和位置。',
        }),
      )
    last.set(kind, number)
    if (kind !== 'section') last.delete('section')
    if (kind === 'part') last.delete('chapter')
  }
  for (const article of inSource) {
    const division = article.division === null ? undefined : divisions[article.division]
    if (division && division.line > article.line)
      found.push(
        notice({
          code: 'before-heading',
          line: article.line,
          place: named(article),
          article: article.key,
          message: `${named(article)}排在“${headingText(division)}”标题之前（第${article.line}行），已按编号归入。`,
          remedy: compare,
        }),
      )
  }
  for (const [index, division] of divisions.entries())
    if (starts[index] === Infinity)
      found.push(
        notice({
          code: 'heading-empty',
          line: division.line,
          place: division.label,
          message: `“${headingText(division)}”之下没有条文（第${division.line}行）。`,
          remedy: '请核对标题的位置。',
        }),
      )
  return found
}

function headingText({ label, title }: LawDivision): string {
  return [label, title].filter(Boolean).join(' ')
}

/** 第十八条第一款; the article alone where it has one paragraph. */
function placeOf(article: LawArticle, paragraph: number): string {
  return `${named(article)}${article.paragraphs.length > 1 ? `第${inChinese(paragraph)}款` : ''}`
}

type Piece = { article: LawArticle; place: string; text: string; line: number }

function piecesOf({ inSource }: Pick<Read, 'inSource'>): Piece[] {
  return inSource.flatMap((article) =>
    article.paragraphs.flatMap(({ text, line, items }, index) => {
      const place = placeOf(article, index + 1)
      return [
        ...(text === '' ? [] : [{ article, place, text, line }]),
        ...items.flatMap((item) => [
          ...(item.text === ''
            ? []
            : [{ article, place: `${place}第${inChinese(item.number)}项`, text: item.text, line: item.line }]),
          ...item.subItems.map((sub) => ({
            article,
            place: `${place}${item.mark}${sub.mark}`,
            text: sub.text,
            line: sub.line,
          })),
        ]),
      ]
    }),
  )
}

/** Sentences that a page break tore (joined again), and those that end without a mark. */
function sentences(read: Read): Oddity[] {
  const pieces = piecesOf(read)
  const cut = pieces
    .filter(({ text }) => !isClosed(text) && !(read.numbered && isCaption(text)))
    .map(({ article, place, text, line }) =>
      notice({
        code: 'sentence-cut',
        line,
        place,
        article: article.key,
        message: `${place}的句子不完整：到“${text.slice(-8)}”为止，没有句末标点。`,
        remedy: `${compare}缺字的，请补全后重新核对。`,
      }),
    )
  const torn = read.blocks.flatMap((block) =>
    block.torn.map(({ line, before, after }) => {
      const piece = pieces.findLast((one) => one.line <= block.line)
      return notice({
        code: 'sentence-torn',
        line,
        place: piece?.place ?? null,
        article: piece?.article.key ?? null,
        message: `${piece?.place ?? '正文'}的句子被断行隔开，已接上：“${before}｜${after}”（第${line}行）。`,
        remedy: '请核对断开处是否缺字。',
      })
    }),
  )
  return [...cut, ...torn]
}

/** Units and words of trade that Chinese law writes in small Latin letters. */
const usualWords = new Set([
  'mm',
  'cm',
  'km',
  'kg',
  'mg',
  'ml',
  'kw',
  'kwh',
  'app',
  'ppm',
  'pdf',
  'docx',
  'xlsx',
  'http',
  'https',
  'www',
])

function strangeWords(read: Read): Oddity[] {
  return piecesOf(read).flatMap(({ article, place, text, line }) =>
    [...text.matchAll(/(?<![A-Za-z0-9./@-])[a-z]{2,}(?![A-Za-z0-9./@-])/g)]
      .filter(([word]) => !usualWords.has(word))
      .map((match) =>
        notice({
          code: 'foreign-word',
          id: `foreign-word:${line}:${match.index}`,
          line,
          place,
          article: article.key,
          message: `${place}的中文里夹有外文“${match[0]}”：“${text.slice(Math.max(0, match.index - 6), match.index + match[0].length + 6)}”。`,
          remedy: `${compare}这可能是录入或识别错误。`,
        }),
      ),
  )
}

/** Items that do not run on by one. */
function lists({ inSource }: Read): Oddity[] {
  return inSource.flatMap((article) =>
    article.paragraphs.flatMap(({ items }, index) =>
      items.flatMap((item, place) => {
        const expected = (items[place - 1]?.number ?? 0) + 1
        if (item.number === expected || item.mark === '') return []
        return [
          notice({
            code: 'item-number',
            line: item.line,
            place: placeOf(article, index + 1),
            article: article.key,
            message: `${placeOf(article, index + 1)}的${item.mark}之前应有（${inChinese(expected)}）（第${item.line}行）。`,
            remedy: '请核对项的编号。',
          }),
        ]
      }),
    ),
  )
}

/** What concerns the text as a whole: page numbers and heads taken out, punctuation made full-width. */
function pages({ blocks, halfWidth, leftOut, title }: Read): Oddity[] {
  const found: Oddity[] = []
  const out = (why: Block['why']) => blocks.filter((block) => block.why === why)
  const numbers = out('page-number')
  const heads = out('repeated-head')
  const first = (list: readonly PlacedText[]) => list[0]?.line ?? title.line
  if (numbers.length > 0)
    found.push(
      notice({
        code: 'page-number',
        line: first(numbers),
        message: `有${numbers.length}行页码，没有归入条文（第${numbers.map(({ line }) => line).join('、')}行）。`,
        remedy: '请核对这些行是否确为页码。',
      }),
    )
  if (heads.length > 0)
    found.push(
      notice({
        code: 'repeated-head',
        line: first(leftOut),
        message: `有${heads.length}行重复的页眉，没有归入条文（第${heads.map(({ line }) => line).join('、')}行）。`,
        remedy: '请核对这些行是否确为页眉。',
      }),
    )
  if (halfWidth > 0)
    found.push(
      notice({
        code: 'half-width',
        line: title.line,
        message: `有${halfWidth}处半角标点，已改为全角。`,
        remedy: '文字没有改动，不需要处理。',
      }),
    )
  return found
}
