import type { CardFacts } from '../model.ts'
import { isCustomKey } from '../model/custom-field.ts'

/** What a card is found by: name, codes, numbers, places, people, words of custom fields, in one width and case. */
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
  facts: Pick<CardFacts, (typeof searched)[number] | 'classCode' | 'detail'>,
  className: string,
): string {
  const custom = Object.entries(facts.detail).flatMap(([key, value]) =>
    isCustomKey(key) && typeof value === 'string' ? [value] : [],
  )
  return [...searched.map((key) => facts[key]), facts.classCode, className, ...custom]
    .map(searchable)
    .filter(Boolean)
    .join('\n')
}

/** One width, one case, no blanks. */
export function searchable(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')
}

/** Two digits stand together on every card and tell nothing apart. */
const digits = /^\d\d$/

/** Pairs of neighbouring characters, each once. */
function pairsOf(text: string): string[] {
  const pairs = new Set<string>()
  for (const line of text.split('\n')) {
    const characters = [...line]
    for (let at = 1; at < characters.length; at++) {
      const pair = `${characters[at - 1]}${characters[at]}`
      if (!digits.test(pair)) pairs.add(pair)
    }
  }
  return [...pairs]
}

/** Codes and numbers: four and more letters, digits and signs together. */
const run = /[!-~]{4,}/g

/** Fours of neighbouring signs of codes and numbers, each once: pairs of digits stand on every card and tell nothing apart. */
function foursOf(text: string): string[] {
  const fours = new Set<string>()
  for (const [signs] of text.matchAll(run))
    for (let at = 4; at <= signs.length; at++) fours.add(signs.slice(at - 4, at))
  return [...fours]
}

/** What the index holds of a card's text: pairs, fours of its codes and numbers, and its level. */
export function heldOf(text: string, jurisdictionCode: string): string[] {
  return [...pairsOf(text), ...foursOf(text), `@${jurisdictionCode}`]
}

/** What the index is asked for of a word: all that every text with the word holds, without what tells little. */
export function askedOf(word: string): string[] {
  // Of a run only its ends stand beside other characters.
  return [...foursOf(word), ...pairsOf(word.replaceAll(run, (signs) => `${signs[0]}\n${signs.at(-1)}`))]
}

const mostTerms = 5

/** The words asked for; a card must hold all of them. */
export function termsOf(query: string): string[] {
  return [...new Set(query.trim().split(/\s+/u).map(searchable).filter(Boolean))].slice(0, mostTerms)
}
