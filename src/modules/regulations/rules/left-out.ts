import { tidy, type Line } from './lines.ts'

const pageNumbers = [
  /^[-—–－]+\s*\d{1,4}\s*[-—–－]+$/u,
  /^第\s*\d{1,4}\s*页(\s*(?:[，/]\s*)?共\s*\d{1,4}\s*页)?$/u,
  /^\d{1,4}\s*\/\s*\d{1,4}$/u,
]

/**
 * Numbers of lines that are printed on every page and belong to no article: page numbers, and the title repeated at the
 * head of pages. Bare digits count as page numbers only where they run on by one from page to page.
 * @param firstMark number of the line of the first heading or article; the title before it is the title
 */
export function pageFurniture(
  lines: readonly Line[],
  title: string,
  firstMark: number,
): Map<number, 'page-number' | 'repeated-head'> {
  const found = new Map<number, 'page-number' | 'repeated-head'>()
  for (const { number, text } of lines)
    if (pageNumbers.some((pattern) => pattern.test(text))) found.set(number, 'page-number')
  const bare = lines.filter(({ text }) => /^\d{1,4}$/.test(text))
  if (bare.length > 1 && bare.every(({ text }, index) => Number(text) === Number(bare[0]?.text) + index))
    for (const { number } of bare) found.set(number, 'page-number')
  for (const { number, text } of lines)
    if (number > firstMark && tidy(text) === title) found.set(number, 'repeated-head')
  return found
}
