import { tidy } from './lines.ts'
import { numeralClass, readNumeral } from './numerals.ts'

export type DivisionKind = 'part' | 'chapter' | 'section'

/** What a line begins: a heading, an article, an item. Anything else is text. */
export type Mark =
  | Readonly<{ kind: DivisionKind; number: number; label: string; title: string }>
  | Readonly<{ kind: 'article'; number: number; sub: number; label: string; rest: string; spaced: boolean }>
  | Readonly<{ kind: 'item' | 'sub-item'; number: number; label: string; rest: string }>

const divisionKinds: Readonly<Record<string, DivisionKind>> = { 编: 'part', 章: 'chapter', 节: 'section' }
const divisionHead = new RegExp(`^第\\s*(${numeralClass}+)\\s*([编章节])(\\s+|$)?(.*)$`, 'u')
const articleHead = new RegExp(
  `^(第\\s*(${numeralClass}+)\\s*条(?:\\s*之\\s*([一二三四五六七八九十]|\\d{1,2})(?=\\s|$))?)(\\s*)(.*)$`,
  'u',
)
const numberedHead = new RegExp(`^(([一二三四五六七八九十百]+)、)(\\s*)(.*)$`, 'u')
const itemHead = new RegExp(`^(（\\s*(${numeralClass}{1,3})\\s*）)\\s*(.*)$`, 'u')
const subItemHead = /^((\d{1,2})\s*[.．、](?!\d)|([①-⑳])|（(\d{1,2})）)\s*(.*)$/u

/** A heading of a part, chapter or section: short, without a sentence in it. */
export function divisionOf(text: string): Mark | null {
  const match = divisionHead.exec(text)
  if (!match) return null
  const [, numeral = '', unit = '', space, rest = ''] = match
  const number = readNumeral(numeral)
  const title = tidy(rest)
  if (number === null || title.length > 40 || /[，。；：]/u.test(title)) return null
  // 第三章规定的 at the beginning of a line is a reference, not a heading.
  if (space === undefined && /^(规定|第|的|和|与|、|及|中|所)/u.test(title)) return null
  return { kind: divisionKinds[unit] as DivisionKind, number, label: tidy(`第${numeral}${unit}`), title }
}

/** The head of an article; `spaced` when the number stands apart from the text, as heads do and references do not. */
export function articleOf(text: string, numbered: boolean): Extract<Mark, { kind: 'article' }> | null {
  const match = numbered ? numberedHead.exec(text) : articleHead.exec(text)
  if (!match) return null
  const [head = '', numeral = '', suffix, space = '', rest = ''] = numbered
    ? [match[1], match[2], undefined, match[3], match[4]]
    : match.slice(1)
  const number = readNumeral(numeral)
  if (number === null || number === 0) return null
  return {
    kind: 'article',
    number,
    sub: suffix === undefined ? 0 : (readNumeral(suffix) ?? 0),
    label: tidy(head),
    rest,
    spaced: space !== '' || rest === '',
  }
}

export function itemOf(text: string): Extract<Mark, { kind: 'item' }> | null {
  const match = itemHead.exec(text)
  const number = match ? readNumeral(match[2] ?? '') : null
  if (!match || number === null || /^\d/.test(match[2] ?? '')) return null
  return { kind: 'item', number, label: tidy(match[1] ?? ''), rest: match[3] ?? '' }
}

export function subItemOf(text: string): Extract<Mark, { kind: 'sub-item' }> | null {
  const match = subItemHead.exec(text)
  if (!match) return null
  const [, label = '', digits, circled, bracketed, rest = ''] = match
  const number = circled ? (circled.codePointAt(0) ?? 0) - 0x245f : Number(digits ?? bracketed)
  return { kind: 'sub-item', number, label: tidy(label), rest }
}
