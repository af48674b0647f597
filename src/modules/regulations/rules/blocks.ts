import { articleOf, divisionOf, itemOf, subItemOf, type DivisionKind } from './headings.ts'
import { pageFurniture } from './left-out.ts'
import { isClosed, linesOf, sameWidth, tidy, type Line } from './lines.ts'

/** A piece of the text in its order: a heading, an article's number, a paragraph, an item. Nothing is between them. */
export type Block = {
  kind:
    | 'title'
    | 'note'
    | 'contents'
    | DivisionKind
    | 'article'
    | 'paragraph'
    | 'item'
    | 'sub-item'
    | 'tail'
    | 'left-out'
  line: number
  /** What stands before the text: 第三十五条, （一）, 第三章. */
  label: string
  number: number
  sub: number
  text: string
  /** Places where the sentence was torn by a page break or blank line and has been joined: words before and after. */
  torn: { line: number; before: string; after: string }[]
  why?: 'page-number' | 'repeated-head'
}

export type Blocks = Readonly<{ blocks: Block[]; halfWidth: number; numbered: boolean }>

const documentKinds =
  /(条例|办法|规定|细则|标准|规范|规则|章程|制度|决定|通知|意见|方案|目录|导则|指南|规程|定额|法)(（[^（）]*）)?$/u
const conjunction = /(和|与|及|或|以及|或者)$/u

/** Reads a text of law as blocks. Sentences torn by line and page breaks are whole again. */
export function blocksOf(source: string): Blocks {
  const { lines, halfWidth } = linesOf(source)
  // Notices number what laws call articles 一、二、三; a text with articles uses that for something else.
  const numbered =
    lines.some(({ text }) => articleOf(text, true)) && !lines.some(({ text }) => articleOf(text, false)?.spaced)
  const isHead = ({ text }: Line) => divisionOf(text) !== null || articleOf(text, numbered) !== null
  const first = lines.findIndex(isHead)
  const front = first < 0 ? lines.length : first
  const title = titleAmong(lines.slice(0, front))
  const reader = new Reader(lines, { numbered, indented: isIndented(lines, numbered) })
  reader.furniture = pageFurniture(lines, title ? tidy(title.text) : '', lines[front]?.number ?? Infinity)
  reader.front(lines.slice(0, front), title)
  reader.body(lines.slice(front), contentsEnd(lines, front))
  reader.finish()
  return { blocks: reader.blocks, halfWidth: halfWidth + reader.halfWidth, numbered }
}

