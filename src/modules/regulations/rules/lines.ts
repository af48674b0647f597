/** A line of the text as it was read, cleaned of what is no text. */
export type Line = Readonly<{
  /** Counted from 1 in the text given. */
  number: number
  /** Half-width punctuation beside Chinese made full-width, width of digits made one; spaces still in it. */
  text: string
  /** The text writes it as a heading (markdown). */
  heading: boolean
  /** What is in bold at its beginning: the number of an article, in many texts. */
  bold: string | null
  /** Begins with a space for a paragraph. */
  indented: boolean
  /** A blank line, a page number or a page break stands before it. */
  apart: boolean
}>

const punctuation: Readonly<Record<string, string>> = {
  ',': '，',
  ';': '；',
  ':': '：',
  '?': '？',
  '!': '！',
  '(': '（',
  ')': '）',
  '｡': '。',
  '､': '、',
}
const chinese = '\\p{Script=Han}，。；：、？！（）《》〈〉“”‘’【】〔〕—…'
// The sign first: blanks are only looked at beside one.
const besideChinese = new RegExp(`[,;:?!()｡､](?:(?<=[${chinese}]\\s*.)|(?=\\s*[${chinese}]))`, 'gu')

/**
 * Lines that hold something. A form feed is a page break; marks of zero width are no text.
 * @returns the lines, and how many marks of punctuation were half-width
 */
export function linesOf(source: string): { lines: Line[]; halfWidth: number } {
  const lines: Line[] = []
  let halfWidth = 0
  let apart = false
  const text = source.replace(/\r\n?/g, '\n').replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '')
  for (const [index, raw] of text.split('\n').entries()) {
    const broken = raw.replaceAll('\f', ' ')
    if (broken.trim() === '' || /^\s*([-*_]\s*){3,}$/.test(broken)) {
      apart = true
      continue
    }
    const heading = /^\s*#{1,6}(?=\s)/.test(broken)
    const bold = /^\s*\*\*(.+?)\*\*/.exec(broken)?.[1]?.trim() ?? null
    const unmarked = broken.replace(/^(\s*)#{1,6}(?=\s)/, '$1').replaceAll('**', '')
    const even = sameWidth(unmarked)
    halfWidth += even.changed
    lines.push({
      number: index + 1,
      text: even.text.trim(),
      heading,
      bold: bold === null ? null : sameWidth(bold).text,
      indented: /^(\u3000|\t|\s{2})/.test(unmarked),
      apart: apart || raw.includes('\f'),
    })
    apart = false
  }
  return { lines, halfWidth }
}

/** Half-width marks beside Chinese made full-width, digits and letters half-width. */
export function sameWidth(text: string): { text: string; changed: number } {
  let changed = 0
  const digits = text
    .replace(/[０-９Ａ-Ｚａ-ｚ．]/g, (char) => char.normalize('NFKC'))
    .replace(/[\u3000\u00A0\t]/g, ' ')
  // Brackets of a Chinese line are full-width wherever they stand: (2020年…).
  let even = /\p{Script=Han}/u.test(digits)
    ? digits.replace(/[()]/g, (mark) => {
        changed += 1
        return mark === '(' ? '（' : '）'
      })
    : digits
  // Twice: of two marks in a row the second stands beside Chinese only once the first is.
  for (let turn = 0; turn < 2; turn++)
    even = even.replace(besideChinese, (mark) => {
      changed += 1
      return punctuation[mark] ?? mark
    })
  return { text: even, changed }
}

const latin = /[A-Za-z]/

/** Without the spaces that Chinese text does not have: 总 则 → 总则, 2021 年 → 2021年; words in Latin letters keep theirs. */
export function tidy(text: string): string {
  return text
    .trim()
    .replace(/(\S)\s+(?=(\S))/gu, (_, before: string, after: string) =>
      latin.test(before) || latin.test(after) || !/[^\d.%]/u.test(before + after) ? `${before} ` : before,
    )
}

/** Ends as a sentence, an item or a list does. */
export function isClosed(text: string): boolean {
  return /[。！？；：…][”’"）】』」]*$/u.test(text)
}
