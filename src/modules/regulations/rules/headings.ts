import { tidy } from './lines.ts'
import { numeralClass, readNumeral } from './numerals.ts'

export type DivisionKind = 'part' | 'chapter' | 'section'

export type Division = Readonly<{ kind: DivisionKind; number: number; label: string; title: string }>
export type ArticleHead = Readonly<{
  number: number
  /** 之一. */
  sub: number
  label: string
  rest: string
  /** The number stands apart from the text, as heads write it and references do not. */
  spaced: boolean
}>
export type ListMark = Readonly<{ kind: 'item' | 'sub-item'; number: number; label: string; rest: string }>

const divisionKinds: Readonly<Record<string, DivisionKind>> = { 编: 'part', 章: 'chapter', 节: 'section' }
const divisionHead = new RegExp(`^第\\s*((?:${numeralClass}\\s*)+)([编章节])(\\s+|$)?([^]*)$`, 'u')
const articleHead = new RegExp(
  `^(第\\s*((?:${numeralClass}\\s*)+)条(?:\\s*之\\s*([一二三四五六七八九十]|\\d{1,2})(?=\\s|$))?)(\\s*)([^]*)$`,
  'u',
)
const numberedHead = new RegExp(`^(([一二三四五六七八九十百]+)、)(\\s*)([^]*)$`, 'u')
const itemHead = new RegExp(`^(（\\s*(${numeralClass}{1,3})\\s*）)\\s*([^]*)$`, 'u')
const subItemHead = /^((\d{1,2})\s*[.．、](?!\d)|([①-⑳])|（(\d{1,2})）)\s*([^]*)$/u

/** A heading of a part, chapter or section: short, without a sentence in it. */
export function divisionOf(text: string): Division | null {
  const match = divisionHead.exec(text)
  if (!match) return null
  const [, numeral = '', unit = '', space, rest = ''] = match
  const number = readNumeral(numeral)
  const title = tidy(rest)
  if (number === null || title.length > 40 || /[，。；：]/u.test(title)) return null
  // 第三章规定的 at the beginning of a line is a reference, not a heading.
  if (space === undefined && /^(规定|第|的|和|与|、|及|中|所)/u.test(title)) return null
  return { kind: divisionKinds[unit] as DivisionKind, number, label: `第${numeral}${unit}`.replace(/\s/gu, ''), title }
}

/** The head of an article. */
export function articleOf(text: string, numbered: boolean): ArticleHead | null {
  const match = numbered ? numberedHead.exec(text) : articleHead.exec(text)
  if (!match) return null
  const [head = '', numeral = '', suffix, space = '', rest = ''] = numbered
    ? [match[1], match[2], undefined, match[3], match[4]]
    : match.slice(1)
  const number = readNumeral(numeral)
  if (number === null || number === 0) return null
  return {
    number,
    sub: suffix === undefined ? 0 : (readNumeral(suffix) ?? 0),
    label: head.replace(/\s/gu, ''),
    rest,
    spaced: space !== '' || rest === '',
  }
}

export function itemOf(text: string): ListMark | null {
  const match = itemHead.exec(text)
  const number = match ? readNumeral(match[2] ?? '') : null
  if (!match || number === null || /^\d/.test(match[2] ?? '')) return null
  return { kind: 'item', number, label: (match[1] ?? '').replace(/\s/gu, ''), rest: match[3] ?? '' }
}

export function subItemOf(text: string): ListMark | null {
  const match = subItemHead.exec(text)
  if (!match) return null
  const [, label = '', digits, circled, bracketed, rest = ''] = match
  const number = circled ? (circled.codePointAt(0) ?? 0) - 0x245f : Number(digits ?? bracketed)
  return { kind: 'sub-item', number, label: label.replace(/\s/gu, ''), rest }
}