/** The title: the last line before the articles that reads like one; headings of the source first. */
function titleAmong(front: readonly Line[]): Line | null {
  const named = front.filter(
    ({ text }) =>
      text.length <= 100 &&
      documentKinds.test(tidy(text)) &&
      !/[。，；]/u.test(text) &&
      !/^[（(]/u.test(text) &&
      !/^目\s*录$/u.test(text),
  )
  return named.findLast(({ heading }) => heading) ?? named.at(-1) ?? front[0] ?? null
}

/** Paragraphs begin with two spaces here: then a line that does not is the paragraph going on. */
function isIndented(lines: readonly Line[], numbered: boolean): boolean {
  const heads = lines.filter(({ text }) => articleOf(text, numbered)?.spaced)
  return heads.length > 1 && heads.every(({ indented }) => indented) && lines.some(({ indented }) => !indented)
}

/** Number of the line where a table of contents ends: before the first heading comes again. */
function contentsEnd(lines: readonly Line[], front: number): number {
  if (!lines.slice(0, front).some(({ text }) => /^目\s*[录次]$/u.test(text))) return 0
  const head = lines[front]
  const again = lines.findIndex(
    ({ text }, index) => index > front && head !== undefined && tidy(text) === tidy(head.text),
  )
  return again < 0 ? 0 : (lines[again]?.number ?? 0)
}

/** Goes through the lines once; the block being read is the last one. */
class Reader {
  readonly blocks: Block[] = []
  halfWidth = 0
  furniture = new Map<number, 'page-number' | 'repeated-head'>()
  readonly #manner: { numbered: boolean; indented: boolean }
  readonly #openings: ReadonlyMap<string, number>
  #apart = false
  #highest = 0
  #last: Block | null = null
  #inArticles = false
  /** The end of the text being read, enough to tell how it ends; and what is still to be added to the block. */
  #tail = ''
  readonly #more: string[] = []

  constructor(lines: readonly Line[], manner: { numbered: boolean; indented: boolean }) {
    this.#manner = manner
    const openings = new Map<string, number>()
    for (const { text } of lines) {
      const opening = openingOf(articleOf(text, manner.numbered)?.rest ?? text)
      openings.set(opening, (openings.get(opening) ?? 0) + 1)
    }
    this.#openings = openings
  }

  #add(
    kind: Block['kind'],
    line: number,
    text: string,
    mark: { label?: string; number?: number; sub?: number } = {},
  ): Block {
    const block: Block = { kind, line, label: '', number: 0, sub: 0, text: tidy(text), torn: [], ...mark }
    this.blocks.push(block)
    if (kind !== 'left-out') {
      this.finish()
      this.#last = block
      this.#tail = block.text.slice(-tailLength)
    }
    this.#inArticles ||= kind === 'article'
    return block
  }

  /** Puts the block being read together; once for all its lines, however many. */
  finish(): void {
    if (this.#last === null || this.#more.length === 0) return
    // A mark that began a line stands beside Chinese only now.
    const even = sameWidth(this.#last.text + this.#more.join(''))
    this.halfWidth += even.changed
    this.#last.text = tidy(even.text)
    this.#more.length = 0
  }

  #leaveOut({ number, text }: Line, why: 'page-number' | 'repeated-head'): void {
    this.#add('left-out', number, text).why = why
    this.#apart = true
  }

  front(lines: readonly Line[], title: Line | null): void {
    for (const line of lines) {
      const why = this.furniture.get(line.number)
      const last = this.blocks.at(-1)
      if (why) this.#leaveOut(line, why)
      else if (line === title) this.#add('title', line.number, line.text)
      else if (
        last?.kind === 'note' &&
        last.text.length < 200 &&
        last.text.lastIndexOf('（') > last.text.lastIndexOf('）')
      )
        last.text = tidy(last.text + line.text)
      else this.#add('note', line.number, line.text)
    }
  }

  body(lines: readonly Line[], contentsEnd: number): void {
    let tail = false
    for (const line of lines) {
      const why = this.furniture.get(line.number)
      if (why) {
        this.#leaveOut(line, why)
        continue
      }
      tail ||= /^附\s*[件表录]\s*([\d一二三四五六七八九十：:]|$)/u.test(line.text) && this.#isClosed()
      if (line.number < contentsEnd) this.#add('contents', line.number, line.text)
      else if (tail) this.#add('tail', line.number, line.text)
      else if (!this.#mark(line)) this.#text(line)
      this.#apart = false
    }
  }

  /** Begins a heading, article or item with the line; false when it is text. */
  #mark(line: Line): boolean {
    const { text, number } = line
    const division = divisionOf(text)
    if (division && this.#mayBegin(line)) {
      this.#add(division.kind, number, division.title, {
        label: division.label,
        number: division.number,
      })
      return true
    }
    const article = articleOf(text, this.#manner.numbered)
    if (article && this.#isArticleHead(line, article)) {
      this.#add('article', number, '', { label: article.label, number: article.number, sub: article.sub })
      this.#highest = Math.max(this.#highest, article.number)
      if (article.rest.trim() !== '' && !this.#listed(article.rest, number))
        this.#add('paragraph', number, article.rest)
      return true
    }
    return this.#listed(text, number)
  }

  #listed(text: string, line: number): boolean {
    if (!this.#inArticles) return false
    const item = itemOf(text) ?? subItemOf(text)
    if (!item || !(this.#isClosed() || item.number === this.#nextOf(item.kind))) return false
    this.#add(item.kind, line, item.rest, { label: item.label, number: item.number })
    return true
  }

  /** The number that the list being read would go on with. */
  #nextOf(kind: 'item' | 'sub-item'): number {
    const before = this.blocks.findLast(
      (block) => block.kind === kind || block.kind === 'article' || (kind === 'sub-item' && block.kind === 'item'),
    )
    return before?.kind === kind ? before.number + 1 : 1
  }

  /** A heading may follow what is closed, another heading, or a text that was cut off; a torn sentence goes on instead. */
  #mayBegin({ heading, bold, apart, text }: Line): boolean {
    return heading || bold !== null || apart || this.#apart || this.#isClosed() || /\s/u.test(text)
  }

  #isArticleHead(line: Line, { number, spaced }: { number: number; spaced: boolean }): boolean {
    if (line.bold !== null || line.heading) return true
    if (this.#isClosed()) return spaced || !/^第[^条]*条\s*(规定|第|的|、|和|与|及|至|或|，|。|所|中)/u.test(line.text)
    return (spaced || this.#manner.numbered) && number > this.#highest
  }

  #isClosed(): boolean {
    const last = this.#last
    if (last === null || !isText(last)) return last?.kind !== 'article'
    return isClosed(this.#tail)
  }

  #text(line: Line): void {
    const last = this.#last
    const isHeading = last?.kind === 'part' || last?.kind === 'chapter' || last?.kind === 'section'
    // A heading whose title stands on the next line.
    if (isHeading && last.text === '' && line.text.length <= 40 && !isClosed(line.text)) last.text = tidy(line.text)
    else if (last && isText(last) && this.#goesOn(line)) this.#join(last, line)
    else if (this.#inArticles) this.#add('paragraph', line.number, line.text)
    else this.#add('note', line.number, line.text)
  }

  /** Is the line the rest of the sentence before it? */
  #goesOn(line: Line): boolean {
    if (isClosed(this.#tail)) return this.#manner.indented && !line.indented
    if (this.#manner.numbered && this.#more.length === 0 && isCaption(this.#tail)) return false
    const apart = line.apart || this.#apart
    // 管理和 | 县级以上机关…: after the break begins what begins other paragraphs here, so the rest of the first is missing.
    return !(apart && conjunction.test(this.#tail) && (this.#openings.get(openingOf(line.text)) ?? 0) > 1)
  }

  #join(last: Block, line: Line): void {
    if ((line.apart || this.#apart) && !isClosed(this.#tail))
      last.torn.push({ line: line.number, before: this.#tail.slice(-6), after: tidy(line.text).slice(0, 6) })
    // Words in Latin letters keep the space that the line break stood for.
    const piece = /[A-Za-z]$/.test(this.#tail) && /^[A-Za-z]/.test(line.text) ? ` ${line.text}` : line.text
    this.#more.push(piece)
    this.#tail = tidy(sameWidth(this.#tail + piece.slice(-tailLength)).text).slice(-tailLength)
  }
}

const tailLength = 60

function isText({ kind }: Block): boolean {
  return kind === 'paragraph' || kind === 'item' || kind === 'sub-item'
}

/** 总体要求: the caption that notices put in place of a first sentence. */
export function isCaption(text: string): boolean {
  return text.length <= 30 && !/[，。；：、]/u.test(text)
}

function openingOf(text: string): string {
  return tidy(text).slice(0, 6)
}
