import { numeralClass, readNumeral } from './numerals.ts'

/** A place in a text that names another text or an article. */
export type Reference = Readonly<{
  from: number
  to: number
  /** What stands in 《》; null where the text means itself (本条例第三十五条). */
  title: string | null
  /** Key of the article named; null where only the text is. */
  article: string | null
}>

const pattern = new RegExp(
  `《([^《》]{2,60})》(?:（[^（）]{1,40}）)?(?:第(${numeralClass}{1,8})条(?:之([一二三四五六七八九十]))?)?|第(${numeralClass}{1,8})条(?:之([一二三四五六七八九十]))?`,
  'gu',
)

/**
 * Names of other texts and numbers of articles. 《甲》第十条、第十七条 names both articles of 甲; a number that stands
 * alone means the text itself.
 */
export function referencesIn(text: string): Reference[] {
  const found: Reference[] = []
  for (const match of text.matchAll(pattern)) {
    const [whole, title, titledNumber, titledSub, number, sub] = match
    const from = match.index
    const last = found.at(-1)
    const goesOn =
      last !== undefined &&
      /^(、|和|及|以及|至|或者?|第[^条款项第、和及至或]{1,4}[款项])*$/u.test(text.slice(last.to, from))
    found.push({
      from,
      to: from + whole.length,
      title: title ?? (goesOn ? last.title : null),
      article: keyOf(titledNumber ?? number, titledSub ?? sub),
    })
  }
  return found
}

function keyOf(number: string | undefined, sub: string | undefined): string | null {
  const value = number === undefined ? null : readNumeral(number)
  if (value === null || value === 0) return null
  return sub === undefined ? `${value}` : `${value}-${readNumeral(sub)}`
}

/** Titles in 《》, each once. */
export function titlesIn(text: string): string[] {
  return [...new Set([...text.matchAll(/《([^《》]{2,60})》/gu)].map(([, title = '']) => title))]
}

export type Piece = Readonly<{ text: string; reference: Reference | null }>

/** The text cut into what is a reference and what is not; put together it is the text again. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const reference of referencesIn(text)) {
    if (reference.from > at) pieces.push({ text: text.slice(at, reference.from), reference: null })
    pieces.push({ text: text.slice(reference.from, reference.to), reference })
    at = reference.to
  }
  if (at < text.length) pieces.push({ text: text.slice(at), reference: null })
  return pieces
}

/**
 * The articles of a text that a citation names: `《山西省机关运行保障条例》第十条、第二十一条` → 10, 21. The text may
 * be named by its title or its 文号.
 * @returns null when the citation does not name the text; an empty list when it names no article of it
 */
export function citedArticles(
  citation: string,
  text: { title: string; documentNumber: string | null },
): string[] | null {
  const references = referencesIn(citation)
  const ofTitle = references.filter(({ title }) => title === text.title)
  const byNumber = text.documentNumber !== null && text.documentNumber !== '' && citation.includes(text.documentNumber)
  if (ofTitle.length === 0 && !byNumber) return null
  const wanted = ofTitle.length > 0 ? ofTitle : references.filter(({ title }) => title === null)
  return wanted.flatMap(({ article }) => (article === null ? [] : [article]))
}
