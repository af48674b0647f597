/** Where a norm stands in 《山西省机关运行保障条例》: its id begins with the number of the article. */
const regulationTitle = '《山西省机关运行保障条例》'

/**
 * `A35-2` → 35.
 * @returns null where the id is of another rule
 */
export function articleOfNorm(norm: string | null): number | null {
  const [, digits] = /^A(\d{1,2})(?:-\d+)?$/.exec(norm ?? '') ?? []
  const article = Number(digits)
  return digits !== undefined && article >= 1 && article <= 45 ? article : null
}

/** 35 → 第三十五条; with a paragraph 第三十五条第一款. */
export function placeInRegulation(article: number, paragraph: number | null = null): string {
  return `第${inChinese(article)}条${paragraph === null ? '' : `第${inChinese(paragraph)}款`}`
}

/**
 * The place that a citation of the Regulation names, as its text has it: 第三十三条第一款.
 * @returns null where the citation is of another document
 */
export function placeCited(citation: string): string | null {
  return citedPlace.exec(citation)?.[1] ?? null
}

/** Address of the article's page. */
export function articleAddress(article: number): string {
  return `/regulations/articles/${article}`
}

const digits = '〇一二三四五六七八九'
const citedPlace = new RegExp(`${regulationTitle}(第[${digits}十]+条(?:第[${digits}十]+款)?)`)

/** 1 to 99 in Chinese numerals: 35 → 三十五. */
export function inChinese(count: number): string {
  const [tens, ones] = [Math.floor(count / 10), count % 10]
  return `${tens > 1 ? digits[tens] : ''}${tens > 0 ? '十' : ''}${ones > 0 || tens === 0 ? digits[ones] : ''}`
}
