import type { LawArticle, LawDivision, LawParagraph, LawText, PlacedText } from '../model.ts'
import { blocksOf, type Block } from './blocks.ts'
import { odditiesOf } from './oddities.ts'

/**
 * Reads the text of a law, rule or standard: chapters, articles, paragraphs, items. No text is lost: what belongs to no
 * article stands beside them. What is odd is reported with its place and the remedy; the text may be imported only
 * without errors (`mayImport`).
 */
export function parseLaw(source: string): LawText {
  const { blocks, halfWidth, numbered } = blocksOf(source)
  const divisions = divisionsOf(blocks)
  const inSource = articlesOf(blocks)
  if (inSource.length > mostArticles || divisions.length > mostDivisions) return tooMuch(blocks, divisions, inSource)
  const starts = startsOf(divisions, inSource)
  for (const article of inSource) article.division = divisionFor(article, divisions, starts)
  const articles = inSource.toSorted((a, b) => a.number - b.number || a.sub - b.sub)
  const law = {
    title: placed(blocks, 'title')[0] ?? { text: '', line: 1 },
    notes: placed(blocks, 'note'),
    contents: placed(blocks, 'contents'),
    divisions,
    articles,
    tail: placed(blocks, 'tail'),
    leftOut: placed(blocks, 'left-out'),
  }
  return { ...law, oddities: odditiesOf({ ...law, blocks, inSource, starts, halfWidth, numbered }) }
}

/** More than any law has: such a text is not looked through, and not taken in. */
const mostArticles = 3000
const mostDivisions = 600

function tooMuch(blocks: readonly Block[], divisions: LawDivision[], articles: LawArticle[]): LawText {
  const title = placed(blocks, 'title')[0] ?? { text: '', line: 1 }
  return {
    title,
    notes: placed(blocks, 'note'),
    contents: placed(blocks, 'contents'),
    divisions,
    articles,
    tail: placed(blocks, 'tail'),
    leftOut: placed(blocks, 'left-out'),
    oddities: [
      {
        code: 'too-much',
        severity: 'error',
        confirmable: false,
        id: 'too-much',
        line: title.line,
        place: null,
        article: null,
        message: `读出${articles.length}条条文、${divisions.length}个标题，超过一部制度的限度（${mostArticles}条、${mostDivisions}个标题）。`,
        remedy: '请核对文件，只保留一部制度的正文。',
      },
    ],
  }
}

function placed(blocks: readonly Block[], kind: Block['kind']): PlacedText[] {
  return blocks.filter((block) => block.kind === kind).map(({ text, line }) => ({ text, line }))
}

function divisionsOf(blocks: readonly Block[]): LawDivision[] {
  return blocks.flatMap(({ kind, number, label, text, line }) =>
    kind === 'part' || kind === 'chapter' || kind === 'section' ? [{ kind, number, label, title: text, line }] : [],
  )
}

/** Articles in the order of the source, their divisions not yet told. */
function articlesOf(blocks: readonly Block[]): LawArticle[] {
  const articles: LawArticle[] = []
  for (const block of blocks) {
    const article = articles.at(-1)
    const { kind, line, label, number, sub, text } = block
    if (kind === 'article')
      articles.push({
        key: sub === 0 ? `${number}` : `${number}-${sub}`,
        number,
        sub,
        label,
        line,
        division: null,
        paragraphs: [],
      })
    else if (article && kind === 'paragraph') article.paragraphs.push({ text, line, items: [] })
    else if (article && kind === 'item')
      holder(article, line).items.push({ mark: label, number, text, line, subItems: [] })
    else if (article && kind === 'sub-item') {
      const items = holder(article, line).items
      if (items.length === 0) items.push({ mark: '', number: 0, text: '', line, subItems: [] })
      items.at(-1)?.subItems.push({ mark: label, number, text, line })
    }
  }
  return articles
}

/** The paragraph that an item belongs to; an article may begin with items. */
function holder({ paragraphs }: LawArticle, line: number): LawParagraph {
  const last = paragraphs.at(-1)
  if (last) return last
  const empty = { text: '', line, items: [] }
  paragraphs.push(empty)
  return empty
}

const ranks = { part: 0, chapter: 1, section: 2 } as const

/**
 * The number of the first article of each heading: the lowest one that follows it before the next heading of its rank.
 * So an article that stands too early or too late is still found where its number belongs.
 */
function startsOf(divisions: readonly LawDivision[], inSource: readonly LawArticle[]): number[] {
  return divisions.map(({ kind, line }, index) => {
    const next = divisions.slice(index + 1).find((other) => ranks[other.kind] <= ranks[kind])
    const under = inSource.filter((article) => article.line >= line && (next === undefined || article.line < next.line))
    return under.length === 0 ? Infinity : Math.min(...under.map(({ number }) => number))
  })
}

/** The innermost heading whose articles the number falls among. */
function divisionFor(
  { number }: LawArticle,
  divisions: readonly LawDivision[],
  starts: readonly number[],
): number | null {
  let found: number | null = null
  for (const [index, { kind }] of divisions.entries()) {
    const start = starts[index] as number
    if (start > number) continue
    const before = found === null ? undefined : divisions[found]
    // A later section is only inside the chapter it follows; a later chapter ends the sections before it.
    if (before === undefined || start >= (starts[found as number] as number) || ranks[kind] < ranks[before.kind])
      found = index
  }
  return found
}

/** All that a text holds, in the order of the source: for proving that nothing is lost, and for a digest. */
export function wholeText(law: Omit<LawText, 'oddities'>): string {
  const pieces: PlacedText[] = [law.title, ...law.notes, ...law.contents, ...law.tail, ...law.leftOut]
  for (const { label, title, line } of law.divisions) pieces.push({ line, text: label + title })
  for (const { label, line, paragraphs } of law.articles) {
    pieces.push({ line, text: label })
    for (const paragraph of paragraphs) {
      pieces.push(paragraph)
      for (const item of paragraph.items) {
        pieces.push({ line: item.line, text: item.mark + item.text })
        for (const { mark, text, line: place } of item.subItems) pieces.push({ line: place, text: mark + text })
      }
    }
  }
  return pieces
    .toSorted((a, b) => a.line - b.line)
    .map(({ text }) => text)
    .join('\n')
}

/** 第三十五条 for readers, whatever the text's own way of writing it. */
export function textOfArticle({ paragraphs }: Pick<LawArticle, 'paragraphs'>): string {
  return paragraphs
    .flatMap(({ text, items }) => [
      text,
      ...items.flatMap((item) => [`${item.mark}${item.text}`, ...item.subItems.map((sub) => `${sub.mark}${sub.text}`)]),
    ])
    .filter((text) => text !== '')
    .join('\n')
}
