/** A paragraph of a draft with the word for where it stands: 第三条, 第三条（二）, or 第4段. */
export type Paragraph = Readonly<{ place: string; text: string }>

const top = /^(第[零〇一二三四五六七八九十百]+[章节条]|[一二三四五六七八九十]+、)/
const below = /^([（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、])/

/**
 * The draft by paragraphs, so that an opinion says to which it belongs. Articles keep the name of their article, items
 * within one are named with it; whatever bears no number is counted.
 */
export function paragraphsOf(text: string): Paragraph[] {
  let article = ''
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, index) => {
      const head = top.exec(line)?.[1]?.replace(/、$/, '')
      if (head !== undefined) {
        article = head
        return { place: head, text: line }
      }
      const item = below.exec(line)?.[1]?.replace(/[.．、]$/, '')
      if (item !== undefined) return { place: `${article}${/^\d/.test(item) ? `第${item}项` : item}`, text: line }
      return { place: `第${index + 1}段`, text: line }
    })
}

/** Behind everything the draft has: a place it does not name. */
const elsewhere = 1_000_000

/**
 * Where a place stands in the draft: 0 for the draft as a whole, else the paragraph whose name it begins with, the most
 * exact one; 第三条第二款 stands with 第三条.
 */
export function placeNumber(paragraphs: readonly Paragraph[], place: string): number {
  if (place === '') return 0
  let best = -1
  for (const [index, paragraph] of paragraphs.entries())
    if (place.startsWith(paragraph.place) && paragraph.place.length > (paragraphs[best]?.place.length ?? 0))
      best = index
  return best === -1 ? elsewhere : best + 1
}
