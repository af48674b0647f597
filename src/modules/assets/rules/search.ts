import type { CardFacts } from '../model.ts'

/** What a card is found by: name, codes, numbers, places and people, in one width and case. */
const searched = [
  'name',
  'number',
  'model',
  'serialNumber',
  'place',
  'department',
  'custodianName',
  'userName',
] as const

/** Texts of a card as they are searched; a line feed keeps words of neighbouring fields apart. */
export function searchTextOf(
  facts: Pick<CardFacts, (typeof searched)[number] | 'classCode'>,
  className: string,
): string {
  return [...searched.map((key) => facts[key]), facts.classCode, className].map(searchable).filter(Boolean).join('\n')
}

/** One width, one case, no blanks. */
export function searchable(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')
}

/** Pairs of neighbouring characters, each once: what the index holds of a text, and is asked for of a word. */
export function pairsOf(text: string): string[] {
  const pairs = new Set<string>()
  for (const line of text.split('\n')) {
    const characters = [...line]
    for (let at = 1; at < characters.length; at++) pairs.add(`${characters[at - 1]}${characters[at]}`)
  }
  return [...pairs]
}

const mostTerms = 5

/** The words asked for; a card must hold all of them. */
export function termsOf(query: string): string[] {
  return [...new Set(query.trim().split(/\s+/u).map(searchable).filter(Boolean))].slice(0, mostTerms)
}
