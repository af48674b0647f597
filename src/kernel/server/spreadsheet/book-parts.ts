import { posix } from 'node:path'
import { SaxesParser, type SaxesTagPlain } from 'saxes'
import yauzl from 'yauzl'

/** A sheet of a book: where its rows lie in the archive, and whether it is shown. */
export type BookSheet = Readonly<{ name: string; part: string; visible: boolean }>
/** How the cells of a style show their number: as a date, or in a format (`#,##0.00`); nothing of the general one. */
export type ShownAs = Readonly<{ date: boolean; format: string | null }>
export type Book = Readonly<{
  sheets: readonly BookSheet[]
  /** Days are counted from 1904 on, as old books of Apple machines do. */
  from1904: boolean
  /** By the number of a cell's style. */
  styles: readonly ShownAs[]
  /** Texts that cells share, by their number. */
  texts: readonly string[]
}>

export type MarkupHandlers = Readonly<{
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  text?: (text: string) => void
  close?: (name: string) => void
}>

/** The parts of a workbook in its archive (ECMA-376), each read as a stream: nothing is unpacked to disk, or held whole. */
export class BookArchive {
  private readonly zip: yauzl.ZipFile
  private readonly entries: ReadonlyMap<string, yauzl.Entry>

  private constructor(zip: yauzl.ZipFile, entries: ReadonlyMap<string, yauzl.Entry>) {
    this.zip = zip
    this.entries = entries
  }

  static async open(path: string): Promise<BookArchive> {
    const zip = await yauzl.openPromise(path, { autoClose: false })
    const entries = new Map<string, yauzl.Entry>()
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
    return new BookArchive(zip, entries)
  }

  close(): void {
    this.zip.close()
  }

  /**
   * Reads the markup of a part from its beginning to its end; prefixes of names are left out. Yields after each piece, so
   * that what came of it is taken before the next is read. Nothing where the part is not there.
   * @throws where it is not well-formed
   */
  async *read(part: string, { open, text, close }: MarkupHandlers): AsyncGenerator<void> {
    const entry = this.entries.get(part)
    if (entry === undefined) return
    const parser = new SaxesParser({ xmlns: false, position: false })
    if (open) parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => open(local(name), attributes))
    if (text) {
      parser.on('text', text)
      parser.on('cdata', text)
    }
    if (close) parser.on('closetag', ({ name }: SaxesTagPlain) => close(local(name)))
    // A character may lie across two pieces.
    const decoder = new TextDecoder()
    for await (const piece of await this.zip.openReadStreamPromise(entry)) {
      parser.write(decoder.decode(piece as Buffer, { stream: true }))
      yield
    }
    parser.write(decoder.decode()).close()
    yield
  }

  /** What is said once for the whole book. */
  async book(): Promise<Book> {
    const targets = await this.targets()
    const sheets: BookSheet[] = []
    let from1904 = false
    await this.readWhole('xl/workbook.xml', {
      open: (name, given) => {
        if (name === 'workbookPr') from1904 = given['date1904'] === '1' || given['date1904'] === 'true'
        const id = Object.entries(given).find(([key]) => local(key) === 'id' && key !== 'id')?.[1] ?? ''
        const part = name === 'sheet' ? targets.get(id) : undefined
        if (part !== undefined)
          sheets.push({ name: given['name'] ?? '', part, visible: (given['state'] ?? 'visible') === 'visible' })
      },
    })
    return { sheets, from1904, styles: await this.styles(), texts: await this.texts() }
  }

  private async readWhole(part: string, handlers: MarkupHandlers): Promise<void> {
    for await (const _ of this.read(part, handlers));
  }

  /** Where the parts named in the book lie. */
  private async targets(): Promise<Map<string, string>> {
    const found = new Map<string, string>()
    await this.readWhole('xl/_rels/workbook.xml.rels', {
      open: (name, { Id = '', Target = '' }) => {
        if (name === 'Relationship') found.set(Id, Target.startsWith('/') ? Target.slice(1) : posix.join('xl', Target))
      },
    })
    return found
  }

  private async styles(): Promise<ShownAs[]> {
    const formats = new Map<number, string>(builtIn)
    const styles: ShownAs[] = []
    let inCells = false
    await this.readWhole('xl/styles.xml', {
      open: (name, given) => {
        if (name === 'numFmt') formats.set(Number(given['numFmtId']), given['formatCode'] ?? '')
        else if (name === 'cellXfs') inCells = true
        else if (name === 'xf' && inCells) styles.push(shownAs(Number(given['numFmtId'] ?? 0), formats))
      },
      close: (name) => {
        if (name === 'cellXfs') inCells = false
      },
    })
    return styles
  }

  private async texts(): Promise<string[]> {
    const texts: string[] = []
    let text = ''
    let inText = false
    let spoken = false
    await this.readWhole('xl/sharedStrings.xml', {
      open: (name) => {
        if (name === 'si') text = ''
        else if (name === 'rPh') spoken = true // how it is pronounced, not what it says
        else if (name === 't') inText = !spoken
      },
      text: (piece) => {
        if (inText) text += piece
      },
      close: (name) => {
        if (name === 't') inText = false
        else if (name === 'rPh') spoken = false
        else if (name === 'si') texts.push(text)
      },
    })
    return texts
  }
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1)

const datesAnywhere = [14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]
const datesInChinese = [27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]
/** Formats that books name by number alone (ECMA-376 part 1, 18.8.30). */
const builtIn: readonly (readonly [number, string])[] = [
  [1, '0'],
  [2, '0.00'],
  [3, '#,##0'],
  [4, '#,##0.00'],
  [9, '0%'],
  [10, '0.00%'],
  [11, '0.00E+00'],
  [12, '# ?/?'],
  [13, '# ??/??'],
  ...[...datesAnywhere, ...datesInChinese].map((id): [number, string] => [id, 'yyyy-mm-dd']),
  [37, '#,##0;-#,##0'],
  [38, '#,##0;-#,##0'],
  [39, '#,##0.00;-#,##0.00'],
  [40, '#,##0.00;-#,##0.00'],
  [48, '##0.0E+0'],
  [49, '@'],
]

function shownAs(id: number, formats: ReadonlyMap<number, string>): ShownAs {
  const format = formats.get(id) ?? 'General'
  // Letters of dates, outside of quoted words, of single quoted signs, and of colours and currencies in brackets.
  const date = /[ymdhsb]/i.test(format.replace(/\[[^[\]]*\]|"[^"]*"|\\./g, ''))
  return { date, format: format === 'General' || date ? null : format }
}
