import { numeralClass, readNumeral } from './numerals.ts'

/** Text as it is searched: one width, one case, no spaces. */
export function searchable(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')
}

/** All characters and pairs of neighbours of a searchable text, each once: what the index holds. */
export function gramsOf(text: string): string[] {
  const chars = [...text]
  const grams = new Set(chars)
  for (let at = 1; at < chars.length; at++) grams.add(`${chars[at - 1]}${chars[at]}`)
  return [...grams]
}

/** What the index is asked for a word: its pairs, or the one character. All must be there; the word itself is then looked for. */
export function gramsAsked(term: string): string[] {
  const chars = [...term]
  return chars.length < 2 ? chars : [...new Set(chars.slice(1).map((char, at) => `${chars[at]}${char}`))]
}

const mostTerms = 5

/** The words of a query; a passage must hold all of them. */
export function termsOf(query: string): string[] {
  return [...new Set(query.trim().split(/\s+/u).map(searchable).filter(Boolean))].slice(0, mostTerms)
}

const articleQuery = new RegExp(`^第?(${numeralClass}{1,8})条$`, 'u')

/** The number of the article asked for: 第三十五条, 三十五条, 35条; null for other queries. */
export function articleAsked(query: string): number | null {
  const numeral = articleQuery.exec(query.replace(/\s/gu, ''))?.[1]
  return numeral === undefined ? null : readNumeral(numeral)
}

export type Excerpt = { text: string; marks: { from: number; to: number }[] }

/** A piece of the text around the first find, with every find in it marked; the beginning where nothing is found. */
export function excerptOf(text: string, terms: readonly string[], length = 90): Excerpt {
  const finds = findsIn(text, terms)
  const start = Math.max(0, (finds[0]?.from ?? 0) - Math.floor(length / 3))
  const end = Math.min(text.length, start + length)
  const lead = start > 0 ? '…' : ''
  return {
    text: `${lead}${text.slice(start, end)}${end < text.length ? '…' : ''}`.replaceAll('\n', ' '),
    marks: finds
      .filter(({ from, to }) => from >= start && to <= end)
      .map(({ from, to }) => ({ from: from - start + lead.length, to: to - start + lead.length })),
  }
}

/** Where the words stand in the text as it is written, in its order, none inside another. */
function findsIn(text: string, terms: readonly string[]): { from: number; to: number }[] {
  // Made searchable character by character, so that a find is traced back to where it stands.
  const places: number[] = []
  let plain = ''
  let at = 0
  for (const char of text) {
    const made = searchable(char)
    plain += made
    for (let index = 0; index < made.length; index++) places.push(at)
    at += char.length
  }
  places.push(text.length)
  const finds: { from: number; to: number }[] = []
  for (const term of terms)
    for (let found = plain.indexOf(term); found >= 0; found = plain.indexOf(term, found + term.length))
      finds.push({ from: places[found] as number, to: places[found + term.length] as number })
  finds.sort((a, b) => a.from - b.from || b.to - a.to)
  return finds.filter(
    ({ from }, index) => index === 0 || from >= Math.max(...finds.slice(0, index).map(({ to }) => to)),
  )
}
